"""What is done in this room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from henji.evidence.facts import Fact


class Deed(TextChoices):
    """组织之事."""

    COUNTY_FOUNDED = "unions.county_founded", _("县总工会建立")
    UNION_FOUNDED = "unions.union_founded", _("工会建立")
    EMPLOYER_REGISTERED = "unions.employer_registered", _("单位登记")
    EMPLOYERS_IMPORTED = "unions.employers_imported", _("单位和工会导入")


FACTS = {
    "code": Fact(_("区划代码")),
    "employers": Fact(_("新登记单位")),
    "unions": Fact(_("新建工会")),
    "file": Fact(_("文件摘要")),
}
