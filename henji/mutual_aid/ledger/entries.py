"""业务: what is booked by hand, and which accounts each moves."""

from dataclasses import dataclass

from henji.mutual_aid.ledger import chart
from henji.mutual_aid.ledger.models import Kind


@dataclass(frozen=True, slots=True)
class Entry:
    """业务: the kind of its voucher, the account debited, the one credited; whether a unit must be named."""

    kind: Kind
    debit: str
    credit: str
    of_a_unit: bool = False


#: By code; what each is called stands with the facts of traces, in `deeds.FACTS`.
ENTRIES = {
    "paid_in": Entry(Kind.PAID_IN, chart.BANK, chart.TO_PAY_IN, of_a_unit=True),
    "return": Entry(Kind.RETURN, chart.TO_PAY_IN, chart.BANK, of_a_unit=True),
    "from_above": Entry(Kind.FROM_ABOVE, chart.BANK, chart.FROM_ABOVE),
    "to_above": Entry(Kind.TO_ABOVE, chart.TO_ABOVE, chart.BANK),
    "interest": Entry(Kind.INTEREST, chart.BANK, chart.INTEREST),
    "recovery": Entry(Kind.RECOVERY, chart.BANK, chart.RECOVERED),
    "unexplained_in": Entry(Kind.UNEXPLAINED, chart.BANK, chart.UNEXPLAINED),
    "unexplained_out": Entry(Kind.UNEXPLAINED, chart.UNEXPLAINED, chart.BANK),
    "opening": Entry(Kind.BROUGHT, chart.BANK, chart.SURPLUS),
}
