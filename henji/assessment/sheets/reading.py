"""读入标准工作簿: from the cells to a standard, and from what is wrong to a sentence about a cell."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from henji.assessment import reading
from henji.assessment.schema import Standard
from henji.assessment.sheets import cells
from henji.assessment.sheets.layout import (
    ABOUT,
    ABOUT_COLUMNS,
    ABOUT_ROWS,
    ALL_PARAMETERS,
    BELOW,
    GRADE_COLUMNS,
    GRADES,
    ITEM_KINDS,
    LEVELS,
    PARAMETERS,
    PART_COLUMNS,
    PARTS,
    RULE_KINDS,
    SUMS,
    UNIT_TYPE_COLUMNS,
    UNIT_TYPES,
    VETO_COLUMNS,
    VETOES,
)
from henji.assessment.sheets.rows import Fault, Row, WorkbookUnsound, rows_of
from henji.lib.refusals import Refusal
from henji.lib.spreadsheet import open_book

_Parse = Callable[[str], Any]
#: Where each value of the data stands: the way to it, as pydantic names it without the kinds of rules.
_Way = tuple[int | str, ...]

_ABOUT_PARSED: Mapping[str, _Parse] = {
    "excerpt": cells.YES_OR_NO,
    "subject_level": cells.chosen(LEVELS),
    "graded_on": cells.chosen(SUMS),
    "ranking": cells.sums_and_items,
}
_PARAMETERS_PARSED: Mapping[str, _Parse] = {
    "bands": cells.bands,
    "target": cells.target,
    "below": cells.chosen(BELOW),
    "each": cells.each,
    "begun": cells.YES_OR_NO,
    "levels": cells.rungs,
}


def read(source: IO[bytes]) -> Standard:
    """读入标准工作簿: the standard in the workbook.

    Raises WorkbookRefused where the file is none that can be read, and WorkbookUnsound with one fault for
    each wrong cell where what it says does not hold together.
    """
    draft = _Draft()
    with open_book(source) as book:
        for sheet, columns, take in (
            (ABOUT, ABOUT_COLUMNS, _take_about),
            (PARTS, PART_COLUMNS, _take_parts),
            (GRADES, GRADE_COLUMNS, _take_grades),
            (VETOES, VETO_COLUMNS, _take_vetoes),
            (UNIT_TYPES, UNIT_TYPE_COLUMNS, _take_unit_types),
        ):
            needed = sheet in (ABOUT, PARTS)
            take(draft, list(rows_of(book, sheet, columns, needed=needed)))
    return draft.standard()


@dataclass(slots=True)
class _Draft:
    """What has been read so far: the data, where each value stands, and what is wrong."""

    data: dict[str, Any] = field(default_factory=dict)
    places: dict[_Way, tuple[Row, str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def take(self, into: dict[Any, Any], way: _Way, row: Row, column: str, parse: _Parse) -> None:
        """Put what the cell says under the last step of the way; an empty cell has its place all the same."""
        self.places[way] = row, column
        self.faults.extend(row.faults_in(column))
        words = row.words(column)
        if not words:
            return
        try:
            into[way[-1]] = parse(words)
        except Refusal as refusal:
            self.refuse(row, column, refusal.words)

    def refuse(self, row: Row, column: str, words: str) -> None:
        """Note what is wrong with a cell."""
        self.faults.append(row.fault(column, words))

    def standard(self) -> Standard:
        """The standard; raises WorkbookUnsound, which tells of each cell what was found first."""
        try:
            standard = Standard.model_validate(self.data)
        except ValidationError as error:
            for wrong in error.errors(include_url=False):
                self.faults.append(self._fault(wrong["loc"], reading.fault_in_words(wrong)))
            raise WorkbookUnsound(self.faults) from None
        if self.faults:
            raise WorkbookUnsound(self.faults)
        return standard

    def _fault(self, loc: tuple[int | str, ...], words: str) -> Fault:
        """The fault at the cell that the way leads to, or nearest to it; kinds of rules are passed over."""
        way: _Way = ()
        for step in loc:
            longer = (*way, step)
            if any(place[: len(longer)] == longer for place in self.places):
                way = longer
        near = [way[:length] for length in range(len(way), 0, -1) if way[:length] in self.places]
        if not near:
            return Fault("", 0, "", words)
        row, column = self.places[near[0]]
        return row.fault(column, words)


def _as_it_stands(words: str) -> str:
    return words


def _take_about(draft: _Draft, rows: list[Row]) -> None:
    keys = {word: key for key, word in ABOUT_ROWS.items()}
    for row in rows:
        key = keys.get(row.words("key"))
        if key is None:
            draft.refuse(row, "key", _("没有这个名目，请照模板填写"))
        elif (key,) in draft.places:
            draft.refuse(row, "key", _("写了两次"))
        else:
            draft.take(draft.data, (key,), row, "value", _ABOUT_PARSED.get(key, _as_it_stands))


def _take_grades(draft: _Draft, rows: list[Row]) -> None:
    draft.data["grades"] = [_taken(draft, ("grades", n), row, ("name", "min")) for n, row in enumerate(rows)]
    if rows:
        draft.places["grades",] = rows[0], "name"


def _take_vetoes(draft: _Draft, rows: list[Row]) -> None:
    keys = ("code", "name", "demand", "not_above", "barred", "zero_item", "source")
    draft.data["vetoes"] = [
        _taken(draft, ("vetoes", n), row, keys, barred=cells.YES_OR_NO) for n, row in enumerate(rows)
    ]


def _take_unit_types(draft: _Draft, rows: list[Row]) -> None:
    draft.data["unit_types"] = [
        _taken(draft, ("unit_types", n), row, ("code", "name", "levels"), levels=cells.levels_of_unions)
        for n, row in enumerate(rows)
    ]


def _taken(draft: _Draft, way: _Way, row: Row, keys: tuple[str, ...], **parsed: _Parse) -> dict[str, Any]:
    told: dict[str, Any] = {}
    draft.places[way] = row, keys[0]
    for key in keys:
        draft.take(told, (*way, key), row, key, parsed.get(key, _as_it_stands))
    return told


# Items and parts

_ITEM = {
    "name": ("item_name", _as_it_stands),
    "kind": ("item_kind", cells.chosen(ITEM_KINDS)),
    "points": ("item_points", _as_it_stands),
    "unit_types": ("item_unit_types", cells.names),
}


def _take_parts(draft: _Draft, rows: list[Row]) -> None:
    items: list[dict[str, Any]] = []
    for group in _together(rows, "item"):
        way: _Way = ("items", len(items))
        items.append(_item(draft, way, group))
    draft.data["items"] = items
    if rows:
        draft.places["items",] = rows[0], "item"


def _together(rows: list[Row], column: str) -> Iterator[list[Row]]:
    """Rows under one code: those that follow the one that names it, and name it again or nothing."""
    group: list[Row] = []
    for row in rows:
        code = row.words(column)
        if group and code and code != group[0].words(column):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _item(draft: _Draft, way: _Way, rows: list[Row]) -> dict[str, Any]:
    first = rows[0]
    item: dict[str, Any] = {}
    draft.places[way] = first, "item_points"
    draft.take(item, (*way, "code"), first, "item", _as_it_stands)
    for key, (column, parse) in _ITEM.items():
        draft.take(item, (*way, key), first, column, parse)
        _must_agree(draft, rows, column)
    capped: dict[str, str] = {}
    draft.take(capped, (*way, "rule"), first, "capped", cells.YES_OR_NO)
    if capped.get("rule") == "true":
        item["rule"] = {"kind": "bonus"}
    item["parts"] = [
        _part(draft, (*way, "parts", n), group) for n, group in enumerate(_parts_of(draft, rows))
    ]
    return item


def _must_agree(draft: _Draft, rows: list[Row], column: str) -> None:
    said = rows[0].words(column)
    for row in rows[1:]:
        if row.words(column) and row.words(column) != said:
            words = _("同一项目的第 %(row)s 行写的是“%(said)s”，请写成一样")
            draft.refuse(row, column, words % {"row": rows[0].number, "said": said[:40]})


def _parts_of(draft: _Draft, rows: list[Row]) -> Iterator[list[Row]]:
    """The rows of each part: one, or one for each type of unit."""
    for row in rows:
        if not row.words("part"):
            draft.refuse(row, "part", _("没有填写"))
    return _together(rows, "part")


_PART = {
    "code": _as_it_stands,
    "name": _as_it_stands,
    "demand": _as_it_stands,
    "evidence": cells.evidence,
    "source": _as_it_stands,
}


def _part(draft: _Draft, way: _Way, rows: list[Row]) -> dict[str, Any]:
    first = rows[0]
    part: dict[str, Any] = {}
    draft.places[way] = first, "rule"
    for key, parse in _PART.items():
        column = "part" if key == "code" else key
        draft.take(part, (*way, key), first, column, parse)
    if first.words("unit_type"):
        _by_unit_type(draft, way, part, rows)
        return part
    for row in rows[1:]:
        draft.refuse(row, "part", _("这个评分点写了两行；不同单位分开写时，请填“单位类型”"))
    draft.take(part, (*way, "points"), first, "points", _as_it_stands)
    draft.take(part, (*way, "figure"), first, "figure", _as_it_stands)
    part["rule"] = _rule(draft, (*way, "rule"), first)
    return part


def _by_unit_type(draft: _Draft, way: _Way, part: dict[str, Any], rows: list[Row]) -> None:
    """The part's columns; its points are the most that one of them gives."""
    columns: dict[str, Any] = {}
    figures: dict[str, Any] = {}
    draft.places[*way, "points"] = rows[0], "points"
    for row in rows:
        code = row.words("unit_type")
        if not code or code in columns:
            draft.refuse(row, "unit_type", _("每类单位写一行，不能不写，也不能写两次"))
            continue
        column: dict[str, Any] = {}
        at = (*way, "rule", "columns", code)
        draft.places[at] = row, "unit_type"
        draft.take(column, (*at, "points"), row, "points", _as_it_stands)
        column["rule"] = _rule(draft, (*at, "rule"), row)
        columns[code] = column
        draft.take(figures, (*way, "figures", code), row, "figure", _as_it_stands)
    part["rule"] = {"kind": "by_unit_type", "columns": columns}
    part["points"] = max((column.get("points", "0") for column in columns.values()), key=_size, default="0")
    if len(figures) == len(columns) and len(set(figures.values())) == 1:
        part["figure"] = next(iter(figures.values()))
    else:
        part["figures"] = figures


def _size(points: str) -> float:
    try:
        return float(points)
    except ValueError:
        return 0


def _rule(draft: _Draft, way: _Way, row: Row) -> dict[str, Any]:
    rule: dict[str, Any] = {}
    draft.take(rule, (*way, "kind"), row, "rule", cells.chosen(RULE_KINDS))
    draft.places[way] = row, "rule"
    kind = rule.get("kind")
    if kind is None:
        if not row.words("rule"):
            draft.refuse(row, "rule", _("没有填写"))
        return rule
    for column in ALL_PARAMETERS:
        if column in PARAMETERS[kind]:
            _take_parameter(draft, rule, way, row, column)
        elif row.words(column):
            words = _("“%(rule)s”不用这一栏，请清空，或改计分办法")
            draft.refuse(row, column, words % {"rule": RULE_KINDS[kind]})
    return rule


def _take_parameter(draft: _Draft, rule: dict[str, Any], way: _Way, row: Row, column: str) -> None:
    if column != "minimum":
        draft.take(rule, (*way, column), row, column, _PARAMETERS_PARSED.get(column, _as_it_stands))
        return
    told: dict[str, Any] = {}
    draft.take(told, (*way, "minimum"), row, column, cells.minimum)
    if told:
        rule |= told["minimum"] if rule["kind"] == "threshold" else {"minimum": told["minimum"]["minimum"]}
