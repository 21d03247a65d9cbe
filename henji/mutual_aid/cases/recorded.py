"""试算依据: the applications behind what was paid, so that a scheme in the making can be tried on them."""

from collections.abc import Iterator
from datetime import date

from henji.mutual_aid.cases import proposing, queries
from henji.mutual_aid.cases.models import AidCaseVersion, OrderState, PaymentOrder
from henji.mutual_aid.models import AidPayment
from henji.mutual_aid.schemes import queries as schemes
from henji.mutual_aid.schemes.recording import records
from henji.mutual_aid.schemes.replaying import Recorded
from henji.unions.models import Union


@records
def applications_paid(county: Union, first: date, last: date) -> Iterator[Recorded]:
    """已支付的申请 of the days, each as it was told, after what was granted for earlier events.

    What was erased, or stood under no scheme, is left out: of these the payment alone is known.
    """
    paid = AidPayment.objects.known().filter(county=county, paid_on__gte=first, paid_on__lte=last)
    payments = {payment.line: payment for payment in paid}
    orders = PaymentOrder.objects.filter(
        case__county=county, state=OrderState.PAID, aid__in=paid.values("line")
    )
    aided = {case: payments[line] for case, line in orders.values_list("case", "aid") if line in payments}
    for version in AidCaseVersion.objects.known().filter(case__in=aided).select_related("case__county"):
        if recorded := _recorded(version, aided[version.case_id]):
            yield recorded


def _recorded(version: AidCaseVersion, payment: AidPayment) -> Recorded | None:
    published = schemes.scheme_in_force(version.case.county, version.event_on)
    if published is None or not version.sealed:
        return None
    told = queries.claim_of(version)
    return Recorded(
        key=str(payment.line),
        category=version.category,
        paid_on=payment.paid_on,
        paid_yuan=payment.paid_yuan,
        claim=proposing.claimed(version.case, told, published.scheme, version.applied_on, payment.paid_yuan),
        before=tuple(
            past for past in proposing.granted_before(version.case, told) if past.on < version.event_on
        ),
    )
