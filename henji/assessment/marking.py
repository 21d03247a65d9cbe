"""计分: how a figure becomes points and words. Pure: no clock, no database; Decimals only."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.assessment.schema import (
    AllOrNothing,
    ByHand,
    CountAgainstTarget,
    Grade,
    PartRule,
    Standard,
    Threshold,
    bare,
)
from henji.evidence.figures import Count, Figure, Flag, Missing, NotKept, Ratio
from henji.lib import money
from henji.lib.refusals import Refusal

NOUGHT = Decimal(0)
#: Points are kept to two places.
STEP = Decimal("0.01")
#: Sides from here on are slips of a computation; below it all arithmetic on them is exact.
TOO_LARGE = 10**15


class PointsDoNotFit(Refusal):
    """评分超出范围: points given by hand lie outside 0 to the part's points, or are finer than 0.01."""


class VetoNotInStandard(Refusal):
    """无此否决项: the standard has no veto of this code."""


@dataclass(frozen=True, slots=True)
class Mark:
    """得分: points out of `of` (two places), and why, in words that show both sides.

    `distance` is the least that must be added to the counted side until the rule is met: whole people, units
    or times, yuan to the fen; 0 where it is met, None where no number says how far.
    """

    points: Decimal
    of: Decimal
    explanation: str
    distance: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Grading:
    """定等: the sums and the grade read from them; `bonus` is capped, `total` is base plus bonus.

    `distance` is the points lacking to the next grade; 0 in the highest, None where a veto bars it.
    """

    base: Decimal
    bonus: Decimal
    total: Decimal
    grade: str
    explanation: str
    distance: Decimal | None


def mark(rule: PartRule, figure: Figure, of: Decimal, *, name: str) -> Mark:
    """计分: what the rule gives for the figure, out of `of`. `name` opens the explanation. Never raises.

    What lacks, is not kept, or does not suit the rule gives nothing and says so.
    """
    match rule, figure:
        case _, Missing(what):
            return _mark(_("%(name)s：缺少%(what)s") % {"name": name, "what": what}, NOUGHT, of)
        case _, NotKept(why):
            return _mark(
                _("%(name)s：没有可供计算的记录%(why)s") % {"name": name, "why": _aside(why)}, NOUGHT, of
            )
        case Threshold(), Ratio():
            return _mark_threshold(rule, figure, of, name)
        case CountAgainstTarget(), Count():
            return _mark_count(rule, figure, of, name)
        case AllOrNothing(), Flag(yes):
            words = _("%(name)s：是") if yes else _("%(name)s：否")
            return _mark(words % {"name": name}, of if yes else NOUGHT, of, NOUGHT if yes else None)
        case ByHand(), _:
            return _mark(_("%(name)s：由人工评定，尚未评定") % {"name": name}, NOUGHT, of)
    return _mark(_("%(name)s：现有数据与计分办法不符，无法计算") % {"name": name}, NOUGHT, of)


def award(points: Decimal, of: Decimal, *, name: str, words: str) -> Mark:
    """人工评定: the points that a person gives and explains; raises PointsDoNotFit."""
    must_fit(points, of)
    return _mark(_("%(name)s，人工评定：%(words)s") % {"name": name, "words": words}, points, of)


def must_fit(points: Decimal, of: Decimal) -> None:
    """Points given by hand lie between 0 and `of`, in steps of 0.01; raises PointsDoNotFit."""
    if not (points.is_finite() and 0 <= points <= of and points == points.quantize(STEP)):
        raise PointsDoNotFit(_("评分须在 0 到 %(of)s 分之间，最多两位小数") % {"of": bare(of)})


def add_up(marks: Iterable[Mark]) -> Mark:
    """各部分之和: the mark of an item, from the marks of its parts."""
    marks = list(marks)
    points = sum((mark.points for mark in marks), NOUGHT)
    of = sum((mark.of for mark in marks), NOUGHT)
    summands = " + ".join(bare(mark.points) for mark in marks)
    return _mark(_("各评分点合计 %(summands)s") % {"summands": summands}, points, of)


def grade(standard: Standard, base: Decimal, bonus: Decimal, vetoes: Collection[str] = ()) -> Grading:
    """定等: the grade for the sums of base and bonus points, under the vetoes (codes) that hold.

    Bonus counts up to the cap. Whether the grade is read with or without it is the standard's `graded_on`.
    Raises VetoNotInStandard.
    """
    held = [veto for veto in standard.vetoes if veto.code in vetoes]
    unknown = set(vetoes) - {veto.code for veto in held}
    if unknown:
        raise VetoNotInStandard(_("标准里没有否决项 %(code)s") % {"code": min(unknown)})
    counted = min(bonus, standard.bonus_cap)
    total = base + counted
    measured = total if standard.graded_on == "total" else base
    names = [grade.name for grade in standard.grades]
    earned = _earned(standard.grades, measured)
    ceiling = max((names.index(veto.not_above) for veto in held), default=0)
    given = max(earned, ceiling)
    distance = _to_next(standard.grades, given, ceiling, measured)
    sentences = [
        _sums(standard, base, bonus, total),
        _reading(standard, measured, standard.grades[earned]),
        *(
            _("一票否决（%(veto)s），不高于%(grade)s") % {"veto": veto.name, "grade": veto.not_above}
            for veto in held
        ),
    ]
    if distance:
        sentences.append(
            _("距%(grade)s还差 %(points)s 分") % {"grade": names[given - 1], "points": bare(distance)}
        )
    words = _("%(sentences)s → %(grade)s") % {"sentences": _("；").join(sentences), "grade": names[given]}
    return Grading(base, counted, total, names[given], words, distance)


def _mark(words: str, points: Decimal, of: Decimal, distance: Decimal | None = None) -> Mark:
    points = points.quantize(STEP, rounding=ROUND_HALF_UP)
    explanation = _("%(words)s → %(points)s/%(of)s 分") % {
        "words": words,
        "points": bare(points),
        "of": bare(of),
    }
    return Mark(points, of, explanation, distance)


def _mark_threshold(rule: Threshold, ratio: Ratio, of: Decimal, name: str) -> Mark:
    part, whole = _side(ratio.part), _side(ratio.whole)
    if part is None or whole is None:
        return _mark(_("%(name)s：数值超出范围，无法计算") % {"name": name}, NOUGHT, of)
    said = {"name": name, "part": _show(part, ratio.unit), "whole": _show(whole, ratio.unit)}
    if whole == 0:
        return _mark(_("%(name)s（%(part)s/%(whole)s），分母为 0，无法计算") % said, NOUGHT, of)
    if whole < 0:
        return _mark(_("%(name)s（%(part)s/%(whole)s），分母小于 0，无法计算") % said, NOUGHT, of)
    reached = _meets(rule, part, whole)
    distance = NOUGHT if reached else _to_threshold(rule, part, whole, ratio.unit)
    said |= {
        "rate": f"{_percentage(rule, part, whole):z,f}%",
        "minimum": f"{bare(rule.minimum * 100)}%",
        "short": _with_measure(distance, ratio.unit),
    }
    head = _("%(name)s %(rate)s（%(part)s/%(whole)s）") % said
    verdict = str(_VERDICTS[rule.operator, reached]) % said
    return _mark(
        _("%(head)s，%(verdict)s") % {"head": head, "verdict": verdict},
        of if reached else NOUGHT,
        of,
        distance,
    )


_VERDICTS = {
    (">=", True): gettext_lazy("达到 %(minimum)s"),
    (">=", False): gettext_lazy("未达 %(minimum)s，还差 %(short)s"),
    (">", True): gettext_lazy("超过 %(minimum)s"),
    (">", False): gettext_lazy("未超过 %(minimum)s，还差 %(short)s"),
}


def _meets(rule: Threshold, part: Decimal, whole: Decimal) -> bool:
    wanted = rule.minimum * whole
    return part >= wanted if rule.operator == ">=" else part > wanted


def _to_threshold(rule: Threshold, part: Decimal, whole: Decimal, unit: str) -> Decimal:
    step = money.CENT if unit == "yuan" else Decimal(1)
    steps = ((rule.minimum * whole - part) / step).to_integral_value(ROUND_FLOOR)
    if not _meets(rule, part + steps * step, whole):
        steps += 1  # the floor stops short of the line, or on it where the rule wants more
    return steps * step


def _percentage(rule: Threshold, part: Decimal, whole: Decimal) -> Decimal:
    """The rate in per cent, with as many places as it takes to stand on its own side of the minimum."""
    minimum = 100 * rule.minimum
    exact = 100 * part / whole
    step = Decimal("0.1")
    while True:
        shown = exact.quantize(step, rounding=ROUND_DOWN)
        if shown.compare(minimum) == exact.compare(minimum):
            return shown
        step /= 10


def _mark_count(rule: CountAgainstTarget, count: Count, of: Decimal, name: str) -> Mark:
    if abs(count.number) >= TOO_LARGE:
        return _mark(_("%(name)s：数值超出范围，无法计算") % {"name": name}, NOUGHT, of)
    number = Decimal(count.number)
    distance = max(rule.target - number, NOUGHT)
    said = {
        "name": name,
        "number": _show(number),
        "target": _show(Decimal(rule.target)),
        "short": _show(distance),
    }
    if not distance:
        return _mark(_("%(name)s %(number)s，达到目标 %(target)s") % said, of, of, distance)
    words = _("%(name)s %(number)s，未达目标 %(target)s，还差 %(short)s") % said
    if rule.below == "nothing":
        return _mark(words, NOUGHT, of, distance)
    points = of * max(number, NOUGHT) / rule.target
    return _mark(_("%(words)s，按比例计分") % {"words": words}, points, of, distance)


def _side(value: Decimal | int) -> Decimal | None:
    """The side to the fen, which loses nothing of people or money; None where it is no real quantity."""
    exact = Decimal(value)
    if not exact.is_finite() or abs(exact) >= TOO_LARGE:
        return None
    return exact.quantize(money.CENT, rounding=ROUND_HALF_UP)


def _show(side: Decimal, unit: str = "") -> str:
    return money.show(side) if unit == "yuan" else f"{side.normalize():z,f}"


def _with_measure(distance: Decimal, unit: str) -> str:
    if unit == "people":
        return _("%(number)s 人") % {"number": _show(distance)}
    if unit == "units":
        return _("%(number)s 个") % {"number": _show(distance)}
    return _show(distance, unit)


def _aside(words: str) -> str:
    return _("（%(words)s）") % {"words": words} if words else ""


def _earned(grades: tuple[Grade, ...], measured: Decimal) -> int:
    """Which grade the points reach, before any veto; the lowest begins at 0."""
    return next(place for place, grade in enumerate(grades) if measured >= grade.min)


def _to_next(grades: tuple[Grade, ...], given: int, ceiling: int, measured: Decimal) -> Decimal | None:
    if given == 0:
        return NOUGHT
    return grades[given - 1].min - measured if given > ceiling else None


def _sums(standard: Standard, base: Decimal, bonus: Decimal, total: Decimal) -> str:
    said = {"base": bare(base), "bonus": bare(bonus), "cap": bare(standard.bonus_cap), "total": bare(total)}
    if bonus > standard.bonus_cap:
        return _("基础分 %(base)s，加分 %(bonus)s（按上限计 %(cap)s），总分 %(total)s") % said
    return _("基础分 %(base)s，加分 %(bonus)s，总分 %(total)s") % said


def _reading(standard: Standard, measured: Decimal, reached: Grade) -> str:
    said = {"measured": bare(measured), "min": bare(reached.min), "grade": reached.name}
    if standard.graded_on == "total":
        return _("按总分（含加分）%(measured)s 定等，%(grade)s线 %(min)s") % said
    return _("按基础分（不含加分）%(measured)s 定等，%(grade)s线 %(min)s") % said
