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
    STANDING_CHANGED = "members.standing_changed", _("会籍状态变更")
    LEFT = "members.left", _("退会")
    EXPELLED = "members.expelled", _("除名")
    DIED = "members.died", _("去世登记")
    REJOINED = "members.rejoined", _("重新入会")
    TURN_WITHDRAWN = "members.turn_withdrawn", _("会籍变动撤回")
    RELEASED = "members.released", _("会籍转出")
    ACCEPTED = "members.accepted", _("会籍接收")
    REFUSED = "members.refused", _("会籍不予接收")
    RELEASE_WITHDRAWN = "members.release_withdrawn", _("会籍转出撤回")
    REVEALED = "members.revealed", _("查看完整号码")


#: Which deeds take back an earlier one.
UNDOING = frozenset({Deed.PLACING_WITHDRAWN, Deed.TURN_WITHDRAWN, Deed.RELEASE_WITHDRAWN})

#: Which deeds a turn in a membership can be, that can be taken back.
TURNS = frozenset({Deed.STANDING_CHANGED, Deed.LEFT, Deed.EXPELLED, Deed.DIED, Deed.REJOINED})

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

#: In which standing a membership goes on.
STANDINGS = (
    ("working", _("正常")),
    ("retired", _("退休保留会籍")),
    ("unemployed", _("失业保留会籍")),
    ("kept", _("保留会籍")),
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
    "union": Fact(_("所在工会"), kind="unions.union"),
    "to": Fact(_("接收工会"), kind="unions.union"),
    "standing": Fact(_("会籍状态"), STANDINGS),
    "fields": Fact(_("更正的项目"), FIELDS),
    "field": Fact(_("查看的项目"), FIELDS),
}
