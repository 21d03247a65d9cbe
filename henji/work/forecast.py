"""预计: how long a job will still take, told from how it went so far, and from earlier ones here."""

from datetime import timedelta

from django.db import connection
from django.utils.translation import gettext as _

from henji.work import jobs
from henji.work.models import Job, State

#: Rows that become part of the record in a second, where nothing was measured here yet: a slow machine's.
_ROWS_A_SECOND = 12_000
#: Of imports that are long enough to tell, so many of the last.
_TELLING_ROWS, _LAST = 1000, 5
#: Whoever waits for less does not notice.
_UNNOTICED = timedelta(seconds=2)


def left(job: Job) -> str:
    """剩余时间 in words; empty while nobody can tell."""
    if job.state != State.RUNNING or not job.started_at:
        return ""
    if job.step == "promote":
        return _in_words(_promotion(job) - jobs.running_for(job))
    if not job.done or job.done >= job.total:
        return ""
    return _in_words(jobs.running_for(job) * ((job.total - job.done) / job.done))


def blocked(job: Job) -> str:
    """占用时间 in words: for how long other writers will wait when the job is confirmed.

    On SQLite one writes at a time; PostgreSQL lets others write. Empty where nobody would notice.
    """
    if connection.vendor != "sqlite" or job.state != State.READY:
        return ""
    length = _promotion(job)
    return _span(length) if length > _UNNOTICED else ""


def _promotion(job: Job) -> timedelta:
    done = Job.objects.filter(kind=job.kind, state=State.DONE, result__imported__gte=_TELLING_ROWS)
    times = [
        (result["imported"], (ended - started).total_seconds())
        for result, started, ended in done.order_by("-ended_at").values_list(
            "result", "started_at", "ended_at"
        )[:_LAST]
        if started and ended
    ]
    rows, seconds = (sum(column) for column in zip(*times, strict=True)) if times else (0, 0.0)
    rate = rows / seconds if rows and seconds > 0 else _ROWS_A_SECOND
    return timedelta(seconds=job.result.get("imported", 0) / rate)


def _in_words(length: timedelta) -> str:
    return _("约剩 %(span)s") % {"span": _span(max(length, timedelta(seconds=1)))}


def _span(length: timedelta) -> str:
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    if minutes:
        return _("%(minutes)s 分 %(seconds)s 秒") % {"minutes": minutes, "seconds": seconds}
    return _("%(seconds)s 秒") % {"seconds": seconds}
