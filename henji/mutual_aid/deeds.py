"""What is done in this room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from henji.evidence.facts import Fact


class Deed(TextChoices):
    """互助之事."""

    DRIVE_OPENED = "mutual_aid.drive_opened", _("一日捐活动设立")
    DRIVE_CORRECTED = "mutual_aid.drive_corrected", _("一日捐活动更正")
    DONATIONS_IMPORTED = "mutual_aid.donations_imported", _("捐款名册导入")
    DONATION_RECORDED = "mutual_aid.donation_recorded", _("捐款登记")
    DONATION_CORRECTED = "mutual_aid.donation_corrected", _("捐款更正")
    DONATION_WITHDRAWN = "mutual_aid.donation_withdrawn", _("捐款登记作废")
    DONOR_NAMED = "mutual_aid.donor_named", _("捐款人确认")
    AID_PAID = "mutual_aid.aid_paid", pgettext_lazy("deed", "救助金支付")
    AID_CORRECTED = "mutual_aid.aid_corrected", _("救助金支付更正")
    AID_WITHDRAWN = "mutual_aid.aid_withdrawn", _("救助金支付登记作废")
    SUBSIDY_GRANTED = "mutual_aid.subsidy_granted", _("工会补贴拨入")
    SUBSIDY_CORRECTED = "mutual_aid.subsidy_corrected", _("工会补贴更正")
    SUBSIDY_WITHDRAWN = "mutual_aid.subsidy_withdrawn", _("工会补贴登记作废")
    # schemes
    SCHEME_PUBLISHED = "mutual_aid.scheme_published", _("救助方案发布")
    SCHEME_DRAFT_SAVED = "mutual_aid.scheme_draft_saved", _("方案草稿保存")
    SCHEME_DRAFT_DISCARDED = "mutual_aid.scheme_draft_discarded", _("方案草稿放弃")
    # the books: ledger
    VOUCHER_ENTERED = "mutual_aid.voucher_entered", _("手工记账")
    VOUCHER_REVERSED = "mutual_aid.voucher_reversed", _("凭证冲销")
    BOOKS_CLOSED = "mutual_aid.books_closed", _("结账")
    STATEMENT_IMPORTED = "mutual_aid.statement_imported", _("银行对账单导入")
    BANK_TICKED = "mutual_aid.bank_ticked", _("银行对账确认")
    TICK_WITHDRAWN = "mutual_aid.tick_withdrawn", _("银行对账撤回")
    # Applications for aid, the part `cases`.
    CASE_APPLIED = "mutual_aid.case_applied", _("救助申请登记")
    CASE_SUPPLEMENTED = "mutual_aid.case_supplemented", _("救助申请补正")
    CASE_PAPERS_ADDED = "mutual_aid.case_papers_added", _("救助材料补充")
    CASE_DOUBT_ANSWERED = "mutual_aid.case_doubt_answered", _("救助核查疑问答复")
    CASE_VISITED = "mutual_aid.case_visited", _("救助入户审核")
    CASE_RETURNED = "mutual_aid.case_returned", _("救助申请退回补正")
    CASE_REFUSED = "mutual_aid.case_refused", _("救助申请不予救助")
    CASE_WITHDRAWN = "mutual_aid.case_withdrawn", _("救助申请撤回")
    CASES_POSTED = "mutual_aid.cases_posted", _("救助公示")
    OBJECTION_HEARD = "mutual_aid.objection_heard", _("公示异议登记")
    OBJECTION_ANSWERED = "mutual_aid.objection_answered", _("公示异议答复")
    CASES_DECIDED = "mutual_aid.cases_decided", _("救助审批")
    CITY_DECIDED = "mutual_aid.city_decided", _("市总审批登记")
    PAYMENT_BATCH_FORMED = "mutual_aid.payment_batch_formed", _("救助金支付组批")
    PAYMENT_BATCH_SENT = "mutual_aid.payment_batch_sent", _("救助金支付送银行")
    PAYMENT_BATCH_CANCELLED = "mutual_aid.payment_batch_cancelled", _("救助金支付撤批")
    PAYMENT_RETURNS_IMPORTED = "mutual_aid.payment_returns_imported", _("救助金支付回盘导入")
    CASE_RECEIPT_KEPT = "mutual_aid.case_receipt_kept", _("救助金回执登记")
    CASE_FILED = "mutual_aid.case_filed", _("救助建档")
    AID_DEMANDED_BACK = "mutual_aid.aid_demanded_back", _("救助金追回决定")
    AID_RECOVERED = "mutual_aid.aid_recovered", _("救助金追回入账")
    CASE_REVEALED = "mutual_aid.case_revealed", _("查看救助申请内容")

    # Lists of the drive (`giving`).
    ROLLS_MADE = "mutual_aid.rolls_made", _("捐款名单生成")
    ROLLS_LINKED = "mutual_aid.rolls_linked", _("名单链接发出")
    LINK_REVOKED = "mutual_aid.link_revoked", _("名单链接收回")
    ROLL_OPENED = "mutual_aid.roll_opened", _("名单链接打开")
    GIFTS_REPORTED = "mutual_aid.gifts_reported", _("捐款填报")
    REPORTS_ACCEPTED = "mutual_aid.reports_accepted", _("填报受理")
    REPORT_RETURNED = "mutual_aid.report_returned", _("填报退回")
    SLIP_RECORDED = "mutual_aid.slip_recorded", _("缴款登记")
    SLIP_WITHDRAWN = "mutual_aid.slip_withdrawn", _("缴款登记作废")
    RECEIPT_ISSUED = "mutual_aid.receipt_issued", _("收据开具")
    RECEIPT_CANCELLED = "mutual_aid.receipt_cancelled", _("收据作废")


#: Which deeds take back an earlier one, and which state it anew with its day.
UNDOING = frozenset(
    {
        *(Deed.DONATION_WITHDRAWN, Deed.AID_WITHDRAWN, Deed.SUBSIDY_WITHDRAWN),
        *(Deed.TICK_WITHDRAWN, Deed.CASE_WITHDRAWN, Deed.SLIP_WITHDRAWN),
    }
)
RESTATING = frozenset({Deed.DONATION_CORRECTED, Deed.AID_CORRECTED, Deed.SUBSIDY_CORRECTED})

FACTS = {
    "collects_from": Fact(_("募集开始")),
    "collects_to": Fact(_("募集截止")),
    "aid_from": Fact(_("救助期开始")),
    "aid_to": Fact(_("救助期截止")),
    "counted_on": Fact(_("会员数统计日")),
    "read": Fact(_("读到行数")),
    "imported": Fact(_("导入")),
    "new": Fact(_("新增")),
    "changed": Fact(_("认出捐款人")),
    "unchanged": Fact(_("无变化")),
    "rejected": Fact(_("退回")),
    "questions": Fact(_("待确认")),
    "matched": Fact(_("认出的会员")),
    "job": Fact(_("任务编号")),
    "file": Fact(_("文件摘要")),
    "before_yuan": Fact(_("原金额")),
    "amount_yuan": Fact(_("金额")),
    "paid_yuan": Fact(_("金额")),
    "granted_yuan": Fact(_("金额")),
    "giver": Fact(_("捐款方"), (("member", pgettext_lazy("one", "会员")), ("other", _("非会员")))),
    "gift": Fact(_("捐款编号"), kind="mutual_aid.gift"),
    "aid": Fact(_("支付编号"), kind="mutual_aid.aid"),
    "subsidy": Fact(_("补贴编号")),
    "grant": Fact(_("补贴编号"), kind="mutual_aid.grant"),
    "scheme": Fact(_("救助方案")),
    "digest": Fact(_("摘要")),
    "entry": Fact(
        _("业务"),
        (
            ("paid_in", _("单位缴存")),
            ("return", _("退回单位多缴")),
            ("from_above", _("上级调剂拨入")),
            ("to_above", _("上解")),
            ("interest", _("银行利息")),
            ("recovery", _("追回救助金")),
            ("unexplained_in", _("不明来款")),
            ("unexplained_out", _("不明支出")),
            ("opening", _("期初余额")),
        ),
    ),
    "voucher": Fact(_("凭证号")),
    "closed_to": Fact(_("结账至")),
    "surplus_yuan": Fact(_("累计结余")),
    "lines": Fact(_("流水笔数")),
    "groups": Fact(_("勾对组数")),
    "case": Fact(_("救助申请"), kind="mutual_aid.aidcase"),
    "cases": Fact(_("救助申请数")),
    "doubts": Fact(_("核查疑问")),
    "slot": Fact(_("材料")),
    "state": Fact(_("之后的状态")),
    "approved": Fact(_("批准")),
    "referred": Fact(_("报市总")),
    "refused": Fact(_("不予救助")),
    "returned": Fact(_("退回")),
    "approved_yuan": Fact(_("批准金额")),
    "returned_yuan": Fact(_("追回金额")),
    "upheld": Fact(_("异议成立")),
    "starts_on": Fact(_("公示开始")),
    "ends_on": Fact(_("公示截止")),
    "paid": Fact(_("支付成功")),
    "failed": Fact(_("支付失败")),
    "field": Fact(_("查看的内容")),
    "rolls": Fact(_("新建名单")),
    "listed": Fact(_("列入")),
    "unlisted": Fact(_("移出")),
    "links": Fact(_("名单链接")),
    "days": Fact(_("有效天数")),
    "link": Fact(_("名单链接"), kind="mutual_aid.rolllink"),
    "people": Fact(_("人数")),
    "reports": Fact(_("填报份数")),
    "left_out": Fact(_("已有登记，未重复计")),
    "number": Fact(_("收据号")),
}
