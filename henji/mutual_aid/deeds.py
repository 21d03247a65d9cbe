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


#: Which deeds take back an earlier one, and which state it anew with its day.
UNDOING = frozenset({Deed.DONATION_WITHDRAWN, Deed.AID_WITHDRAWN, Deed.SUBSIDY_WITHDRAWN})
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
}
