"""建立: found a county federation and its administrator from the command line."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _

from henji.lib import clock
from henji.lib.refusals import Refusal
from henji.web import founding


class Command(BaseCommand):
    """建立: does what the first-run page does, also for a second county of the same installation."""

    help = "建立县总工会和第一个账号 / found a county federation and its first account"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The county and its administrator."""
        parser.add_argument("--county", required=True, help="区划代码，如 130123 / division code")
        parser.add_argument("--name", required=True, help="县总工会名称 / name of the federation")
        parser.add_argument("--admin", required=True, help="管理员登录名 / login name of the administrator")

    def handle(self, *, county: str, name: str, admin: str, **options: Any) -> None:
        """Found, and print the one-time password alone on the last line."""
        try:
            opened = founding.found(code=county, name=name, username=admin, person=admin, at=clock.now())
        except Refusal as refusal:
            raise CommandError(refusal.words) from refusal
        self.stdout.write(
            _("已建立%(county)s。登录名：%(user)s。下面是一次性密码，只显示这一次，%(days)s 天内登录并修改：")
            % {
                "county": opened.user.home.name,
                "user": opened.user.username,
                "days": settings.ONE_TIME_PASSWORD_DAYS,
            }
        )
        self.stdout.write(opened.password)
