"""共用步骤: what deeds on gifts, payments and subsidies have in common.

Their traces name the line, whichever version of it is current.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.utils.timezone import localdate

from henji.evidence import traces, versions
from henji.lib.actors import Actor
from henji.mutual_aid import rules
from henji.mutual_aid.deeds import Deed
from henji.mutual_aid.ledger import booking
from henji.mutual_aid.locks import have_to_oneself
from henji.mutual_aid.models import AidPayment, Donation, Subsidy

Money = TypeVar("Money", Donation, AidPayment, Subsidy)

#: What a fact calls the line, and the field that holds the money.
_CALLED: Mapping[type, tuple[str, str]] = {
    Donation: ("gift", "amount_yuan"),
    AidPayment: ("aid", "paid_yuan"),
    Subsidy: ("grant", "granted_yuan"),
}


def leave(
    deed: Deed,
    money: Money,
    *,
    trace: UUID,
    by: Actor,
    at: datetime,
    on: date,
    facts: Mapping[str, object],
    words: str = "",
    supersedes: UUID | None = None,
) -> None:
    """留痕: leave the trace of a deed on one of them."""
    called, _field = _CALLED[type(money)]
    traces.leave(
        deed,
        id=trace,
        subject=money,
        county=money.county,
        by=by,
        at=at,
        on=on,
        facts={**facts, called: money.line},
        words=words,
        supersedes=supersedes,
    )


def record(deed: Deed, money: Money, *, by: Actor, at: datetime, on: date) -> Money:
    """登记: leave the trace of its first version, which has been written, and book it."""
    facts = dict([_amount(money)])
    leave(deed, money, trace=money.made_by_id, by=by, at=at, on=on, facts=facts)
    booking.book(money, trace=money.made_by_id, at=at)
    return money


def correct(deed: Deed, held: Money, *, reason: str, by: Actor, at: datetime, on: date, **told: Any) -> Money:
    """更正: write the version that it really was, and book it anew. Raises Outdated."""
    trace = traces.new_id(at)
    have_to_oneself(held.county)
    corrected = versions.supersede(held, trace=trace, at=at, **told)
    facts = {"before_yuan": _amount(held)[1], **dict([_amount(corrected)])}
    before = held.made_by_id
    leave(deed, corrected, trace=trace, by=by, at=at, on=on, facts=facts, words=reason, supersedes=before)
    booking.book_anew(held, corrected, trace=trace, at=at)
    return corrected


def withdraw(deed: Deed, held: Money, *, reason: str, by: Actor, at: datetime) -> None:
    """作废: end it: it should not have been written down; the books too. Raises NoReason, Outdated."""
    reason = rules.must_say_why(reason)
    trace = traces.new_id(at)
    have_to_oneself(held.county)
    versions.end(held, trace=trace, at=at)
    facts = {"before_yuan": _amount(held)[1]}
    before, on = held.made_by_id, localdate(at)
    leave(deed, held, trace=trace, by=by, at=at, on=on, facts=facts, words=reason, supersedes=before)
    booking.take_back(held, trace=trace, at=at)


def _amount(money: Money) -> tuple[str, Decimal]:
    """The name of the field, and the money."""
    _called, field = _CALLED[type(money)]
    return field, getattr(money, field)
