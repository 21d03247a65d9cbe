"""备份任务: the button asks, a worker writes the file, and the page tells how far it is.

The passphrase itself is kept nowhere. The worker finds the key that was made of it beside the backups, in a
file of its own, which goes when the job is over; the database, and so the backup, never holds it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from henji.accounts.models import User
from henji.lib.lockbox import Lock
from henji.lib.reach import Reach
from henji.lib.refusals import Refusal
from henji.unions.models import Union
from henji.web import commands, rules
from henji.web.backup import making, shelf
from henji.work import jobs
from henji.work.models import Job, State

KIND = "web.backups"
#: Seconds between two signs of life; the lease is a minute.
PAUSE = 2.0


class KeyGone(Refusal):
    """口令没有了."""


def latest_in(reach: Reach) -> Job | None:
    """The backup asked for last, in reach."""
    return Job.objects.within(reach).filter(kind=KIND).newest_first().first()


def ask(*, county: Union, passphrase: str, asker: User, post: str, at: datetime) -> Job:
    """请求备份: let a worker back the installation up.

    Raises PassphraseTooWeak, SeveralCounties, AlreadyBackingUp.
    """
    why = _("这套系统里装着几个县，一份备份里什么都有，所以只能由机房在服务器上做")
    rules.must_be_one_county(Union.objects.counties().count(), why=why)
    lock = Lock.make(passphrase)
    return jobs.ask_alone(
        KIND,
        words=pgettext("one", "备份"),
        county=county,
        asker=asker,
        post=post,
        at=at,
        already=rules.already_backing_up(),
        prepare=lambda job: _keep(_lock_of(job), lock),
    )


class Backups:
    """备份的任务."""

    title = gettext_lazy("备份")

    @property
    def page(self) -> str:
        """Where its progress is shown."""
        return reverse("web:backups")

    def run(self, job: Job, progress: jobs.Progress) -> None:
        """Write the file, and leave the trace of it. Raises KeyGone, DiskFull."""
        at = progress.now()
        with _written(job) as draft:
            made = making.make(draft, _held(job), at=at, tell=_now_and_then(progress))
            held = made.contents
            counts = {"rows": held.rows, "files": held.files, "lacking": held.lacking}
            with transaction.atomic():
                trace = commands.back_up(
                    union=job.county, digest=made.digest, size=made.size, **counts, by=job.actor, at=at
                )
                jobs.finish_step(job, State.DONE, result=counts, trace=trace.pk)
                draft.replace(shelf.place_of(trace.pk))
        self.discard(job)
        shelf.clear()

    def discard(self, job: Job) -> None:
        """Drop the key, and what a killed worker left of the file."""
        for path in shelf.folder().glob(f".*{job.pk}*"):
            path.unlink(missing_ok=True)

    def forget(self, job: Job) -> None:
        """The backup stays until newer ones push it out; what its worker may have left does not."""
        self.discard(job)


def _lock_of(job: Job) -> Path:
    return shelf.folder() / f".{job.pk}.lock"


def _keep(path: Path, lock: Lock) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
        handle.write(lock.dump())


def _held(job: Job) -> Lock:
    try:
        return Lock.load(_lock_of(job).read_text())
    except FileNotFoundError as gone:
        raise KeyGone(_("这次备份没有做完，口令没有保存。请重新备份")) from gone


@contextmanager
def _written(job: Job) -> Iterator[Path]:
    """Where this worker writes; another one that takes the job up writes elsewhere."""
    draft = shelf.folder() / f".{job.pk}-{job.lease}"
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _now_and_then(progress: jobs.Progress) -> making.Tell:
    told_at = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal told_at
        if monotonic() - told_at > PAUSE:
            progress.tell(done, total)
            told_at = monotonic()

    return tell
