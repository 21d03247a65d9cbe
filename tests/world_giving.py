"""小世界的捐款名单: lists, links, reports, slips and receipts, made through commands when first asked for."""

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from henji.lib.actors import INSTALLER
from henji.members import commands as members
from henji.members.models import Person
from henji.members.tests.rosters import number_of
from henji.mutual_aid.giving import commands as giving
from henji.mutual_aid.giving.models import Receipt, Report, Roll, RollLink, Slip
from henji.mutual_aid.models import Drive
from henji.unions.models import Employer
from tests.cast import AT

SIGNED: dict[str, Any] = {"by": INSTALLER, "at": AT}


class Giving:
    """捐款名单 of the small world; the rest of it says whose they are."""

    @cached_property
    def drive(self) -> Drive:
        raise NotImplementedError

    @cached_property
    def employer(self) -> Employer:
        raise NotImplementedError

    @cached_property
    def person(self) -> Person:
        raise NotImplementedError

    def make_employer(self, n: int) -> Employer:
        raise NotImplementedError

    def make_person(self, n: int) -> Person:
        raise NotImplementedError

    @cached_property
    def listed(self) -> Person:
        """Somebody on a list who has not given."""
        person = self.make_person(690)
        giving.make_rolls(drive=self.drive, **SIGNED)
        return person

    @cached_property
    def roll(self) -> Roll:
        """The list of the township's employer."""
        return self._roll_of(self.listed)

    def _roll_of(self, _listed: Person) -> Roll:
        held = Roll.objects.select_related("drive", "county", "employer")
        return held.get(drive=self.drive, employer=self.employer)

    @cached_property
    def roll_link(self) -> RollLink:
        (link,) = giving.hand_out(drive=self.drive, rolls=[self.roll], days=14, **SIGNED)
        return link

    @cached_property
    def report(self) -> Report:
        return self._report(self.roll, self.listed)

    @cached_property
    def slip(self) -> Slip:
        return self.make_slip(0)

    @cached_property
    def receipt(self) -> Receipt:
        return self.make_receipt(1)

    def make_slip(self, n: int) -> Slip:
        return giving.record_slip(
            roll=self.roll, paid_yuan=Decimal(50), paid_on=date(2016, 5, 20), number=f"回{n}", **SIGNED
        )

    def make_receipt(self, n: int) -> Receipt:
        return giving.issue_receipt(slip=self.make_slip(n), **SIGNED)

    def make_line(self, n: int) -> None:
        """Somebody more on the list."""
        self.make_person(700 + n)
        giving.make_rolls(drive=self.drive, **SIGNED)

    def make_roll(self, n: int) -> None:
        """Another employer's list."""
        self.make_employer(700 + n)
        giving.make_rolls(drive=self.drive, **SIGNED)

    def make_report(self, n: int) -> Report:
        """A report of another employer, whose one member moved there."""
        self.make_roll(n)
        held = Roll.objects.select_related("drive", "county", "employer").order_by("-pk")[0]
        person = self.make_person_at(700 + n, held.employer)
        return self._report(held, person)

    def make_person_at(self, n: int, employer: Employer) -> Person:
        return members.enrol(
            county=employer.county,
            name=f"李会员{n}",
            identity=number_of(n),
            employer=employer,
            start_on=date(2015, 3, 1),
            **SIGNED,
        )

    def _report(self, roll: Roll, person: Person) -> Report:
        return giving.report_gifts(
            roll=roll,
            gifts={person.pk: Decimal(50)},
            given_on=date(2016, 5, 20),
            seen=None,
            **SIGNED,
        )
