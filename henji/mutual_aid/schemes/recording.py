"""以往救助: what was paid in an aid year, with the claims where some part of the room keeps them."""

from collections.abc import Callable, Iterable
from datetime import date

from henji.mutual_aid.models import AidPayment
from henji.mutual_aid.schemes.replaying import Recorded
from henji.mutual_aid.schemes.terms import Scheme
from henji.unions.models import Union

#: Answers what was paid in a county from one day through another, of the payments whose claims it keeps; the
#: key is that of the payment's line.
Recorder = Callable[[Union, date, date], Iterable[Recorded]]
_recorders: list[Recorder] = []


def records(recorder: Recorder) -> Recorder:
    """Say that the function knows claims."""
    _recorders.append(recorder)
    return recorder


def paid_under(county: Union, scheme: Scheme) -> list[Recorded]:
    """以往救助 of the scheme's aid year, each payment once, in the order of their days."""
    first, last = scheme.aid_from, scheme.aid_to
    known = {one.key: one for recorder in _recorders for one in recorder(county, first, last)}
    paid = AidPayment.objects.known().filter(county=county, paid_on__gte=first, paid_on__lte=last)
    alone = (
        Recorded(key=str(line), category=category, paid_on=day, paid_yuan=amount)
        for line, category, day, amount in paid.values_list("line", "category", "paid_on", "paid_yuan")
        if str(line) not in known
    )
    return sorted([*known.values(), *alone], key=lambda one: (one.paid_on, one.key))
