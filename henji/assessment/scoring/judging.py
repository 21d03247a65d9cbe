"""计分: the points that a rule gives. Exact decimals; never raises, whatever was counted."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from henji.assessment.scoring.facts import (
    CENT,
    NOUGHT,
    Answer,
    Fact,
    Facts,
    Gap,
    Level,
    Line,
    Number,
    Outcome,
    Rate,
    Tally,
)
from henji.assessment.scoring.kinds import (
    AllOrNothing,
    ByUnitType,
    CountAgainstTarget,
    DeductEach,
    DeductPerPoints,
    Discretion,
    Levels,
    PartRule,
    PerOccurrence,
    PlainRule,
    Threshold,
    Tiers,
)

#: Numbers from here on are slips of a computation; below it all arithmetic on them is exact.
TOO_LARGE = 10**15
ONE = Decimal(1)


def score(rule: PartRule, facts: Facts, of: Decimal) -> Outcome:
    """计分: what the rule gives for the facts, out of `of`; what does not suit gives nothing and says so."""
    if isinstance(rule, ByUnitType):
        column = rule.columns.get(facts.unit_type)
        return score(column.rule, facts, column.points) if column else _gap(Gap.NOT_ASKED, NOUGHT)
    if facts.fact is None:
        return _gap(Gap.UNKNOWN, of)
    return _judged(rule, facts.fact, facts.targets, of)


def _judged(rule: PlainRule, fact: Fact, targets: Mapping[str, int], of: Decimal) -> Outcome:
    match rule, fact:
        case ((Threshold() | Tiers() | DeductPerPoints()), Rate()):
            return _rated(rule, fact, of)
        case CountAgainstTarget(), Number(value):
            return _counted(rule, value, targets, of)
        case PerOccurrence(), (Number() | Tally()):
            return _occurred(rule, fact, of)
        case DeductEach(), (Number() | Tally()):
            return _deducted(rule, fact, of)
        case Levels(), Level(name):
            return _levelled(rule, name, of)
        case AllOrNothing(), Answer(yes):
            return _full(of) if yes else Outcome(NOUGHT, of)
        case Discretion(), _:
            return _gap(Gap.NOT_AWARDED, of)
    return _gap(Gap.UNSUITABLE, of)


def together(points: Iterable[Decimal], *, cap: Decimal) -> Decimal:
    """合计: the points together, and never more than the cap."""
    return min(sum(points, NOUGHT), cap)


def _gap(gap: Gap, of: Decimal) -> Outcome:
    return Outcome(NOUGHT, of, gap=gap)


def _full(of: Decimal) -> Outcome:
    return Outcome(of, of, distance=NOUGHT)


# Rates, held against lines


def lines(rule: Threshold | Tiers | DeductPerPoints, of: Decimal) -> Iterator[Line]:
    """The lines of a rule for rates, from the highest down."""
    match rule:
        case Threshold():
            yield Line(rule.operator, rule.minimum, of)
        case Tiers():
            yield from (Line(">=", minimum, points) for minimum, points in rule.bands)
        case DeductPerPoints():
            yield from _steps_down(rule, of)


def _steps_down(rule: DeductPerPoints, of: Decimal) -> Iterator[Line]:
    step = rule.every / 100
    # Where only whole steps count, nothing is lost until the first is complete.
    minimum = rule.minimum if rule.begun else rule.minimum - step
    points = of
    while points > 0:
        yield Line(">=" if rule.begun else ">", minimum, points)
        if minimum < 0:
            return
        minimum -= step
        points -= rule.minus


def _rated(rule: Threshold | Tiers | DeductPerPoints, rate: Rate, of: Decimal) -> Outcome:
    part, whole = _side(rate.part), _side(rate.whole)
    if part is None or whole is None:
        return _gap(Gap.NO_QUANTITY, of)
    if whole <= 0:
        gap = Gap.NEGATIVE_WHOLE if whole < 0 else Gap.NO_WHOLE
        return Outcome(NOUGHT, of, gap=gap, part=part, whole=whole)
    return _climbed(lines(rule, of), part, whole, rate.step, of)


def _climbed(held: Iterable[Line], part: Decimal, whole: Decimal, grain: Decimal, of: Decimal) -> Outcome:
    step = above = None
    for line in held:
        if line.is_met(part, whole):
            step = line
            break
        above = line
    return Outcome(
        points=step.points if step else NOUGHT,
        of=of,
        step=step,
        next=above,
        part=part,
        whole=whole,
        distance=_to(above, part, whole, grain) if above else NOUGHT,
    )


def _to(line: Line, part: Decimal, whole: Decimal, grain: Decimal) -> Decimal:
    """The least that leads the part over the line."""
    grains = ((line.minimum * whole - part) / grain).to_integral_value(ROUND_CEILING)
    if not line.is_met(part + grains * grain, whole):
        grains += 1  # on the line, where the rule wants more
    return grains * grain


def _side(value: Decimal | int) -> Decimal | None:
    """The side to the cent, which loses nothing of people or money; None where it is no real quantity."""
    exact = Decimal(value)
    if not exact.is_finite() or abs(exact) >= TOO_LARGE:
        return None
    return exact.quantize(CENT, rounding=ROUND_HALF_UP)


# Counts


def _counted(rule: CountAgainstTarget, value: int, targets: Mapping[str, int], of: Decimal) -> Outcome:
    wanted = rule.target if isinstance(rule.target, int) else targets.get(rule.target.handed_down, 0)
    if abs(value) >= TOO_LARGE or wanted >= TOO_LARGE:
        return _gap(Gap.NO_QUANTITY, of)
    if wanted <= 0:
        return _gap(Gap.NO_TARGET, of)
    number, target = Decimal(value), Decimal(wanted)
    held = [Line(">=", ONE, of), *(Line(">=", minimum, points) for minimum, points in rule.bands or ())]
    outcome = _climbed(held, number, target, ONE, of)
    if rule.below != "proportional" or outcome.step:
        return outcome
    share = (of * max(number, NOUGHT) / target).quantize(CENT, rounding=ROUND_HALF_UP)
    return Outcome(share, of, next=outcome.next, part=number, whole=target, distance=outcome.distance)


def _occurred(rule: PerOccurrence, fact: Number | Tally, of: Decimal) -> Outcome:
    worth = _worth(rule.each, fact, rule.beyond)
    if isinstance(worth, Gap):
        return _gap(worth, of)
    if worth >= of:
        return _full(of)
    distance = None
    if isinstance(fact, Number) and isinstance(rule.each, Decimal):
        needed = (of / rule.each).to_integral_value(ROUND_CEILING) + rule.beyond
        distance = needed - max(fact.value, 0)
    return Outcome(worth, of, distance=distance)


def _deducted(rule: DeductEach, fact: Number | Tally, of: Decimal) -> Outcome:
    worth = _worth(rule.each, fact)
    if isinstance(worth, Gap):
        return _gap(worth, of)
    if not worth:
        return _full(of)
    distance = Decimal(fact.value) if isinstance(fact, Number) else None
    return Outcome(max(of - worth, NOUGHT), of, distance=distance)


def _worth(each: Decimal | Mapping[str, Decimal], fact: Number | Tally, free: int = 0) -> Decimal | Gap:
    """What all that was counted is worth together; levels that the rule does not name are worth nothing."""
    counts = {"": fact.value} if isinstance(fact, Number) else fact.levels
    if any(abs(number) >= TOO_LARGE for number in counts.values()):
        return Gap.NO_QUANTITY
    if isinstance(each, Mapping) != isinstance(fact, Tally):
        return Gap.UNSUITABLE
    ladder = each if isinstance(each, Mapping) else {"": each}
    worths = (ladder.get(level, NOUGHT) * max(number - free, 0) for level, number in counts.items())
    return sum(worths, NOUGHT)


# Levels


def _levelled(rule: Levels, name: str, of: Decimal) -> Outcome:
    if not name:
        return Outcome(NOUGHT, of)
    points = next((rung.points for rung in rule.levels if rung.name == name), None)
    if points is None:
        return _gap(Gap.UNSUITABLE, of)
    return Outcome(points, of, distance=NOUGHT if points == of else None)
