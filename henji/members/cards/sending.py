"""送行文件: the file that asks a bank to make cards, as its template has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from henji.lib import tags, tongues
from henji.lib.actors import Actor
from henji.lib.bank_files import BankFile
from henji.members.cards.banks import BankTemplate
from henji.members.cards.models import CardBatch


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
    with tongues.on_record():
        note = ((_("导出说明"), _("内容")), taken.words(batch, len(people)))
        return template.file(
            people,
            {_("导出说明"): note},
            county=batch.county.name,
            number=batch.number,
            day=f"{today:%Y%m%d}",
            count=len(people),
        )
