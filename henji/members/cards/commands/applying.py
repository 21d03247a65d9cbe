"""Applying for cards, and taking the consent back."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from henji.evidence import traces
from henji.lib.actors import Actor
from henji.members.cards import moving, queries, rules
from henji.members.cards.models import Card, State
from henji.members.deeds import Deed
from henji.unions.models import Union
from henji.work import duties

#: Within so long a card whose holder takes the consent back is to be closed.
TO_BE_CLOSED_WITHIN = timedelta(days=15)


@transaction.atomic
def apply(
    *,
    county: Union,
    persons: Collection[UUID],
    consent: str,
    consented_on: date,
    by: Actor,
    at: datetime,
) -> list[UUID]:
    """会员卡申领: write down that members apply for cards and agreed to the text; the lines of the cards.

    Raises NobodyChosen, ConsentUnknown, ConsentTooEarly, InFuture, NotAMember, CardedAlready.
    """
    rules.must_choose(persons)
    rules.must_be_in_order((), on=consented_on, today=localdate(at))
    text = rules.must_be_a_text(consent, consented_on=consented_on)
    moving.lock(county)
    rules.must_be_members(persons, queries.members_among(county, persons, localdate(at)))
    rules.must_have_no_card(queries.carriers(persons))
    trace = traces.new_id(at)
    agreed = {"county_id": county.pk, "consent": text.version, "consented_on": consented_on}
    fresh = [
        moving.begun(agreed | moving.applied(person, consented_on, at), trace=trace, at=at)
        for person in dict.fromkeys(persons)
    ]
    rows = moving.write(fresh)
    traces.leave(
        Deed.CARDS_APPLIED,
        id=trace,
        subject=moving.about(fresh, county),
        county=county,
        by=by,
        at=at,
        on=consented_on,
        facts={"cards": rows.count, "consent": text.version},
        rows=rows,
    )
    return [card.line for card in fresh]


@transaction.atomic
def withdraw_consent(*, card: Card, on: date, by: Actor, at: datetime) -> None:
    """撤回办卡同意: what has not gone to the bank ends with it; any other card is then to be closed.

    Raises ConsentWithdrawn, NotNow, InFuture, OutOfOrder.
    """
    county = moving.lock(card.county)
    rules.must_consent(card)
    rules.must_be_ready(Deed.CARD_CLOSED, [card])
    rules.must_be_in_order([card], on=on, today=localdate(at))
    trace = traces.new_id(at)
    ends = {"state": State.CLOSED, "ended_on": on} if card.state in rules.NOT_YET_SENT else {}
    rows = moving.moved([card], lambda _card: {"withdrawn_on": on, **ends}, trace, at)
    if not ends:
        by_on = localdate(at) + TO_BE_CLOSED_WITHIN
        duties.owe(Deed.CARD_CLOSED, subjects=[card.person], county=county, by_on=by_on, trace=trace, at=at)
    traces.leave(
        Deed.CARD_CONSENT_ENDED,
        id=trace,
        subject=card.person,
        county=county,
        by=by,
        at=at,
        on=on,
        facts={"consent": card.consent},
        rows=rows,
    )
