"""导入捐款名册 from the command line."""

from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from henji.lib import tongues
from henji.mutual_aid import queries
from henji.mutual_aid.jobs import donations
from henji.unions.models import Union
from henji.unions.queries import employers_of
from henji.work.command_line import ImportCommand


class Command(ImportCommand):
    """import_donations FILE --county 130123 --drive 2016 --by USER [--unit NAME] [--rejected OUT.xlsx]."""

    help = "导入捐款名册（.xlsx）。最后一行是 JSON 结果。"
    intake = donations
    shown = (*ImportCommand.shown, "matched")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE --county --by --drive [--unit: whose the lines are that name no unit] [--rejected]."""
        super().add_arguments(parser)
        parser.add_argument("--drive", required=True)
        parser.add_argument("--unit", default="")

    def params(self, county: Union, options: Mapping[str, Any]) -> dict[str, object]:
        """The drive, and the unit."""
        return {"drive": _drive(county, options["drive"]), "employer": _employer(county, options["unit"])}


def _drive(county: Union, code: str) -> int:
    drive = queries.drive_named(county.pk, code)
    if drive is None:
        known = tongues.listed(one.code for one in queries.drives_of([county.pk])) or _("（无）")
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
