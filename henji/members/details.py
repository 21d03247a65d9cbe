"""会员信息项: which particulars are kept of a person, how rosters call them, and what hides them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from henji.lib import identity
from henji.lib.codelists import CodeList
from henji.members import codes

#: The longest that a detail may be.
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Detail:
    """信息项: kept closed under `name`; `mask` is how it looks on screen where it must not be read.

    Where it has `codes`, the code is kept, or the words as they were told. A day is kept as 2016-05-01.
    """

    name: str
    label: str | Promise
    heads: tuple[str, ...]
    mask: Callable[[str], str] | None = None
    codes: CodeList | None = None
    is_day: bool = False

    @property
    def is_masked(self) -> bool:
        """Whether it must not be read on screen without a reason."""
        return self.mask is not None

    def shown(self, value: str) -> str:
        """The value as any page may show it; a number written among words is masked like one of its own."""
        if self.mask:
            return self.mask(value)
        return self.codes.name_of(value) if self.codes else identity.mask_within(value)


def mask_address(address: str) -> str:
    """遮蔽地址: the first six characters, as a rule the province and the city."""
    return address[:6] + "****" if len(address) > 6 else "****"


IDENTITY = Detail(
    "identity",
    _("身份证号"),
    (
        "身份证号",
        "身份证号码",
        "公民身份号码",
        "公民身份证号码",
        "居民身份证号码",
        "居民身份证号",
        "证件号码",
        "证件号",
        "身份证",
    ),
    identity.mask,
)
PHONE = Detail(
    "phone",
    _("手机号"),
    ("手机号", "手机号码", "手机", "移动电话", "联系电话", "联系方式", "电话", "电话号码"),
    identity.mask_phone,
)
ADDRESS = Detail(
    "address",
    _("家庭住址"),
    ("家庭住址", "家庭地址", "住址", "现住址", "联系地址", "通讯地址", "地址"),
    mask_address,
)

#: What may be revealed, to whom may and says why.
MASKED: Mapping[str, Detail] = {detail.name: detail for detail in (IDENTITY, PHONE, ADDRESS)}

#: What rosters tell besides the name and the number; all of it is kept, none of it is asked for twice.
TOLD = (
    PHONE,
    ADDRESS,
    Detail("ethnicity", _("民族"), ("民族",), codes=codes.ETHNICITY),
    Detail("politics", _("政治面貌"), ("政治面貌",), codes=codes.POLITICS),
    Detail("education", _("学历"), ("学历", "文化程度"), codes=codes.EDUCATION),
    Detail(
        "hukou", _("户籍类型"), ("户籍类型", "户口类型", "户口性质", "户籍性质", "户籍"), codes=codes.HUKOU
    ),
    Detail("employment", _("用工形式"), ("用工形式", "用工性质", "用工类型"), codes=codes.EMPLOYMENT),
    Detail(
        "contract",
        _("劳动合同"),
        ("劳动合同", "劳动合同状态", "合同状态", "合同期限类型", "合同类型"),
        codes=codes.CONTRACT,
    ),
    Detail("contract_on", _("合同签订日期"), ("合同签订日期", "劳动合同签订日期", "签订日期"), is_day=True),
    Detail("contract_to", _("合同期满日期"), ("合同期满日期", "合同到期日期", "合同期限至"), is_day=True),
    Detail("first_work_on", _("参加工作日期"), ("参加工作日期", "参加工作时间", "工作时间"), is_day=True),
    Detail("job", _("岗位"), ("岗位", "职务", "工种", "岗位职务")),
    Detail("skill", _("技术等级"), ("技术等级", "技能等级", "职业资格等级"), codes=codes.SKILL),
    Detail("title", _("职称"), ("职称", "专业技术职务")),
    Detail("join_way", _("入会方式"), ("入会方式",), codes=codes.JOIN_WAY),
    Detail("group", _("工会小组"), ("工会小组", "小组", "所在小组")),
    Detail("member_number", _("会员编号"), ("会员编号", "会员证号", "会员号", "会员卡号")),
    Detail("dues", _("会费标准"), ("会费标准", "会费")),
    *(
        Detail(name, label, heads, codes=codes.YES_NO)
        for name, label, heads in (
            ("model_worker", _("劳模"), ("劳模", "是否劳模", "劳动模范")),
            ("hardship", _("困难职工"), ("困难职工", "是否困难职工", "困难")),
            ("single_parent", _("单亲"), ("单亲", "是否单亲", "单亲家庭")),
            ("disabled", _("残疾"), ("残疾", "是否残疾", "残疾人")),
        )
    ),
    Detail("collector", _("采集员"), ("采集员", "信息采集员", "采集人")),
    Detail("collected_on", _("采集日期"), ("采集日期", "采集时间"), is_day=True),
    Detail("confirmed", _("本人确认"), ("本人确认", "确认方式", "本人签字", "签字"), codes=codes.CONFIRMED),
    Detail("remark", _("备注"), ("备注", "说明")),
)
DETAILS = (IDENTITY, *TOLD)
#: What a form asks besides phone and address, which have fields of their own.
MORE = tuple(detail for detail in TOLD if detail not in (PHONE, ADDRESS))
