"""待办: the other door that a command may knock at."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import models

from henji.unions.models import Union
from henji.work.models import Duty


def owe(
    awaits: str,
    *,
    subjects: Iterable[models.Model],
    county: Union,
    by_on: date,
    trace: UUID,
    at: datetime,
) -> None:
    """欠办: owe the deed about each subject by the day, because of the trace.

    A duty is done when a trace of the awaited deed about the subject is found, not by ticking.
    """
    Duty.objects.bulk_create(
        Duty(
            county=county,
            awaits=str(awaits),
            subject_kind=subject._meta.label_lower,
            subject_id=str(subject.pk),
            by_on=by_on,
            owed_by_id=trace,
            owed_at=at,
        )
        for subject in subjects
    )


def over(*, subjects: Iterable[models.Model], trace: UUID) -> None:
    """了结: whatever is owed about the subjects is over, because of the trace.

    For a deed done to many things together, which is recorded about their group, and for one after which
    nothing is owed any more.
    """
    keys: dict[str, list[str]] = {}
    for subject in subjects:
        keys.setdefault(subject._meta.label_lower, []).append(str(subject.pk))
    for kind, owed in keys.items():
        Duty.objects.filter(subject_kind=kind, subject_id__in=owed, over_by=None).update(over_by=trace)
