"""大写金额: an amount as receipts spell it, so that nobody can alter it with a stroke."""

from decimal import Decimal

from henji.lib import money

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "兆")


def capitals(amount: Decimal) -> str:
    """大写: 1234.50 → 壹仟贰佰叁拾肆元伍角整."""
    whole, rest = divmod(money.fen(amount), 100)
    jiao, fen = divmod(rest, 10)
    said = f"{_whole(whole)}元" if whole else ""
    if not rest:
        return f"{said or '零元'}整"
    if jiao:
        said += f"{_DIGITS[jiao]}角"
    elif whole:
        said += "零"
    return f"{said}{_DIGITS[fen]}分" if fen else f"{said}整"


def _whole(number: int) -> str:
    groups = []
    while number:
        number, four = divmod(number, 10_000)
        groups.append(four)
    said, gap = "", False
    for place in reversed(range(len(groups))):
        four = groups[place]
        if four:
            said += ("零" if said and (gap or four < 1000) else "") + _four(four) + _GROUPS[place]
        gap = not four
    return said


def _four(four: int) -> str:
    said, zero = "", False
    for place in reversed(range(4)):
        digit = four // 10**place % 10
        if digit:
            said += ("零" if zero and said else "") + _DIGITS[digit] + _PLACES[place]
            zero = False
        else:
            zero = bool(said)
    return said
