"""考核: the standard, the targets handed down, who answers for what, values, signatures."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import partial

from henji.assessment import commands as assessment
from henji.assessment import library, queries
from henji.assessment.models import Column
from henji.assessment.verdicts import Finding, Given
from henji.web.demo.cast import ANSWERS
from henji.web.demo.stage import Stage, Step, StoryBroken, at, in_2016
from henji.web.demo.values import ACCEPTED_ON, DUE, LAST_DAY, LAST_EVENING, NOTICE, Stated, targets, values

#: The self-score is signed at mid-year and after the third quarter: as of which day, on which day.
_SIGNED = ((date(2016, 6, 30), (7, 8)), (date(2016, 9, 30), (10, 8)))

#: What the city's inspector found less of than the county says, by item: half a point each, and why.
_FOUND = {
    "B02": "全委会记录没有附签到表",
    "B03": "抽查两期集中培训，一期签到表不全",
    "B05": "两家企业的建会批复没有归档",
}
_LESS = Decimal("0.5")


def steps(stage: Stage) -> Iterator[Step]:
    """The standard first; then values on the evenings of their days, and signatures."""
    yield Step(in_2016(6, 12), partial(_adopt, stage), "采用考核标准")
    yield Step(in_2016(6, 13), partial(_receive_targets, stage), "登记下达任务")
    yield Step(in_2016(6, 13, 11), partial(_set_acceptance, stage), "设定验收日")
    for item, username in sorted(ANSWERS.items()):
        yield Step(in_2016(6, 13, 10), partial(_assign, stage, item, username), "分解考核项目")
    for value in values(stage.plan):
        yield Step(at(min(value.on, LAST_EVENING), 17), partial(_state, stage, value), "填报考核取值")
    for as_of, day in _SIGNED:
        yield Step(in_2016(*day), partial(_sign, stage, as_of), "自评签字")
    yield Step(in_2016(10, 20), partial(_inspect, stage, _SIGNED[-1][0]), "市级评分签字")


def _adopt(stage: Stage, at: datetime) -> None:
    text = library.shipped(library.REFERENCE)
    if text is None:
        raise StoryBroken(library.REFERENCE)
    stage.standard = assessment.publish_standard(
        publisher=stage.county, text=text, by=stage.actor("chen"), at=at
    )


def _receive_targets(stage: Stage, at: datetime) -> None:
    assessment.receive_targets(
        county=stage.county,
        year=2016,
        numbers=targets(stage.plan),
        notice=NOTICE,
        received_on=date(2016, 3, 15),
        by=stage.actor("wang"),
        at=at,
    )


def _set_acceptance(stage: Stage, at: datetime) -> None:
    assessment.set_acceptance(
        county=stage.county, year=2016, accepts_on=ACCEPTED_ON, by=stage.actor("chen"), at=at
    )


def _assign(stage: Stage, item: str, username: str, at: datetime) -> None:
    assessment.assign_item(
        subject=stage.county,
        standard=stage.standard,
        year=2016,
        item=item,
        person=stage.users[username],
        due_on=DUE.get(item, LAST_DAY),
        by=stage.actor("chen"),
        at=at,
    )


def _state(stage: Stage, value: Stated, at: datetime) -> None:
    assessment.state_value(
        subject=stage.county,
        standard=stage.standard,
        part=value.part,
        said=value.said,
        from_on=value.on,
        to_on=None,
        explanation=value.why,
        replacing=True,
        by=stage.answering(value.part),
        at=at,
    )


def _sign(stage: Stage, as_of: date, at: datetime) -> None:
    assessment.sign_self_score(
        subject=stage.county,
        standard=stage.standard,
        year=2016,
        as_of=as_of,
        by=stage.actor("chen"),
        at=at,
    )


def _inspect(stage: Stage, as_of: date, at: datetime) -> None:
    """The city looks in after the third quarter, and signs what it found beside the county's own points."""
    docket = queries.docket_of(stage.county, stage.standard, 2016, as_of, Column.CITY)
    assessment.sign_superior_score(
        subject=stage.county,
        standard=stage.standard,
        year=2016,
        as_of=as_of,
        column=Column.CITY,
        given={code: _given(code, own) for code, own in docket.own.points.items()},
        found={veto.veto.code: Finding(veto.veto.code in docket.own.vetoes) for veto in docket.card.vetoes},
        by=stage.actor("qian"),
        at=at,
        seen=docket.digest,
    )


def _given(code: str, own: Decimal) -> Given:
    return Given(own - _LESS, _FOUND[code]) if code in _FOUND and own >= _LESS else Given(own)
