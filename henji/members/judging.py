"""花名册检查: each row against the record, and against the rows above it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from henji.evidence.keys import vault
from henji.lib import bulk, ids
from henji.lib.refusals import Refusal
from henji.lib.vault import Sealed
from henji.members import rules
from henji.members.derived import derived, derived_columns
from henji.members.leaves import Joined, leaf
from henji.members.models import Membership, Particulars, StagedMember, Turn
from henji.members.queries import mergers
from henji.members.rules import HeldTerm, NextTerm, Place, Term, ToldTerm, merging, terms
from henji.members.telling import Bad, Told, told_by
from henji.members.units import units_of
from henji.unions import queries as unions
from henji.work.intake import Judged, Rows
from henji.work.models import Conflict, Job, Verdict

#: What is asked about a row: which employer is meant.
WHICH_UNIT = "unplaced"

#: First day and last of a membership, and its standing.
Days = tuple[date | None, date | None, str]

_staged_row = bulk.maker(StagedMember)


class Held(NamedTuple):
    """已有会员: who holds an identity number, and what is known of the person."""

    person: UUID
    county: int
    particulars: int
    likeness: str
    sealed: Sealed | None


@dataclass(frozen=True, slots=True)
class Around:
    """所据: what a chunk of rows is judged by."""

    persons: dict[str, Held]
    terms: dict[UUID, tuple[int, HeldTerm]]


class RosterJudge:
    """花名册检查: judges a job's rows, also by the rows above in the same file.

    Of those it remembers the blind index and the number, which takes a hundred and fifty bytes a row.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._county = job.county_id
        self._ids = ids.series(job.asked_at)
        self._today = localdate(job.asked_at)
        self._units = units_of(job.county)
        self._above = dict(_above(job))
        self._folded = mergers.folded_numbers()
        self._first_days = lru_cache(maxsize=1 << 14)(self._days)

    def judge(self, rows: Rows) -> Judged[StagedMember]:
        """One staged row for each; costs one query, and two where some of the persons are held."""
        told, bad = told_by(rows, self._units.place_of, today=self._today)
        around = self._around([row.blind for row in told])
        briefs = [_brief(row.blind) for row in told]
        said = self._likenesses(told, briefs)
        staged = [self._rejected(row) for row in bad]
        fresh = []
        for row, brief in zip(told, briefs, strict=True):
            above = self._above.get(brief)
            try:
                if above is not None:
                    staged.append(self._again(row, above, said[above]))
                    continue
                if row.blind in around.persons:
                    staged.append(self._met(row, around))
                elif row.blind in self._folded:
                    ours = self._folded[row.blind] == self._county
                    raise merging.merged_away() if ours else rules.held_elsewhere()
                else:
                    fresh.append((row, self._first_days(*row.term[1:])))
            except Refusal as refusal:
                bad_row = Bad(row.number, _field_of(refusal), refusal.words)
                elsewhere = isinstance(refusal, rules.HeldElsewhere)
                staged.append(self._elsewhere(bad_row, row) if elsewhere else self._rejected(bad_row))
                continue
            self._above[brief] = row.number
        return Judged(staged, self._fresh(fresh) if fresh else {})

    def _around(self, indexes: list[str]) -> Around:
        persons = dict(_persons(indexes))
        ours = [held.person for held in persons.values() if held.county == self._county]
        return Around(persons, dict(_terms(ours)) if ours else {})

    def _likenesses(self, told: Sequence[Told], briefs: Iterable[bytes]) -> dict[int, str]:
        """What the rows say, by their number; also those staged before that name somebody again."""
        again = [self._above[brief] for brief in briefs if brief in self._above]
        staged = StagedMember.objects.filter(job=self._job, number__in=again) if again else ()
        return {row.number: row.likeness for row in (*staged, *told)}

    def _again(self, row: Told, number: int, likeness: str) -> StagedMember:
        if row.likeness == likeness:
            return self._row(row.number, Verdict.SAME, {})
        words = _("与第 %(number)s 行是同一身份证号，内容不同，请只留一行") % {"number": number}
        return self._rejected(Bad(row.number, "identity", words), Conflict.TWICE)

    # -- persons that nobody holds -------------------------------------------------------------------

    def _days(self, *told: Any) -> Days:
        """The days and the standing of a first membership, wherever it may be."""
        after = terms.next_term(None, ToldTerm(None, *told), county=self._county, today=self._today)
        return after.term.start_on, after.term.end_on, after.term.standing

    def _fresh(self, fresh: Sequence[tuple[Told, Days]]) -> dict[str, Sequence[Any]]:
        """The staged rows of persons whom nobody holds, column by column."""
        rows = [row for row, _days in fresh]
        starts, ends, standings = zip(*(days for _row, days in fresh), strict=True)
        places = [row.term.place or Place(self._county) for row in rows]
        unions, employers, named = zip(*places, strict=True)
        persons, lines = list(islice(self._ids, len(rows))), list(islice(self._ids, len(rows)))
        values = [row.values for row in rows]
        sealed = vault().seal_all(values)
        boxes = [each.box for each in sealed]
        joined = zip(lines, unions, employers, starts, ends, strict=True)
        return {
            "job_id": [self._job.pk],
            "number": [row.number for row in rows],
            "verdict": [Verdict.NEW],
            "field": [row.hint_in for row in rows],
            "reason": [row.hint for row in rows],
            "question": [WHICH_UNIT if name else "" for name in named],
            "person": persons,
            "name": [row.values["name"] for row in rows],
            "id_index": [row.blind for row in rows],
            "box": boxes,
            "key": [each.key for each in sealed],
            "membership_line": lines,
            "union": unions,
            "employer": employers,
            "named": named,
            "start_on": starts,
            "end_on": ends,
            "standing": standings,
            "likeness": [row.likeness for row in rows],
            "leaf": list(map(leaf, persons, boxes, joined)),
            **derived_columns(values),
        }

    # -- persons on record ---------------------------------------------------------------------------

    def _met(self, row: Told, around: Around) -> StagedMember:
        held = around.persons[row.blind]
        if held.county != self._county:
            raise rules.held_elsewhere()
        if held.sealed is None:
            raise rules.erased()
        return self._known(row, held, held.sealed, around.terms.get(held.person))

    def _known(
        self, row: Told, held: Held, sealed: Sealed, term: tuple[int, HeldTerm] | None
    ) -> StagedMember:
        versions = {"held_particulars": held.particulars, "held_membership": term and term[0]}
        same = {"id_index": row.blind, "likeness": row.likeness, **versions}
        if row.likeness == held.likeness:
            # What the last roster said already; whatever was corrected since is newer.
            return self._row(row.number, Verdict.SAME, same)
        was = term[1] if term else None
        after = terms.next_term(was, row.term, county=self._county, today=self._today)
        known = vault().open(sealed)
        values = rules.merged(known, row.values)
        same_term = was is not None and (after.line, after.term) == (was.line, was.term)
        disputed = self._disputed(row, was) if was and terms.disputes(was, row.term) else {}
        if values == known and same_term:
            said = {**same, **disputed, "person": held.person} if disputed else same
            return self._row(row.number, Verdict.SAME, said)
        closed: dict[str, Any] = {"person": held.person, "box": None, **versions}
        if values != known:
            closed |= {"box": vault().reseal(values, sealed.key), **derived(values)._asdict()}
        return self._written(row, Verdict.CHANGED, closed | disputed, None if same_term else after)

    def _disputed(self, row: Told, held: HeldTerm) -> dict[str, Any]:
        """所属工会不同: the membership stays as it is, and what else the row tells is taken in.

        So nothing is lost: the union and the employer that the roster names wait in the row, for the
        question in the queue. A name that the records do not hold asks nothing there: once it is an
        employer's, the same row says something else and is judged anew.
        """
        place = row.term.place
        names = {"held": self._union_names.get(held.term.place.union, "")}
        if place is None or place.named:
            words = _("现为“%(held)s”会员，名册上的单位还没有登记，归属没有改：请登记单位后再导入") % names
            named = {}
        else:
            names["told"] = self._union_names.get(place.union, "")
            words = _("现为“%(held)s”会员，名册写的是“%(told)s”：请到“冲突待核”办转移，写明日期") % names
            named = {"union": place.union, "employer": place.employer}
        reason = _("；").join(filter(None, (words, row.hint)))[:200]
        return {"conflict": Conflict.UNION, "field": "unit", "reason": reason, **named}

    @cached_property
    def _union_names(self) -> dict[int, str]:
        """Of the county's unions; asked for once, by the first row that disputes one."""
        return unions.names_in(self._county)

    def _written(
        self, row: Told, verdict: Verdict, closed: dict[str, Any], after: NextTerm | None
    ) -> StagedMember:
        joined, membership = self._membership(after) if after else (None, {})
        said = {
            "name": row.values["name"],
            "id_index": row.blind,
            "likeness": row.likeness,
            "field": row.hint_in,
            "reason": row.hint,
            "leaf": leaf(closed["person"].hex, closed["box"], joined),
        }
        return self._row(row.number, verdict, {**said, **closed, **membership})

    def _membership(self, after: NextTerm) -> tuple[Joined, dict[str, Any]]:
        line, place, start_on, end_on, standing = after.line or UUID(next(self._ids)), *after.term
        return (line.hex, place.union, place.employer, start_on, end_on), {
            "membership_line": line,
            "union": place.union,
            "employer": place.employer,
            "named": place.named,
            "question": WHICH_UNIT if place.named else "",
            "start_on": start_on,
            "end_on": end_on,
            "standing": standing,
        }

    def _elsewhere(self, row: Bad, told: Told) -> StagedMember:
        """With what the queue is to say of somebody whom this county does not hold."""
        rejected = self._rejected(row, Conflict.ELSEWHERE)
        rejected.name, rejected.id_index = told.values["name"], told.blind
        return rejected

    def _rejected(self, row: Bad, conflict: str = "") -> StagedMember:
        said = {"field": row.field, "reason": row.reason, "conflict": conflict}
        return self._row(row.number, Verdict.REJECTED, said)

    def _row(self, number: int, verdict: Verdict, values: dict[str, Any]) -> StagedMember:
        return _staged_row({"job_id": self._job.pk, "number": number, "verdict": verdict, **values})


def _field_of(refusal: Refusal) -> str:
    """Beside which column the refusal stands."""
    if isinstance(refusal, rules.HeldElsewhere | rules.Erased | merging.MergedAway):
        return "identity"
    return "left_on" if isinstance(refusal, rules.EndsBeforeStart) else "start_on"


def _above(job: Job) -> Iterator[tuple[bytes, int]]:
    """The rows staged before the job was broken off: where each identity stands."""
    staged = StagedMember.objects.filter(job=job).exclude(id_index="").exclude(conflict=Conflict.ELSEWHERE)
    for index, number in staged.values_list("id_index", "number").iterator():
        yield _brief(index), number


def _brief(blind: str) -> bytes:
    """The blind index in half the memory."""
    return bytes.fromhex(blind)


def _persons(indexes: list[str]) -> Iterator[tuple[str, Held]]:
    known = Particulars.objects.known().filter(id_index__in=bulk.Among(indexes))
    columns = ("id_index", "person", "county", "pk", "person__likeness", "box", "person__key")
    for index, person, county, pk, likeness, box, key in known.values_list(*columns):
        sealed = Sealed(bytes(box), bytes(key)) if key else None
        yield index, Held(person, county, pk, likeness, sealed)


def _terms(persons: list[UUID]) -> Iterator[tuple[UUID, tuple[int, HeldTerm]]]:
    """The latest membership of each person, and when the one before it ended."""
    rows: dict[UUID, list[Membership]] = {}
    held = Membership.objects.known().filter(person__in=persons).select_related("unplaced")
    for row in held.latest_first():
        rows.setdefault(row.person_id, []).append(row)
    for person, (latest, *earlier) in rows.items():
        after = max((row.end_on for row in earlier if row.end_on), default=None)
        place = Place(latest.union_id, latest.employer_id, latest.unplaced.name if latest.unplaced else "")
        term = Term(place, latest.start_on, latest.end_on, latest.standing)
        behind = frozenset(row.union_id for row in earlier)
        yield person, (latest.pk, HeldTerm(latest.line, term, after, _awaits(latest), behind))


def _awaits(held: Membership) -> bool:
    """Whether the county holds it for want of an employer, and not because somebody was moved there."""
    if held.unplaced_id:
        return True
    by_county = held.union_id == held.county_id and held.employer_id is None
    return by_county and held.began_by in (Turn.JOINED, Turn.BACK)
