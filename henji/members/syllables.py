"""拆音: how letters that somebody types may be meant: whole syllables, their beginnings, initials, mixed."""

from collections.abc import Iterator
from functools import cache, lru_cache

from henji.members.spelling import syllables

#: So many readings are tried, those of fewest syllables first.
MOST = 4
#: Nobody types more of a name.
LONGEST = 40
#: What keyboards write for ü, and what stands between syllables.
_PLAIN = str.maketrans({"ü": "v", "'": " ", "’": " ", "-": " "})
#: What passports write for it.
_PASSPORTS = {"lyu": "lv", "nyu": "nv", "lyue": "lve", "nyue": "nve"}

#: One reading of what was typed: syllables and beginnings of syllables, in the order of the name.
Units = tuple[str, ...]


def readings(typed: str) -> tuple[Units, ...]:
    """拆音: “wangxm” → (“wang”, “x”, “m”), (“wan”, “g”, “x”, “m”), …; none where it is no pinyin.

    What is a whole syllable and not the last one is meant as that syllable; anything else as a beginning.
    """
    letters = " ".join(typed.lower().translate(_PLAIN).split())
    if len(letters) > LONGEST or not letters.isascii() or not letters.replace(" ", "").isalpha():
        return ()
    return _parted(letters)


@lru_cache(maxsize=4096)
def _parted(letters: str) -> tuple[Units, ...]:
    """The best readings; those of the rest of the letters are worked out once for each place."""
    best: list[list[Units]] = [[] for _place in letters] + [[()]]
    for place in reversed(range(len(letters))):
        if letters[place] == " ":
            best[place] = best[place + 1]
            continue
        found = {(unit, *rest) for end, unit in _units(letters, place) for rest in best[end]}
        best[place] = sorted(found, key=_rank)[:MOST]
    return tuple(best[0])


def _rank(units: Units) -> tuple[int, list[int]]:
    return len(units), [-len(unit) for unit in units]


def _units(letters: str, place: int) -> Iterator[tuple[int, str]]:
    """What may stand at the place, with where it ends."""
    for end in range(place + 1, min(place + _longest(), len(letters)) + 1):
        unit = _PASSPORTS.get(letters[place:end], letters[place:end])
        if unit.endswith(" "):
            return
        is_last = letters[end : end + 1].strip() == ""
        if unit in _initials() or unit in syllables() or (is_last and unit in _beginnings()):
            yield end, unit


@cache
def _longest() -> int:
    return max(map(len, syllables()))


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(one[:length] for one in syllables() for length in range(1, len(one) + 1))


@cache
def _initials() -> frozenset[str]:
    return frozenset({one[0] for one in syllables()} | {"zh", "ch", "sh"})
