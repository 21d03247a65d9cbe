"""捐款名册: the columns of a donation book."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.lib import dates, money
from henji.lib.columns import Column, as_text
from henji.lib.refusals import Refusal
from henji.lib.text import must_be_a_name, must_hold_no_number, tidy_name, tidy_unit
from henji.lib.xlsx_cells import Cell
from henji.members.details import IDENTITY

_NOTHING = ("0", "0.0", "0.00")


class TooLong(Refusal):
    """文字过长."""


def _amount(cell: Cell) -> Decimal:
    """金额; 0 is how a list that was handed out says that somebody did not give."""
    return Decimal(0) if as_text(cell) in _NOTHING else money.parse(cell)


def _name(cell: Cell) -> str:
    return must_be_a_name(tidy_name(as_text(cell)))


def _unit(cell: Cell) -> str:
    return must_hold_no_number(_up_to(100, tidy_unit(as_text(cell))))


def _receipt(cell: Cell) -> str:
    return must_hold_no_number(_up_to(40, as_text(cell)))


def _up_to(longest: int, text: str) -> str:
    if len(text) > longest:
        raise TooLong(_("最长 %(longest)s 字") % {"longest": longest})
    return text


COLUMNS = (
    Column(
        "amount",
        gettext_lazy("捐款金额"),
        ("捐款金额", "捐款额", "捐款数", "捐款数额", "捐赠金额", "捐赠额", "金额", "金额/元", "捐款"),
        mandatory=True,
        parse=_amount,
        kind="yuan",
    ),
    Column(
        "name",
        gettext_lazy("姓名"),
        ("姓名", "捐款人", "捐款人姓名", "职工姓名", "会员姓名", "名字"),
        parse=_name,
    ),
    Column("identity", IDENTITY.label, IDENTITY.heads),
    Column(
        "unit",
        gettext_lazy("单位名称"),
        (
            *("单位名称", "工作单位", "所在单位", "缴款单位", "捐款单位", "单位", "企业名称"),
            *("单位全称", "工作单位名称", "所在单位名称", "用人单位", "所属工会", "基层工会"),
        ),
        parse=_unit,
    ),
    Column(
        "given_on",
        gettext_lazy("捐款日期"),
        ("捐款日期", "捐款时间", "缴款日期", "日期", "时间"),
        parse=dates.parse_day,
        kind="day",
    ),
    Column(
        "receipt",
        gettext_lazy("收据号"),
        ("收据号", "收据编号", "收据号码", "票据号", "票号"),
        parse=_receipt,
    ),
    Column(
        "roll_line",
        gettext_lazy("名单编号"),
        ("名单编号",),
    ),
)
