"""设立一日捐活动 from the command line."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from henji.lib import clock, dates
from henji.lib.refusals import Refusal
from henji.mutual_aid import commands
from henji.mutual_aid.deeds import Deed
from henji.work.command_line import asker_of, county_of


class Command(BaseCommand):
    """open_drive CODE --county … --by USER --collects 2016-11-15 2016-12-31 --aids 2017-01-01 2017-12-31."""

    help = "设立一日捐活动：募集期、救助期、会员数统计日（默认募集截止日）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """CODE --county --by --collects --aids [--name] [--counted]."""
        parser.add_argument("code")
        parser.add_argument("--county", required=True)
        parser.add_argument("--by", required=True)
        parser.add_argument("--name", default="")
        parser.add_argument("--collects", nargs=2, required=True, metavar=("FROM", "TO"))
        parser.add_argument("--aids", nargs=2, required=True, metavar=("FROM", "TO"))
        parser.add_argument("--counted")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Open the drive, and print its code."""
        county = county_of(options["county"])
        _user, reach = asker_of(options["by"], power=Deed.DRIVE_OPENED, county=county)
        try:
            drive = commands.open_drive(
                county=county,
                code=options["code"],
                name=options["name"] or options["code"],
                collects_from=dates.parse_day(options["collects"][0]),
                collects_to=dates.parse_day(options["collects"][1]),
                aid_from=dates.parse_day(options["aids"][0]),
                aid_to=dates.parse_day(options["aids"][1]),
                counted_on=dates.parse_day(options["counted"]) if options["counted"] else None,
                by=reach.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            raise CommandError(refusal.words) from refusal
        self.stdout.write(drive.code)
