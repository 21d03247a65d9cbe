"""导入捐款名册 from the command line."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from henji.lib import clock
from henji.mutual_aid import queries
from henji.mutual_aid.jobs import donations
from henji.unions.models import Union
from henji.unions.queries import employers_of
from henji.work.command_line import asker_of, county_of, opened, outcome_of
from henji.work.intake import take_in

SHOWN = ("read", "imported", "unchanged", "rejected", "questions", "matched")


class Command(BaseCommand):
    """import_donations FILE --county 130123 --drive 2016 --by USER [--unit NAME]."""

    help = "导入捐款名册（.xlsx）。最后一行是 JSON 结果。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE --county --drive --by [--unit: whose the lines are that name no unit]."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--county", required=True)
        parser.add_argument("--drive", required=True)
        parser.add_argument("--by", required=True)
        parser.add_argument("--unit", default="")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import, and print what became of the rows."""
        county = county_of(options["county"])
        asker, reach = asker_of(options["by"], power=donations.power, county=county)
        params = {"drive": _drive(county, options["drive"]), "employer": _employer(county, options["unit"])}
        with opened(options["file"]) as source:
            job = take_in(
                donations,
                source,
                file_name=options["file"].name,
                county=county,
                asker=asker,
                post=reach.actor.post,
                at=clock.now(),
                params=params,
            )
        result = outcome_of(job)
        if job.remark:
            self.stdout.write(job.remark)
        self.stdout.write(json.dumps({key: result[key] for key in SHOWN}))


def _drive(county: Union, code: str) -> int:
    drive = queries.drive_named(county.pk, code)
    if drive is None:
        known = "、".join(one.code for one in queries.drives_of([county.pk])) or _("（无）")
        raise CommandError(
            _("没有代号为“%(code)s”的一日捐活动，现有：%(known)s。可用 manage.py open_drive 设立")
            % {"code": code, "known": known}
        )
    return drive.pk


def _employer(county: Union, name: str) -> int | None:
    if not name:
        return None
    employer = employers_of(county).filter(name=name).first()
    if employer is None:
        raise CommandError(_("没有登记过单位“%(name)s”") % {"name": name})
    return employer.pk
