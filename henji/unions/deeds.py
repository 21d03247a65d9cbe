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
    RECORD_KEPT = "unions.record_kept", _("组织信息登记")
    PHONE_REVEALED = "unions.phone_revealed", _("查看任职人电话")
    CLEARS_KEPT = "unions.clears_kept", _("四清情况登记")
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
    ("unit_type", _("单位类别")),
    ("address", _("单位地址")),
    ("workers", _("职工数")),
    ("women", _("女职工数")),
    ("migrants", _("农民工数")),
    ("dispatched", _("劳务派遣工数")),
    ("counted_on", _("人数截至日期")),
    ("closed_on", _("注销日期")),
)

#: What was told of an employer's four clears.
CLEARS_FIELDS = (
    ("reason", _("未建会原因")),
    ("plan", _("建会计划")),
    ("plan_on", _("计划建会日期")),
    ("gap_reason", _("未入会原因")),
    ("role", _("作用发挥")),
)

#: What a record of a union told otherwise; the offices too.
RECORD_ITEMS = (
    ("union_code", _("工会信用代码")),
    ("approved_by", _("审批单位")),
    ("approved_on", _("批复日期")),
    ("approval_number", _("批复文号")),
    ("congress", _("届次")),
    ("elected_on", _("本届选举日期")),
    ("term_years", _("任期（年）")),
    ("registrar", _("法人登记机关")),
    ("legal_number", _("法人资格证号")),
    ("legal_to", _("法人资格有效期至")),
    ("bank", _("开户银行")),
    ("account", _("工会账号")),
    ("funds_year", _("经费年度")),
    ("carried_yuan", _("上年结余")),
    ("dues_yuan", _("会费收入")),
    ("allotted_yuan", _("拨缴经费")),
    ("other_yuan", _("其他收入")),
    ("has_contract", _("集体合同")),
    ("has_wage", _("工资专项集体合同")),
    ("has_women", _("女职工专项集体合同")),
    ("has_congress", _("职工代表大会")),
    ("has_disclosure", _("厂务公开")),
    ("has_mediation", _("劳动争议调解组织")),
    ("has_protection", _("劳动保护监督检查组织")),
    ("has_supervision", _("劳动法律监督组织")),
    ("home_level", _("职工之家")),
    ("status", _("状态")),
    ("chair", _("主席")),
    ("vice", _("副主席")),
    ("audit", _("经审主任")),
    ("women", _("女工主任")),
)

FACTS = {
    "code": Fact(_("区划代码")),
    "employers": Fact(_("新登记单位")),
    "unions": Fact(_("新建工会")),
    "file": Fact(_("文件摘要")),
    "fields": Fact(_("更正的项目"), FIELDS),
    "filled": Fact(_("补全单位")),
    "records": Fact(_("登记组织信息的工会")),
    "clears": Fact(_("登记的项目"), CLEARS_FIELDS),
    "items": Fact(_("登记的项目"), RECORD_ITEMS),
    "office": Fact(_("工会职务"), RECORD_ITEMS),
    "union": Fact(_("所属工会"), kind="unions.union"),
}
