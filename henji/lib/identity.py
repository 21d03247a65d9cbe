"""身份证号: resident identity numbers (GB 11643), and how personal numbers are masked on screen."""

import re
from datetime import date
from functools import lru_cache
from operator import mul
from typing import NamedTuple

from django.utils.translation import gettext as _

from henji.lib.refusals import Refusal
from henji.lib.text import NUMBER_IN_WORDS, tidy

MALE, FEMALE = "男", "女"
#: Nobody has been known to live longer by more than a year or two.
OLDEST_YEARS = 120
#: Excel keeps fifteen digits of a number; from sixteen on the rest has become zeros.
DIGITS_KEPT = 15

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
#: What a sum over character codes has too much: the code of the digit 0, seventeen times.
_WEIGHT_OF_ZEROS = sum(_WEIGHTS) * ord("0")
#: A number of 18 places as registers write it.
PLAIN_NUMBER = re.compile(r"[0-9]{17}[0-9X]")
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?[Ee]\+?[0-9]{2}")
#: What hands write for the last X: a multiplication sign, a Roman ten, Greek and Cyrillic letters.
_LIKE_X = dict.fromkeys(map(ord, "x×ⅩⅹΧχХх✕╳"), "X")
_BETWEEN: dict[int, str | None] = dict.fromkeys(map(ord, " '`’‘"), None)
_TO_BARE = _LIKE_X | _BETWEEN


class NotAnIdentityNumber(Refusal):
    """身份证号有误."""


class IdentityMissing(NotAnIdentityNumber):
    """没有身份证号."""


class IdentityWrongLength(NotAnIdentityNumber):
    """身份证号位数不对."""


class IdentityNotDigits(NotAnIdentityNumber):
    """身份证号含其他字符."""


class IdentityCheckDigitWrong(NotAnIdentityNumber):
    """身份证号校验位不符."""


class BirthDateImpossible(NotAnIdentityNumber):
    """身份证号里的出生日期不存在."""


class BirthInFuture(NotAnIdentityNumber):
    """身份证号里的出生日期在将来."""


class BirthTooLongAgo(NotAnIdentityNumber):
    """身份证号里的出生日期过早."""


class DigitsLost(Refusal):
    """数字丢位: Excel kept the number as a number and lost its last digits."""


class IdentityNumber(NamedTuple):
    """身份证号: a checked number of 18 places, and what it says; `region` is where it was issued."""

    number: str
    birth_on: date
    sex: str
    region: str


def normalise(text: str) -> str:
    """The number as registers write it: half-width, without spaces, a capital X."""
    return tidy(text).translate(_TO_BARE)


def widen(fifteen: str) -> str:
    """升位: a number of the first generation (15 digits) as its 18-place form (GB 11643-1999).

    The century is 19: numbers of 15 places were issued until 1999.
    """
    seventeen = f"{fifteen[:6]}19{fifteen[6:]}"
    return seventeen + check_digit(seventeen)


def check_digit(seventeen: str) -> str:
    """校验位: the last place that belongs to the first seventeen digits."""
    return _CHECKS[(sum(map(mul, _WEIGHTS, seventeen.encode())) - _WEIGHT_OF_ZEROS) % 11]


def must_be_valid(text: str, *, today: date) -> IdentityNumber:
    """The checked number; one of 15 places is widened. Raises NotAnIdentityNumber.

    The region is never an error: people keep the number of a county that was since renamed or merged.
    """
    number = text if PLAIN_NUMBER.fullmatch(text) else _eighteen(normalise(text))
    birth_on = _birth(number[6:14], today)
    if check_digit(number[:17]) != number[17]:
        raise IdentityCheckDigitWrong(_("身份证号校验位不符，可能抄错了一位，请对照证件核对"))
    sex = MALE if int(number[16]) % 2 else FEMALE
    return IdentityNumber(number, birth_on, sex, number[:6])


def _eighteen(number: str) -> str:
    if not number:
        raise IdentityMissing(_("没有填写身份证号"))
    if len(number) not in {15, 18}:
        raise IdentityWrongLength(
            _("身份证号应为 18 位，这里有 %(places)s 位，请核对") % {"places": len(number)}
        )
    if len(number) == 15 and number.isascii() and number.isdecimal():
        return widen(number)
    if not PLAIN_NUMBER.fullmatch(number):
        raise IdentityNotDigits(_("身份证号只能是数字，最后一位可以是 X，请核对"))
    return number


@lru_cache(maxsize=1 << 16)
def _birth(digits: str, today: date) -> date:
    """The day of birth told by eight digits; those of all who are alive are remembered."""
    try:
        birth_on = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise BirthDateImpossible(_("身份证号第 7 至 14 位的出生日期不存在，请对照证件核对")) from None
    if birth_on > today:
        raise BirthInFuture(_("身份证号第 7 至 14 位的出生日期在将来，请对照证件核对"))
    if (today.year - OLDEST_YEARS, today.month, today.day) > (birth_on.year, birth_on.month, birth_on.day):
        raise BirthTooLongAgo(
            _("身份证号第 7 至 14 位的出生日期已过 %(years)s 年，请对照证件核对") % {"years": OLDEST_YEARS}
        )
    return birth_on


def lost_digits(value: object) -> bool:
    """Whether a cell's number is too long for Excel to have kept all of its digits."""
    if isinstance(value, str):
        return bool(_SCIENTIFIC.fullmatch(tidy(value)))
    return isinstance(value, int | float) and abs(value) >= 10**DIGITS_KEPT


def must_have_all_digits(value: str | float) -> str:
    """The cell's value as text; a number of up to fifteen digits is safe. Raises DigitsLost."""
    if lost_digits(value):
        raise DigitsLost(_("单元格是数字格式，Excel 已丢失末尾几位，请把该列设为文本后重新填写"))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def mask(number: str) -> str:
    """遮蔽身份证号: 130***********0012."""
    return _cover(number, head=3, tail=4)


def mask_within(words: str) -> str:
    """遮蔽文中号码: the words with every phone, identity number and card in them masked."""
    return NUMBER_IN_WORDS.sub(lambda found: mask(found[0]), words)


def mask_phone(phone: str) -> str:
    """遮蔽手机号: 138****1234."""
    return _cover(phone, head=3, tail=4)


def mask_card(card: str) -> str:
    """遮蔽银行卡号: 6222***********1234."""
    return _cover(card, head=4, tail=4)


def _cover(text: str, *, head: int, tail: int) -> str:
    """Stars between head and tail; a text too short to hide anything that way is covered whole."""
    hidden = len(text) - head - tail
    if hidden < 4:
        return "*" * len(text)
    return text[:head] + "*" * hidden + text[-tail:]
