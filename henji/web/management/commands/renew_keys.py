"""换钥: wrap every key of the installation by a new key of the office's, in this process."""

from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _

from henji.lib import clock
from henji.lib.actors import INSTALLER
from henji.lib.refusals import Refusal
from henji.web import rekeying
from henji.web.backup import shelf


class Command(BaseCommand):
    """换钥."""

    help = "换一把总钥匙，所有钥匙重新封好；停下了再运行就接着换 / renew the wrapping key; run again to go on"

    def handle(self, **options: Any) -> None:
        """Wrap the keys anew, leave the trace, say how many there were."""
        try:
            trace = rekeying.renew_here(union=shelf.owner(), by=INSTALLER, at=clock.now())
        except Refusal as refusal:
            raise CommandError(refusal.words) from refusal
        self.stdout.write(
            _("已换成 %(number)d 号钥匙，重新封好 %(rows)d 把")
            % {"number": trace.facts["key_number"], "rows": trace.facts["rows"]}
        )
