"""银行模板: how a bank wants to be told whom to pay, and how it answers, as data; another is another file.

The templates lie in `shelf/banks/`, one YAML file each, named by its code.
"""

import functools
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Literal, Self

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from henji.lib import bank_files
from henji.lib.bank_files import BankFile, FileTemplate
from henji.lib.data import Data
from henji.lib.refusals import Refusal
from henji.mutual_aid.cases.models import PaymentBatch

__all__ = ["BankFile", "Outcome", "PaymentTemplate", "file_of", "must_be_a_template", "templates"]

SHELF = Path(__file__).resolve().parent / "shelf" / "banks"
REFERENCE = "reference"

#: What the bank says of a payment.
Outcome = Literal["paid", "failed"]


class TemplateUnknown(Refusal):
    """没有这个银行模板."""


class Returns(Data):
    """回盘: the heads under which the bank answers, and its words for what it did."""

    voucher: tuple[str, ...] = Field(min_length=1)
    amount: tuple[str, ...] = ()
    outcome: tuple[str, ...] = Field(min_length=1)
    reason: tuple[str, ...] = ()
    paid: frozenset[str] = Field(min_length=1)
    failed: frozenset[str] = Field(min_length=1)

    def outcome_of(self, words: str) -> Outcome | None:
        """结果: what the words mean; None where the template does not know them."""
        if words in self.paid:
            return "paid"
        return "failed" if words in self.failed else None


class PaymentTemplate(FileTemplate):
    """付款模板."""

    returns: Returns

    @model_validator(mode="after")
    def _says_whom_to_pay(self) -> Self:
        asked = {column.of for column in self.columns}
        if not {"voucher", "holder", "card", "amount"} <= asked:
            raise ValueError("a payment file holds voucher, holder, card and amount")
        return self


@functools.cache
def templates() -> Mapping[str, PaymentTemplate]:
    """银行模板 on the shelf, by code; the reference first."""
    return bank_files.on_shelf(SHELF, PaymentTemplate, first=REFERENCE)


def must_be_a_template(code: str) -> PaymentTemplate:
    """The template; raises TemplateUnknown."""
    template = templates().get(code)
    if template is None:
        raise TemplateUnknown(_("没有这个银行模板，请重新选择"))
    return template


def file_of(batch: PaymentBatch, rows: Sequence[Mapping[str, str]], *, today: date) -> BankFile:
    """付款文件 of the batch: one row for each payment, in the template's columns."""
    template = must_be_a_template(batch.template)
    return template.file(
        rows,
        county=batch.county.name,
        number=batch.number,
        day=f"{today:%Y%m%d}",
        count=len(rows),
    )
