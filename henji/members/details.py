"""会员信息项: which particulars are kept of a person, how rosters call them, and what hides them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from henji.lib import identity

#: The longest that a detail may be.
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Detail:
    """信息项: kept closed under `name`; `mask` is how it looks on screen where it must not be read."""

    name: str
    label: str | Promise
    heads: tuple[str, ...]
    mask: Callable[[str], str] | None = None

    @property
    def is_masked(self) -> bool:
        """Whether it must not be read on screen without a reason."""
        return self.mask is not None

    def shown(self, value: str) -> str:
        """The value as any page may show it; a number written among words is masked like one of its own."""
        return self.mask(value) if self.mask else identity.mask_within(value)


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
    Detail("ethnicity", _("民族"), ("民族",)),
    Detail("politics", _("政治面貌"), ("政治面貌",)),
    Detail("education", _("学历"), ("学历", "文化程度")),
    Detail("employment", _("用工形式"), ("用工形式", "用工性质", "用工类型")),
    Detail("job", _("岗位"), ("岗位", "职务", "工种", "岗位职务")),
    Detail("group", _("工会小组"), ("工会小组", "小组", "所在小组")),
    Detail("member_number", _("会员编号"), ("会员编号", "会员证号", "会员号", "会员卡号")),
    Detail("dues", _("会费标准"), ("会费标准", "会费")),
    Detail("remark", _("备注"), ("备注", "说明")),
)
DETAILS = (IDENTITY, *TOLD)
