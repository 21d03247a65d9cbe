"""密码重置: the way back in for whoever runs the server, where no administrator can log in any more."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _

from henji.accounts import commands, queries
from henji.lib import clock
from henji.lib.actors import INSTALLER


class Command(BaseCommand):
    """密码重置: gives an account a new one-time password."""

    help = "重置一个账号的密码 / give an account a new one-time password"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose."""
        parser.add_argument("--user", required=True, help="登录名 / login name")

    def handle(self, *, user: str, **options: Any) -> None:
        """Reset, and print the one-time password alone on the last line."""
        held = queries.user_named(user)
        if held is None:
            raise CommandError(_("没有在用的账号“%(name)s”") % {"name": user})
        opened = commands.reset_password(user=held, by=INSTALLER, at=clock.now())
        self.stdout.write(
            _("下面是%(name)s的一次性密码，只显示这一次，%(days)s 天内登录并修改：")
            % {"name": held.name, "days": settings.ONE_TIME_PASSWORD_DAYS}
        )
        self.stdout.write(opened.password)
