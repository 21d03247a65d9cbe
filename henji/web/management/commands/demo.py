"""建立演示县 from the command line."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from henji.lib import tags, tongues
from henji.unions import queries as unions
from henji.web import demonstration
from henji.web.demo import county, story
from henji.web.demo.cast import CAST, PASSWORD
from henji.web.demo.story import Scene

#: A line at least each time that so much more of the story is told.
_STRIDE = 0.1
#: With fewer the invented shares of them come to nothing; with more nobody would wait.
FEWEST, MOST = 500, 200_000


class Command(BaseCommand):
    """demo: make the demonstration county, through commands, with all its traces."""

    help = "建立演示县（只在演示库里）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How large the county is."""
        parser.add_argument("--members", type=int, default=county.MEMBERS, help="会员数 / how many members")

    def handle(self, *_args: Any, members: int, **_options: Any) -> None:
        """Refuse outside the demonstration; tell the story; say how to log in."""
        if not settings.DEMO:
            raise CommandError(_("这里不是演示库。请用 make demo"))
        if unions.any_county():
            raise CommandError(_("演示县已经建立"))
        if not FEWEST <= members <= MOST:
            raise CommandError(_("会员数要在 %(few)d 到 %(most)d 之间") % {"few": FEWEST, "most": MOST})
        self._told, self._began = 0.0, time.monotonic()
        said = {"members": tags.number(members)}
        self.stdout.write(_("正在建立演示县：%(members)s 名会员，2016 年 6 月到 12 月……") % said)
        story.tell(members, show=self._show)
        self.stdout.write(_("建好了，用了 %(seconds)d 秒") % {"seconds": self._seconds()})
        names = tongues.listed(f"{player.username} ({player.name})" for player in CAST)
        self.stdout.write(_("演示账号：%(names)s") % {"names": names})
        self.stdout.write(_("密码都是：%(password)s") % {"password": PASSWORD})

    def _show(self, scene: Scene) -> None:
        demonstration.note_progress(scene.share, scene.words)
        if scene.is_long or scene.share >= self._told + _STRIDE:
            self._told = scene.share
            waited = _("%(seconds)3d 秒") % {"seconds": self._seconds()}
            self.stdout.write(f"{waited} {scene.share:4.0%}  {scene.day:%Y-%m-%d}  {scene.words}")
            self.stdout.flush()

    def _seconds(self) -> int:
        return round(time.monotonic() - self._began)
