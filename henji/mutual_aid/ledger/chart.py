"""会计科目: the chart of accounts of the fund's own bank account, held in trust (代管经费/救助一日捐).

The chart is data: a code never changes its meaning, and a new account is a new row. Accounts that say so are
kept by paying unit. Source of the headings: the implementing rules of the one-day donation, chapter on money
(代管经费, sub-heading 救助一日捐, detail by paying unit).
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Account:
    """科目: its code and name; on which side it grows, whether it is kept by unit, whether a year ends it.

    `flows` tells accounts of a year's receipts and payments, which the end of the year carries to the
    surplus, from those that stand.
    """

    code: str
    name: Promise
    grows_by_debit: bool = False
    by_unit: bool = False
    flows: bool = False

    @property
    def short(self) -> str:
        """The last part of its name."""
        return str(self.name).rpartition("/")[2]

    def stands_at(self, debit: Decimal, credit: Decimal) -> Decimal:
        """余额: what stands on the side on which the account grows."""
        return debit - credit if self.grows_by_debit else credit - debit


#: Money on the fund's own bank account.
BANK = "1002"
#: Gifts on record that the unit has not yet paid in: an open list is what stands here by unit.
TO_PAY_IN = "1181"
DONATIONS = "230101"
SUBSIDY = "230102"
FROM_ABOVE = "230103"
INTEREST = "230104"
RECOVERED = "230105"
AID = "230106"
TO_ABOVE = "230107"
SURPLUS = "230109"
#: Money on the bank account of which nobody knows yet what it is.
UNEXPLAINED = "2302"

CHART = (
    Account(BANK, _("银行存款"), grows_by_debit=True),
    Account(TO_PAY_IN, _("待缴存捐款"), grows_by_debit=True, by_unit=True),
    Account(DONATIONS, _("代管经费/救助一日捐/捐款"), by_unit=True, flows=True),
    Account(SUBSIDY, _("代管经费/救助一日捐/工会补贴"), flows=True),
    Account(FROM_ABOVE, _("代管经费/救助一日捐/上级调剂"), flows=True),
    Account(INTEREST, _("代管经费/救助一日捐/利息"), flows=True),
    Account(RECOVERED, _("代管经费/救助一日捐/追回救助金"), flows=True),
    Account(AID, _("代管经费/救助一日捐/救助支出"), grows_by_debit=True, flows=True),
    Account(TO_ABOVE, _("代管经费/救助一日捐/上解支出"), grows_by_debit=True, flows=True),
    Account(SURPLUS, _("代管经费/救助一日捐/结余")),
    Account(UNEXPLAINED, _("待查款项")),
)
ACCOUNTS = {account.code: account for account in CHART}
