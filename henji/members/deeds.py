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
    MERGED = "members.merged", _("合并记录")
    MERGER_WITHDRAWN = "members.merger_withdrawn", _("拆分恢复")
    ERASED = "members.erased", _("个人信息删除")
    DOUBTS_LOOKED_FOR = "members.doubts_looked_for", _("冲突核查")
    DOUBT_SETTLED = "members.doubt_settled", _("冲突核定")
    SETTLING_WITHDRAWN = "members.settling_withdrawn", _("冲突核定撤回")
    TRANSFER_ASKED = "members.transfer_asked", _("请求转入")
    ASKING_DECLINED = "members.asking_declined", _("不同意转出")
    REVEALED = "members.revealed", _("查看完整号码")
    CARDS_APPLIED = "members.cards_applied", _("会员卡申领")
    CARD_CONSENT_ENDED = "members.card_consent_ended", _("撤回办卡同意")
    CARDS_CHECKED = "members.cards_checked", _("会员卡校验组批")
    CARD_FILE_EXPORTED = "members.card_file_exported", _("会员卡送行")
    CARD_RETURNS_IMPORTED = "members.card_returns_imported", _("银行回盘导入")
    CARD_REAPPLIED = "members.card_reapplied", _("会员卡重新申领")
    CARDS_HANDED_OUT = "members.cards_handed_out", _("会员卡发放")
    CARD_HAND_OUT_WITHDRAWN = "members.card_hand_out_withdrawn", _("会员卡发放撤回")
    CARDS_ACTIVATED = "members.cards_activated", _("会员卡激活")
    CARD_LOST = "members.card_lost", _("会员卡挂失")
    CARD_FOUND = "members.card_found", _("会员卡解除挂失")
    CARD_REPLACED = "members.card_replaced", _("会员卡补卡")
    CARD_CLOSED = "members.card_closed", _("会员卡注销")


#: Which deeds take back an earlier one.
UNDOING = frozenset(
    {
        Deed.PLACING_WITHDRAWN,
        Deed.TURN_WITHDRAWN,
        Deed.RELEASE_WITHDRAWN,
        Deed.MERGER_WITHDRAWN,
        Deed.SETTLING_WITHDRAWN,
        Deed.CARD_HAND_OUT_WITHDRAWN,
    }
)

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
    ("card", _("会员卡号")),
)

#: What is asked about a record, and what may be answered.
DOUBTS = (
    ("alike", _("同名同手机号，身份证号不同")),
    ("retired", _("到了退休年龄，会籍仍是正常")),
    ("elsewhere", _("身份证号已在其他县（区）登记")),
    ("union", _("名册写的工会与在册不同")),
)
ANSWERS = (
    ("different", _("不是同一人")),
    ("works", _("仍在职")),
    ("mistaken", _("不是本县的人，或号码有误")),
    ("stays", _("没有转移，仍在原工会")),
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
    "folded": Fact(_("并入的记录"), kind="members.person"),
    "brought": Fact(_("并过来的会籍数")),
    "records": Fact(_("删除的记录数")),
    "alike": Fact(_("疑似同一人")),
    "retired": Fact(_("疑似退休")),
    "elsewhere": Fact(_("他县已登记")),
    "disputed": Fact(_("所属工会不同")),
    "doubt": Fact(_("疑问"), DOUBTS),
    "answer": Fact(_("核定"), ANSWERS),
    "fields": Fact(_("更正的项目"), FIELDS),
    "field": Fact(_("查看的项目"), FIELDS),
    "cards": Fact(_("会员卡数")),
    "consent": Fact(_("同意书版本")),
    "batch": Fact(_("送行批次"), kind="members.cardbatch"),
    "template": Fact(_("银行模板")),
    "passed": Fact(_("校验通过")),
    "failed": Fact(_("校验有疑问")),
    "made": Fact(_("已制卡")),
    "refused": Fact(_("银行退回")),
    "activated": Fact(_("已激活")),
    "replaces": Fact(_("所补的卡"), kind="members.card"),
}
