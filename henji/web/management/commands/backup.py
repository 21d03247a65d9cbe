"""备份: the whole installation into one file closed with a passphrase, while people go on working."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from henji.lib import clock
from henji.lib.actors import INSTALLER
from henji.lib.lockbox import Lock
from henji.lib.refusals import Refusal
from henji.web import commands
from henji.web.backup import making, passphrases, shelf


class Command(BaseCommand):
    """备份."""

    help = "备份数据库、文件和钥匙 / back up database, files and keys"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and where the passphrase stands."""
        parser.add_argument("file", help="备份文件，或放备份的文件夹 / the file to write, or a folder for it")
        parser.add_argument("--passphrase-file", help="第一行是口令的文件 / a file whose first line it is")

    def handle(self, *, file: str, passphrase_file: str | None, **options: Any) -> None:
        """Write the file, leave the trace, say what is in it."""
        at = clock.now()
        try:
            union, path = shelf.owner(), _place(Path(file), f"{localtime(at):%Y%m%d-%H%M%S}")
            lock = Lock.make(passphrases.asked(passphrase_file, twice=True))
            made = making.make(path, lock, at=at, tell=lambda _done, _total: None)
            held = made.contents
            counts = {"rows": held.rows, "files": held.files, "lacking": held.lacking}
            commands.back_up(union=union, digest=made.digest, size=made.size, **counts, by=INSTALLER, at=at)
        except Refusal as refusal:
            raise CommandError(refusal.words) from refusal
        self.stdout.write(
            _("已备份到 %(path)s：%(rows)d 行，%(files)d 份文件，%(mb)d MB。摘要 %(digest)s")
            % {"path": path, **counts, "mb": -(-made.size >> 20), "digest": made.digest}
        )
        if held.lacking:
            self.stderr.write(_("有 %(n)d 份文件丢失或被改动过，请查") % {"n": held.lacking})


def _place(asked: Path, stamp: str) -> Path:
    if asked.is_dir():
        return asked / f"henji-{stamp}.henji"
    if not asked.parent.is_dir():
        raise CommandError(_("没有这个文件夹：%(folder)s") % {"folder": asked.parent})
    return asked
