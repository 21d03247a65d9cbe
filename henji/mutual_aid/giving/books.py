"""名单工作簿: a list as a workbook that the employer fills in and the import of donations knows again."""

from collections.abc import Callable, Sequence
from typing import IO, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from henji.lib import workbook
from henji.mutual_aid.giving import listing
from henji.mutual_aid.giving.models import Roll
from henji.mutual_aid.lines import COLUMNS

#: The columns as they stand in the sheet; their heads are those that the import knows best.
_SHOWN = ("name", "unit", "amount", "given_on", "receipt", "roll_line")


def write(stream: IO[bytes], roll: Roll, lines: QuerySet[Any], *, mark: Callable[[int], str]) -> int:
    """写名单: a row for each of the lines, with 0 for the amount and the line's key; gives their number.

    What is marked stands on a second sheet, which the import does not read.
    """
    heads = {column.name: column.heads[0] for column in COLUMNS}
    told = lines.order_by("name", "pk").values_list("name", "pk")
    rows = [(name or "", roll.employer.name, 0, "", "", listing.line_key(pk)) for name, pk in told]
    notes = [
        _("在“捐款金额”里填每人捐的数；没捐的留 0，不会计入。"),
        _("“名单编号”请原样保留：系统凭它认人，不用填身份证号。"),
        _("填好后交县总工会，从“导入捐款名册”导入。"),
        mark(len(rows)),
    ]
    sheets: dict[str, tuple[Sequence[str], Sequence[Sequence[object]]]] = {
        _("捐款名单"): ([heads[name] for name in _SHOWN], rows),
        _("说明"): ([_("说明")], [[note] for note in notes]),
    }
    workbook.write_sheets(stream, sheets)
    return len(rows)
