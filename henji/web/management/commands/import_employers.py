"""导入单位和工会 from the command line."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from henji.lib import clock
from henji.web.jobs import employers
from henji.work.command_line import asker_of, county_of, opened, outcome_of
from henji.work.intake import take_in

SHOWN = ("read", "imported", "unchanged", "rejected", "questions")


class Command(BaseCommand):
    """import_employers FILE --county 130123 --by USER."""

    help = "导入单位和工会（.xlsx）。最后一行是 JSON 结果。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE --county --by."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--county", required=True)
        parser.add_argument("--by", required=True)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import, and print what became of the rows."""
        county = county_of(options["county"])
        asker, reach = asker_of(options["by"], power=employers.power, county=county)
        with opened(options["file"]) as source:
            job = take_in(
                employers,
                source,
                file_name=options["file"].name,
                county=county,
                asker=asker,
                post=reach.actor.post,
                at=clock.now(),
            )
        result = outcome_of(job)
        self.stdout.write(json.dumps({key: result[key] for key in SHOWN}))
