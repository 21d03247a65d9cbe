"""What is done in this room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from henji.evidence.facts import Fact
from henji.evidence.kinds import Kind


class Deed(TextChoices):
    """留痕之事."""

    PAPER_KEPT = "evidence.paper_kept", _("文件存档")
    BACKLOG_KEPT = "evidence.backlog_kept", _("补录存档")
    PAPER_CORRECTED = "evidence.paper_corrected", _("文件更正")
    FILE_DESTROYED = "evidence.file_destroyed", _("附件销毁")
    WORDS_ERASED = "evidence.words_erased", _("文字删除")
    TITLE_ERASED = "evidence.title_erased", _("标题删除")
    LIST_EXPORTED = "evidence.list_exported", _("名单导出")


FACTS = {
    "kind": Fact(_("种类"), Kind.choices),
    "count": Fact(_("份数")),
    "was": Fact(_("更正前"), kind="evidence.paper"),
    "digest": Fact(_("摘要")),
    "list": Fact(_("名单")),
    "filters": Fact(_("条件")),
    "rows": Fact(_("导出行数")),
}
