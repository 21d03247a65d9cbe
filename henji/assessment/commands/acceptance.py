"""Deeds about the day of acceptance."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from henji.assessment import queries, rules
from henji.assessment.deeds import Deed
from henji.assessment.models import Acceptance
from henji.evidence import traces, versions
from henji.lib import ids
from henji.lib.actors import Actor
from henji.unions.models import Union


@transaction.atomic
def set_acceptance(*, county: Union, year: int, accepts_on: date, by: Actor, at: datetime) -> Acceptance:
    """验收日设定: say on which day the superior accepts the county's year.

    What was said before gives way and stays to be seen. Raises AcceptanceAstray, AcceptanceUnchanged.
    """
    rules.must_be_accepted_in(accepts_on, year)
    # One setting of a county at a time: two at once would both think the year free.
    Union.objects.select_for_update(no_key=True).get(pk=county.pk)
    held = queries.acceptance_of(county, year)
    rules.must_set_anew(held, accepts_on, year)
    trace = traces.new_id(at)
    if held:
        versions.end(held, trace=trace, at=at)
    acceptance = Acceptance.objects.create(
        line=held.line if held else ids.new(at),
        county=county,
        year=year,
        accepts_on=accepts_on,
        made_by_id=trace,
        known_from=at,
    )
    traces.leave(
        Deed.ACCEPTANCE_SET,
        id=trace,
        subject=acceptance,
        county=county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"year": year, "accepts_on": accepts_on},
        supersedes=held.made_by_id if held else None,
    )
    return acceptance
