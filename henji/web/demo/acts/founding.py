"""建立: the federation, its officers, the employers of the county."""

from collections.abc import Iterator
from datetime import date, datetime

from henji.accounts import commands as accounts
from henji.accounts.powers import Role
from henji.lib.actors import INSTALLER
from henji.unions import commands as unions
from henji.unions.models import Employer, Level, Union
from henji.web.demo import books
from henji.web.demo.acts.workbooks import take_in
from henji.web.demo.cast import CLUB, OFFICERS, PASSWORD, Officer, Player
from henji.web.demo.stage import Stage, Step, in_2016
from henji.web.jobs import employers


def steps(stage: Stage) -> Iterator[Step]:
    """The federation on 1 June, its employers two days later, its officers as they come."""
    yield Step(in_2016(6, 1), lambda at: _found(stage, at), "建立县总工会")
    for officer in OFFICERS:
        yield _account(stage, officer)
    yield Step(in_2016(6, 1, 10), lambda at: _found_club(stage, at), "建立县总工会")
    yield Step(in_2016(6, 3), lambda at: _bring_employers(stage, at), "导入单位和工会", weight=10)
    yield Step(in_2016(6, 7, 15), lambda at: _clear_up(stage, at), "登记四清情况", weight=10)


def _found(stage: Stage, at: datetime) -> None:
    stage.county = unions.found_county(code="130123", name="正定县总工会", by=INSTALLER, at=at)


def _found_club(stage: Stage, at: datetime) -> None:
    club = unions.found_union(parent=stage.county, level=Level.PRIMARY, name=CLUB, by=INSTALLER, at=at)
    facts = {"approved_by": "县总工会", "legal_number": "冀工法证字第0001号", "home_level": "21"}
    unions.keep_record(union=club, seen=None, facts=facts, holders={}, by=INSTALLER, at=at)


def _bring_employers(stage: Stage, at: datetime) -> None:
    take_in(stage, employers, books.employers(stage.plan.firms), "企业及工会一览表.xlsx", at)


#: What is told of employers without a union, one after the other; of the last nobody has been told anything.
_CLEARS: tuple[dict[str, object], ...] = (
    {"reason": "2", "plan": "并入乡镇联合工会", "plan_on": date(2016, 9, 30)},
    {"reason": "1", "plan": "六月上门宣讲，七月筹备", "plan_on": date(2016, 7, 31)},
    {"reason": "3", "plan": "分包领导上门，再谈一次", "plan_on": date(2016, 10, 31)},
    {"reason": "5", "plan": "先建筹备组，季节工回来后发展会员"},
    {},
)
#: What is told of those with a union.
_ROLES: tuple[dict[str, object], ...] = (
    {"role": "1", "gap_reason": "试用期内，转正后入会"},
    {"role": "2", "gap_reason": "季节工"},
    {"role": "1", "gap_reason": "外出施工，回来再办"},
    {},
)


def _clear_up(stage: Stage, at: datetime) -> None:
    """The four clears, as far as the officer knows them."""
    for place, employer in enumerate(Employer.objects.filter(county=stage.county).order_by("pk")):
        told = _ROLES[place % len(_ROLES)] if employer.union_id else _CLEARS[place % len(_CLEARS)]
        if told:
            unions.keep_clears(employer=employer, seen=None, told=told, by=stage.actor("wang"), at=at)


def _account(stage: Stage, officer: Officer) -> Step:
    """The officers of the county at once; others when their union is there, or their day has come."""
    when = {"county": (6, 1, 9), "city": (6, 1, 9), "township": (6, 6, 9), "club": (6, 2, 9)}[officer.home]
    month, day, hour = when
    return Step(in_2016(month, day, hour), lambda at: _open(stage, officer, at), "开通账号", weight=10)


def _open(stage: Stage, officer: Officer, at: datetime) -> None:
    """Open the account; who is seconded keeps a home elsewhere and is given a post at the county."""
    home = _home(stage, officer)
    roles: list[Role] = [] if officer.home == "club" else [officer.role]
    opened = accounts.open_account(
        username=officer.username, name=officer.name, home=home, roles=roles, by=INSTALLER, at=at
    )
    user = opened.user
    if officer.home == "club":
        accounts.give_post(user=user, role=officer.role, union=stage.county, by=INSTALLER, at=at)
    if isinstance(officer, Player):
        user = accounts.change_password(user=user, password=PASSWORD, by=user.as_actor(), at=at)
    stage.users[officer.username] = user


def _home(stage: Stage, officer: Officer) -> Union:
    match officer.home:
        case "city":
            return Union.objects.get(level=Level.CITY)
        case "township":
            return Union.objects.get(county=stage.county, name="正定镇总工会")
        case "club":
            return Union.objects.get(county=stage.county, name=CLUB)
        case _:
            return stage.county
