"""花名册检查: each row against the record, and against the rows above it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from henji.evidence.keys import vault
from henji.lib import bulk, ids
from henji.lib.refusals import Refusal
from henji.lib.vault import Sealed
from henji.members import rules
from henji.members.derived import derived
from henji.members.leaves import Joined, leaf
from henji.members.models import Membership, Particulars, StagedMember
from henji.members.roster import Bad, Told, told_by, with_filled
from henji.members.rules import HeldTerm, NextTerm, Place, Term
from henji.members.units import units_of
from henji.work.intake import Row
from henji.work.models import Job, Verdict

#: What is asked about a row: which employer is meant.
WHICH_UNIT = "unplaced"

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

    Of those it remembers the blind indexes: a hundred megabytes where a workbook is as long as may be.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._county = job.county_id
        self._ids = ids.series(job.asked_at)
        self._today = localdate(job.asked_at)
        # A roster names few units, each of them many times.
        self._place_of = lru_cache(maxsize=4096)(units_of(job.county).place_of)
        self._above = dict(_above(job))

    def judge(self, rows: Sequence[Row]) -> list[StagedMember]:
        """One staged row for each; costs one query, and two where some of the persons are held."""
        told = [self._told(row) for row in rows]
        around = self._around([row.blind for row in told if isinstance(row, Told)])
        return [self._staged(row, around) for row in told]

    def _told(self, row: Row) -> Told | Bad:
        told = told_by(row.number, row.values, self._place_of, today=self._today)
        return with_filled(told, row.filled) if row.filled and isinstance(told, Told) else told

    def _around(self, indexes: list[str]) -> Around:
        persons = dict(_persons(indexes))
        ours = [held.person for held in persons.values() if held.county == self._county]
        return Around(persons, dict(_terms(ours)) if ours else {})

    def _staged(self, row: Told | Bad, around: Around) -> StagedMember:
        if isinstance(row, Bad):
            return self._rejected(row)
        above = self._above.get(row.blind)
        if above is not None:
            return self._again(row, *above)
        try:
            staged = self._compared(row, around)
        except Refusal as refusal:
            return self._rejected(Bad(row.number, _field_of(refusal), refusal.words))
        self._above[row.blind] = (row.number, row.likeness)
        return staged

    def _again(self, row: Told, number: int, likeness: str) -> StagedMember:
        if row.likeness == likeness:
            return self._row(row.number, Verdict.SAME, {})
        words = _("与第 %(number)s 行是同一身份证号，内容不同，请只留一行") % {"number": number}
        return self._rejected(Bad(row.number, "identity", words))

    def _compared(self, row: Told, around: Around) -> StagedMember:
        held = around.persons.get(row.blind)
        if held is None:
            return self._new(row)
        if held.county != self._county:
            raise rules.held_elsewhere()
        if held.sealed is None:
            raise rules.erased()
        return self._known(row, held, held.sealed, around.terms.get(held.person))

    def _new(self, row: Told) -> StagedMember:
        after = rules.next_term(None, row.term, county=self._county, today=self._today)
        sealed = vault().seal(row.values)
        closed = {"person": next(self._ids), "box": sealed.box, "key": sealed.key}
        closed |= derived(row.values)._asdict()
        return self._written(row, Verdict.NEW, closed, after)

    def _known(
        self, row: Told, held: Held, sealed: Sealed, term: tuple[int, HeldTerm] | None
    ) -> StagedMember:
        versions = {"held_particulars": held.particulars, "held_membership": term and term[0]}
        same = {"id_index": row.blind, "likeness": row.likeness, **versions}
        if row.likeness == held.likeness:
            # What the last roster said already; whatever was corrected since is newer.
            return self._row(row.number, Verdict.SAME, same)
        was = term[1] if term else None
        after = rules.next_term(was, row.term, county=self._county, today=self._today)
        known = vault().open(sealed)
        values = rules.merged(known, row.values)
        same_term = was is not None and (after.line, after.term) == (was.line, was.term)
        if values == known and same_term:
            return self._row(row.number, Verdict.SAME, same)
        closed: dict[str, Any] = {"person": held.person, "box": None, **versions}
        if values != known:
            closed |= {"box": vault().reseal(values, sealed.key), **derived(values)._asdict()}
        return self._written(row, Verdict.CHANGED, closed, None if same_term else after)

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
            "leaf": leaf(closed["person"], closed["box"], joined).hex(),
        }
        return self._row(row.number, verdict, {**said, **closed, **membership})

    def _membership(self, after: NextTerm) -> tuple[Joined, dict[str, Any]]:
        line, place, start_on, end_on = after.line or next(self._ids), *after.term
        return (line, place.union, place.employer, start_on, end_on), {
            "membership_line": line,
            "union": place.union,
            "employer": place.employer,
            "named": place.named,
            "question": WHICH_UNIT if place.named else "",
            "start_on": start_on,
            "end_on": end_on,
        }

    def _rejected(self, row: Bad) -> StagedMember:
        return self._row(row.number, Verdict.REJECTED, {"field": row.field, "reason": row.reason})

    def _row(self, number: int, verdict: Verdict, values: dict[str, Any]) -> StagedMember:
        return _staged_row({"job_id": self._job.pk, "number": number, "verdict": verdict, **values})


def _field_of(refusal: Refusal) -> str:
    """Beside which column the refusal stands."""
    if isinstance(refusal, rules.HeldElsewhere | rules.Erased):
        return "identity"
    return "left_on" if isinstance(refusal, rules.EndsBeforeStart) else "start_on"


def _above(job: Job) -> Iterator[tuple[str, tuple[int, str]]]:
    """The rows staged before the job was broken off, by identity: where they stand and what they say."""
    staged = StagedMember.objects.filter(job=job).exclude(id_index="")
    for index, number, likeness in staged.values_list("id_index", "number", "likeness").iterator():
        yield index, (number, likeness)


def _persons(indexes: list[str]) -> Iterator[tuple[str, Held]]:
    known = Particulars.objects.known().filter(id_index__in=indexes)
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
        yield person, (latest.pk, HeldTerm(latest.line, Term(place, latest.start_on, latest.end_on), after))
