"""Questions about the workbooks that told of a person."""

from django.db.models import QuerySet

from henji.members.models import Membership, Particulars, Person
from henji.work.models import Job


def rosters_telling_of(person: Person) -> "QuerySet[Job]":
    """写有此人的花名册: the workbooks, as they were handed in, of which a row told of the person."""
    told = Particulars.objects.filter(person=person, source_row__isnull=False).values("made_by")
    held = Membership.objects.filter(person=person, source_row__isnull=False).values("made_by")
    return Job.objects.filter(trace__in=told.union(held)).order_by("asked_at")
