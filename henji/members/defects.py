"""缺项: what lacks in a person's particulars, as a number whose bits stand in the clear beside the box.

A record is a valid one (合格记录) when nothing lacks in it: the number, a phone of eleven digits, a union, an
employer that the records know, a day of joining. The last two belong to the membership, and are looked up
there. A number held twice cannot be: the database refuses it. Source: Beijing's rule on member records of
2012, by which records with a number that is wrong or held twice, or with a field missing, do not count.
"""

import re
from collections.abc import Mapping
from enum import IntFlag

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_NUMBER_PLACES = 18


class Defect(IntFlag):
    """缺项 of a person's particulars."""

    NO_PHONE = 1
    ODD_PHONE = 2
    ODD_NUMBER = 4


#: How each is called, and by which word a list is asked for it.
SPOKEN: Mapping[str, tuple[Defect, Promise]] = {
    "phone": (Defect.NO_PHONE, _("没有手机号")),
    "odd_phone": (Defect.ODD_PHONE, _("手机号有误")),
    "number": (Defect.ODD_NUMBER, _("身份证号有误")),
}


def defects(values: Mapping[str, str]) -> int:
    """缺项 of a person's particulars: “identity” (18 places) and “phone”; 0 where nothing lacks."""
    phone = values.get("phone", "")
    found = 0
    if not phone:
        found = 1
    elif not _MOBILE.fullmatch(phone):
        found = 2
    return found if len(values.get("identity", "")) == _NUMBER_PLACES else found | 4
