"""送行文件: the file that asks a bank to make cards, as its template has it."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO

from django.utils.translation import gettext as _

from henji.lib import tags, tongues, workbook
from henji.lib.actors import Actor
from henji.members.cards.banks import BankTemplate
from henji.members.cards.models import CardBatch

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class BankFile:
    """送行文件, ready to be handed to the bank."""

    name: str
    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Taken:
    """导出说明: who took the file, when and why; it stands in the file where its format has room for it."""

    by: Actor
    at: datetime
    reason: str

    def words(self, batch: CardBatch, count: int) -> Sequence[Sequence[object]]:
        """The watermark, line by line."""
        return [
            (_("导出人"), self.by.name),
            (_("职务"), self.by.post),
            (_("导出时间"), tags.moment(self.at)),
            (_("用途"), self.reason),
            (_("批次号"), batch.number),
            (_("人数"), count),
            (_("注意"), _("内含个人信息，只供开卡，用后按规定销毁")),
        ]


def file_of(
    template: BankTemplate,
    people: Sequence[Mapping[str, str]],
    *,
    batch: CardBatch,
    today: date,
    taken: Taken,
) -> BankFile:
    """送行文件: one row for each of the people, in the template's columns, heads and codes."""
    heads = [column.head for column in template.columns]
    rows = [[column.cell(told) for column in template.columns] for told in people]
    name = template.file_name.format(
        county=batch.county.name, number=batch.number, day=f"{today:%Y%m%d}", count=len(rows)
    )
    with tongues.on_record():
        if template.format == "csv":
            return BankFile(f"{name}.csv", _csv(template, heads, rows), "text/csv")
        stream = BytesIO()
        note = (_("导出说明"), _("内容"))
        sheets = {template.sheet: (heads, rows), _("导出说明"): (note, taken.words(batch, len(rows)))}
        workbook.write_sheets(stream, sheets)
        return BankFile(f"{name}.xlsx", stream.getvalue(), _XLSX)


def _csv(template: BankTemplate, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    text = StringIO(newline="")
    csv.writer(text).writerows([heads, *rows])
    return text.getvalue().encode(template.encoding)
