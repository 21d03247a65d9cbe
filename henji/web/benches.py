"""各人的工作台: what an inspector, a branch's officer and an administrator see first."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from henji.accounts.queries import posts_of, users_in
from henji.assessment import day_cache, rules
from henji.assessment import queries as assessment
from henji.assessment.tables import Standing
from henji.lib.reach import Reach
from henji.members import queries as members
from henji.members.cards import queries as cards
from henji.members.cards.rules import DOUBTS
from henji.unions import queries as unions
from henji.unions.models import Union

#: So many counties are shown; the league table has the rest.
MOST = 10


@dataclass(frozen=True, slots=True)
class Judging:
    """待评的县: a county with its score, and where its own column can be filled."""

    standing: Standing
    url: str
    is_signed: bool
    may_sign: bool


@dataclass(frozen=True, slots=True)
class Counties:
    """各县: those in reach under the standard that most of them share; `waiting` have not been scored yet."""

    standard: str
    rows: list[Judging]
    number: int
    waiting: int


def counties(reach: Reach, today: date) -> Counties | None:
    """各县: those still to be scored first; None where no county in reach has a standard."""
    shared = assessment.standards_shared(reach)
    if not shared:
        return None
    standards = assessment.published_alike(reach, shared[0].digest)
    scores = day_cache.scores(standards, today.year, today)
    posts = list(posts_of(reach.actor.id, today=today))
    open_to = {county.pk: set(rules.columns_open(posts, county)) for county in standards}
    signed = assessment.columns_signed(standards, today.year)
    by_name = {standing.county: standing for standing in Standing.of(standards, scores)}
    rows = [
        Judging(
            standing=by_name[county.name],
            url=f"{reverse('assessment:inspect')}?{urlencode({'subject': county.pk})}",
            is_signed=bool(open_to[county.pk] & signed.get(county.pk, set())),
            may_sign=bool(open_to[county.pk]),
        )
        for county in standards
    ]
    waiting = sum(row.may_sign and not row.is_signed for row in rows)
    rows.sort(key=lambda row: (row.is_signed or not row.may_sign, row.standing.place))
    return Counties(f"{shared[0].name} {shared[0].version}", rows[:MOST], len(rows), waiting)


def stands_above(reach: Reach, county: Union) -> bool:
    """Whether the request reaches the county from above, and not as one of it."""
    return any(tree != county.path and county.path.startswith(tree) for tree in reach.trees)


@dataclass(frozen=True, slots=True)
class Branch:
    """本乡镇: its employers, how many of them have a union, and its members."""

    names: list[str]
    employers: int
    organised: int
    members: int


def branch(reach: Reach, county: Union, today: date) -> Branch:
    """本乡镇 of an officer of one. Five queries."""
    employers = unions.employers_in(reach).at_work()
    return Branch(
        names=unions.names_of(reach.trees),
        employers=employers.count(),
        organised=employers.organised().count(),
        members=members.roll(reach, county.pk, today).members,
    )


@dataclass(frozen=True, slots=True)
class Doubt:
    """卡的疑问: what is asked about cards, and of how many."""

    label: str
    number: int
    url: str


def card_doubts(reach: Reach, county: Union, today: date) -> list[Doubt]:
    """卡的疑问, for those who can answer them; one query."""
    counted = cards.doubts(reach, county.pk, today)
    page = reverse("members:cards")
    return [
        Doubt(str(label), counted[code], f"{page}?{urlencode({'doubt': code, 'county': county.pk})}")
        for code, label in DOUBTS.items()
        if code in counted
    ]


@dataclass(frozen=True, slots=True)
class Accounts:
    """账号: how many are in use, how many of these still wait for a first log-in, how many are suspended."""

    in_use: int
    waiting: int
    suspended: int


def accounts(reach: Reach) -> Accounts:
    """账号 of the county, in one query."""
    told = list(users_in(reach).prefetch_related(None).values_list("is_active", "must_change_password"))
    return Accounts(
        in_use=sum(active for active, _waiting in told),
        waiting=sum(active and waiting for active, waiting in told),
        suspended=sum(not active for active, _waiting in told),
    )
