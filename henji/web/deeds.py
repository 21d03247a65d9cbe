"""Deeds of the house as a whole."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from henji.evidence.facts import Fact


class Deed(TextChoices):
    """备份和换钥的事项."""

    BACKED_UP = "web.backed_up", pgettext_lazy("deed", "备份")
    RESTORED = "web.restored", _("从备份恢复")
    KEYS_RENEWED = "web.keys_renewed", pgettext_lazy("deed", "换钥")


#: What the facts of these deeds are called, in the order in which they are read.
FACTS = {
    "made_on": Fact(_("备份日")),
    "made_at": Fact(_("备份时间")),
    "digest": Fact(_("备份文件摘要")),
    "size_kib": Fact(_("大小（KiB）")),
    "rows": Fact(_("行数")),
    "files": Fact(_("文件数")),
    "key_number": Fact(_("钥匙编号")),
    "lacking": Fact(_("丢失或被改动的文件")),
}
