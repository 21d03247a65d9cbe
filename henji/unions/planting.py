"""成林: the unions of one county by name, those that stand and those that an import is to found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from henji.evidence.traces import RowsRoot
from henji.lib import bulk
from henji.unions import recording, rules
from henji.unions.models import PROFILE, Employer, Level, PastEmployer, Told, Union, path_of

_SAID_SINCE = tuple(name for name in PROFILE if name not in ("industry", "workers"))


def plant(
    parent: Union | None,
    level: str,
    name: str,
    trace: UUID,
    *,
    county: Union | None = None,
    code: str = "",
    credit_code: str = "",
    founded_on: date | None = None,
) -> Union:
    """建立: write down one union below another."""
    union = Union.objects.create(
        parent=parent,
        county=county,
        level=level,
        name=name,
        code=code,
        credit_code=credit_code,
        founded_on=founded_on,
        made_by_id=trace,
        path="",
    )
    union.path = path_of(parent, union.pk)
    union.save(update_fields=["path"])
    return union


@dataclass(frozen=True, slots=True)
class EmployerLine:
    """单位行: one employer as a list gives it, names tidied and codes checked; empty where it says nothing.

    `township` and `union` are names of unions, `founded_on` is the day on which the union was founded;
    `facts` and `holders` are what is told of the union, as `recording.Telling` has them.
    """

    name: str
    credit_code: str = ""
    township: str = ""
    union: str = ""
    industry: str = ""
    workers: int | None = None
    founded_on: date | None = None
    unit_type: str = ""
    address: str = ""
    women: int | None = None
    migrants: int | None = None
    dispatched: int | None = None
    counted_on: date | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    holders: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tree:
    """一棵: a union that stands or is to be founded; `township` is the name of the township's union above."""

    name: str
    level: str
    township: str = ""
    founded_on: date | None = None
    closed_on: date | None = None


class Grove:
    """林: finds each line's place among the county's unions, and founds those that lack."""

    def __init__(self, county: Union) -> None:
        self._county = county
        self._trees: dict[str, Tree] = {}
        self._townships: dict[str, str] = {}
        self._lacking: list[Tree] = []
        for union in Union.objects.filter(county=county).select_related("parent"):
            township = union.parent.name if union.parent and union.parent.level == Level.TOWNSHIP else ""
            self._know(Tree(union.name, union.level, township, union.founded_on, union.closed_on))

    def settled(self, line: EmployerLine) -> EmployerLine:
        """落位: the line with its township and union under the names that they bear.

        Who names no township is in that of the union. Raises NotATownship, NotAPrimaryUnion, UnionElsewhere,
        FoundedOtherwise, UnionClosed.
        """
        township = self._township(line.township)
        self._must_stand(township, line.union)
        if not line.union:
            return replace(line, township=township)
        level = Level.TOWNSHIP if line.union == township else Level.PRIMARY
        tree = self._trees.get(line.union, Tree(line.union, level, township, line.founded_on))
        rules.must_be_primary(tree.name, tree.level)
        rules.must_stand_there(tree.name, township=tree.township, told=township)
        rules.must_be_founded_then(tree.name, founded_on=tree.founded_on, told=line.founded_on)
        return replace(line, township=township or tree.township)

    def reserve(self, line: EmployerLine) -> None:
        """预留: note what lacks for a settled line, as if it stood already."""
        for tree in _trees_of(line):
            if tree.name not in self._trees:
                self._know(tree)
                self._lacking.append(tree)

    def plant(self, trace: UUID) -> dict[str, Union]:
        """建立: found what lacks, townships first, by a few statements; returns all unions by name."""
        for level in (Level.TOWNSHIP, Level.PRIMARY):
            standing = self._standing()
            lacking = [tree for tree in self._lacking if tree.level == level]
            bulk.insert(Union, [self._union(tree, standing, trace) for tree in lacking])
        standing = self._standing()
        planted = [standing[tree.name] for tree in self._lacking]
        # A township comes before what stands below it, because lines name it first.
        for union in planted:
            above = standing.get(self._trees[union.name].township, self._county)
            union.path = path_of(above, union.pk)
        Union.objects.bulk_update(planted, ["path"])
        return standing

    @property
    def lacking(self) -> int:
        """How many unions are to be founded."""
        return len(self._lacking)

    def _know(self, tree: Tree) -> None:
        self._trees[tree.name] = tree
        if tree.level == Level.TOWNSHIP:
            self._townships[rules.bare_township(tree.name, county=self._county)] = tree.name

    def _township(self, told: str) -> str:
        bare = rules.bare_township(told, county=self._county)
        if not bare or bare in self._townships:
            return self._townships.get(bare, "")
        name = rules.township_union_name(told)
        if name in self._trees:
            rules.must_be_a_township(name, self._trees[name].level)
        return name

    def _must_stand(self, *names: str) -> None:
        for tree in filter(None, map(self._trees.get, names)):
            if tree.closed_on:
                raise rules.union_closed(tree.name, tree.closed_on)

    def _standing(self) -> dict[str, Union]:
        return {union.name: union for union in Union.objects.filter(county=self._county)}

    def _union(self, tree: Tree, standing: dict[str, Union], trace: UUID) -> Union:
        return Union(
            parent=standing.get(tree.township, self._county),
            county=self._county,
            level=tree.level,
            name=tree.name,
            founded_on=tree.founded_on,
            made_by_id=trace,
            path="",
        )


def _trees_of(line: EmployerLine) -> Iterable[Tree]:
    if line.township:
        yield Tree(line.township, Level.TOWNSHIP)
    if line.union:
        yield Tree(line.union, Level.PRIMARY, line.township, line.founded_on)


def rows_root(trace: UUID) -> RowsRoot:
    """行摘要根: over the employers that the trace made, also those of whom something else is said by now."""
    made = {row.pk: _leaf(row, row.county_id) for row in Employer.objects.filter(made_by=trace)}
    past = PastEmployer.objects.filter(made_by=trace).select_related("employer")
    made |= {row.employer_id: _leaf(row, row.employer.county_id) for row in past}
    return RowsRoot.over([leaf for _pk, leaf in sorted(made.items())] + recording.leaves(trace))


def _leaf(row: Told, county: int) -> bytes:
    told = (row.name, row.credit_code, row.industry, row.workers)
    stands = (county, row.township_id, row.union_id)
    # Said with its name, and not at all where it is open: so older rows keep the digest that they had.
    more = [f"{name}={value}" for name in _SAID_SINCE if (value := getattr(row, name)) not in ("", None)]
    return sha256("|".join(map(str, (*told, *stands, *more))).encode()).digest()
