"""命令行: what the command-line doors of the rooms ask before they open."""

from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from henji.accounts import queries as accounts
from henji.accounts.models import User
from henji.lib import clock
from henji.lib.reach import Reach
from henji.unions import queries as unions
from henji.unions.models import Union
from henji.work.models import Job, State


def county_of(code: str) -> Union:
    """县总工会 with the code; raises CommandError."""
    county = unions.county_of(code)
    if county is None:
        raise CommandError(_("没有区划代码为 %(code)s 的县总工会") % {"code": code})
    return county


def asker_of(username: str, *, power: str, county: Union) -> tuple[User, Reach]:
    """The user who signs, if the user's posts allow the deed in the county; raises CommandError."""
    user = accounts.user_named(username)
    if user is None:
        raise CommandError(_("没有登录名为“%(name)s”的账号") % {"name": username})
    reach = accounts.reach_of(user, today=clock.today())
    if county.pk not in reach.counties or not reach.may(power):
        raise CommandError(_("“%(name)s”没有这项职权") % {"name": username})
    return user, reach


def opened(path: Path) -> BinaryIO:
    """The file; raises CommandError."""
    try:
        return path.open("rb")
    except OSError as trouble:
        raise CommandError(_("打不开文件：%(path)s") % {"path": path}) from trouble


def outcome_of(job: Job) -> dict[str, Any]:
    """What became of a job that ran here; raises CommandError where it did not end well."""
    if job.state != State.DONE:
        raise CommandError(job.problem or job.get_state_display())
    result: dict[str, Any] = job.result
    return result
