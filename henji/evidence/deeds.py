"""What is done in this room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from henji.evidence.facts import Fact
from henji.evidence.kinds import Kind


class Deed(TextChoices):
    """留痕之事."""

    PAPER_KEPT = "evidence.paper_kept", _("文件存档")
    BACKLOG_KEPT = "evidence.backlog_kept", _("补录存档")
    WORDS_ERASED = "evidence.words_erased", _("文字删除")


FACTS = {
    "kind": Fact(_("种类"), Kind.choices),
    "count": Fact(_("份数")),
}
