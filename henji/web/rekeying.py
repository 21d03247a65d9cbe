"""换钥: every key is wrapped anew, by a new one of the office's, while people go on working.

Boxes and files stay as they are, and so do the digests over them. A worker that was stopped goes on where the
rows are still wrapped by an older key; the older keys stay in the ring as long as something needs them.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.accounts.models import User
from henji.evidence import keys
from henji.evidence.keys import vault
from henji.evidence.traces import Trace, all_traces
from henji.lib.actors import Actor
from henji.lib.reach import Reach
from henji.unions.models import Union
from henji.web import commands, rules
from henji.web.deeds import Deed
from henji.work import jobs
from henji.work.models import Job, State

KIND = "web.rekeying"
#: Keys exchanged in one transaction: other writers wait no longer than for so many.
CHUNK = 500


def latest_in(reach: Reach) -> Job | None:
    """The renewal asked for last, in reach."""
    return Job.objects.within(reach).filter(kind=KIND).newest_first().first()


def last_done_in(reach: Reach) -> Trace | None:
    """The trace of the last renewal that came to its end, in reach."""
    return all_traces().filter(deed=Deed.KEYS_RENEWED, county__in=reach.counties).order_by("-at").first()


def ask(*, county: Union, asker: User, post: str, at: datetime) -> Job:
    """请求换钥: let a worker renew the key and wrap all others by it.

    Raises SeveralCounties, AlreadyRenewing.
    """
    why = _("这套系统里装着几个县，换钥要把各县的钥匙都重新封好，所以只能由机房在服务器上做")
    rules.must_be_one_county(Union.objects.counties().count(), why=why)
    return jobs.ask_alone(
        KIND, words=_("换钥"), county=county, asker=asker, post=post, at=at, already=rules.already_renewing()
    )


class Rekeying:
    """换钥的任务."""

    title = gettext_lazy("换钥")

    @property
    def page(self) -> str:
        """Where its progress is shown."""
        return reverse("web:keys")

    def run(self, job: Job, progress: jobs.Progress) -> None:
        """Wrap every key anew, and leave the trace of it."""
        number, total = _begun(job.params.get("number"))
        if job.params.get("number") != number:
            job.params = {"number": number}
            job.save(update_fields=["params"])
        rows = _wrap_all_anew(number, lambda done: progress.tell(done, total))
        with transaction.atomic():
            at = progress.now()
            trace = commands.renew_keys(union=job.county, number=number, rows=rows, by=job.actor, at=at)
            jobs.finish_step(job, State.DONE, result={"rows": rows}, trace=trace.pk)

    def discard(self, job: Job) -> None:
        """Nothing is left over."""

    def forget(self, job: Job) -> None:
        """Nothing is left over."""


def renew_here(*, union: Union, by: Actor, at: datetime) -> Trace:
    """就地换钥: without the queue; for the command line, and for several counties together."""
    number, _total = _begun(None)
    rows = _wrap_all_anew(number, lambda _done: None)
    return commands.renew_keys(union=union, number=number, rows=rows, by=by, at=at)


def _begun(number: int | None) -> tuple[int, int]:
    """The number of the key by which all others are to be wrapped, and how many are not.

    It is a new one, unless work was stopped. Every table is counted once.
    """
    ring = vault().ring
    held = keys.counted(keys.keepers())
    others = held.total() - held[ring.current]
    if others or number == ring.current:
        return ring.current, others
    staged = keys.counted(keys.passing())
    renewed = ring.renewed(keep={ring.current, *held, *staged})
    renewed.save(settings.KEYRING)
    return renewed.current, held.total()


def _wrap_all_anew(number: int, tell: Callable[[int], None]) -> int:
    """Wrap every key by the office's key of the number, and say how many were not."""
    done = 0
    for model in keys.keepers():
        for chunk in _chunks(model, number):
            with transaction.atomic():
                tell(done)
                _wrap_anew(model, chunk)
            done += len(chunk)
    return done


def _chunks(model: type[Model], number: int) -> Iterator[list[tuple[object, bytes]]]:
    rows = keys.wrapped_otherwise(model, number)
    after = rows
    while chunk := [(pk, bytes(key)) for pk, key in after.values_list("pk", "key")[:CHUNK]]:
        yield chunk
        after = rows.filter(pk__gt=chunk[-1][0])


def _wrap_anew(model: type[Model], chunk: list[tuple[object, bytes]]) -> None:
    """Exchange the keys; one that was destroyed meanwhile stays destroyed."""
    fresh = vault().rewrap_all([key for _pk, key in chunk])
    for (pk, old), new in zip(chunk, fresh, strict=True):
        model._default_manager.filter(pk=pk, key=old).update(key=new)
