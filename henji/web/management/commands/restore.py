"""恢复: put a backup into an empty installation."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from henji.lib import clock, tongues
from henji.lib.actors import INSTALLER
from henji.lib.refusals import Refusal
from henji.web.backup import passphrases, restoring


class Command(BaseCommand):
    """恢复."""

    help = "把备份恢复到空的安装里 / restore a backup into an empty installation"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which file, and where the passphrase stands."""
        parser.add_argument("file", help="备份文件 / the backup")
        parser.add_argument("--passphrase-file", help="第一行是口令的文件 / a file whose first line it is")

    def handle(self, *, file: str, passphrase_file: str | None, **options: Any) -> None:
        """Restore, and say of when and of whom."""
        try:
            with Path(file).open("rb") as source:
                passphrase = passphrases.asked(passphrase_file, twice=False)
                done = restoring.restore(source, passphrase, by=INSTALLER, at=clock.now())
        except OSError as unreadable:
            raise CommandError(_("读写不了：%(why)s") % {"why": unreadable}) from unreadable
        except Refusal as refusal:
            raise CommandError(refusal.words) from refusal
        self.stdout.write(
            _("已恢复%(who)s %(day)s 的备份：%(rows)d 行，%(files)d 份文件。大家要重新登录")
            % {
                "who": tongues.listed(done.manifest.counties),
                "day": f"{localtime(done.manifest.made_at):%Y-%m-%d %H:%M}",
                "rows": done.contents.rows,
                "files": done.contents.files,
            }
        )
