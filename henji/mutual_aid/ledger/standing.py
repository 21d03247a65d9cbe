"""余额: what stands on an account at the end of a day."""

from datetime import date
from decimal import Decimal

from django.db.models import Sum

from henji.mutual_aid.ledger.chart import ACCOUNTS
from henji.mutual_aid.ledger.models import WHOLE, DaySum
from henji.unions.models import Employer, Union


def balance(county: Union | int, account: str, on: date, employer: Employer | int | None = None) -> Decimal:
    """余额: what stands on the account, or of one unit, at the end of the day, on the side on which it grows.

    Asked of days, not of postings: as quick with a million as with one.
    """
    unit = employer.pk if isinstance(employer, Employer) else WHOLE if employer is None else employer
    summed = DaySum.objects.filter(county=county, account=account, unit=unit, on__lte=on).aggregate(
        debit=Sum("debit_yuan", default=0), credit=Sum("credit_yuan", default=0)
    )
    return ACCOUNTS[account].stands_at(Decimal(summed["debit"]), Decimal(summed["credit"]))
