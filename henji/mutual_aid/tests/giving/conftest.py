"""What the tests of lists share: a drive with one before it, employers, and their people."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from henji.mutual_aid.giving import commands
from henji.mutual_aid.giving.commands.reporting import BY_LINK
from henji.mutual_aid.giving.models import Roll, RollLine


@pytest.fixture
def before(open_drive):
    """2015 年一日捐."""
    return open_drive(2015)


@pytest.fixture
def drive(before, open_drive):
    """2016 年一日捐, with one before it."""
    return open_drive(2016)


@dataclass
class Desk:
    """王干事的桌面: the deeds of these tests, signed."""

    drive: Any
    signed: dict[str, Any]

    def make(self):
        """生成名单."""
        return commands.make_rolls(drive=self.drive, **self.signed)

    def roll(self, employer):
        """The employer's list."""
        return Roll.objects.select_related("drive", "employer", "county").get(
            drive=self.drive, employer=employer
        )

    def listed(self, employer=None):
        """Who stands on the lists now, by name of the reason."""
        rows = RollLine.objects.known().filter(drive=self.drive)
        held = rows.filter(roll__employer=employer) if employer else rows
        return dict(held.values_list("person", "origin"))

    def link(self, employer, days=14):
        """A link for the employer's list."""
        (link,) = commands.hand_out(drive=self.drive, rolls=[self.roll(employer)], days=days, **self.signed)
        return link

    def report(self, employer, gifts, *, seen=None, link=None, on=date(2016, 12, 1), at=None):
        """填报: `gifts` are yuan by person."""
        told = {person.pk: Decimal(yuan) for person, yuan in gifts.items()}
        signed = {"by": BY_LINK if link else self.signed["by"], "at": at or self.signed["at"]}
        return commands.report_gifts(
            roll=self.roll(employer), gifts=told, given_on=on, seen=seen, link=link, **signed
        )

    def accept(self, *reports):
        """受理."""
        return commands.accept_reports(drive=self.drive, reports=[one.pk for one in reports], **self.signed)

    def pay(self, employer, yuan, number="回1", on=date(2016, 12, 20)):
        """缴款登记."""
        return commands.record_slip(
            roll=self.roll(employer), paid_yuan=Decimal(yuan), paid_on=on, number=number, **self.signed
        )

    def receipt(self, slip):
        """收据开具."""
        return commands.issue_receipt(slip=slip, **self.signed)


@pytest.fixture
def desk(drive, signed):
    """王干事的桌面."""
    return Desk(drive, signed)
