"""Judgments on jobs and complaints."""

from django.utils.translation import gettext as _

from henji.lib.refusals import Refusal
from henji.work.models import Job


class NotReady(Refusal):
    """还不能确认."""


class NotFailed(Refusal):
    """不用重新检查."""


class ColumnsInUse(Refusal):
    """列对照不能改了."""


class NothingSaid(Refusal):
    """没有内容."""


def must_have_been_ready(job: Job, *, taken: bool) -> None:
    """Raise NotReady unless the job waited for a person's word and this was the first to come."""
    if not taken:
        raise NotReady(_("这次导入%(state)s，不用再确认") % {"state": job.get_state_display()})


def must_have_failed(job: Job, *, taken: bool) -> None:
    """Raise NotFailed unless the job had failed and this was the first to ask for another try."""
    if not taken:
        raise NotFailed(_("这次导入%(state)s，不用重新检查") % {"state": job.get_state_display()})


def must_have_been_open(job: Job, *, taken: bool) -> None:
    """Raise ColumnsInUse unless the job stood still, before the deed, and nobody else was quicker."""
    if not taken:
        raise ColumnsInUse(_("这次导入%(state)s，列对照不能改了") % {"state": job.get_state_display()})


def must_say_something(text: str) -> str:
    """意见: what was said; raises NothingSaid."""
    bare = text.strip()
    if not bare:
        raise NothingSaid(_("请写一句话"))
    return bare[:2000]
