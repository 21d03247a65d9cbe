"""银行文件: files for banks by templates that are data: which columns, under which heads, in which codes."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from typing import Literal, Self, TypeVar

import yaml
from pydantic import Field, model_validator

from henji.lib import workbook
from henji.lib.data import Data
from henji.lib.sheets import XLSX_TYPE

#: Heads and rows.
Sheet = tuple[Sequence[str], Sequence[Sequence[object]]]


@dataclass(frozen=True, slots=True)
class BankFile:
    """银行文件, ready to be handed to the bank."""

    name: str
    content: bytes
    media_type: str


class FileColumn(Data):
    """一列: its head, what stands in it, and the bank's codes for what has only a few values."""

    head: str = Field(min_length=1, max_length=30)
    of: str = Field(min_length=1, max_length=20)
    value: str = ""
    codes: Mapping[str, str] = {}

    def cell(self, told: Mapping[str, str]) -> str:
        """What stands in the column for one row."""
        value = self.value if self.of == "constant" else told[self.of]
        return self.codes.get(value, value)


class FileTemplate(Data):
    """银行模板: what the file is called, and what stands in it."""

    code: str = Field(pattern=r"^[a-z0-9_]{1,40}$")
    version: str = Field(max_length=20)
    name: str = Field(max_length=60)
    label: str = ""
    format: Literal["xlsx", "csv"] = "xlsx"
    encoding: Literal["gb18030", "utf-8-sig"] = "gb18030"
    file_name: str = Field(max_length=100)
    sheet: str = Field("Sheet1", max_length=31)
    columns: tuple[FileColumn, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_a_file(self) -> Self:
        self.file_name.format(**dict.fromkeys(("county", "number", "day", "count"), ""))
        return self

    def file(
        self, told: Sequence[Mapping[str, str]], besides: Mapping[str, Sheet] | None = None, **named: object
    ) -> BankFile:
        """银行文件: one row for each that is told, in the template's columns.

        `besides` are further sheets, where the format has room for them; `named` stands in the file's name.
        """
        heads = [column.head for column in self.columns]
        rows = [[column.cell(one) for column in self.columns] for one in told]
        name = self.file_name.format(**named)
        if self.format == "csv":
            text = StringIO(newline="")
            csv.writer(text).writerows([heads, *rows])
            return BankFile(f"{name}.csv", text.getvalue().encode(self.encoding), "text/csv")
        stream = BytesIO()
        workbook.write_sheets(stream, {self.sheet: (heads, rows), **(besides or {})})
        return BankFile(f"{name}.xlsx", stream.getvalue(), XLSX_TYPE)


T = TypeVar("T", bound=FileTemplate)


def on_shelf(shelf: Path, kind: type[T], *, first: str) -> Mapping[str, T]:
    """The templates on a shelf, one YAML file each, by code; raises ValidationError."""
    found = [
        kind.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        for path in sorted(shelf.glob("*.yaml"))
    ]
    found.sort(key=lambda one: one.code != first)
    return {one.code: one for one in found}
