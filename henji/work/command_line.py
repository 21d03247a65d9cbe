"""命令行: what the command-line doors of the rooms ask before they open, and how all of them import."""

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, ClassVar

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from henji.accounts import queries as accounts
from henji.accounts.models import User
from henji.lib import clock, spreadsheet
from henji.lib.reach import Reach
from henji.lib.refusals import Refusal
from henji.unions import queries as unions
from henji.unions.models import Union
from henji.work.intake import Intake, take_in
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


class ImportCommand(BaseCommand):
    """导入命令: FILE --county 130123 --by USER [--rejected OUT.xlsx]; a room says which kind of workbook.

    What a person should know stands on stderr, the result as JSON on the last line of stdout.
    """

    intake: ClassVar[Intake[Any]]
    shown: ClassVar[tuple[str, ...]] = ("read", "imported", "unchanged", "rejected", "questions")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE --county --by [--rejected]."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--county", required=True)
        parser.add_argument("--by", required=True)
        parser.add_argument("--rejected", type=Path, help="退回的行写到这个文件，原因在格子旁边")

    def params(self, county: Union, options: Mapping[str, Any]) -> dict[str, object]:
        """What must be said beside the file."""
        return {}

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import, and print what became of the rows."""
        county = county_of(options["county"])
        asker, reach = asker_of(options["by"], power=self.intake.power, county=county)
        params = self.params(county, options)
        with opened(options["file"]) as source:
            _must_be_a_workbook(source)
            job = take_in(
                self.intake,
                source,
                file_name=options["file"].name,
                county=county,
                asker=asker,
                post=reach.actor.post,
                at=clock.now(),
                params=params,
            )
        if job.remark:
            self.stderr.write(job.remark)
        result = outcome_of(job)
        if options["rejected"] and result["rejected"]:
            self._give_back(job, options["rejected"])
        self.stdout.write(json.dumps({key: result[key] for key in self.shown}))

    def _give_back(self, job: Job, path: Path) -> None:
        try:
            with path.open("wb") as stream:
                self.intake.write_rejected(job, stream)
        except OSError as trouble:
            raise CommandError(_("已导入，但退回表写不进：%(path)s") % {"path": path}) from trouble
        self.stderr.write(_("退回的行已写到 %(path)s") % {"path": path})


def _must_be_a_workbook(source: BinaryIO) -> None:
    """Before it is kept; raises CommandError."""
    try:
        spreadsheet.open_book(source, limits=settings.IMPORT_LIMITS).close()
    except Refusal as refusal:
        raise CommandError(refusal.words) from refusal
    source.seek(0)
