"""What is done in this room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from henji.evidence.facts import Fact


class Deed(TextChoices):
    """会员之事."""

    ROSTER_IMPORTED = "members.roster_imported", _("花名册导入")
    ENROLLED = "members.enrolled", _("会员登记")
    CORRECTED = "members.corrected", _("会员信息更正")
    PLACED = "members.placed", _("待归属会员归属")
    PLACING_WITHDRAWN = "members.placing_withdrawn", _("归属撤回")
    REVEALED = "members.revealed", _("查看完整号码")


#: Which deeds take back an earlier one.
UNDOING = frozenset({Deed.PLACING_WITHDRAWN})

#: What a correction or a revelation concerned.
FIELDS = (
    ("name", _("姓名")),
    ("identity", _("身份证号")),
    ("phone", _("手机号")),
    ("address", _("家庭住址")),
    ("employer", _("工作单位")),
    ("start_on", _("入会日期")),
    ("end_on", _("离会日期")),
)

FACTS = {
    "read": Fact(_("读取行数")),
    "new": Fact(_("新增会员")),
    "changed": Fact(_("变更会员")),
    "unchanged": Fact(_("无变化")),
    "rejected": Fact(_("退回行数")),
    "questions": Fact(_("单位待归属")),
    "job": Fact(_("任务编号"), kind="work.job"),
    "file": Fact(_("文件摘要")),
    "members": Fact(_("归属会员数")),
    "employer": Fact(_("归属单位"), kind="unions.employer"),
    "fields": Fact(_("更正的项目"), FIELDS),
    "field": Fact(_("查看的项目"), FIELDS),
}
