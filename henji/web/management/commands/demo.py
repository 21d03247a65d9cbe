"""建立演示县 from the command line."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from henji.unions import queries as unions
from henji.web.demo import story
from henji.web.demo.cast import CAST, PASSWORD


class Command(BaseCommand):
    """demo: make the demonstration county, through commands, with all its traces."""

    help = "建立演示县（只在演示库里）"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Refuse outside the demonstration; tell the story; say how to log in."""
        if not settings.DEMO:
            raise CommandError(_("这里不是演示库。请用 make demo"))
        if unions.any_county():
            raise CommandError(_("演示县已经建立"))
        story.tell()
        names = "、".join(f"{player.username}（{player.name}）" for player in CAST)
        self.stdout.write(_("演示账号：%(names)s") % {"names": names})
        self.stdout.write(_("密码都是：%(password)s") % {"password": PASSWORD})
