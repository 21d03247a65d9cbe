"""文字删除: erase what was said about a trace, from the command line, in the name of somebody who may."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _

from henji.accounts import queries
from henji.evidence import commands
from henji.evidence import queries as evidence
from henji.lib import clock
from henji.lib.refusals import Refusal


class Command(BaseCommand):
    """文字删除: does what the page of a trace does."""

    help = "删除一条痕迹旁边的文字 / erase the words beside a trace"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which, by whom, why."""
        parser.add_argument("trace", type=UUID, help="痕迹编号 / id of the trace")
        parser.add_argument("--by", required=True, help="经办人登录名 / login name of who does it")
        parser.add_argument("--reason", required=True, help="原因 / why")

    def handle(self, *, trace: UUID, by: str, reason: str, **options: Any) -> None:
        """Erase; the user must hold the power, and the trace lie within reach."""
        user = queries.user_named(by)
        if user is None:
            raise CommandError(_("没有在用的账号“%(name)s”") % {"name": by})
        reach = queries.reach_of(user, today=clock.today())
        if not reach.may("evidence.words_erased"):
            raise CommandError(_("%(name)s无权删除文字") % {"name": user.name})
        held = evidence.traces_in(reach).filter(pk=trace).first()
        if held is None:
            raise CommandError(_("没有这条痕迹"))
        try:
            commands.erase_words(
                trace=held, county=evidence.county_of(held), reason=reason, by=reach.actor, at=clock.now()
            )
        except Refusal as refusal:
            raise CommandError(refusal.words) from refusal
        self.stdout.write(_("文字已删除，这条痕迹还在"))
