"""计分: a county's scorecard, as a table for people or as JSON for programs."""

import json
import unicodedata
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _

from henji.assessment import library, queries, rules
from henji.assessment.cards import ItemScore, Scorecard
from henji.assessment.schema import bare
from henji.lib import clock, dates
from henji.lib.periods import Period
from henji.lib.refusals import Refusal
from henji.unions.models import Union
from henji.unions.queries import county_of


class Command(BaseCommand):
    """计分: `score --county 130123 --standard reference --period 2016 --as-of 2016-12-31 --json`."""

    help = "计算一个县的考核得分 / a county's score under a standard"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which county, standard, period and day."""
        parser.add_argument("--county", required=True, help="区划代码，如 130123 / division code")
        parser.add_argument(
            "--standard", default=library.REFERENCE, help="标准代号，或 代号@版本 / code or code@version"
        )
        parser.add_argument("--period", help="年度，默认为截至日所在年 / year, by default that of the day")
        parser.add_argument("--as-of", help="截至日，默认为今天 / day, by default today")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *, county: str, standard: str, **options: Any) -> None:
        """Compute, and print."""
        try:
            card = _card(county, standard, period=options["period"], as_of=options["as_of"])
        except Refusal as refusal:
            raise CommandError(refusal.words) from None
        self.stdout.write(_as_json(card) if options["json"] else _as_table(card))


def _card(code: str, reference: str, *, period: str | None, as_of: str | None) -> Scorecard:
    day = dates.parse_day(as_of) if as_of else clock.today()
    year = day.year if period is None else rules.year_in(period)
    if year is None:
        raise CommandError(_("--period 须为四位数的年份，如 2016"))
    county = _county(code)
    return queries.scorecard(county, queries.standard_for(county, reference), Period.year(year), day)


def _county(code: str) -> Union:
    county = county_of(code)
    if county is None:
        raise CommandError(_("没有区划代码为 %(code)s 的县总工会，请核对 --county") % {"code": code[:20]})
    return county


def _as_json(card: Scorecard) -> str:
    return json.dumps(card.plain(), ensure_ascii=False)


def _as_table(card: Scorecard) -> str:
    said = {"name": card.standard.name, "year": card.period.start.year, "day": card.as_of}
    head = _("%(name)s  %(year)s 年度，截至 %(day)s") % said
    lines = [line for item in card.items for line in _item_lines(item)]
    return "\n".join([head, "", *lines, "", card.grading.explanation])


def _item_lines(item: ItemScore) -> list[str]:
    name = f"{item.code}  {_padded(item.name, 44)}"
    head = f"{name}{bare(item.points):>6} / {bare(item.of):<5} {item.state.label}"
    return [head, *(f"       {part.mark.explanation}" for part in item.parts)]


def _padded(text: str, width: int) -> str:
    """The text filled up to so many columns of a terminal, where a Chinese character takes two."""
    taken = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
    return text + " " * (width - taken)
