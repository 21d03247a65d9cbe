"""会员: rosters, and the unions that are founded over the year."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial

from henji.members.jobs import roster
from henji.unions import commands as unions
from henji.unions.models import Employer
from henji.web.demo import books
from henji.web.demo.acts.workbooks import take_in
from henji.web.demo.people import Firm, Worker
from henji.web.demo.stage import Stage, Step, StoryBroken, at, in_2016, rows

_WAVES = (
    ("新建工会会员花名册（7—8月）.xlsx", (9, 8)),
    ("新建工会会员花名册（9—10月）.xlsx", (11, 3)),
    ("新建工会会员花名册（11—12月）.xlsx", (12, 9)),
)
#: Of the unions founded this year one in so many has no workers' home yet.
_WITHOUT_A_HOME = 5


def steps(stage: Stage) -> Iterator[Step]:
    """The roster of June; the unions founded since; the rosters of those who joined them."""
    yield _roster(stage, "会员花名册.xlsx", stage.plan.old, in_2016(6, 8))
    for wave, (name, day) in zip(stage.plan.waves, _WAVES, strict=True):
        for firm, founded_on in wave.founded:
            organise = partial(_organise, stage, firm, founded_on)
            yield Step(at(founded_on, 15), organise, "企业建会")
        yield _roster(stage, name, wave.workers, in_2016(*day))
    yield _roster(stage, "新迁来单位花名册.xlsx", stage.plan.newcomers, in_2016(12, 12))


def _roster(stage: Stage, name: str, workers: Sequence[Worker], when: datetime) -> Step:
    words = f"导入{name.removesuffix('.xlsx')}（{len(workers):,} 人）"
    return Step(when, partial(_bring, stage, name, workers), words, weight=rows(len(workers)))


def _bring(stage: Stage, name: str, workers: Sequence[Worker], at: datetime) -> None:
    take_in(stage, roster, books.roster(workers), name, at)


def _organise(stage: Stage, firm: Firm, founded_on: date, at: datetime) -> None:
    employer = Employer.objects.get(county=stage.county, name=firm.name)
    by = stage.actor("feng")
    founded = unions.organise(employer=employer, organised_on=founded_on, by=by, at=at).union
    if founded is None:
        raise StoryBroken(firm.name)
    facts = {
        "approved_by": "县总工会",
        "approved_on": founded_on,
        "legal_number": f"冀工法证字第{employer.pk:04d}号",
        "home_level": "10" if employer.pk % _WITHOUT_A_HOME else "",
    }
    unions.keep_record(union=founded, seen=None, facts=facts, holders={}, by=by, at=at)
