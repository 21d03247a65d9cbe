"""What is done in this room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from henji.evidence.facts import Fact


class Deed(TextChoices):
    """考核之事."""

    STANDARD_PUBLISHED = "assessment.standard_published", _("考核标准发布")
    DRAFT_SAVED = "assessment.draft_saved", _("标准草稿保存")
    DRAFT_DISCARDED = "assessment.draft_discarded", _("标准草稿放弃")
    VALUE_STATED = "assessment.value_stated", pgettext_lazy("deed", "人工取值")
    TARGETS_RECEIVED = "assessment.targets_received", _("下达任务登记")
    ITEM_ASSIGNED = "assessment.item_assigned", pgettext_lazy("deed", "责任分工")
    SELF_SIGNED = "assessment.self_signed", _("自评签字")
    CITY_SIGNED = "assessment.city_signed", _("市级评分签字")
    PROVINCE_SIGNED = "assessment.province_signed", _("省级评分签字")
    ACCEPTANCE_SET = "assessment.acceptance_set", _("验收日设定")


FACTS = {
    "standard": Fact(_("标准")),
    "digest": Fact(_("标准摘要")),
    "new": Fact(_("首次发布")),
    "restored": Fact(_("恢复的是第几次保存")),
    "part": Fact(_("评分点")),
    "value": Fact(_("取值")),
    "whole": Fact(_("分母")),
    "levels": Fact(_("各级数目")),
    "from": Fact(_("自")),
    "to": Fact(_("至")),
    "item": Fact(_("项目"), kind="assessment.item"),
    "person": Fact(_("责任人"), kind="accounts.user"),
    "deputy": Fact(_("协办人"), kind="accounts.user"),
    "due_on": Fact(_("期限")),
    "targets": Fact(_("任务数")),
    "year": Fact(_("年度")),
    "as_of": Fact(_("截至")),
    "total": Fact(_("总分")),
    "base": Fact(_("基础分")),
    "bonus": Fact(_("加分")),
    "score": Fact(_("评分摘要")),
    "differing": Fact(_("与自评不同的项目数")),
    "accepts_on": Fact(_("验收日")),
}
