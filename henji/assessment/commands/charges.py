"""Deeds about who sees to which item."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from henji.accounts.models import User
from henji.accounts.queries import staff_of
from henji.assessment import queries, rules
from henji.assessment.deeds import Deed
from henji.assessment.models import Charge, PublishedStandard
from henji.evidence import traces, versions
from henji.lib import ids
from henji.lib.actors import Actor
from henji.unions.models import Union


@transaction.atomic
def assign_item(
    *,
    subject: Union,
    standard: PublishedStandard,
    year: int,
    item: str,
    person: User,
    due_on: date,
    by: Actor,
    at: datetime,
    deputy: User | None = None,
) -> Charge:
    """责任分工: say who sees to an item for the union in the year, who stands in, and by which day.

    What was said before gives way and stays to be seen. Raises StandardNotForIt, NotInStandard, NotOnStaff,
    OwnDeputy, DueBeforeYear, AlreadyAssigned.
    """
    rules.must_be_for(standard, subject)
    rules.must_have_item(rules.seen_by(standard.standard, subject), item)
    rules.must_be_two(person, deputy)
    rules.must_be_due(due_on, year)
    people = [person, deputy] if deputy else [person]
    rules.must_be_on_staff(people, staff_of(subject, localdate(at)))
    # One assignment of a union at a time: two at once would both think the item free.
    Union.objects.select_for_update(no_key=True).get(pk=subject.pk)
    held = queries.charge_of(subject, standard.code, year, item)
    rules.must_assign_anew(held, person, deputy, due_on)
    trace = traces.new_id(at)
    if held:
        versions.end(held, trace=trace, at=at)
    charge = Charge.objects.create(
        line=held.line if held else ids.new(at),
        county=rules.county_of(subject),
        subject=subject,
        standard=standard.code,
        year=year,
        item=item,
        person=person,
        deputy=deputy,
        due_on=due_on,
        made_by_id=trace,
        known_from=at,
    )
    traces.leave(
        Deed.ITEM_ASSIGNED,
        id=trace,
        subject=charge,
        county=subject.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={
            "item": item,
            "year": year,
            "person": person.pk,
            "deputy": deputy.pk if deputy else None,
            "due_on": due_on,
        },
        supersedes=held.made_by_id if held else None,
    )
    return charge
