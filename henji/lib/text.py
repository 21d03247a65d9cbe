"""文字: words as people type them, made comparable."""

import re
import unicodedata

from django.utils.translation import gettext as _

from henji.lib.refusals import Refusal

LONGEST_NAME = 50

_FULL_WIDTH_OFFSET = 0xFEE0
#: Full-width signs that stand in numbers, codes and bracketed notes. Chinese commas and stops stay.
_SIGNS = "()-/.:+#*_@%&=|"
_HALVED = {
    ord(char) + _FULL_WIDTH_OFFSET: char
    for char in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" + _SIGNS
}
_INVISIBLE_RANGES = (
    (0x00AD, 0x00AD),  # soft hyphen
    (0x061C, 0x061C),  # Arabic letter mark
    (0x180E, 0x180E),  # Mongolian vowel separator
    (0x200B, 0x200F),  # zero-width space, joiners, direction marks
    (0x202A, 0x202E),  # direction embeddings and overrides
    (0x2060, 0x206F),  # word joiner, direction isolates
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFEFF, 0xFEFF),  # byte order mark
    (0xE0100, 0xE01EF),  # ideographic variation selectors
)
_INVISIBLE = {code: None for first, last in _INVISIBLE_RANGES for code in range(first, last + 1)}
_TIDY: dict[int, str | None] = {**_HALVED, **_INVISIBLE}
#: Whatever `tidy` may have to change, full-width signs that it leaves alone included.
_UNTIDY_CHARS = f"\\s\uff01-\uff5e{''.join(f'{chr(a)}-{chr(b)}' for a, b in _INVISIBLE_RANGES)}"
_UNTIDY = re.compile(f"[{_UNTIDY_CHARS}]")
#: A text of up to 200 letters that tidying leaves as it is, and that is no error of a formula.
PLAIN_WORDS = re.compile(f"[^{_UNTIDY_CHARS}#][^{_UNTIDY_CHARS}]{{0,199}}")

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\ue000-\uf8ff\uf900-\ufaff\U00020000-\U0003ffff"
#: A name as nearly all are: nothing in it can be tidied, or be wrong.
PLAIN_NAME = re.compile(f"[{_HAN}]{{1,{LONGEST_NAME}}}")
_DOTS = dict.fromkeys(map(ord, "•‧∙⋅・･﹒"), "·")
_STOP_IN_A_NAME = re.compile(f"(?<=[{_HAN}]) ?\\. ?(?=[{_HAN}])")
_SPACE_IN_A_NAME = re.compile(f"(?<=[{_HAN}·]) (?=[{_HAN}·])")
_FORMULA_STARTS = tuple("=+-@|\t")


class NotAName(Refusal):
    """姓名有误: the words cannot be a person's name."""


class NameMissing(NotAName):
    """没有姓名."""


class NameLikeFormula(NotAName):
    """姓名像公式: a spreadsheet would run it."""


class NameWithControls(NotAName):
    """姓名含控制字符."""


class NameTooLong(NotAName):
    """姓名过长."""


class NameOnlyDigits(NotAName):
    """姓名只有数字: a number slipped into the column of names."""


class NumberInWords(Refusal):
    """文字里有号码: words that are kept in clear must not carry a phone, an identity number or a card."""


def tidy(text: str) -> str:
    """整理: no invisible characters or needless spaces; full-width letters and digits made half-width."""
    if not _UNTIDY.search(text):
        return text
    return " ".join(text.translate(_TIDY).split())


def tidy_name(text: str) -> str:
    """整理姓名: “张 三” becomes “张三”, every middle dot becomes “·”; Latin names keep single spaces."""
    if PLAIN_NAME.fullmatch(text):
        return text
    name = tidy(text.translate(_DOTS))
    if name.isascii():
        return name
    return _SPACE_IN_A_NAME.sub("", _STOP_IN_A_NAME.sub("·", name))


def tidy_unit(text: str) -> str:
    """整理单位名称: without spaces; a name in Latin letters alone keeps single ones."""
    name = tidy(text)
    return name if name.isascii() else name.replace(" ", "")


#: A mobile phone, an identity number, a bank card.
NUMBER_IN_WORDS = re.compile(r"(?<![0-9])(1[3-9][0-9]{9}|[0-9]{15,19}[Xx]?)(?![0-9])")


def must_hold_no_number(words: str) -> str:
    """The words as given; raises NumberInWords. For what lies in the database in clear: names of units."""
    if NUMBER_IN_WORDS.search(words):
        raise NumberInWords(_("这一栏里像有电话、身份证号或卡号，请填到对应的栏里"))
    return words


def must_be_a_name(name: str) -> str:
    """The name as given; raises NotAName where it cannot be one. The words never repeat the name."""
    if PLAIN_NAME.fullmatch(name):
        return name
    if not name.strip():
        raise NameMissing(_("没有填写姓名"))
    if name.startswith(_FORMULA_STARTS):
        raise NameLikeFormula(_("姓名不能以 = + - @ | 或制表符开头，请填写真实姓名"))
    if any(unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for char in name):
        raise NameWithControls(_("姓名里有看不见的控制字符，请重新填写"))
    if len(name) > LONGEST_NAME:
        raise NameTooLong(_("姓名超过 %(longest)s 个字，请核对") % {"longest": LONGEST_NAME})
    if name.replace(" ", "").isdecimal():
        raise NameOnlyDigits(_("姓名只有数字，请核对是否填错了列"))
    must_hold_no_number(name)
    return name
