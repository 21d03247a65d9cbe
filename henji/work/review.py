"""审核: the rows of a file in tabs: what is new, changed, unchanged, sent back, in conflict."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.lib import tags
from henji.work.intake import FRESH, Intake
from henji.work.models import Job, StagedRow, Verdict

#: Rows that are told of together where a list is exported.
TOGETHER = 500

_TABS: Mapping[str, tuple[str | Promise, Q]] = {
    "new": (gettext_lazy("新增"), Q(verdict=Verdict.NEW)),
    "changed": (gettext_lazy("变更"), Q(verdict=Verdict.CHANGED)),
    "same": (gettext_lazy("无变化"), Q(verdict=Verdict.SAME)),
    "rejected": (gettext_lazy("退回"), Q(verdict=Verdict.REJECTED)),
    "conflict": (gettext_lazy("冲突"), ~Q(conflict="")),
}


class Tab(NamedTuple):
    """页签: its code in the address, its label, and how many rows are under it."""

    code: str
    label: str
    rows: int


class Told(NamedTuple):
    """行所示: whom a row is about, how it would be taken in, and what is to be said of it."""

    name: str
    sample: str
    words: str


def tabs_of(job: Job, intake: Intake[Any]) -> list[Tab]:
    """页签: with their counts; one query."""
    counts = {code: Count("pk", filter=which) for code, (_label, which) in _TABS.items()}
    counted = intake.rows_of(job).aggregate(**counts)
    return [Tab(code, str(label), counted[code]) for code, (label, _which) in _TABS.items()]


def chosen(tabs: Sequence[Tab], code: str) -> Tab:
    """The tab of the code; the first with rows where there is none of it."""
    named = next((tab for tab in tabs if tab.code == code), None)
    return named or next((tab for tab in tabs if tab.rows), tabs[0])


def rows_under(tab: Tab, job: Job, intake: Intake[Any]) -> QuerySet[Any]:
    """The rows under the tab, in the order of the file."""
    return intake.rows_of(job).filter(_TABS[tab.code][1]).order_by("number")


def told_of(rows: Sequence[StagedRow], intake: Intake[Any]) -> dict[int, Told]:
    """行所示, by the row's id; as many queries for one row as for many."""
    fresh = [row for row in rows if row.verdict in FRESH]
    samples = {row.pk: cells for row, cells in zip(fresh, intake.sample(fresh) if fresh else (), strict=True)}
    changed = [row for row in rows if row.verdict == Verdict.CHANGED]
    changes = {each.number: each.changes for each in intake.altered(changed)} if changed else {}
    labels = {column.name: str(column.label) for column in intake.columns}
    names = intake.names_of(rows)
    return {
        row.pk: Told(
            names[row.pk],
            _sample(samples.get(row.pk, ()), beside={str(row.number), names[row.pk]}),
            _("；").join((*_reason(row, labels), *map(_change, changes.get(row.number, ())))),
        )
        for row in rows
    }


def _sample(cells: Sequence[object], *, beside: set[str]) -> str:
    """The cells that say something which does not stand beside them."""
    said = {"", tags.NOTHING, *map(str, Verdict.labels), *beside}
    words = ("" if cell is None else str(cell) for cell in cells)
    return _("，").join(each for each in words if each not in said)


def _reason(row: StagedRow, labels: Mapping[str, str]) -> list[str]:
    if not row.reason:
        return []
    label = labels.get(row.field)
    return [_("%(what)s：%(words)s") % {"what": label, "words": row.reason} if label else row.reason]


def _change(change: Any) -> str:
    return _("%(label)s由“%(before)s”改为“%(after)s”") % {
        "label": change.label,
        "before": change.before,
        "after": change.after,
    }
