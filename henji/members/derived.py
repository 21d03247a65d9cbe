"""派生栏: what stands beside a closed box in the clear, so that people are found and counted.

No digit of a number stands there: of the last four places there is a blind index of their own, which only
this installation can compute. Of the day of birth only the year is kept.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from henji.evidence.keys import vault
from henji.lib.vault import Vault
from henji.members.defects import defects
from henji.members.spelling import spelled

#: 性别, by GB/T 2261.1.
MALE, FEMALE = 1, 2
#: So many places of a number tell it from most others, and are what people remember of it.
TAIL = 4
#: Four thousand million blind indexes for ten thousand tails: no two of these share one.
_BLIND = 8
#: There are eleven thousand tails of identity numbers, and ten thousand of phones.
_TAILS = 1 << 15
#: Letters alone, so that a test can tell that no digit stands in the columns.
_TO_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


class Derived(NamedTuple):
    """派生栏: empty, or None, is what cannot be told."""

    pinyin: str = ""
    initials: str = ""
    id_tail: str = ""
    phone_tail: str = ""
    sex: int | None = None
    birth_year: int | None = None
    defects: int = 0


#: What stands beside a box that nobody can open.
NOTHING = Derived()


def derived(values: Mapping[str, str]) -> Derived:
    """派生栏 of a person's particulars: “name”, “identity” (18 places) and “phone”."""
    number = values.get("identity", "")
    sex, birth_year = _of_number(number)
    pinyin, initials = spelled(values.get("name", ""))
    tails = id_tail(number), phone_tail(values.get("phone", ""))
    return Derived(pinyin, initials, *tails, sex, birth_year, defects(values))


def id_tail(number: str) -> str:
    """身份证号末四位盲索引 of a number, or of its last places; empty where there are fewer than four."""
    return _blind(vault(), "identity tail", number[-TAIL:].upper()) if len(number) >= TAIL else ""


def phone_tail(phone: str) -> str:
    """手机号末四位盲索引 of a phone, or of its last places; empty where there are fewer than four."""
    return _blind(vault(), "phone tail", phone[-TAIL:]) if len(phone) >= TAIL else ""


@lru_cache(maxsize=_TAILS)
def _blind(box: Vault, kind: str, tail: str) -> str:
    return box.blind(kind, tail)[:_BLIND].translate(_TO_LETTERS)


def _of_number(number: str) -> tuple[int | None, int | None]:
    """Sex and year of birth, as a number of 18 places tells them (GB 11643)."""
    if len(number) != 18 or not number[6:17].isdecimal():
        return None, None
    return MALE if int(number[16]) % 2 else FEMALE, int(number[6:10])
