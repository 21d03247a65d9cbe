"""统一社会信用代码: the number of an organisation (GB 32100)."""

import re

from django.utils.translation import gettext as _
from stdnum.cn import uscc

from henji.lib.refusals import Refusal
from henji.lib.text import tidy

#: Register and kind may be letters (N2 is a village collective), which python-stdnum's own check of
#: the form does not know; I, O, S, V and Z are never used.
_FORM = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_BETWEEN: dict[int, str | None] = dict.fromkeys(map(ord, " '`’‘-—–"), None)


class NotACreditCode(Refusal):
    """信用代码有误."""


class CreditCodeMissing(NotACreditCode):
    """没有信用代码."""


class CreditCodeWrongLength(NotACreditCode):
    """信用代码位数不对."""


class CreditCodeWrongCharacters(NotACreditCode):
    """信用代码含不用的字符."""


class CreditCodeCheckWrong(NotACreditCode):
    """信用代码校验位不符."""


def normalise(text: str) -> str:
    """The code as registers write it: half-width, capitals, without spaces and dashes."""
    return tidy(text).translate(_BETWEEN).upper()


def must_be_valid(text: str) -> str:
    """The code, normalised; raises NotACreditCode."""
    code = normalise(text)
    if not code:
        raise CreditCodeMissing(_("没有填写统一社会信用代码"))
    if len(code) != 18:
        raise CreditCodeWrongLength(
            _("统一社会信用代码应为 18 位，这里有 %(places)s 位，请核对") % {"places": len(code)}
        )
    if not _FORM.fullmatch(code):
        raise CreditCodeWrongCharacters(
            _("统一社会信用代码只用数字和大写字母，不用 I、O、S、V、Z，第 3 至 8 位是数字，请核对")
        )
    if uscc.calc_check_digit(code) != code[-1]:
        raise CreditCodeCheckWrong(_("统一社会信用代码校验位不符，可能抄错了一位，请核对"))
    return code
