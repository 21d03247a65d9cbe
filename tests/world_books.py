"""小世界的账: vouchers of each kind, made through commands when a test first asks for one."""

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from henji.lib.actors import INSTALLER
from henji.mutual_aid.ledger import commands as ledger
from henji.mutual_aid.ledger.models import Voucher
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

    def _paid_in(self, employer: Employer, n: int) -> Voucher:
        told: dict[str, Any] = {"entry": "paid_in", "amount_yuan": Decimal(500), "on": date(2016, 4, 20)}
        return ledger.enter_voucher(county=self.county, employer=employer, slip=f"回单{n}", **told, **SIGNED)
