"""Questions about duties and jobs."""

from django.db.models import Exists, OuterRef, QuerySet

from henji.evidence import traces
from henji.lib.reach import Reach
from henji.work.models import Complaint, Duty, DutyQuerySet, Job, JobQuerySet


def open_duties(reach: Reach) -> DutyQuerySet:
    """未办: duties in reach for which no trace of the awaited deed is found, the earliest day first."""
    done = traces.all_traces().filter(
        deed=OuterRef("awaits"),
        subject_kind=OuterRef("subject_kind"),
        subject_id=OuterRef("subject_id"),
        at__gte=OuterRef("owed_at"),
    )
    held = Duty.objects.within(reach).filter(over_by__isnull=True)
    return held.filter(~Exists(done)).order_by("by_on", "id")


def jobs_in(reach: Reach) -> JobQuerySet:
    """任务: those in reach, the latest first."""
    return Job.objects.within(reach).select_related("asker", "county", "sender").newest_first()


def complaints_in(reach: Reach) -> "QuerySet[Complaint]":
    """减负意见: those in reach, the latest first."""
    said = Complaint.objects.filter(county__in=reach.counties).select_related("said_by", "made_by")
    return said.order_by("-id")
