"""文件种类: the sixteen kinds of paper that assessments ask for (reconstructed from published tables)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """文件种类, in the order in which inspectors read."""

    OFFICIAL_DOCUMENT = "official_document", _("红头文件")
    MINUTES = "minutes", _("会议纪要、记录、签到")
    PHOTO = "photo", _("照片、视频")
    STATISTICS = "statistics", _("统计报表")
    ROLL = "roll", _("花名册")
    CONTRACT = "contract", _("合同、协议文本")
    VOUCHER = "voucher", _("财务凭证、银行回单")
    AUDIT_REPORT = "audit_report", _("审计报告")
    INSTRUCTION = "instruction", _("领导批示件")
    MEDIA_REPORT = "media_report", _("媒体报道")
    PUBLIC_NOTICE = "public_notice", _("公示件")
    LEDGER = "ledger", _("台账")
    PLAN_SUMMARY = "plan_summary", _("总结、方案、计划")
    APPROVAL = "approval", _("批复")
    CERTIFICATE = "certificate", _("证书、牌匾照片")
    SURVEY = "survey", _("问卷汇总")


#: Kinds whose pages name no private person; all others are closed with a key of their own.
OPEN_KINDS = frozenset(
    {
        Kind.OFFICIAL_DOCUMENT,
        Kind.STATISTICS,
        Kind.AUDIT_REPORT,
        Kind.MEDIA_REPORT,
        Kind.PLAN_SUMMARY,
        Kind.APPROVAL,
        Kind.CERTIFICATE,
    }
)


def is_personal(kind: str) -> bool:
    """Whether files of the kind are to be treated as showing private persons."""
    return kind not in OPEN_KINDS
