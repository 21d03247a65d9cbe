"""写出标准工作簿."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import IO

from henji.assessment.schema import Item, Part, Standard, Veto
from henji.assessment.scoring.kinds import (
    Bonus,
    ByUnitType,
    CountAgainstTarget,
    DeductEach,
    DeductPerPoints,
    Levels,
    PerOccurrence,
    PlainRule,
    Threshold,
    Tiers,
)
from henji.assessment.sheets import cells
from henji.assessment.sheets.layout import (
    ABOUT,
    ABOUT_COLUMNS,
    ABOUT_ROWS,
    BELOW,
    GRADE_COLUMNS,
    GRADES,
    HELP,
    ITEM_KINDS,
    LEVELS,
    NOTES,
    PART_COLUMNS,
    PARTS,
    RULE_KINDS,
    SUMS,
    UNIT_TYPE_COLUMNS,
    UNIT_TYPES,
    VETO_COLUMNS,
    VETOES,
    YES,
)
from henji.lib import workbook
from henji.lib.columns import Column

_Row = Mapping[str, object]


def write(standard: Standard, stream: IO[bytes]) -> None:
    """标准工作簿: write the standard as a workbook that `reading.read` reads back to an equal one."""
    sheets = {
        ABOUT: _sheet(ABOUT_COLUMNS, _about(standard)),
        PARTS: _sheet(PART_COLUMNS, _parts(standard)),
        GRADES: _sheet(GRADE_COLUMNS, ({"name": one.name, "min": one.min} for one in standard.grades)),
        VETOES: _sheet(VETO_COLUMNS, map(_veto, standard.vetoes)),
        UNIT_TYPES: _sheet(UNIT_TYPE_COLUMNS, _unit_types(standard)),
    }
    notes: tuple[Sequence[str], Sequence[Sequence[object]]] = ([NOTES], [[words] for words in HELP])
    workbook.write_sheets(stream, {**sheets, NOTES: notes})


def _sheet(columns: Sequence[Column], rows: Iterable[_Row]) -> tuple[list[str], list[list[object]]]:
    return (
        [column.heads[0] for column in columns],
        [[_number(row.get(column.name)) for column in columns] for row in rows],
    )


def _number(value: object) -> object:
    """Points as plain numbers, that a sheet can add up."""
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value


def _about(standard: Standard) -> Iterator[_Row]:
    told: dict[str, object] = {
        "code": standard.code,
        "version": standard.version,
        "name": standard.name,
        "label": standard.label,
        "excerpt": cells.yes_or_no(standard.excerpt),
        "subject_level": LEVELS[standard.subject_level],
        "base_total": standard.base_total,
        "bonus_cap": standard.bonus_cap,
        "graded_on": SUMS[standard.graded_on],
        "ranking": "、".join(SUMS.get(name, name) for name in standard.ranking),
    }
    return ({"key": word, "value": told[key]} for key, word in ABOUT_ROWS.items())


def _veto(veto: Veto) -> _Row:
    return veto.model_dump(exclude={"barred"}) | {"barred": YES if veto.barred else None}


def _unit_types(standard: Standard) -> Iterator[_Row]:
    for unit_type in standard.unit_types:
        levels = "、".join(LEVELS[level] for level in unit_type.levels)
        yield {"code": unit_type.code, "name": unit_type.name, "levels": levels}


def _parts(standard: Standard) -> Iterator[_Row]:
    for item in standard.items:
        for part in item.parts:
            for row in _rows_of(part):
                yield _item(item) | row


def _item(item: Item) -> dict[str, object]:
    return {
        "item": item.code,
        "item_name": item.name,
        "item_kind": ITEM_KINDS[item.kind],
        "item_points": item.points,
        "capped": YES if isinstance(item.rule, Bonus) else None,
        "item_unit_types": "、".join(item.unit_types),
    }


def _rows_of(part: Part) -> Iterator[dict[str, object]]:
    """The part's row; under `by_unit_type` one for each type of unit."""
    told: dict[str, object] = {
        "part": part.code,
        "name": part.name,
        "demand": part.demand,
        "evidence": cells.evidence_told(part.evidence),
        "source": part.source,
    }
    if not isinstance(part.rule, ByUnitType):
        yield told | {"points": part.points, "figure": part.figure} | _rule(part.rule)
        return
    for code, column in part.rule.columns.items():
        figure = part.figures.get(code, part.figure)
        yield told | {"unit_type": code, "points": column.points, "figure": figure} | _rule(column.rule)


def _rule(rule: PlainRule) -> dict[str, object]:
    return {"rule": RULE_KINDS[rule.kind]} | _parameters(rule)


def _parameters(rule: PlainRule) -> dict[str, object]:
    match rule:
        case Threshold():
            sign = "≥" if rule.operator == ">=" else ">"
            return {"minimum": f"{sign}{cells.percent(rule.minimum)}"}
        case Tiers():
            return {"bands": cells.bands_told(rule.bands)}
        case DeductPerPoints():
            return {
                "minimum": f"≥{cells.percent(rule.minimum)}",
                "minus": rule.minus,
                "every": rule.every,
                "begun": cells.yes_or_no(rule.begun),
            }
        case CountAgainstTarget():
            return {
                "target": cells.target_told(rule.target),
                "below": BELOW[rule.below],
                "bands": cells.bands_told(rule.bands) if rule.bands else None,
            }
        case Levels():
            return {"levels": cells.rungs_told(rule)}
        case PerOccurrence():
            return {"each": cells.each_told(rule.each), "beyond": rule.beyond or None}
        case DeductEach():
            return {"each": cells.each_told(rule.each)}
    return {}
