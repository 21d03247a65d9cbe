"""Rules and facts at random, for the properties that all marking has."""

from decimal import Decimal

from hypothesis import strategies as st

from henji.assessment.scoring.facts import CENT, Answer, Level, Number, Rate, Tally
from henji.assessment.scoring.kinds import (
    AllOrNothing,
    ByUnitType,
    Column,
    CountAgainstTarget,
    DeductEach,
    DeductPerPoints,
    Discretion,
    HandedDown,
    Levels,
    PerOccurrence,
    Rung,
    Threshold,
    Tiers,
)

LEVELS = ("city", "province", "national", "其他")
points_of = st.decimals(Decimal("0.01"), 1000, places=2)
shares = st.decimals(0, 2, places=2) | st.decimals(0, 2, places=6)


def falling(numbers, size):
    """Numbers all different, the highest first."""
    return st.lists(numbers, min_size=size, max_size=size, unique=True).map(lambda held: sorted(held)[::-1])


@st.composite
def bands_of(draw, of, minima=shares, most=None):
    """Bands that give at most `most` points, the first exactly `of` where no `most` is given."""
    size = draw(st.integers(1, 4))
    highest = most if most is not None else of
    cents = int(highest * 100)
    size = min(size, cents)
    held = draw(falling(st.integers(1, cents), size))
    if most is None:
        held[0] = cents
    return tuple(zip(draw(falling(minima, size)), (Decimal(cent) / 100 for cent in held), strict=True))


@st.composite
def tiers(draw, of):
    """分档."""
    return Tiers(kind="tiers", bands=draw(bands_of(of)))


@st.composite
def counts(draw, of):
    """对照目标数, known or handed down."""
    target = draw(st.integers(1, 10**9) | st.just(HandedDown(handed_down="new_unions")))
    below = draw(st.sampled_from(["nothing", "proportional", "tiers"])) if of > CENT else "nothing"
    below_one = st.decimals(0, Decimal("0.99"), places=2)
    bands = draw(bands_of(of, below_one, of - CENT)) if below == "tiers" else None
    return CountAgainstTarget(kind="count_against_target", target=target, below=below, bands=bands)


@st.composite
def levels(draw, of):
    """分级."""
    held = draw(bands_of(of))
    names = LEVELS[: len(held)]
    rungs = (
        Rung(name=name, points=points, criteria="条件")
        for name, (_share, points) in zip(names, held, strict=True)
    )
    return Levels(kind="levels", levels=tuple(rungs))


def each(draw):
    """So many for each, or by level."""
    return draw(points_of | st.dictionaries(st.sampled_from(LEVELS[:3]), points_of, min_size=1))


@st.composite
def plain_rules(draw, of):
    """Any rule but that by type of unit."""
    kind = draw(st.sampled_from(["line", "short", "tiers", "count", "levels", "each", "less", "other"]))
    match kind:
        case "line":
            operator = draw(st.sampled_from([">=", ">"]))
            return Threshold(kind="threshold", operator=operator, minimum=draw(shares))
        case "short":
            return draw(shortfalls())
        case "tiers":
            return draw(tiers(of))
        case "count":
            return draw(counts(of))
        case "levels":
            return draw(levels(of))
        case "each":
            held = each(draw)
            free = 0 if isinstance(held, dict) else draw(st.integers(0, 5))
            return PerOccurrence(kind="per_occurrence", each=held, beyond=free)
        case "less":
            return DeductEach(kind="deduct_each", each=each(draw))
    return draw(st.sampled_from([AllOrNothing(kind="all_or_nothing"), Discretion(kind="discretion")]))


@st.composite
def shortfalls(draw):
    """按百分点扣分."""
    return DeductPerPoints(
        kind="deduct_per_points",
        minimum=draw(shares),
        minus=draw(points_of),
        every=draw(st.decimals(1, 100, places=2) | st.sampled_from([Decimal(1), Decimal(5)])),
        begun=draw(st.booleans()),
    )


@st.composite
def rule_and_points(draw):
    """Any rule, and out of how many points it is marked."""
    of = draw(points_of)
    rule = draw(plain_rules(of))
    if draw(st.integers(0, 7)):
        return rule, of
    return ByUnitType(kind="by_unit_type", columns={"county": Column(points=of, rule=rule)}), of


any_side = st.integers() | st.decimals() | st.just(10**6000)
any_number = st.integers() | st.just(10**6000)
any_fact = (
    st.none()
    | st.builds(Rate, any_side, any_side, st.sampled_from([CENT, Decimal(1)]))
    | st.builds(Rate, st.integers(0, 200), st.integers(0, 100))
    | st.builds(Number, any_number)
    | st.builds(Number, st.integers(0, 30))
    | st.builds(Tally, st.dictionaries(st.sampled_from(LEVELS), any_number))
    | st.builds(Tally, st.dictionaries(st.sampled_from(LEVELS), st.integers(0, 9)))
    | st.builds(Level, st.sampled_from(["", *LEVELS]))
    | st.builds(Answer, st.booleans())
)
