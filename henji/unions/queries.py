"""Questions about unions and employers."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q

from henji.lib.reach import Reach
from henji.unions.models import Employer, EmployerQuerySet, Level, Union, UnionQuerySet, under


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
    wanted = held.filter(pk=int(asked)).first() if asked.isascii() and asked.isdigit() else None
    return wanted or held.first()


def names_of(trees: Iterable[str]) -> list[str]:
    """The names of the unions at the roots of the trees."""
    return list(Union.objects.filter(path__in=list(trees)).order_by("path").values_list("name", flat=True))


def unions_in(reach: Reach) -> UnionQuerySet:
    """The unions that the request may see, parents first."""
    return Union.objects.within(reach).in_tree_order()


def employers_in(reach: Reach) -> EmployerQuerySet:
    """The employers that the request may see, with the unions they belong to, by name."""
    return Employer.objects.within(reach).select_related("union", "township", "county").order_by("name")


@dataclass(frozen=True, slots=True)
class Branch:
    """一支: a union with those below it; `covered` is how many employers it has itself."""

    union: Union
    covered: int
    below: list["Branch"] = field(default_factory=list)


def grove_in(reach: Reach, county: Union) -> list[Branch]:
    """组织树: the county's unions that the request may see, each below its parent, in one query."""
    seen = unions_in(reach).filter(county=county).annotate(covered=Count("employers"))
    branches = {union.pk: Branch(union, union.covered) for union in seen}  # type: ignore[attr-defined]  # annotated
    roots: list[Branch] = []
    for branch in branches.values():
        parent = branches.get(branch.union.parent_id or 0)
        (parent.below if parent else roots).append(branch)
    return roots


def children_of(union: Union) -> UnionQuerySet:
    """The unions right below; `below` counts those below each, `covered` its employers."""
    held = Union.objects.filter(parent=union).in_tree_order()
    return held.annotate(below=Count("children", distinct=True), covered=Count("employers", distinct=True))


def parents_in(reach: Reach) -> UnionQuerySet:
    """The unions in reach below which another one may be founded."""
    return unions_in(reach).filter(level__in=(Level.COUNTY, Level.TOWNSHIP, Level.SECTOR), closed_on=None)


def primaries_of(county: Union) -> UnionQuerySet:
    """The primary unions of the county, by name."""
    return Union.objects.filter(county=county, level=Level.PRIMARY).order_by("name")


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
    """The township unions of the county."""
    return Union.objects.filter(county=county, level=Level.TOWNSHIP).in_tree_order()


def employers_of(county: Union) -> EmployerQuerySet:
    """The employers of the county, with the unions they belong to."""
    return Employer.objects.filter(county=county).select_related("union", "township", "county")
