"""Questions about unions and employers."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, OuterRef, Q, Subquery, Sum

from henji.evidence import traces
from henji.lib import ids
from henji.lib.periods import Period
from henji.lib.reach import Reach
from henji.unions.deeds import Deed
from henji.unions.models import (
    ORGANISED,
    Employer,
    EmployerQuerySet,
    FourClears,
    Level,
    PastEmployer,
    Union,
    UnionQuerySet,
    UnionRecord,
    under,
)


def county_of(code: str) -> Union | None:
    """县总工会: the federation with the division code."""
    return Union.objects.counties().filter(code=code).first()


def any_county() -> bool:
    """Whether the installation has been founded."""
    return Union.objects.counties().exists()


def counties_in(reach: Reach) -> UnionQuerySet:
    """The county federations whose rows the request may see."""
    return Union.objects.counties().filter(pk__in=reach.counties).in_tree_order()


def county_worked_in(reach: Reach, asked: str = "") -> Union | None:
    """所在县: the county asked for by its id, if in reach; else the first; None where there is none."""
    held = counties_in(reach)
    key = ids.named(asked)
    wanted = None if key is None else held.filter(pk=key).first()
    return wanted or held.first()


def names_of(trees: Iterable[str]) -> list[str]:
    """The names of the unions at the roots of the trees."""
    return list(Union.objects.filter(path__in=list(trees)).order_by("path").values_list("name", flat=True))


def union_names(keys: Collection[int]) -> dict[int, str]:
    """The unions' names by id."""
    return dict(Union.objects.filter(pk__in=keys).values_list("pk", "name"))


def names_in(county: int) -> dict[int, str]:
    """The names of the county federation and all its unions, closed ones too, by id."""
    ours = Union.objects.filter(Q(pk=county) | Q(county=county))
    return dict(ours.values_list("pk", "name"))


def unions_in(reach: Reach) -> UnionQuerySet:
    """The unions that the request may see, parents first."""
    return Union.objects.within(reach).in_tree_order()


def employers_in(reach: Reach) -> EmployerQuerySet:
    """The employers that the request may see, with the unions they belong to, by name."""
    return Employer.objects.within(reach).select_related("union", "township", "county").order_by("name")


@dataclass(frozen=True, slots=True)
class Workers:
    """职工数: of a county's employers at work together, and how many of these told none."""

    number: int
    silent: int


def workers_counted(counties: Iterable[int]) -> dict[int, Workers]:
    """职工数 by county, in one query; counties without employers are left out."""
    held = Employer.objects.at_work().filter(county__in=counties).values("county_id").order_by()
    summed = held.annotate(told=Sum("workers", default=0), silent=Count("pk", filter=Q(workers__isnull=True)))
    return {row["county_id"]: Workers(row["told"], row["silent"]) for row in summed}


def workers_around(branches: Iterable[Union]) -> dict[int, Workers]:
    """职工数 of unions below a county, of their employers at work, in one query; none for no branches."""
    held = {union.pk: around(union) for union in branches}
    if not held:
        return {}
    sums: dict[str, Sum | Count] = {}
    for pk, own in held.items():
        sums[f"told_{pk}"] = Sum("workers", filter=own, default=0)
        sums[f"silent_{pk}"] = Count("pk", filter=own & Q(workers__isnull=True))
    found: Mapping[str, int] = Employer.objects.at_work().aggregate(**sums)
    return {pk: Workers(found[f"told_{pk}"], found[f"silent_{pk}"]) for pk in held}


@dataclass(frozen=True, slots=True)
class Branch:
    """一支: a union with those below it; `covered` is how many employers it has itself."""

    union: Union
    covered: int
    below: list["Branch"] = field(default_factory=list)


def grove_in(reach: Reach, county: Union, day: date) -> list[Branch]:
    """组织树: the county's unions of the day that the request may see, each below its parent; one query."""
    seen = unions_in(reach).filter(county=county).standing(day).annotate(covered=Count("employers"))
    branches = {union.pk: Branch(union, union.covered) for union in seen}  # type: ignore[attr-defined]  # annotated
    roots: list[Branch] = []
    for branch in branches.values():
        parent = branches.get(branch.union.parent_id or 0)
        (parent.below if parent else roots).append(branch)
    return roots


def organised_counted(counties: Iterable[int]) -> dict[int, tuple[int, int]]:
    """已建会的单位数 and all at work, by county; one query."""
    held = Employer.objects.at_work().filter(county__in=counties).values("county_id").order_by()
    counted = held.annotate(organised=Count("pk", filter=ORGANISED), employers=Count("pk"))
    return {row["county_id"]: (row["organised"], row["employers"]) for row in counted}


def clears_of(employer: Employer) -> FourClears | None:
    """四清情况 of an employer, if anything was told."""
    return FourClears.objects.known().filter(employer=employer).first()


def with_clears(employers: EmployerQuerySet, known_at: datetime | None = None) -> EmployerQuerySet:
    """单位 with what is told of their four clears, each under its name; `county_id` and so on as before."""
    told = FourClears.objects.known(known_at).filter(employer=OuterRef("pk"))
    return employers.annotate(
        reason=Subquery(told.values("reason")[:1]),
        plan=Subquery(told.values("plan")[:1]),
        plan_on=Subquery(told.values("plan_on")[:1]),
        gap_reason=Subquery(told.values("gap_reason")[:1]),
        role=Subquery(told.values("role")[:1]),
    )


def described(unions: UnionQuerySet) -> UnionQuerySet:
    """工会 with what lists ask of their records: `due_on`, `home_level`, `status`, `elected_on`."""
    known = UnionRecord.objects.known().filter(union=OuterRef("pk"))
    return unions.annotate(
        due_on=Subquery(known.values("due_on")),
        home_level=Subquery(known.values("home_level")),
        status=Subquery(known.values("status")),
        legal_number=Subquery(known.values("legal_number")),
    )


def children_of(union: Union) -> UnionQuerySet:
    """The unions right below; `below` counts those below each, `covered` its employers."""
    held = Union.objects.filter(parent=union).in_tree_order()
    return held.annotate(below=Count("children", distinct=True), covered=Count("employers", distinct=True))


def founded_in(
    counties: Iterable[int], period: Period, as_of: date, *, known_at: datetime | None = None
) -> UnionQuerySet:
    """新建工会: primary unions founded in the period up to the day, that still stood on it, as known then."""
    held = Union.objects.filter(county__in=counties, level=Level.PRIMARY)
    last = min(as_of, period.last_day)
    return stood(held, as_of, known_at).filter(founded_on__gte=period.start, founded_on__lte=last)


def stood(unions: UnionQuerySet, day: date, known_at: datetime | None = None) -> UnionQuerySet:
    """工会: those that stood at the end of the day, as known now or, where it is given, then."""
    if known_at is None:
        return unions.standing(day)
    known = unions.filter(made_by__at__lte=known_at).exclude(founded_on__gt=day)
    return known.exclude(pk__in=_closed(day, known_at))


def _closed(day: date, known_at: datetime) -> list[str]:
    """The ids of the unions that were closed up to the day, as far as that was recorded and not withdrawn."""
    deeds = (Deed.UNION_CLOSED, Deed.CLOSING_WITHDRAWN)
    told = traces.all_traces().filter(deed__in=deeds, at__lte=known_at).order_by("at", "pk")
    last = {union: (deed, on) for union, deed, on in told.values_list("subject_id", "deed", "on")}
    return [union for union, (deed, on) in last.items() if deed == Deed.UNION_CLOSED and on <= day]


def parents_in(reach: Reach) -> UnionQuerySet:
    """The unions in reach below which another one may be founded."""
    return unions_in(reach).filter(level__in=(Level.COUNTY, Level.TOWNSHIP, Level.SECTOR)).standing()


def senders_in(reach: Reach, county: Union) -> UnionQuerySet:
    """来表工会: the unions of the county, below it, that stand and that the request may see."""
    return unions_in(reach).filter(county=county).exclude(pk=county.pk).standing()


def own_branch(reach: Reach, county: Union) -> Union | None:
    """所在工会: the one union below the county that the request speaks for; None where it speaks for more."""
    served = list(Union.objects.filter(path__in=reach.trees, county=county).exclude(pk=county.pk)[:2])
    return served[0] if len(served) == len(reach.trees) == 1 else None


def primaries_of(county: Union) -> UnionQuerySet:
    """The primary unions of the county that stand, by name."""
    return Union.objects.filter(county=county, level=Level.PRIMARY).standing().order_by("name")


def townships_in(reach: Reach) -> UnionQuerySet:
    """The township unions that the request may see, in tree order."""
    return unions_in(reach).filter(level=Level.TOWNSHIP)


def may_see(reach: Reach, union: Union | None) -> bool:
    """Whether the union lies within reach, without asking the database."""
    return union is not None and any(union.path.startswith(tree) for tree in reach.trees)


def around(union: Union) -> Q:
    """Employers that have the union or one below it, or lie in its township; a county has all of its own."""
    if union.level == Level.COUNTY:
        return Q(county=union)
    return under([union.path], "union__") | under([union.path], "township__")


def townships_of(county: Union) -> UnionQuerySet:
    """The township unions of the county that stand."""
    return Union.objects.filter(county=county, level=Level.TOWNSHIP).standing().in_tree_order()


def former_names(county: int) -> dict[str, int]:
    """曾用名: the employer that once was called by the name; names that two have borne tell nothing."""
    borne: dict[str, set[int]] = {}
    past = PastEmployer.objects.filter(employer__county=county)
    for name, employer in past.values_list("name", "employer"):
        borne.setdefault(name, set()).add(employer)
    return {name: employers.pop() for name, employers in borne.items() if len(employers) == 1}


def employers_of(county: Union) -> EmployerQuerySet:
    """The employers of the county, with the unions they belong to."""
    return Employer.objects.filter(county=county).select_related("union", "township", "county")
