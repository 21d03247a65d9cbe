"""What is done in this room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from henji.evidence.facts import Fact


class Deed(TextChoices):
    """考核之事."""

    STANDARD_PUBLISHED = "assessment.standard_published", _("考核标准发布")
    VALUE_STATED = "assessment.value_stated", _("人工取值")
    SELF_SIGNED = "assessment.self_signed", _("自评签字")


FACTS = {
    "standard": Fact(_("标准")),
    "digest": Fact(_("标准摘要")),
    "new": Fact(_("首次发布")),
    "part": Fact(_("评分点")),
    "value": Fact(_("取值")),
    "whole": Fact(_("分母")),
    "from": Fact(_("自")),
    "to": Fact(_("至")),
    "year": Fact(_("年度")),
    "as_of": Fact(_("截至")),
    "total": Fact(_("总分")),
    "base": Fact(_("基础分")),
    "bonus": Fact(_("加分")),
    "score": Fact(_("评分摘要")),
}
