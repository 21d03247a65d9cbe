"""导入花名册 from the command line."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from henji.lib import clock, spreadsheet
from henji.lib.refusals import Refusal
from henji.members.jobs import roster
from henji.work.command_line import asker_of, county_of, opened, outcome_of
from henji.work.intake import take_in
from henji.work.models import Job

SHOWN = ("read", "imported", "unchanged", "rejected", "questions")


class Command(BaseCommand):
    """import_roster FILE --county 130123 --by USER [--rejected OUT.xlsx]."""

    help = "导入会员花名册（.xlsx）。最后一行是 JSON 结果；questions 是单位待归属的行数。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE --county --by [--rejected]."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--county", required=True)
        parser.add_argument("--by", required=True)
        parser.add_argument("--rejected", type=Path, help="退回的行写到这个文件，原因在格子旁边")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import, and print what became of the rows."""
        county = county_of(options["county"])
        asker, reach = asker_of(options["by"], power=roster.power, county=county)
        with opened(options["file"]) as source:
            try:
                spreadsheet.open_book(source).close()
            except Refusal as refusal:
                raise CommandError(refusal.words) from refusal
            job = take_in(
                roster,
                source,
                file_name=options["file"].name,
                county=county,
                asker=asker,
                post=reach.actor.post,
                at=clock.now(),
            )
        result = outcome_of(job)
        if options["rejected"] and result["rejected"]:
            self._give_back(job, options["rejected"])
        self.stdout.write(json.dumps({key: result[key] for key in SHOWN}))

    def _give_back(self, job: Job, path: Path) -> None:
        try:
            with path.open("wb") as stream:
                roster.write_rejected(job, stream)
        except OSError as trouble:
            raise CommandError(_("已导入，但退回表写不进：%(path)s") % {"path": path}) from trouble
        self.stdout.write(_("退回的行已写到 %(path)s") % {"path": path})
