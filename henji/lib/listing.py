"""列表: one way to search, filter, sort, page and export, for every list in the house.

All that a person has chosen stands in the address, so a link shares the view. Bad parameters are passed
over; they never fail. A list costs the same number of queries for any number of rows.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, cast
from urllib.parse import urlencode

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet, Sum
from django.forms import BoundField
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.choices import flatten_choices
from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from django_tables2.rows import BoundRow, BoundRows
from django_tables2.utils import signature

from henji.lib import exports, identity, tags, tongues
from henji.lib.doors import Request
from henji.lib.exports import Chip

PAGE = 50
#: Rows that are read together for a workbook. Those that they point to are asked for by as many ORs, of which
#: SQLite takes fewer than a thousand.
TOGETHER = 500
#: The element whose inside htmx puts in place when a list changes.
PLACE = "list"

Rows = QuerySet[Any] | Sequence[Any]


@dataclass(frozen=True, slots=True)
class Listing:
    """列表: what `components/list.html` draws.

    `search` is the filter named `q`, the others are `fields`; `kept` are the address's other parameters.
    `asks_why`: it is exported by a POST with a reason.
    """

    table: Any
    page: Page[Any]
    total: int
    search: BoundField | None
    fields: tuple[BoundField, ...]
    chips: tuple[Chip, ...]
    kept: tuple[tuple[str, str], ...]
    may_export: bool
    asks_why: bool = False
    amount: Decimal | int | None = None

    @property
    def held(self) -> int:
        """How many filters hold, besides the search box."""
        return sum(chip.field != "q" for chip in self.chips)

    @property
    def summed(self) -> str:
        """The sum as papers write it: yuan as yuan, a number as a number."""
        return tags.yuan(self.amount) if isinstance(self.amount, Decimal) else tags.number(self.amount)

    @property
    def clear_url(self) -> str:
        """The address without any filter."""
        return f"?{urlencode(self.kept)}"

    @property
    def pages(self) -> Iterator[str | int]:
        """Page numbers to offer, with gaps."""
        return self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1)


@dataclass(frozen=True, slots=True)
class Drawn:
    """所选之表: a table of the rows that the address chose, and the conditions that hold."""

    table: Any
    rows: Rows
    query: QueryDict
    form: Any = None

    @property
    def fields(self) -> tuple[BoundField, ...]:
        """The filters."""
        return tuple(self.form or ())

    @property
    def chips(self) -> tuple[Chip, ...]:
        """The conditions that hold, in the language that is spoken."""
        return tuple(_chips(self.form, self.query)) if self.form else ()

    @property
    def count(self) -> int:
        """How many rows there are."""
        rows = self.table.data.data
        return rows.count() if isinstance(rows, QuerySet) else len(rows)

    @property
    def heads(self) -> list[str]:
        """The heads of a workbook of it."""
        return [str(column.header) for column in self._exported]

    def cells(self) -> Iterator[list[object]]:
        """The rows of a workbook of it, read a few hundred at a time."""
        names = [column.name for column in self._exported]
        rows = self.table.data.data
        for record in rows.iterator(chunk_size=TOGETHER) if isinstance(rows, QuerySet) else rows:
            row = _ExportedRow(record, table=self.table)
            yield [force_str(row.get_cell_value(name), strings_only=True) for name in names]

    @property
    def _exported(self) -> list[Any]:
        return [column for column in self.table.columns if not column.column.exclude_from_export]


class _ExportedRow(BoundRow):
    """导出的行: as its maker has it, but what a column's words ask for is not looked up for each cell."""

    def _call_value(self, bound_column: Any, value: object = None) -> object:
        told = self._optional_cell_arguments(bound_column, value)
        names = _asked_for(getattr(bound_column.value, "__func__", bound_column.value))
        return bound_column.value(**{name: told[name] for name in (told if names is None else names)})


@cache
def _asked_for(told_by: Callable[..., object]) -> tuple[str, ...] | None:
    """By name, what the function that tells a cell's value asks for; None where it takes all there is."""
    names, takes_all = signature(told_by)
    return None if takes_all else tuple(name for name in names if name != "self")


def draw(request: Request, *, table: type[Any], queryset: Rows, filterset: type[Any] | None) -> Drawn:
    """The table of what the address asks for, sorted as it asks."""
    chosen = filterset(request.GET, queryset=queryset, request=request) if filterset else None
    rows = chosen.qs if chosen else queryset
    drawn = table(rows, request=None)
    drawn.reach = request.reach  # a cell leads only where the reader may go
    _sort(drawn, request.GET)
    return Drawn(drawn, rows, request.GET, chosen.form if chosen else None)


def render_list(
    request: Request,
    *,
    table: type[Any],
    queryset: Rows,
    template: str,
    filterset: type[Any] | None = None,
    context: Mapping[str, object] | None = None,
    export_name: str | None = None,
    sum_of: str = "",
) -> HttpResponse:
    """The list as a page, as the fragment that htmx asks for, or as a workbook.

    `template` includes `components/list.html`, which draws `listing` (a `Listing`). `queryset` holds rows of
    a model, or is a list. Where `export_name` is None nothing may be exported. A list that shows persons is
    drawn by `henji.evidence.exporting.personal_list` instead. A filter named `q` is the search box. `sum_of`
    names a column of yuan or of whole numbers; its sum over the filtered rows stands beside their number.
    """
    drawn = draw(request, table=table, queryset=queryset, filterset=filterset)
    if export_name and request.GET.get("export") == "xlsx":
        return exports.as_workbook(
            request,
            name=export_name,
            heads=drawn.heads,
            rows=drawn.cells(),
            chips=drawn.chips,
        )
    return show(
        request, drawn, template=template, context=context, may_export=export_name is not None, sum_of=sum_of
    )


def show(
    request: Request,
    drawn: Drawn,
    *,
    template: str,
    context: Mapping[str, object] | None = None,
    may_export: bool,
    asks_why: bool = False,
    sum_of: str = "",
) -> HttpResponse:
    """The page of the list that the address asks for, whole or as a fragment."""
    page = _turn_to(drawn.table, request.GET.get("page"))
    fields = drawn.fields
    listing = Listing(
        table=drawn.table,
        page=page,
        total=page.paginator.count,
        search=next((field for field in fields if field.name == "q"), None),
        fields=tuple(field for field in fields if field.name != "q"),
        chips=drawn.chips,
        kept=tuple(_kept(fields, request.GET)),
        may_export=may_export,
        asks_why=asks_why,
        amount=_sum(drawn.rows, sum_of) if sum_of else None,
    )
    is_fragment = request.headers.get("HX-Target") == PLACE
    wanted = "components/list_inside.html" if is_fragment else template
    response = render(request, wanted, {**(context or {}), "listing": listing, "is_fragment": is_fragment})
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response


def _sum(rows: Any, column: str) -> Decimal | int:
    # Counted apart from the list's own annotations, which a sum does not need.
    plain = rows.model._default_manager.filter(pk__in=rows.order_by().values("pk"))
    total: Decimal | int = plain.aggregate(total=Sum(column, default=0))["total"]
    return total


def _sort(drawn: Any, query: QueryDict) -> None:
    if "sort" in query:
        drawn.order_by = query.getlist("sort")
    rows = drawn.data.data
    if isinstance(rows, QuerySet):
        # Rows that sort alike must not change places between two pages.
        drawn.data.data = rows.order_by(*rows.query.order_by, "pk")


def _turn_to(drawn: Any, wanted: str | None) -> Page[Any]:
    try:
        drawn.paginate(_NearerEnd, per_page=PAGE, page=wanted or 1)
    except PageNotAnInteger:
        drawn.paginate(_NearerEnd, per_page=PAGE, page=1)
    except EmptyPage:
        drawn.page = drawn.paginator.get_page(wanted)
    return cast("Page[Any]", drawn.page)


class _NearerEnd(Paginator):  # type: ignore[type-arg]  # it takes none when it runs
    """翻页: passes over rows from the nearer end, so that the last page costs what the first does."""

    def page(self, number: int | str) -> Page[Any]:
        """The page of the number. Raises EmptyPage, PageNotAnInteger."""
        number = self.validate_number(number)
        bound: Any = self.object_list
        rows, passed_over = bound.data.data, (number - 1) * self.per_page
        if not isinstance(rows, QuerySet) or passed_over <= self.count // 2:
            return super().page(number)
        behind = max(self.count - passed_over - self.per_page, 0)
        shown = list(rows.reverse()[behind : self.count - passed_over])[::-1]
        return Page(BoundRows(shown, table=bound.table), number, self)


# Chips


def _chips(form: Any, query: QueryDict) -> Iterator[Chip]:
    for field in form:
        value = form.cleaned_data.get(field.name)
        if words := _in_words(field, value):
            is_free = isinstance(value, str) and not hasattr(field.field, "choices")
            url = _without(query, field)
            yield Chip(str(field.label), identity.mask_within(words), url, field.name, is_free)


def _kept(fields: Iterable[BoundField], query: QueryDict) -> Iterator[tuple[str, str]]:
    left_out = {"page", "export", *(name for field in fields for name in _parameters(field))}
    for name, values in query.lists():
        if name not in left_out:
            yield from ((name, str(value)) for value in values)


def _parameters(field: BoundField) -> list[str]:
    suffixes = getattr(field.field.widget, "suffixes", ())
    return [field.html_name, *(f"{field.html_name}_{suffix}" for suffix in suffixes)]


def _without(query: QueryDict, field: BoundField) -> str:
    rest = query.copy()
    for name in ("page", *_parameters(field)):
        rest.pop(name, None)
    return f"?{rest.urlencode()}"


def _in_words(field: BoundField, value: object) -> str:
    """The value as the form offers it; empty where nothing is chosen."""
    if isinstance(value, slice):
        return _span(value)
    if isinstance(value, list | tuple | QuerySet):
        return tongues.listed(_in_words(field, one) for one in value)
    choices = dict(flatten_choices(getattr(field.field, "choices", ()))) if isinstance(value, str) else {}
    return str(choices.get(value, _plain(value))) if value else _plain(value)


def _span(value: slice) -> str:
    start, stop = _plain(value.start), _plain(value.stop)
    if start and stop:
        return _("%(start)s 至 %(stop)s") % {"start": start, "stop": stop}
    return _("%(start)s 起") % {"start": start} if start else _("至 %(stop)s") % {"stop": stop}


def _plain(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return _("是") if value else _("否")
        case date():
            return tags.day(value)
    return str(value)
