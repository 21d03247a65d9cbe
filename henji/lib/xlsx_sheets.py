"""新版工作簿: the sheets of an `.xlsx`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import IO

from django.utils.translation import gettext as _

from henji.lib import xlsx_rows
from henji.lib.xlsx_cells import LAST_ROW, Cell, Surroundings, day_styles
from henji.lib.xlsx_merged import Merged, merged_cells
from henji.lib.xlsx_package import Element, Limits, NotAWorkbook, Package, damage_refused

_DIMENSION = re.compile(rb'<dimension ref="[A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}([0-9]{1,7})"')
_BEGINNING = 4096


class XlsxSheets:
    """新版工作簿."""

    def __init__(self, file: IO[bytes], *, limits: Limits) -> None:
        """Judged before anything in it is read. Raises WorkbookRefused."""
        self._package = Package(file, limits=limits)
        self._limits = limits
        with damage_refused():
            self._contents = _contents(self._package)
        self.names = tuple(self._contents.sheets)

    def rows(self, sheet: str) -> Iterator[tuple[int, list[Cell]]]:
        """Every row with content of the sheet; see `xlsx_rows.rows`."""
        part = self._contents.sheets[sheet]
        with damage_refused(), self._package.open(part) as stream:
            yield from xlsx_rows.rows(stream, self._surroundings, self._limits)

    def last_row(self, sheet: str) -> int:
        """As the sheet says of itself at its beginning; many programs do not."""
        with damage_refused(), self._package.open(self._contents.sheets[sheet]) as stream:
            said = _DIMENSION.search(stream.read(_BEGINNING))
        return min(int(said[1]), LAST_ROW) if said else 0

    def merged_cells(self, sheet: str) -> list[Merged]:
        """合并区域 of the sheet that go over several rows; see `xlsx_merged.merged_cells`."""
        with damage_refused(), self._package.open(self._contents.sheets[sheet]) as stream:
            return merged_cells(stream)

    @cached_property
    def _surroundings(self) -> Surroundings:
        strings, styles = self._contents.strings, self._contents.styles
        found: list[str] = []
        if strings:
            with self._package.open(strings) as stream:
                found = xlsx_rows.shared_strings(stream, self._limits)
        days = day_styles(self._package.elements(styles)) if styles else frozenset[str]()
        return Surroundings(found, days, from_1904=self._contents.from_1904)


@dataclass(frozen=True, slots=True)
class _Contents:
    """What a workbook holds: the part of each visible sheet by name, and of what they share."""

    sheets: dict[str, str]
    strings: str | None
    styles: str | None
    from_1904: bool


def _contents(package: Package) -> _Contents:
    main = next((each.target for each in package.relations().values() if each.kind == "officeDocument"), None)
    elements = package.elements(main) if main else []
    if main is None or not elements or elements[0].tag != "workbook":
        raise NotAWorkbook(_("这不是 Excel 表格，看内容是其他文档，请另存为 .xlsx 后再传"))
    related = package.relations(main)
    parts = {each.kind: each.target for each in related.values()}
    shown = {each.attributes["name"]: related[_relation_id(each)] for each in elements if _is_shown(each)}
    if len({relation.target for relation in shown.values()}) < len(shown):
        raise ValueError("two sheets are one part")  # which would be inflated once for each
    return _Contents(
        sheets={name: relation.target for name, relation in shown.items() if relation.kind == "worksheet"},
        strings=parts.get("sharedStrings"),
        styles=parts.get("styles"),
        from_1904=any(each.attributes.get("date1904") in {"1", "true"} for each in elements),
    )


def _is_shown(element: Element) -> bool:
    is_sheet = (element.parent, element.tag) == ("sheets", "sheet")
    return is_sheet and element.attributes.get("state", "visible") == "visible"


def _relation_id(sheet: Element) -> str:
    return next((value for name, value in sheet.attributes.items() if name.endswith(":id")), "")
