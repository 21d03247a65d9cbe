"""Judgments on backups and keys."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from henji.lib.refusals import Refusal

#: So long may the last backup be ago before the administrator is reminded.
BACKUP_EVERY = timedelta(days=7)


class NothingToBackUp(Refusal):
    """没有可备份的."""


class SeveralCounties(Refusal):
    """装着几个县."""


class AlreadyBackingUp(Refusal):
    """正在备份."""


class AlreadyRenewing(Refusal):
    """正在换钥."""


class NotEmpty(Refusal):
    """这里有数据."""


def must_be_founded(counties: int) -> None:
    """Raise NothingToBackUp where no county has been founded."""
    if not counties:
        raise NothingToBackUp(_("这里还没有建立县总工会，没有可备份的"))


def must_be_one_county(counties: int, *, why: str) -> None:
    """Raise SeveralCounties: what concerns the data of all counties nobody does by a button of one.

    `why` says how it concerns them, and what to do instead.
    """
    if counties > 1:
        raise SeveralCounties(why)


def already_backing_up() -> AlreadyBackingUp:
    """The refusal while another backup is being made."""
    return AlreadyBackingUp(_("已经在备份了，用的是先开始那次的口令"))


def already_renewing() -> AlreadyRenewing:
    """The refusal while the keys are being renewed."""
    return AlreadyRenewing(_("已经在换钥了，换完再看"))


def must_be_empty(*, traces: bool, files: bool) -> None:
    """Raise NotEmpty where anything has been done, or any file is kept."""
    if traces or files:
        raise NotEmpty(_("这里已经有数据，什么都没有改动。请恢复到一个空的安装里：另指 HENJI_DATA 和数据库"))


def is_backup_due(last_on: date | None, *, began_on: date | None, today: date) -> bool:
    """提醒备份: whether the last backup, or the first deed where there is none, is too long ago."""
    since = last_on or began_on
    return since is not None and today - since > BACKUP_EVERY
