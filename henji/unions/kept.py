"""已建已登: of how many primary unions the records say that they have something."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.db.models.lookups import LessThanOrEqual
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.evidence.figures import Figure, Figures, Ground, Missing, Ratio, Scope
from henji.evidence.versions import VersionQuerySet
from henji.lib import counting
from henji.unions import queries
from henji.unions.models import Level, Union, UnionQuerySet, UnionRecord

Records = VersionQuerySet[UnionRecord]


def _legal(known: Records, day: date) -> Records:
    valid = Q(legal_to__isnull=True) | Q(legal_to__gte=day)
    return known.exclude(legal_number="").filter(valid)


def _institution(code: str) -> Callable[[Records, date], Records]:
    # An institution without a day has been there as long as anybody knows.
    # It is compared as text, not as JSON.
    since = Cast(KT(f"institutions__{code}"), TextField())
    return lambda known, day: known.filter(LessThanOrEqual(since, str(day)))


#: What a union may have, by code: its name, and which records say so of a day.
HELD: Mapping[str, tuple[str | Promise, Callable[[Records, date], Records]]] = {
    "record": (gettext_lazy("已登记组织信息"), lambda known, _day: known),
    "legal": (gettext_lazy("法人资格在有效期内"), _legal),
    "home": (gettext_lazy("已建职工之家"), lambda known, _day: known.exclude(home_level="")),
    "contract": (gettext_lazy("已签集体合同"), _institution("contract")),
    "wage": (gettext_lazy("已签工资专项集体合同"), _institution("wage")),
    "women": (gettext_lazy("已签女职工专项集体合同"), _institution("women")),
    "congress": (gettext_lazy("已建职工代表大会制度"), _institution("congress")),
}


def holding(unions: UnionQuerySet, what: str, day: date, known_at: datetime | None = None) -> UnionQuerySet:
    """Those of the unions that have what the code names, by the records known now or, if given, then."""
    known = UnionRecord.objects.known(known_at).filter(union=OuterRef("pk"))
    return unions.filter(Exists(HELD[what][1](known, day)))


def share(scope: Scope, what: str) -> Figures:
    """占比 = primary unions of the day that have it ÷ all primary unions of the day; two queries.

    One more where it is asked as known then. A county has all primary unions of its own, a union below it
    those below itself.
    """
    primary = Union.objects.filter(level=Level.PRIMARY)
    stood = queries.stood(primary, scope.as_of, scope.known_at)
    branches = _branches(scope.unions)
    own = {
        pk: stood.below(branches[pk].path) if pk in branches else stood.filter(county=pk)
        for pk in scope.unions
    }
    having = {pk: holding(unions, what, scope.as_of, scope.known_at) for pk, unions in own.items()}
    counted = counting.counted(
        {("all", pk): unions.values("pk") for pk, unions in own.items()}
        | {("having", pk): unions.values("pk") for pk, unions in having.items()}
    )
    return {
        pk: _ratio(what, counted["having", pk], counted["all", pk], _query(pk, branches.get(pk), scope))
        for pk in scope.unions
    }


def _branches(unions: Collection[int]) -> dict[int, Union]:
    return Union.objects.filter(pk__in=unions).exclude(level=Level.COUNTY).in_bulk()


def _query(pk: int, branch: Union | None, scope: Scope) -> dict[str, str]:
    known = {"known_at": scope.known_at.isoformat()} if scope.known_at else {}
    place = {"county": str(branch.county_id), "union": str(pk)} if branch else {"county": str(pk)}
    return {"level": Level.PRIMARY.value, "as_of": scope.as_of.isoformat(), **place, **known}


def _ratio(what: str, having: int, unions: int, query: Mapping[str, str]) -> Figure:
    if not unions:
        return Missing(_("基层工会，请先导入单位和工会"))
    return Ratio(
        part=having,
        whole=unions,
        part_name=str(HELD[what][0]),
        whole_name=_("基层工会"),
        part_ground=Ground("unions:list", {**query, "holds": what}),
        whole_ground=Ground("unions:list", query),
        unit="units",
    )
