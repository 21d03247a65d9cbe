"""Deeds of work."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from henji.accounts.models import User
from henji.evidence import traces
from henji.lib.actors import Actor
from henji.unions.models import Union
from henji.work import rules
from henji.work.deeds import Deed
from henji.work.models import Complaint


@transaction.atomic
def complain(*, county: Union, user: User, page: str, text: str, by: Actor, at: datetime) -> Complaint:
    """减负意见: say that something asks too much of people. Raises NothingSaid."""
    bare = rules.must_say_something(text)
    trace = traces.new_id(at)
    complaint = Complaint.objects.create(
        county=county, page=page[:200], text=bare, said_by=user, made_by_id=trace
    )
    traces.leave(Deed.COMPLAINED, id=trace, subject=complaint, county=county, by=by, at=at, on=localdate(at))
    return complaint
