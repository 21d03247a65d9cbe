"""金额: yuan in the head, fen at rest."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils.translation import gettext as _

from henji.lib.refusals import Refusal

CENT = Decimal("0.01")
#: The largest amount of a single entry; anything larger is a slip of the hand.
LARGEST = Decimal("100000000.00")


class NotMoney(Refusal):
    """金额有误: the words are not an amount of money."""


def yuan(value: Decimal | int | str) -> Decimal:
    """The amount with its two places."""
    return Decimal(value).quantize(CENT, rounding=ROUND_HALF_UP)


def fen(amount: Decimal) -> int:
    """分: the amount as whole fen; raises NotMoney where it has smaller parts."""
    shifted = amount * 100
    if shifted != shifted.to_integral_value():
        raise NotMoney(_("金额最多两位小数"))
    return int(shifted)


def show(amount: Decimal | int) -> str:
    """The amount as papers write it: ¥1,234.50."""
    exact = yuan(amount)
    sign = "-" if exact < 0 else ""
    return f"{sign}¥{abs(exact):,.2f}"


def parse(text: object) -> Decimal:
    """The amount that a person wrote: "50", "¥1,234.50", "50元", 50.0; raises NotMoney.

    Shape: positive, at most two places, at most LARGEST. The words never repeat the value.
    """
    if isinstance(text, bool) or text is None:
        raise NotMoney(_("请填写金额"))
    if isinstance(text, float):
        text = repr(text)
    bare = str(text).strip().translate(_TO_PLAIN).removesuffix("元").replace(",", "").replace("¥", "").strip()
    if not bare:
        raise NotMoney(_("请填写金额"))
    try:
        amount = Decimal(bare)
    except InvalidOperation:
        raise NotMoney(_("这里不是金额，请只填数字")) from None
    if not amount.is_finite() or amount <= 0:
        raise NotMoney(_("金额须大于 0"))
    if amount > LARGEST:
        raise NotMoney(_("金额过大，请核对"))
    fen(amount)
    return yuan(amount)


_TO_PLAIN = {ord("０") + digit: str(digit) for digit in range(10)} | {
    ord("．"): ".",
    ord("，"): ",",
    ord("￥"): "¥",
    ord(" "): None,
    ord("\u3000"): None,
    ord("\u200b"): None,
}
