"""The reference standard, published; and a small standard of two items, one of them computed."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal

import pytest

from henji.assessment import commands, library
from henji.assessment.models import PublishedStandard, StatedValue
from henji.assessment.rules import Said
from henji.evidence import figures
from henji.evidence.figures import Figures, Ratio, Scope, indicator
from henji.lib.actors import INSTALLER
from henji.unions.models import Union

SMALL = """
code: small
version: "1"
name: 小标准
label: 测试用
subject_level: county
base_total: 6
bonus_cap: 2
grades:
  - {name: 优秀, min: 6}
  - {name: 合格, min: 4}
  - {name: 不合格, min: 0}
vetoes:
  - {code: V01, name: 弄虚作假, demand: 数据弄虚作假。, not_above: 不合格, source: 测试}
items:
  - code: B1
    kind: base
    name: 入会
    points: 4
    parts:
      - code: rate
        name: 入会率
        points: 4
        demand: 不低于 50% 得 4 分。
        rule: {kind: threshold, operator: ">=", minimum: 0.5}
        figure: assessment.half_joined
        evidence: [{kind: roll}]
        source: 测试
  - code: B10
    kind: base
    name: 会议
    points: 2
    parts:
      - code: held
        name: 开会
        points: 1
        demand: 开会不少于 2 次得 1 分。
        rule: {kind: count_against_target, target: 2, below: nothing}
        evidence: [{kind: minutes, number: 2}, {kind: photo, required: false}]
        source: 测试
      - code: listed
        name: 列入考核
        points: 1
        demand: 列入得 1 分。
        rule: {kind: all_or_nothing}
        source: 测试
  - code: A1
    kind: bonus
    name: 创新
    points: 3
    parts:
      - code: first
        name: 首创
        points: 3
        demand: 首创加 0 至 3 分。
        rule: {kind: by_hand}
        source: 测试
"""

State = Callable[..., StatedValue]


@pytest.fixture
def joined() -> Iterator[dict[str, int]]:
    """入会率: an indicator of this test, declared as every room declares its own; `part` may be changed."""
    counted = {"part": 60, "whole": 100}

    def half_joined(scope: Scope) -> Figures:
        ratio = Ratio(counted["part"], counted["whole"], "会员", "职工", unit="people")
        return dict.fromkeys(scope.unions, ratio)

    half_joined.__module__ = "henji.assessment.offers"
    indicator("入会率")(half_joined)
    yield counted
    del figures._declared["assessment.half_joined"]


@pytest.fixture
def small(county: Union, joined: dict[str, int], at: datetime) -> PublishedStandard:
    """小标准: published by the county."""
    return commands.publish_standard(publisher=county, text=SMALL, by=INSTALLER, at=at)


@pytest.fixture
def reference(county: Union, at: datetime) -> PublishedStandard:
    """参考模板: adopted by the county."""
    text = library.shipped(library.REFERENCE)
    assert text
    return commands.publish_standard(publisher=county, text=text, by=INSTALLER, at=at)


@pytest.fixture
def state(county: Union, small: PublishedStandard, at: datetime) -> State:
    """Make a statement: `state("B10.held", 2, first="2016-03-01", last="2016-12-31")`."""

    def say(part: str, value: object, *, first: str, last: str = "", **more: object) -> StatedValue:
        whole = more.pop("whole", None)
        words: dict[str, object] = {"explanation": "会议记录可查", "at": at, **more}
        return commands.state_value(
            subject=county,
            standard=small,
            part=part,
            said=Said(Decimal(str(value)), None if whole is None else Decimal(str(whole))),
            from_on=date.fromisoformat(first),
            to_on=date.fromisoformat(last) if last else None,
            by=INSTALLER,
            **words,  # type: ignore[arg-type]
        )

    return say
