"""Ten cases of each rule kind, worked by hand on paper: the figure, the points, the words, the distance."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from henji.assessment.scoring.kinds import AllOrNothing, CountAgainstTarget, Discretion, PartRule, Threshold
from henji.evidence.figures import Count, Figure, Flag, Missing, NotKept, Ratio, Tally


class Case(NamedTuple):
    """A rule, a figure and what must come of them; `distance` None: no number says how far."""

    rule: PartRule
    figure: Figure
    of: str
    points: str
    distance: str | None
    words: str
    targets: Mapping[str, int] = {}
    unit_type: str = ""


def at_least(minimum: str) -> Threshold:
    """Full points from the minimum on."""
    return Threshold(kind="threshold", operator=">=", minimum=Decimal(minimum))


def more_than(minimum: str) -> Threshold:
    """Full points above the minimum."""
    return Threshold(kind="threshold", operator=">", minimum=Decimal(minimum))


def target(number: int) -> CountAgainstTarget:
    """Full points from the target on, nothing below."""
    return CountAgainstTarget(kind="count_against_target", target=number, below="nothing")


def share_of_target(number: int) -> CountAgainstTarget:
    """Full points from the target on, in proportion below."""
    return CountAgainstTarget(kind="count_against_target", target=number, below="proportional")


def people(part: int, whole: int) -> Ratio:
    """So many of so many people."""
    return Ratio(part, whole, "参加的会员", "会员", unit="people")


def yuan(part: str, whole: str) -> Ratio:
    """So many yuan of so many."""
    return Ratio(Decimal(part), Decimal(whole), "支付", "筹集", unit="yuan")


def units(part: int, whole: int) -> Ratio:
    """So many of so many unions or employers."""
    return Ratio(part, whole, "已审计", "应审计", unit="units")


def times(number: int) -> Count:
    """So many."""
    return Count(number, "次数")


YES, NO = Flag(True, "是否"), Flag(False, "是否")
DECIDE = AllOrNothing(kind="all_or_nothing")
BY_HAND = Discretion(kind="by_hand")

THRESHOLD = [
    Case(
        at_least("0.25"),
        people(11_700, 50_000),
        "4",
        "0",
        "800",
        "此项 23.4%（11,700/50,000），未达 25%，还差 800 人 → 0/4 分",
    ),
    Case(
        at_least("0.25"),
        people(13_000, 50_000),
        "4",
        "4",
        "0",
        "此项 26.0%（13,000/50,000），达到 25% → 4/4 分",
    ),
    Case(
        at_least("0.25"),
        people(12_500, 50_000),
        "4",
        "4",
        "0",
        "此项 25.0%（12,500/50,000），达到 25% → 4/4 分",
    ),
    Case(
        at_least("0.25"),
        people(12_480, 50_000),
        "4",
        "0",
        "20",
        "此项 24.9%（12,480/50,000），未达 25%，还差 20 人 → 0/4 分",
    ),
    Case(
        more_than("0.25"),
        people(12_500, 50_000),
        "4",
        "0",
        "1",
        "此项 25.0%（12,500/50,000），未超过 25%，还差 1 人 → 0/4 分",
    ),
    Case(more_than("0.25"), people(2, 7), "1.5", "1.5", "0", "此项 28.5%（2/7），超过 25% → 1.5/1.5 分"),
    Case(
        at_least("0.65"),
        yuan("1215800", "2000000"),
        "2",
        "0",
        "84200.00",
        "此项 60.7%（¥1,215,800.00/¥2,000,000.00），未达 65%，还差 ¥84,200.00 → 0/2 分",
    ),
    Case(
        at_least("0.65"),
        yuan("0.64", "1.00"),
        "2",
        "0",
        "0.01",
        "此项 64.0%（¥0.64/¥1.00），未达 65%，还差 ¥0.01 → 0/2 分",
    ),
    Case(at_least("0.5"), units(4, 9), "2", "0", "1", "此项 44.4%（4/9），未达 50%，还差 1 个 → 0/2 分"),
    Case(at_least("0.25"), people(0, 0), "4", "0", None, "此项（0/0），分母为 0，无法计算 → 0/4 分"),
]

ALL_OR_NOTHING = [
    Case(DECIDE, YES, "2", "2", "0", "此项：是 → 2/2 分"),
    Case(DECIDE, NO, "2", "0", None, "此项：否 → 0/2 分"),
    Case(DECIDE, YES, "1.5", "1.5", "0", "此项：是 → 1.5/1.5 分"),
    Case(DECIDE, NO, "1.5", "0", None, "此项：否 → 0/1.5 分"),
    Case(DECIDE, YES, "100", "100", "0", "此项：是 → 100/100 分"),
    Case(DECIDE, Missing("任职文件"), "1", "0", None, "此项：缺少任职文件 → 0/1 分"),
    Case(
        DECIDE, NotKept("members.rate"), "1", "0", None, "此项：没有可供计算的记录（members.rate） → 0/1 分"
    ),
    Case(DECIDE, NotKept(), "1", "0", None, "此项：没有可供计算的记录 → 0/1 分"),
    Case(DECIDE, times(1), "1", "0", None, "此项：现有数据与计分办法不符，无法计算 → 0/1 分"),
    Case(
        DECIDE, Tally({"市级": 1}, "报道"), "1", "0", None, "此项：现有数据与计分办法不符，无法计算 → 0/1 分"
    ),
]

COUNT_AGAINST_TARGET = [
    Case(target(2), times(0), "1", "0", "2", "此项 0，未达目标 2，还差 2 → 0/1 分"),
    Case(target(2), times(1), "1", "0", "1", "此项 1，未达目标 2，还差 1 → 0/1 分"),
    Case(target(2), times(2), "1", "1", "0", "此项 2，达到目标 2 → 1/1 分"),
    Case(target(2), times(3), "1", "1", "0", "此项 3，达到目标 2 → 1/1 分"),
    Case(target(20), times(19), "1.5", "0", "1", "此项 19，未达目标 20，还差 1 → 0/1.5 分"),
    Case(
        share_of_target(3), times(1), "1", "0.33", "2", "此项 1，未达目标 3，还差 2，按比例计分 → 0.33/1 分"
    ),
    Case(
        share_of_target(3), times(2), "1", "0.67", "1", "此项 2，未达目标 3，还差 1，按比例计分 → 0.67/1 分"
    ),
    Case(
        share_of_target(8), times(1), "1", "0.13", "7", "此项 1，未达目标 8，还差 7，按比例计分 → 0.13/1 分"
    ),
    Case(
        share_of_target(2_000),
        times(1_000),
        "3",
        "1.5",
        "1000",
        "此项 1,000，未达目标 2,000，还差 1,000，按比例计分 → 1.5/3 分",
    ),
    Case(share_of_target(4), times(9), "3", "3", "0", "此项 9，达到目标 4 → 3/3 分"),
]

#: Points of the parts and how they add up: (points, of) of each part, the item's points, its words.
SUM_OF_PARTS = [
    ([("4", "4"), ("2", "2")], "6", "各评分点合计 4 + 2 → 6/6 分"),
    ([("4", "4"), ("0", "2")], "4", "各评分点合计 4 + 0 → 4/6 分"),
    ([("0", "4"), ("2", "2")], "2", "各评分点合计 0 + 2 → 2/6 分"),
    ([("0", "4"), ("0", "2")], "0", "各评分点合计 0 + 0 → 0/6 分"),
    ([("1.5", "2.5")], "1.5", "各评分点合计 1.5 → 1.5/2.5 分"),
    ([("1.5", "1.5"), ("1.5", "1.5"), ("4", "4")], "7", "各评分点合计 1.5 + 1.5 + 4 → 7/7 分"),
    ([("0.33", "1"), ("0.67", "1")], "1", "各评分点合计 0.33 + 0.67 → 1/2 分"),
    ([("0.1", "1"), ("0.2", "1"), ("0.05", "1")], "0.35", "各评分点合计 0.1 + 0.2 + 0.05 → 0.35/3 分"),
    ([("100", "100")], "100", "各评分点合计 100 → 100/100 分"),
    ([("2", "2"), ("2", "2"), ("1", "1"), ("0", "1")], "5", "各评分点合计 2 + 2 + 1 + 0 → 5/6 分"),
]

#: Points that a person gives, out of so many, and the words; None: they do not fit.
AWARDED = [
    ("2.5", "2.5", "此项，人工评定：见证据 → 2.5/2.5 分"),
    ("0", "2.5", "此项，人工评定：见证据 → 0/2.5 分"),
    ("1.25", "2.5", "此项，人工评定：见证据 → 1.25/2.5 分"),
    ("0.01", "1", "此项，人工评定：见证据 → 0.01/1 分"),
    ("2.51", "2.5", None),
    ("-0.01", "2.5", None),
    ("1.005", "2.5", None),
    ("NaN", "2.5", None),
]
NOT_YET_AWARDED = [
    Case(BY_HAND, Missing("评定"), "2.5", "0", None, "此项：缺少评定 → 0/2.5 分"),
    Case(BY_HAND, people(1, 2), "2.5", "0", None, "此项：由人工评定，尚未评定 → 0/2.5 分"),
]
