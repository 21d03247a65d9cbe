"""What is done in this room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from henji.evidence.facts import Fact


class Deed(TextChoices):
    """组织之事."""

    COUNTY_FOUNDED = "unions.county_founded", _("县总工会建立")
    UNION_FOUNDED = "unions.union_founded", _("工会建立")
    UNION_CLOSED = "unions.union_closed", _("工会撤销")
    CLOSING_WITHDRAWN = "unions.closing_withdrawn", _("工会撤销作废")
    EMPLOYER_REGISTERED = "unions.employer_registered", _("单位登记")
    EMPLOYER_CORRECTED = "unions.employer_corrected", _("单位信息更正")
    EMPLOYER_ORGANISED = "unions.employer_organised", _("单位建会")
    EMPLOYERS_IMPORTED = "unions.employers_imported", _("单位和工会导入")


#: Which deeds take back an earlier one.
UNDOING = frozenset({Deed.CLOSING_WITHDRAWN})

#: What a correction concerned.
FIELDS = (
    ("name", _("单位名称")),
    ("credit_code", _("统一社会信用代码")),
    ("township", _("所属乡镇")),
    ("union", _("所属工会")),
    ("industry", _("行业")),
    ("workers", _("职工数")),
    ("closed_on", _("注销日期")),
)

FACTS = {
    "code": Fact(_("区划代码")),
    "employers": Fact(_("新登记单位")),
    "unions": Fact(_("新建工会")),
    "file": Fact(_("文件摘要")),
    "fields": Fact(_("更正的项目"), FIELDS),
    "union": Fact(_("所属工会"), kind="unions.union"),
}
