"""捐款名册检查: who gave each line, and by what it is known."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from henji.lib import bulk, ids, money
from henji.lib.identity import NotAnIdentityNumber, must_be_valid
from henji.members import queries as members
from henji.members import rules as places
from henji.members.rules import Place
from henji.members.units import units_of
from henji.mutual_aid import books, rules
from henji.mutual_aid.books import Unnamed
from henji.mutual_aid.giving import listing
from henji.mutual_aid.giving.listing import Listed
from henji.mutual_aid.models import Drive, Giver, StagedDonation
from henji.mutual_aid.rules import Line
from henji.unions.models import Employer
from henji.work.intake import Judged, Row, Rows
from henji.work.models import Job, Verdict

#: What is asked about a line: who gave it.
WHO_GAVE = "giver"
_staged_row = bulk.maker(StagedDonation)


@dataclass(frozen=True, slots=True)
class Told:
    """名册一行: what it says of a gift.

    `name` and `unit` are as they are written; `place` is where the giver is to be looked for, `is_named`
    whether somebody gave and not a group: these two depend on the units that are on record. `roll_line` is
    the line of a list of ours that it repeats.
    """

    number: int
    fen: int
    name: str
    identity: str
    unit: str
    day: date | None
    receipt: str
    place: Place | None
    is_named: bool
    roll_line: int | None = None

    @property
    def is_bare(self) -> bool:
        """Whether the line says neither who gave nor where from."""
        return not (self.identity or self.unit)


class BookJudge:
    """检查捐款: remembers the lines it has seen, to tell apart those that say the same."""

    def __init__(
        self,
        job: Job,
        drive: Drive,
        *,
        employer: Employer | None,
        mark: Callable[[], str],
        returned: Callable[[int, str, str], StagedDonation],
    ) -> None:
        self._job, self._drive = job, drive
        self._find_mark, self._returned = mark, returned
        self._today = localdate(job.asked_at)
        self._units = units_of(job.county)
        self._default = places.place_of(employer, county=job.county_id) if employer else None
        self._times: Counter[Line] = Counter()
        self._first: dict[tuple[UUID, date | None, str], int] = {}
        self._listed: Mapping[int, Listed] = {}

    def judge(self, rows: Rows) -> Judged[StagedDonation]:
        """One staged row for each; costs at most eight queries."""
        told = self._known([self._told(row) for row in rows])
        people = self._people([line for line in told if isinstance(line, Told)])
        staged = [
            self._staged(line, people.get(line.number)) if isinstance(line, Told) else line for line in told
        ]
        known = books.on_record(self._drive, [row.gift_key for row in staged if row.gift_key])
        for row in staged:
            if row.gift_key in known:
                _mark(row, known[row.gift_key])
        return Judged(staged)

    # -- what a line says ----------------------------------------------------------------------------

    def _told(self, row: Row) -> Told | StagedDonation:
        values: Mapping[str, Any] = {name: value or "" for name, value in row.values.items()}
        day = row.values["given_on"]
        try:
            identity = values["identity"] and must_be_valid(values["identity"], today=self._today).number
        except NotAnIdentityNumber as refusal:
            return self._returned(row.number, "identity", refusal.words)
        if day and day > self._today:
            return self._returned(row.number, "given_on", _("捐款日期还没有到"))
        if not (values["name"] or identity or values["unit"]):
            return self._returned(
                row.number, "name", _("没有姓名也没有单位，不知道是谁捐的；如是合计行，请删去")
            )
        roll_line = listing.line_of(values["roll_line"]) if values["roll_line"] else None
        if values["roll_line"] and roll_line is None:
            return self._returned(row.number, "roll_line", _("名单编号有误，请用系统发出的名单原样填写"))
        if not values["amount"] and roll_line is None:
            return self._returned(row.number, "amount", _("金额须大于 0"))
        name = rules.group_name(values["name"])
        gives_itself = name in self._units.by_name  # a unit stands where a person's name should
        return Told(
            number=row.number,
            fen=money.fen(row.values["amount"]),
            name=name,
            identity=identity,
            unit=values["unit"],
            day=day,
            receipt=values["receipt"],
            place=self._units.place_of(values["unit"] or (name if gives_itself else "")) or self._default,
            is_named=bool(identity or roll_line or (name and not gives_itself)),
            roll_line=roll_line,
        )

    def _known(self, told: Sequence[Told | StagedDonation]) -> list[Told | StagedDonation]:
        """The lines, without those that repeat a line of no list of this drive, or under another name."""
        wanted = [line.roll_line for line in told if isinstance(line, Told) and line.roll_line]
        self._listed = listing.lines_named(self._drive, wanted)
        names = members.names_of({line.person for line in self._listed.values()})
        return [self._checked(line, names) if isinstance(line, Told) else line for line in told]

    def _checked(self, told: Told, names: Mapping[UUID, str]) -> Told | StagedDonation:
        if told.roll_line is None:
            return told
        held = self._listed.get(told.roll_line)
        if held is None:
            return self._returned(told.number, "roll_line", _("名单编号不是这次活动的"))
        if told.name and told.name != names.get(held.person):
            return self._returned(told.number, "name", _("姓名和名单编号对不上，请核对是不是排错了行"))
        return told

    # -- who gave ------------------------------------------------------------------------------------

    def _people(self, told: Sequence[Told]) -> dict[int, UUID]:
        """The member of each line that names one: by number, else by a name unique in its unit."""
        numbers = {line.number: line.identity for line in told if line.identity}
        held = members.find_by_identity(self._job.county_id, set(numbers.values()))
        found = {line: held[number] for line, number in numbers.items() if number in held}
        named = {
            line.number: (line.place, line.name)
            for line in told
            if not line.identity and line.is_named and line.place
        }
        day = min(self._drive.counted_on, self._today)
        called = books.members_called(self._job.county_id, set(named.values()), day=day)
        found |= {line: called[pair] for line, pair in named.items() if pair in called}
        listed = {line.number: self._listed[line.roll_line].person for line in told if line.roll_line}
        return found | listed

    # -- by what it is known -------------------------------------------------------------------------

    def _staged(self, told: Told, person: UUID | None) -> StagedDonation:
        giver = Giver.MEMBER if person else Giver.UNKNOWN if told.is_named else Giver.GROUP
        place = told.place
        listed = self._listed[told.roll_line] if told.roll_line else None
        employer = listed.employer if listed else place.employer if place else None
        if not told.fen:
            return _staged_row({"job_id": self._job.pk, "number": told.number, "verdict": Verdict.SAME})
        line = self._line(told)
        values = {
            "job_id": self._job.pk,
            "number": told.number,
            "verdict": Verdict.NEW,
            "line": ids.new(self._job.asked_at),
            "giver": giver,
            "person": person,
            "employer": employer,
            "named": "" if person or not told.is_named else told.name,
            "named_unit": "" if employer else told.unit,
            "amount_fen": told.fen,
            "given_on": rules.day_given(told.day, self._drive, today=self._today),
            "dated": told.day is not None,
            "receipt": told.receipt,
            "giver_key": line.giver_key,
            "gift_key": rules.gift_key(line),
            "question": WHO_GAVE if giver == Giver.UNKNOWN else "",
            "reason": self._doubt(told, person),
        }
        return _staged_row(values)

    def _line(self, told: Told) -> Line:
        key = rules.giver_key(self._drive, identity=told.identity, unit=told.unit, named=told.name)
        line = Line(key, told.day, told.receipt, told.fen, self._mark if told.is_bare else "")
        self._times[line] += 1
        return replace(line, nth=self._times[line])

    @cached_property
    def _mark(self) -> str:
        return self._find_mark()

    def _doubt(self, told: Told, person: UUID | None) -> str:
        """What looks odd in a line, in words; it does not keep the line out."""
        if told.day and told.day not in self._drive.collects:
            return _("捐款日期不在募集期内")
        if person:
            first = self._first.setdefault((person, told.day, told.receipt), told.number)
            if first != told.number:
                return _("和第 %(number)s 行是同一人，日期、收据号也相同，按两笔计") % {"number": first}
        return ""


def _mark(row: StagedDonation, unnamed: Unnamed | None) -> None:
    """A line on record changes nothing, unless it names the giver of a gift that waits for the name."""
    row.reason = ""
    if unnamed and row.person:
        row.verdict, row.held, row.line = Verdict.CHANGED, unnamed.version, unnamed.line
    else:
        row.verdict, row.question = Verdict.SAME, ""
