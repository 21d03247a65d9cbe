"""任务: the one thin wrapper around the queue.

A job's row says everything; the queue only wakes a worker. A worker holds a job by a lease that it renews
with each step of progress, so a job whose worker died is taken up again, and a job delivered twice runs once.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import BinaryIO, Protocol
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from henji.accounts.models import User
from henji.evidence import blobs
from henji.lib import clock, identity, ids, tongues, uploads
from henji.lib.refusals import Refusal
from henji.unions.models import Union
from henji.work import kinds, rules
from henji.work.models import ENDED, Job, JobQuerySet, State, awaiting

#: How long a job is a worker's between two signs of life, and while it makes the rows part of the record.
LEASE = timedelta(seconds=60)
HOLD = timedelta(minutes=5)
#: After so long a queued job that nobody took up is announced again: a queue may lose what it was told.
UNHEARD = timedelta(minutes=5)
#: After so long what was made ready is too old to be confirmed, and what came back is no longer kept.
READY_FOR = timedelta(days=7)
KEPT_FOR = timedelta(days=30)
#: No request lasts as long.
UPLOADED_WITHIN = timedelta(days=1)

#: A job that begins anew.
_FRESH: Mapping[str, object] = MappingProxyType(
    {"problem": "", "remark": "", "result": {}, "done": 0, "ended_at": None, "cancel_asked": False}
)

log = logging.getLogger(__name__)


class Cancelled(Exception):
    """已取消: somebody asked for the job to end."""


class Displaced(Exception):
    """已被接管: the lease ran out and another worker took the job up."""


class Progress:
    """进度: renews the lease, tells how far the job is, and ends it where somebody asked for that."""

    def __init__(self, job: Job, at: datetime | None = None) -> None:
        self._job, self._at = job, at

    def now(self) -> datetime:
        """When the job's deed is done: now, unless whoever runs it here said when."""
        return self._at or clock.now()

    def tell(self, done: int, total: int) -> None:
        """So much of so much is done; a total of 0 is not known. Raises Cancelled, Displaced.

        Called before a step's rows are written, in their transaction: who was displaced writes nothing.
        """
        _renew(self._job, LEASE, done=done, total=total)

    def hold(self) -> None:
        """Keep the job for one long deed that cannot renew the lease. Raises Cancelled, Displaced."""
        _renew(self._job, HOLD)


class Handler(Protocol):
    """What a room's `jobs.py` offers under the second half of a job's kind."""

    def run(self, job: Job, progress: Progress) -> None:
        """Run the job's step."""

    def discard(self, job: Job) -> None:
        """Drop what was made ready and will not be used."""

    def forget(self, job: Job) -> None:
        """Drop all that was made of the job's file."""


def hand_in(
    kind: str,
    *,
    county: Union,
    asker: User,
    post: str,
    at: datetime,
    source: BinaryIO,
    file_name: str,
    media_type: str,
    params: Mapping[str, object] | None = None,
    sender: Union | None = None,
) -> Job:
    """交来: keep the file, closed, and make a job for it that is not yet queued.

    `sender` is the union below the county that the file comes from, if it is not the county's own.
    """
    blob = blobs.keep(source, county=county.pk, personal=True, media_type=media_type, at=at)
    return Job.objects.create(
        id=ids.new(at),
        county=county,
        sender=sender,
        kind=kind,
        params=dict(params or {}),
        blob=blob,
        file_name=identity.mask_within(file_name)[-200:],
        asker=asker,
        asker_post=post,
        language=get_language() or "",
        asked_at=at,
    )


def ask_alone(
    kind: str,
    *,
    words: str,
    county: Union,
    asker: User,
    post: str,
    at: datetime,
    already: Refusal,
    prepare: Callable[[Job], None] = lambda _job: None,
) -> Job:
    """请求独办: ask for a job without a file, of which one goes at a time in the whole installation.

    `words` are what it is called; `already` is raised while another one of the kind is going; `prepare` lays
    ready what the worker will need.
    """
    job = Job(
        id=ids.new(at),
        county=county,
        kind=kind,
        file_name=words,
        asker=asker,
        asker_post=post,
        language=get_language() or "",
        asked_at=at,
    )
    with transaction.atomic():
        # Of two who press the button together one is told of the other.
        Union.objects.select_for_update(no_key=True).get(pk=county.pk)
        if Job.objects.filter(kind=kind).exclude(state__in=ENDED).exists():
            raise already
        job.save(force_insert=True)
        prepare(job)
        enqueue(job)
    return job


def enqueue(job: Job) -> None:
    """排队: wake a worker for the job once the caller's transaction is through."""
    Job.objects.filter(pk=job.pk, state=State.QUEUED).update(lease_until=timezone.now() + UNHEARD)
    transaction.on_commit(lambda: async_task("henji.work.jobs.run", str(job.pk), task_name=job.kind[:100]))


def confirm(job: Job, *, asker: User, post: str) -> None:
    """确认: let a job that waits for a person's word go on, signed by that person. Raises NotReady."""
    say_yes(job, asker=asker, post=post)
    enqueue(job)


def say_yes(job: Job, *, asker: User, post: str) -> None:
    """Confirm without waking a worker. Raises NotReady."""
    ready = Job.objects.filter(pk=job.pk, state=State.READY)
    said = ready.update(step="promote", state=State.QUEUED, done=0, asker=asker, asker_post=post)
    job.refresh_from_db()
    rules.must_have_been_ready(job, taken=bool(said))


def again(job: Job) -> None:
    """重新检查: stage a failed job's file anew, against the record as it is now. Raises NotFailed."""
    failed = Job.objects.filter(pk=job.pk, state=State.FAILED)
    with transaction.atomic():
        taken = failed.update(step="stage", state=State.QUEUED, **_FRESH)
        # What a person said of the columns holds; what was only proposed is proposed anew.
        Job.objects.filter(pk=job.pk, matched__by_hand=False).update(matched=None)
        job.refresh_from_db()
        rules.must_have_failed(job, taken=bool(taken))
        handler_of(job.kind).forget(job)
        enqueue(job)


def match_anew(job: Job, matched: Mapping[str, object]) -> None:
    """重新对照: stage the file anew, by its columns as a person corrected them. Raises ColumnsInUse."""
    still = Job.objects.filter(pk=job.pk, state__in=(State.READY, State.FAILED))
    with transaction.atomic():
        taken = still.update(step="stage", state=State.QUEUED, matched=matched, **_FRESH)
        job.refresh_from_db()
        rules.must_have_been_open(job, taken=bool(taken))
        handler_of(job.kind).forget(job)
        enqueue(job)


def cancel(job: Job) -> None:
    """取消: end the job; one that runs ends at its next step. What is already recorded stays."""
    waiting = Job.objects.filter(pk=job.pk, state__in=(State.QUEUED, State.READY))
    if waiting.update(state=State.CANCELLED, ended_at=timezone.now(), lease_until=None):
        handler_of(job.kind).discard(job)
    else:
        Job.objects.filter(pk=job.pk, state=State.RUNNING).update(cancel_asked=True)
    job.refresh_from_db()


def run(key: str) -> None:
    """运行: what the queue calls. Runs the job's next step unless another worker has it."""
    job = _take(UUID(key))
    if job is not None:
        work(job)


def work(job: Job, at: datetime | None = None) -> None:
    """Run the step of a job that was taken up, and write down how it ended."""
    with tongues.speaking(job.language):
        _work(job, at)


def _work(job: Job, at: datetime | None) -> None:
    try:
        handler_of(job.kind).run(job, Progress(job, at))
    except Displaced:
        return
    except Cancelled:
        _end(job, State.CANCELLED)
    except Refusal as refusal:
        _end(job, State.FAILED, problem=refusal.words[:300])
    except Exception:
        # The log has the details; whoever asked gets a sentence and a way on.
        log.exception("Job %s (%s) failed", job.pk, job.kind)
        _end(job, State.FAILED, problem=_("系统出错，没有改动任何数据。请重新检查；仍不行，请告诉管理员"))


def handler_of(kind: str) -> Handler:
    """The handler of jobs of the kind `room.name`: `henji.room.jobs.name`."""
    found: Handler = kinds.handler(kind)
    return found


def run_here(job: Job, *, at: datetime | None = None) -> None:
    """就地运行: run the job's next step in this process, and read back how it ended."""
    taken = _take(job.pk)
    if taken is not None:
        work(taken, at)
    job.refresh_from_db()


def sweep() -> int:
    """巡查: wake workers for jobs that nobody cares for, drop what grew old or was left lying, and say how
    many were woken.

    The queue calls it every minute.
    """
    now = timezone.now()
    left = list(Job.objects.abandoned(now))
    for job in left:
        enqueue(job)
    _let_go(Job.objects.ready_since(now - READY_FOR))
    uploads.clear_away(now - UPLOADED_WITHIN)
    for job in Job.objects.kept_since(now - KEPT_FOR):
        handler_of(job.kind).forget(job)
        Job.objects.filter(pk=job.pk).update(rows_kept=False)
    return len(left)


def remark(job: Job, words: str) -> None:
    """提醒: what a person should know beside the result. Raises Displaced."""
    _mine(job).update(remark=words[:300])
    _must_be_mine(job)


def running_for(job: Job) -> timedelta:
    """How long the job's step has been running."""
    return timezone.now() - job.started_at if job.started_at else timedelta()


def keep_matched(job: Job, matched: Mapping[str, object]) -> None:
    """列对照: write down how the file's columns are read. Raises Displaced."""
    _mine(job).update(matched=matched)
    job.matched = _must_be_mine(job).matched


def finish_step(job: Job, state: State, *, result: Mapping[str, int], trace: UUID | None = None) -> None:
    """Write down that the step ended well, in the caller's transaction. Raises Cancelled, Displaced."""
    ended = None if state == State.READY else timezone.now()
    mine = _mine(job).filter(cancel_asked=False)
    if not mine.update(
        state=state, result=result, trace_id=trace, ended_at=ended, lease=None, lease_until=None
    ):
        _must_be_mine(job)
        raise Cancelled


def _take(key: UUID) -> Job | None:
    now = timezone.now()
    free = Job.objects.filter(awaiting(now), pk=key)
    lease = uuid4()
    if not free.update(state=State.RUNNING, lease=lease, lease_until=now + LEASE, started_at=now):
        return None
    return Job.objects.select_related("county", "sender", "asker", "blob").get(pk=key, lease=lease)


def _renew(job: Job, length: timedelta, **progress: int) -> None:
    _mine(job).update(lease_until=timezone.now() + length, **progress)
    if _must_be_mine(job).cancel_asked:
        raise Cancelled


def _end(job: Job, state: State, *, problem: str = "") -> None:
    """End the job, if it is still this worker's, and drop what it made ready."""
    ended = {"state": state, "problem": problem, "ended_at": timezone.now()}
    if _mine(job).update(**ended, lease=None, lease_until=None):
        handler_of(job.kind).discard(job)


def _mine(job: Job) -> JobQuerySet:
    return Job.objects.filter(pk=job.pk, lease=job.lease)


def _must_be_mine(job: Job) -> Job:
    held = _mine(job).first()
    if held is None:
        raise Displaced
    return held


def _let_go(stale: JobQuerySet) -> None:
    """Nobody said yes for a week: the record has moved on, so the file is to be checked anew."""
    for job in stale:
        ready = Job.objects.filter(pk=job.pk, state=State.READY)
        with tongues.speaking(job.language):
            words = _("检查过后一周没有确认，数据可能已有变动，请重新检查")
        if ready.update(state=State.FAILED, problem=words, ended_at=timezone.now()):
            handler_of(job.kind).discard(job)
