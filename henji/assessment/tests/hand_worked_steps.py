"""Ten cases of each rule that goes by steps, worked by hand on paper, as in `hand_worked`."""

from collections.abc import Mapping
from decimal import Decimal

from henji.assessment.scoring.kinds import (
    AllOrNothing,
    ByUnitType,
    Column,
    CountAgainstTarget,
    DeductEach,
    DeductPerPoints,
    HandedDown,
    Levels,
    PartRule,
    PerOccurrence,
    Rung,
    Threshold,
    Tiers,
)
from henji.assessment.tests.hand_worked import NO, YES, Case, people, times, units, yuan
from henji.evidence.figures import Figure, Level, Missing, Tally


def tiers(*bands: tuple[str, str]) -> Tiers:
    """So many points from each share on."""
    return Tiers(kind="tiers", bands=_bands(*bands))


def short_of(minimum: str, minus: str, every: str, *, begun: bool) -> DeductPerPoints:
    """So many points less for each few percentage points below the minimum."""
    return DeductPerPoints(
        kind="deduct_per_points",
        minimum=Decimal(minimum),
        minus=Decimal(minus),
        every=Decimal(every),
        begun=begun,
    )


def task(code: str, *bands: tuple[str, str]) -> CountAgainstTarget:
    """A target handed down, with bands below it."""
    return CountAgainstTarget(
        kind="count_against_target",
        target=HandedDown(handed_down=code),
        below="tiers" if bands else "nothing",
        bands=_bands(*bands) if bands else None,
    )


def each(points: str, beyond: int = 0) -> PerOccurrence:
    """So many points for each."""
    return PerOccurrence(kind="per_occurrence", each=Decimal(points), beyond=beyond)


def less(points: str) -> DeductEach:
    """So many points less for each that lacks."""
    return DeductEach(kind="deduct_each", each=Decimal(points))


def counted(**levels: int) -> Tally:
    """So many of each level."""
    return Tally(levels, "报道")


def reached(level: str) -> Level:
    """The level reached."""
    return Level(level, "等级")


def cases(
    rule: PartRule,
    of: str,
    *rows: tuple[Figure, str, str | None, str],
    targets: Mapping[str, int] | None = None,
    unit_type: str = "",
) -> list[Case]:
    """Figure, points, distance and words of each case; all words begin with 此项 and end with the points."""
    return [
        Case(rule, figure, of, points, distance, f"此项{words} → {points}/{of} 分", targets or {}, unit_type)
        for figure, points, distance, words in rows
    ]


def _bands(*bands: tuple[str, str]) -> tuple[tuple[Decimal, Decimal], ...]:
    return tuple((Decimal(minimum), Decimal(points)) for minimum, points in bands)


HOMES = tiers(("0.7", "3"), ("0.6", "2"), ("0.5", "1"))
SUBSIDY = tiers(("0.5", "2"), ("0.2", "1"))
TIERS = [
    *cases(
        HOMES,
        "3",
        (units(70, 100), "3", "0", " 70.0%（70/100），达到 70%"),
        (units(69, 100), "2", "1", " 69.0%（69/100），达到 60%，距 70%（3 分）还差 1 个"),
        (units(60, 100), "2", "10", " 60.0%（60/100），达到 60%，距 70%（3 分）还差 10 个"),
        (units(50, 100), "1", "10", " 50.0%（50/100），达到 50%，距 60%（2 分）还差 10 个"),
        (units(49, 100), "0", "1", " 49.0%（49/100），未达 50%（1 分），还差 1 个"),
        (units(0, 9), "0", "5", " 0.0%（0/9），未达 50%（1 分），还差 5 个"),
        (people(6_999, 10_000), "2", "1", " 69.9%（6,999/10,000），达到 60%，距 70%（3 分）还差 1 人"),
    ),
    *cases(
        SUBSIDY,
        "2",
        (
            yuan("490000", "1000000"),
            "1",
            "10000",
            " 49.0%（¥490,000.00/¥1,000,000.00），达到 20%，距 50%（2 分）还差 ¥10,000.00",
        ),
        (yuan("0.19", "1"), "0", "0.01", " 19.0%（¥0.19/¥1.00），未达 20%（1 分），还差 ¥0.01"),
        (units(0, 0), "0", None, "（0/0），分母为 0，无法计算"),
    ),
]

BEGUN, WHOLE = short_of("0.9", "0.5", "5", begun=True), short_of("0.9", "0.5", "5", begun=False)
_BEGUN = "未达 90%，每低 5 个百分点（不足的按 5 个计）扣 0.5 分"
_FINE = "未达 95%，每低 2.5 个百分点（不足的按 2.5 个计）扣 1 分"
_WHOLE = "未达 90%，每低 5 个百分点扣 0.5 分"
DEDUCT_PER_POINTS = [
    *cases(
        BEGUN,
        "2",
        (units(90, 100), "2", "0", " 90.0%（90/100），达到 90%"),
        (units(89, 100), "1.5", "1", f" 89.0%（89/100），{_BEGUN}，扣 0.5 分；再有 1 个可得 2 分"),
        (units(85, 100), "1.5", "5", f" 85.0%（85/100），{_BEGUN}，扣 0.5 分；再有 5 个可得 2 分"),
        (units(84, 100), "1", "1", f" 84.0%（84/100），{_BEGUN}，扣 1 分；再有 1 个可得 1.5 分"),
        (units(74, 100), "0", "1", f" 74.0%（74/100），{_BEGUN}，扣 2 分；再有 1 个可得 0.5 分"),
    ),
    *cases(
        WHOLE,
        "2",
        (units(86, 100), "2", "0", " 86.0%（86/100），未达 90%，所差不足 5 个百分点，不扣分"),
        (units(85, 100), "1.5", "1", f" 85.0%（85/100），{_WHOLE}，扣 0.5 分；再有 1 个可得 2 分"),
        (units(80, 100), "1", "1", f" 80.0%（80/100），{_WHOLE}，扣 1 分；再有 1 个可得 1.5 分"),
        (units(0, 100), "0", "71", f" 0.0%（0/100），{_WHOLE}，扣 2 分；再有 71 个可得 0.5 分"),
    ),
    *cases(
        short_of("0.95", "1", "2.5", begun=True),
        "5",
        (
            people(9_249, 10_000),
            "3",
            "1",
            f" 92.4%（9,249/10,000），{_FINE}，扣 2 分；再有 1 人可得 4 分",
        ),
    ),
]

NEW = task("new_unions", ("0.9", "2"), ("0.8", "1"))
FORTY = {"new_unions": 40}
HANDED_DOWN = [
    *cases(
        NEW,
        "3",
        (times(40), "3", "0", " 40，达到目标 40"),
        (times(44), "3", "0", " 44，达到目标 40"),
        (times(39), "2", "1", " 39，目标 40，完成 97.5%，达到 90%，距 100%（3 分）还差 1"),
        (times(36), "2", "4", " 36，目标 40，完成 90.0%，达到 90%，距 100%（3 分）还差 4"),
        (times(35), "1", "1", " 35，目标 40，完成 87.5%，达到 80%，距 90%（2 分）还差 1"),
        (times(31), "0", "1", " 31，目标 40，完成 77.5%，未达 80%（1 分），还差 1"),
        (times(0), "0", "32", " 0，目标 40，完成 0.0%，未达 80%（1 分），还差 32"),
        targets=FORTY,
    ),
    *cases(
        NEW,
        "3",
        (times(40), "0", None, "：没有下达的任务数，无法计算"),
    ),
    *cases(
        task("cards"),
        "0.5",
        (times(7), "0", "1", " 7，未达目标 8，还差 1"),
        targets={"cards": 8},
    ),
    *cases(
        task("cards"),
        "0.5",
        (times(7), "0", None, "：没有下达的任务数，无法计算"),
        targets={"cards": 0},
    ),
]

HEARD = Levels(
    kind="levels",
    levels=(
        Rung(name="A", points=Decimal(6), criteria="听取并解决"),
        Rung(name="B", points=Decimal(4), criteria="听取"),
        Rung(name="C", points=Decimal("1.5"), criteria="安排"),
    ),
)
ONE = Levels(kind="levels", levels=(Rung(name="达标", points=Decimal(1), criteria="六有"),))
LEVELS = [
    *cases(
        HEARD,
        "6",
        (reached("A"), "6", "0", "：A（听取并解决）"),
        (reached("B"), "4", None, "：B（听取），A须“听取并解决”"),
        (reached("C"), "1.5", None, "：C（安排），B须“听取”"),
        (reached(""), "0", None, "：未入级，C须“安排”"),
        (reached("D"), "0", None, "：现有数据与计分办法不符，无法计算"),
        (counted(A=1), "0", None, "：现有数据与计分办法不符，无法计算"),
        (Missing("人工取值"), "0", None, "：缺少人工取值"),
    ),
    *cases(
        ONE,
        "1",
        (reached("达标"), "1", "0", "：达标（六有）"),
        (reached(""), "0", None, "：未入级，达标须“六有”"),
        (YES, "0", None, "：现有数据与计分办法不符，无法计算"),
    ),
]

MEDIA = PerOccurrence(
    kind="per_occurrence",
    each={"city": Decimal("0.2"), "province": Decimal("0.5"), "national": Decimal(1)},
)
PER_OCCURRENCE = [
    *cases(
        each("1"),
        "4",
        (times(0), "0", "4", " 0 次，每次 1 分，再有 4 次满分"),
        (times(3), "3", "1", " 3 次，每次 1 分，再有 1 次满分"),
        (times(5), "4", "0", " 5 次，每次 1 分，已满分"),
    ),
    *cases(
        each("0.3"),
        "1",
        (times(3), "0.9", "1", " 3 次，每次 0.3 分，再有 1 次满分"),
    ),
    *cases(
        each("0.5", 1),
        "4",
        (times(1), "0", "8", " 1 次，前 1 次不计，此后每次 0.5 分，再有 8 次满分"),
        (times(3), "1", "6", " 3 次，前 1 次不计，此后每次 0.5 分，再有 6 次满分"),
        (times(11), "4", "0", " 11 次，前 1 次不计，此后每次 0.5 分，已满分"),
    ),
    *cases(
        MEDIA,
        "3",
        (
            counted(province=1, city=3),
            "1.1",
            None,
            "：市级 3（每次 0.2 分）、省级 1（每次 0.5 分），距满分还差 1.9 分",
        ),
        (
            counted(county=9, city=1, national=3),
            "3",
            "0",
            "：市级 1（每次 0.2 分）、国家级 3（每次 1 分）、县级 9（不计分），已满分",
        ),
        (counted(), "0", None, "：无，距满分还差 3 分"),
    ),
]

TASK = DeductEach(
    kind="deduct_each", each={"未完成任务": Decimal(5), "底数不清": Decimal(2), "未登记": Decimal(2)}
)
DEDUCT_EACH = [
    *cases(
        less("0.5"),
        "2",
        (times(0), "2", "0", "：没有缺漏，不扣分"),
        (times(1), "1.5", "1", "：缺漏 1 处，每处扣 0.5 分，扣 0.5 分，补齐后满分"),
        (times(4), "0", "4", "：缺漏 4 处，每处扣 0.5 分，扣 2 分，补齐后满分"),
        (times(9), "0", "9", "：缺漏 9 处，每处扣 0.5 分，扣 2 分，补齐后满分"),
    ),
    *cases(
        less("0.2"),
        "2",
        (times(3), "1.4", "3", "：缺漏 3 处，每处扣 0.2 分，扣 0.6 分，补齐后满分"),
    ),
    *cases(
        less("1"),
        "2",
        (times(2), "0", "2", "：缺漏 2 处，每处扣 1 分，扣 2 分，补齐后满分"),
    ),
    *cases(
        TASK,
        "10",
        (counted(), "10", "0", "：没有缺漏，不扣分"),
        (counted(底数不清=1), "8", None, "：底数不清 1（每处扣 2 分），扣 2 分"),
        (
            counted(未登记=1, 未完成任务=1, 底数不清=1),
            "1",
            None,
            "：未完成任务 1（每处扣 5 分）、底数不清 1（每处扣 2 分）、未登记 1（每处扣 2 分），扣 9 分",
        ),
        (times(1), "0", None, "：现有数据与计分办法不符，无法计算"),
    ),
]

TOGETHER = ByUnitType(
    kind="by_unit_type",
    columns={
        "county": Column(points=Decimal(3), rule=AllOrNothing(kind="all_or_nothing")),
        "system": Column(
            points=Decimal(5), rule=HOMES.model_copy(update={"bands": ((Decimal(1), Decimal(5)),)})
        ),
        "direct": Column(
            points=Decimal("1.5"), rule=Threshold(kind="threshold", operator=">=", minimum=Decimal("0.9"))
        ),
    },
)
BY_UNIT_TYPE = [
    *cases(
        TOGETHER,
        "3",
        (YES, "3", "0", "：是"),
        (NO, "0", None, "：否"),
        unit_type="county",
    ),
    *cases(
        TOGETHER,
        "5",
        (units(9, 9), "5", "0", " 100.0%（9/9），达到 100%"),
        (units(8, 9), "0", "1", " 88.8%（8/9），未达 100%（5 分），还差 1 个"),
        unit_type="system",
    ),
    *cases(
        TOGETHER,
        "1.5",
        (units(9, 10), "1.5", "0", " 90.0%（9/10），达到 90%"),
        (units(8, 10), "0", "1", " 80.0%（8/10），未达 90%，还差 1 个"),
        (YES, "0", None, "：现有数据与计分办法不符，无法计算"),
        unit_type="direct",
    ),
    *cases(
        TOGETHER,
        "0",
        (YES, "0", None, "：不考核此类单位"),
        unit_type="township",
    ),
    *cases(
        TOGETHER,
        "0",
        (YES, "0", None, "：不考核此类单位"),
    ),
    *cases(
        TOGETHER,
        "3",
        (Missing("报表"), "0", None, "：缺少报表"),
        unit_type="county",
    ),
]
BY_KIND = {
    "tiers": TIERS,
    "deduct_per_points": DEDUCT_PER_POINTS,
    "count_against_target": HANDED_DOWN,
    "levels": LEVELS,
    "per_occurrence": PER_OCCURRENCE,
    "deduct_each": DEDUCT_EACH,
    "by_unit_type": BY_UNIT_TYPE,
}
