"""小世界的账: vouchers of each kind, made through commands when a test first asks for one."""

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from henji.lib.actors import INSTALLER, Actor
from henji.mutual_aid.ledger import chart
from henji.mutual_aid.ledger import commands as ledger
from henji.mutual_aid.ledger.matching import Match
from henji.mutual_aid.ledger.models import BankLine, Tick, Voucher
from henji.unions.models import Employer, Union
from tests.cast import AT

SIGNED: dict[str, Any] = {"by": INSTALLER, "at": AT}


class Books:
    """账 of the small world; the rest of it says which county's they are."""

    county: Union

    @cached_property
    def employer(self) -> Employer:
        raise NotImplementedError

    def make_employer(self, n: int) -> Employer:
        raise NotImplementedError

    @cached_property
    def voucher(self) -> Voucher:
        return self.make_voucher(0)

    def make_voucher(self, n: int) -> Voucher:
        """A slip of the employer's, of last month."""
        return self._paid_in(self.employer, n)

    def make_slip_of_another(self, n: int) -> Voucher:
        """A slip of an employer of its own."""
        return self._paid_in(self.make_employer(700 + n), n)

    @cached_property
    def bank_line(self) -> BankLine:
        return self.make_bank_line(0)

    def make_bank_line(self, n: int) -> BankLine:
        """A line of the bank's that says what a slip says."""
        told: dict[str, Any] = {"on": date(2016, 4, 20), "amount_yuan": Decimal(500), "source_row": n + 2}
        return BankLine.objects.create(
            county=self.county, trace_id=self.county.made_by_id, serial=f"流水{n}", key=f"{n:032x}", **told
        )

    @cached_property
    def open_match(self) -> str:
        """What is to be ticked together, as the page sends it."""
        posting = self.voucher.postings.get(account=chart.BANK)
        return f"{self.bank_line.pk}:{posting.pk}"

    @cached_property
    def ticked(self) -> UUID:
        """A group that is ticked."""
        ledger.confirm_matches(
            county=self.county, matches=[Match.read(self.open_match)], by=Actor(-1, "别人", "干事"), at=AT
        )
        return Tick.objects.known().filter(bank_line=self.bank_line).values_list("line", flat=True)[0]

    def _paid_in(self, employer: Employer, n: int) -> Voucher:
        told: dict[str, Any] = {"entry": "paid_in", "amount_yuan": Decimal(500), "on": date(2016, 4, 20)}
        return ledger.enter_voucher(county=self.county, employer=employer, slip=f"回单{n}", **told, **SIGNED)
