"""名册所载: what the rows of a roster say, each judged by itself and column by column."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import compress
from typing import Any, NamedTuple, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.evidence.keys import vault
from henji.lib import tongues
from henji.lib.identity import IdentityNumber, must_be_valid
from henji.lib.refusals import Refusal
from henji.members import queries, rules
from henji.members.details import PHONE, TOLD, Detail
from henji.members.roster import COLUMNS, INCOMPLETE
from henji.members.rules import Place, ToldTerm
from henji.work.intake import Rows

T = TypeVar("T")

_MOBILE_DIGITS = 11
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DETAILS = tuple(detail.name for detail in TOLD)
_SEX = gettext_lazy("性别与身份证号不符")
_BIRTH = gettext_lazy("出生日期与身份证号不符")
_PHONE = gettext_lazy("手机号不是 11 位")
_START = gettext_lazy("入会日期早于出生日期")
_MONTH = gettext_lazy("入会日期没有写到日，先按日期不详登记")


class Told(NamedTuple):
    """名册一行: what it says of a person. `likeness` is equal for rows that say the same.

    `hint` is what does not fit together in it, `hint_in` the column; it does not keep the row out.
    """

    number: int
    blind: str
    values: Mapping[str, str]
    term: ToldTerm
    likeness: str
    hint: str
    hint_in: str


class Bad(NamedTuple):
    """退回的行: beside which column, and why."""

    number: int
    field: str
    reason: str


def told_by(
    rows: Rows, place_of: Callable[[str, str], Place | None], *, today: date
) -> tuple[list[Told], list[Bad]]:
    """读懂各行: what they say, and those that come back. `place_of` is that of the county's `Units`."""
    read = _Read.of(rows, place_of, today)
    bad = read.bad()
    good = read.without(bad) if bad else read
    return good.told(), [Bad(rows.numbers[at], *why) for at, why in sorted(bad.items())]


class _Read(NamedTuple):
    """What the cells of the rows mean; in the place of what does not hold stands the refusal."""

    rows: Rows
    documents: Sequence[Refusal | None]
    whos: Sequence[Any]
    lefts: Sequence[Any]
    places: Sequence[Any]

    @classmethod
    def of(cls, rows: Rows, place_of: Callable[[str, str], Place | None], today: date) -> "_Read":
        values = rows.values
        units = zip(_words(values["unit"]), _words(values["unit_code"]), strict=True)
        return cls(
            rows,
            _each(rules.must_be_resident, _words(values["document"])),
            [_tried(partial(must_be_valid, today=today), number) for number in values["identity"]],
            _each(rules.has_left, _words(values["standing"])),
            _each(lambda pair: place_of(*pair), list(units)),
        )

    def bad(self) -> dict[int, tuple[str, str]]:
        """Of each row that does not hold: beside which column, and why."""
        found: dict[int, tuple[str, str]] = {}
        for name, judged in zip(("document", "identity", "standing", "unit"), self[1:], strict=True):
            if any(issubclass(kind, Refusal) for kind in set(map(type, judged))):
                for at, each in enumerate(judged):
                    if isinstance(each, Refusal):
                        found.setdefault(at, (name, each.words))
        return found

    def without(self, bad: Mapping[int, object]) -> "_Read":
        kept = [at not in bad for at in range(len(self.rows))]
        return _Read(self.rows.without(bad), *(list(compress(judged, kept)) for judged in self[1:]))

    def told(self) -> list[Told]:
        """What the rows say, where all of them hold."""
        numbers = [who.number for who in self.whos]
        terms = list(map(ToldTerm, self.places, *self._days()))
        hints = self._hints()
        return list(
            map(
                Told,
                self.rows.numbers,
                queries.blind_identities(numbers),
                self._values(numbers),
                terms,
                self._likenesses(numbers, terms),
                [words for words, _column in hints],
                [column for _words, column in hints],
            )
        )

    def _days(self) -> tuple[Sequence[date | None], Sequence[bool], Sequence[date | None], Sequence[str]]:
        values = self.rows.values
        starts = [None if day is INCOMPLETE else day for day in values["start_on"]]
        ends = [day if left else None for day, left in zip(values["left_on"], self.lefts, strict=True)]
        return starts, self.lefts, ends, _each(rules.kept_standing, _words(values["standing"]))

    def _values(self, numbers: Sequence[str]) -> list[dict[str, str]]:
        told = {"name": self.rows.values["name"], "identity": numbers}
        told |= {name: self.rows.values[name] for name in _DETAILS if any(self.rows.values[name])}
        across = zip(*told.values(), strict=True)
        if all(map(all, told.values())):
            return [dict(zip(told, row, strict=True)) for row in across]
        return [{name: words for name, words in zip(told, row, strict=True) if words} for row in across]

    def _likenesses(self, numbers: Sequence[str], terms: Sequence[ToldTerm]) -> list[str]:
        values = self.rows.values
        said: tuple[Iterable[str], ...] = (
            values["name"],
            numbers,
            *(_words(values[name]) for name in _DETAILS),
            _each(_where, self.places),
            *(_each(str, column) for column in zip(*(term[1:4] for term in terms), strict=True)),
        )
        if not terms:
            return []
        # A row that tells of no standing is like what it was before rosters told of any.
        standings = (f"|{term.standing}" if term.standing else "" for term in terms)
        told = map("|".join, zip(*said, strict=True))
        return vault().blind_all("roster row", map("".join, zip(told, standings, strict=True)))

    def _hints(self) -> list[tuple[str, str]]:
        """Of each row what does not fit together in it, and in which column that is."""
        doubts: list[list[tuple[str, Promise | str]]] = [[] for _row in self.rows.numbers]
        for at, column, words in self._doubts():
            doubts[at].append((column, words))
        for at, columns in enumerate(self.rows.filled):
            if columns:
                doubts[at].append((columns[0], _from_above(columns)))
        between = _("；")
        return [
            (between.join(str(words) for _column, words in each), each[0][0]) if each else ("", "")
            for each in doubts
        ]

    def _doubts(self) -> Iterable[tuple[int, str, Promise | str]]:
        values, whos = self.rows.values, self.whos
        for column, of_column in _DOUBTS.items():
            for at, (told, who) in enumerate(zip(values[column], whos, strict=True)):
                if told and (words := of_column(told, who)):
                    yield at, column, words
        for detail in TOLD:
            if strange := _strange(detail, values[detail.name]):
                odd = _("%(label)s“%(words)s”不认识，按原文登记")
                for at, told in enumerate(values[detail.name]):
                    if told in strange:
                        yield at, detail.name, odd % {"label": detail.label, "words": told[:20]}


def _strange(detail: Detail, cells: Sequence[str | None]) -> set[str]:
    """Words that are no code where one is expected, and no day where one is."""
    if not (detail.codes or detail.is_day) or not any(cells):
        return set()
    told = {cell for cell in set(cells) if cell}
    if detail.codes:
        return {words for words in told if not detail.codes.knows(words)}
    return {words for words in told if not _DAY.fullmatch(words)}


def _doubt_of_sex(told: str, who: IdentityNumber) -> Promise | None:
    return _SEX if told[0] in "男女" and told[0] != who.sex else None


def _doubt_of_birth(told: date, who: IdentityNumber) -> Promise | None:
    return _BIRTH if told != who.birth_on else None


def _doubt_of_phone(told: str, _who: IdentityNumber) -> Promise | None:
    return _PHONE if len(told) != _MOBILE_DIGITS else None


def _doubt_of_start(told: Any, who: IdentityNumber) -> Promise | None:
    if told is INCOMPLETE:
        return _MONTH
    return _START if told < who.birth_on else None


_DOUBTS: Mapping[str, Callable[[Any, IdentityNumber], Promise | None]] = {
    "sex": _doubt_of_sex,
    "birth_on": _doubt_of_birth,
    PHONE.name: _doubt_of_phone,
    "start_on": _doubt_of_start,
}


def _words(cells: Sequence[str | None]) -> Sequence[str]:
    # Most columns that there may be are not in the sheet.
    return [cell or "" for cell in cells] if any(cells) else [""] * len(cells)


def _each(judge: Callable[[Any], T], cells: Sequence[Any]) -> list[Any]:
    """What becomes of each of the cells, or why it does not hold; asked once for those that are equal."""
    found = {cell: _tried(judge, cell) for cell in set(cells)}
    return list(map(found.__getitem__, cells))


def _tried(judge: Callable[[Any], T], cell: Any) -> T | Refusal:
    try:
        return judge(cell)
    except Refusal as refusal:
        return refusal


def _where(place: Place | None) -> str:
    return f"{place.union}|{place.employer}|{place.named}" if place else ""


def _from_above(columns: Sequence[str]) -> str:
    """注明: that the columns got their value from a merged cell above."""
    labels = tongues.listed(column.label for column in COLUMNS if column.name in columns)
    return _("%(labels)s取自上方的合并单元格") % {"labels": labels}
