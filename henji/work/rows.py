"""审核的行: the list of a file's rows under one verdict."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from henji.lib import ids, tags
from henji.lib.reach import NOWHERE
from henji.lib.xlsx_cells import LAST_ROW
from henji.work.intake import Intake
from henji.work.models import StagedRow
from henji.work.review import TOGETHER, Told, told_of


class RowTable(tables.Table):
    """审核的行: those of a page are told of together."""

    reach = NOWHERE

    number = tables.Column(orderable=False, verbose_name=_("行"))
    name = tables.Column(orderable=False, empty_values=(), accessor="pk", verbose_name=_("姓名或单位"))
    sample = tables.Column(orderable=False, empty_values=(), accessor="pk", verbose_name=_("内容"))
    words = tables.Column(orderable=False, empty_values=(), accessor="pk", verbose_name=_("说明"))

    class Meta:
        fields = ("number", "name", "sample", "words")

    def __init__(self, *args: Any, intake: Intake[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._intake = intake
        self._told: dict[int, Told] = {}

    def paginate(self, *args: Any, **kwargs: Any) -> None:
        """Turn to a page, and have its rows told of."""
        super().paginate(*args, **kwargs)
        self._told = told_of([row.record for row in self.paginated_rows], self._intake)

    def render_name(self, record: StagedRow) -> str:
        """Whom or what it is about."""
        return self._of(record).name or tags.NOTHING

    def render_sample(self, record: StagedRow) -> str:
        """How it would be taken in."""
        return self._of(record).sample or tags.NOTHING

    def render_words(self, record: StagedRow) -> str:
        """Why it comes back, what it changes, what looks odd."""
        return self._of(record).words or tags.NOTHING

    def _of(self, record: StagedRow) -> Told:
        if record.pk not in self._told:
            # An export, which goes through all rows in their order: the next few hundred together.
            rows = self.data.data.filter(number__gte=record.number)[:TOGETHER]
            self._told = told_of(list(rows), self._intake)
        return self._told[record.pk]


class RowFilter(django_filters.FilterSet):
    """审核的行之筛选: by words that stand in the row as it is kept, or by its number."""

    q = django_filters.CharFilter(method="search", label=_("姓名、单位、原因或行号"))

    def search(self, rows: Any, _name: str, value: str) -> Any:
        """Those in which the words stand."""
        held = {field.name for field in rows.model._meta.concrete_fields}
        sought = [name for name in ("name", "named", "named_unit", "reason") if name in held]
        found = Q(*((f"{name}__icontains", value) for name in sought), _connector=Q.OR)
        return rows.filter(found | Q(number=int(value)) if _is_row(value) else found)


def _is_row(words: str) -> bool:
    number = ids.named(words)
    return number is not None and number <= LAST_ROW
