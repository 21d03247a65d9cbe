"""支付登记: the one step by which a payment of aid becomes part of the record, whichever deed asks for it."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from henji.lib import ids
from henji.lib.text import tidy
from henji.members.models import Person
from henji.mutual_aid import rules
from henji.mutual_aid.models import AidPayment
from henji.unions.models import Union


def write(
    *,
    county: Union,
    person: Person,
    category: str,
    paid_yuan: Decimal,
    paid_on: date,
    voucher: str,
    trace: UUID,
    at: datetime,
) -> AidPayment:
    """支付: its first version, in the caller's transaction; nobody else may add to the county meanwhile.

    Raises VoucherTaken.
    """
    rules.must_be_a_new_voucher(AidPayment, voucher, county=county.pk)
    return AidPayment.objects.create(
        line=ids.new(at),
        county=county,
        person=person,
        category=tidy(category),
        paid_yuan=paid_yuan,
        paid_on=paid_on,
        voucher=voucher,
        made_by_id=trace,
        known_from=at,
    )
