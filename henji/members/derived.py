"""派生栏: what stands beside a closed box in the clear, so that people are found and counted.

No digit of a number stands there: of the last four places there is a blind index of their own, which only
this installation can compute. Of the day of birth only the year is kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

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
#: There are eleven thousand tails of identity numbers, and ten thousand of phones; words of all kinds may
#: stand where a phone should.
_MOST_TAILS = 1 << 15
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
    return Derived(**{name: column[0] for name, column in derived_columns([values]).items()})


def derived_columns(people: Sequence[Mapping[str, str]]) -> dict[str, Sequence[Any]]:
    """派生栏 of many people, column by column under the names that `Derived` gives them."""
    names, numbers, phones = (
        [values.get(field, "") for values in people] for field in ("name", "identity", "phone")
    )
    spellings = list(map(spelled, names))
    told = list(map(_of_number, numbers))
    return {
        "pinyin": [pinyin for pinyin, _initials in spellings],
        "initials": [initials for _pinyin, initials in spellings],
        "id_tail": id_tails(numbers),
        "phone_tail": phone_tails(phones),
        "sex": [sex for sex, _year in told],
        "birth_year": [year for _sex, year in told],
        "defects": list(map(defects, people)),
    }


def id_tails(numbers: Iterable[str]) -> list[str]:
    """身份证号末四位盲索引 of numbers, or of their last places; empty where there are fewer than four."""
    return _tails("identity tail").of([number.upper() for number in numbers])


def phone_tails(phones: Iterable[str]) -> list[str]:
    """手机号末四位盲索引 of phones, or of their last places; empty where there are fewer than four."""
    return _tails("phone tail").of(phones)


def id_tail(number: str) -> str:
    """身份证号末四位盲索引 of one number, or of its last places."""
    return id_tails([number])[0]


def phone_tail(phone: str) -> str:
    """手机号末四位盲索引 of one phone, or of its last places."""
    return phone_tails([phone])[0]


def _tails(kind: str) -> "_Tails":
    return _tails_by(vault(), kind)


class _Tails:
    """末四位盲索引 of one kind, each worked out once: a roster repeats them."""

    def __init__(self, box: Vault, kind: str) -> None:
        self._box = box
        self._kind = kind
        self._known = {"": ""}

    def of(self, texts: Iterable[str]) -> list[str]:
        """The blind index of the last four places of each."""
        tails = [text[-TAIL:] if len(text) >= TAIL else "" for text in texts]
        if len(self._known) > _MOST_TAILS:
            self._known = {"": ""}
        if fresh := list(set(tails) - self._known.keys()):
            self._learn(fresh)
        return [self._known[tail] for tail in tails]

    def _learn(self, fresh: list[str]) -> None:
        blind = self._box.blind_all(self._kind, fresh)
        self._known |= {
            tail: index[:_BLIND].translate(_TO_LETTERS) for tail, index in zip(fresh, blind, strict=True)
        }


@lru_cache(maxsize=8)
def _tails_by(box: Vault, kind: str) -> _Tails:
    return _Tails(box, kind)


def _of_number(number: str) -> tuple[int | None, int | None]:
    """Sex and year of birth, as a number of 18 places tells them (GB 11643)."""
    if len(number) != 18 or not number[6:17].isdecimal():
        return None, None
    return MALE if int(number[16]) % 2 else FEMALE, int(number[6:10])
