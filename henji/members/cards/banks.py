"""银行模板: what a bank wants its file to look like and how it answers, as data; another is another file.

The templates lie in `shelf/banks/`, one YAML file each, named by its code.
"""

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import Field, model_validator

from henji.lib import bank_files
from henji.lib.bank_files import FileColumn, FileTemplate
from henji.lib.data import Data

SHELF = Path(__file__).resolve().parent / "shelf" / "banks"
REFERENCE = "reference"

#: What stands in a column of the file.
Of = Literal["ordinal", "unit", "name", "identity", "phone", "sex", "birth", "batch", "constant"]
#: What the bank says of a card.
Outcome = Literal["made", "refused", "activated"]


class BankColumn(FileColumn):
    """一列: its head, what stands in it, and the bank's codes for what has only a few values."""

    of: Of


class UnitPath(Data):
    """单位名称: the unions above an employer, from one level on, stand before its name."""

    separator: str = Field("-", max_length=3)
    first: Literal["province", "city", "county", "township"] = Field("county", alias="from")


class Returns(Data):
    """回盘: the heads under which the bank answers, and its words for what it did."""

    identity: tuple[str, ...] = Field(min_length=1)
    name: tuple[str, ...] = ()
    card: tuple[str, ...] = Field(min_length=1)
    outcome: tuple[str, ...] = ()
    reason: tuple[str, ...] = ()
    made: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    activated: frozenset[str] = frozenset()
    digits: tuple[int, int] = (16, 19)
    luhn: bool = False

    def outcome_of(self, words: str, card: str) -> Outcome | None:
        """结果: what the words mean; where there are none, a card number means that the card was made."""
        if not words:
            return "made" if card else None
        meant: Mapping[Outcome, frozenset[str]] = {
            "made": self.made,
            "refused": self.refused,
            "activated": self.activated,
        }
        return next((outcome for outcome, known in meant.items() if words in known), None)


class BankTemplate(FileTemplate):
    """银行模板."""

    unit: UnitPath = UnitPath()
    columns: tuple[BankColumn, ...] = Field(min_length=1)
    returns: Returns

    @model_validator(mode="after")
    def _asks_for_the_person(self) -> Self:
        asked = {column.of for column in self.columns}
        if not {"name", "identity", "phone"} <= asked:
            raise ValueError("a bank's file holds name, identity and phone")
        return self


def read(text: str) -> BankTemplate:
    """The template that the text describes; raises ValidationError."""
    return BankTemplate.model_validate(yaml.safe_load(text))


@functools.cache
def templates() -> Mapping[str, BankTemplate]:
    """银行模板 on the shelf, by code; the reference first."""
    return bank_files.on_shelf(SHELF, BankTemplate, first=REFERENCE)
