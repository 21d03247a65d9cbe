"""Lists: search, filter, sort, page, export. The rows are sessions, a table that every Django has."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import cast

import django_filters as filters
import django_tables2 as tables
import openpyxl
import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from henji.lib.actors import Actor
from henji.lib.doors import Request
from henji.lib.listing import render_list
from henji.lib.reach import Reach
from henji.lib.tables import MomentColumn

KINDS = [("a", "甲类"), ("b", "乙类")]
NEW_YEAR = datetime(2016, 1, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db


class SessionTable(tables.Table):
    key = tables.Column("编号", accessor="session_key")
    data = tables.Column("种类", accessor="session_data")
    until = MomentColumn(verbose_name="到期", accessor="expire_date")
    secret = tables.Column("密", accessor="session_key", orderable=False, linkify=lambda: "/x/")
    edit = tables.Column("操作", accessor="pk", exclude_from_export=True, orderable=False)

    def render_secret(self):
        return "***"


class SessionFilter(filters.FilterSet):
    q = filters.CharFilter(label="搜索", field_name="session_key", lookup_expr="contains")
    kind = filters.ChoiceFilter(label="种类", field_name="session_data", choices=KINDS)
    kind_old = filters.BooleanFilter(label="旧", method="leave")
    until = filters.DateFromToRangeFilter(label="到期", field_name="expire_date")

    def leave(self, rows, _name, _value):
        return rows


@pytest.fixture(autouse=True)
def bare_templates(settings):
    """The list alone: what stands around it is the business of rooms above."""
    engine = settings.TEMPLATES[0]
    processors = ["django.template.context_processors.request"]
    settings.TEMPLATES = [{**engine, "OPTIONS": {**engine["OPTIONS"], "context_processors": processors}}]


def keep(count):
    Session.objects.bulk_create(
        Session(
            session_key=f"k{number:03}",
            session_data="ab"[number % 2],
            expire_date=NEW_YEAR + timedelta(days=number),
        )
        for number in range(count)
    )


def page(query="", *, rows=None, export_name="名册", **headers):
    request = cast("Request", RequestFactory().get(f"/list/?{query}", headers=headers))
    request.reach = Reach(actor=Actor(1, "王干事", "办公室干事"))
    return render_list(
        request,
        table=SessionTable,
        filterset=SessionFilter if rows is None else None,
        queryset=Session.objects.all() if rows is None else rows,
        template="components/list.html",
        export_name=export_name,
    )


def shown(response):
    return response.content.decode()


def keys(response):
    return [part.split("<")[0] for part in shown(response).split('data-label="编号" >')[1:]]


def test_a_page_holds_fifty_rows_and_says_how_many_there_are():
    keep(120)
    html = shown(page())
    assert html.count("<tr") == 51
    assert "共 120 条" in html
    assert "第 1–50 条" in html


def test_every_row_is_on_exactly_one_page_even_where_rows_sort_alike():
    keep(120)
    pages = [keys(page(f"sort=data&page={number}")) for number in (1, 2, 3)]
    assert sorted(key for page_of in pages for key in page_of) == [f"k{number:03}" for number in range(120)]


@pytest.mark.parametrize("count", [1, 50, 51, 99, 100, 101, 149, 150, 151, 220])
@pytest.mark.parametrize("sort", ["key", "-key", "data", "-data", "until"])
def test_page_after_page_the_rows_come_in_their_order(count, sort):
    keep(count)
    pages = [keys(page(f"sort={sort}&page={number}")) for number in range(1, (count - 1) // 50 + 2)]
    field = {"key": "session_key", "data": "session_data", "until": "expire_date"}[sort.lstrip("-")]
    ordered = Session.objects.order_by(("-" if sort[0] == "-" else "") + field, "pk")
    assert [key for shown in pages for key in shown] == list(ordered.values_list("pk", flat=True))
    assert [len(shown) for shown in pages[:-1]] == [50] * (len(pages) - 1)


@pytest.mark.parametrize(
    ("number", "passed_over"), [(1, ""), (2, " OFFSET 50"), (19, " OFFSET 42"), (20, "")]
)
def test_the_last_page_passes_over_no_more_rows_than_the_first(number, passed_over):
    keep(992)
    with CaptureQueriesContext(connection) as caught:
        page(f"sort=data&page={number}")
    assert caught.captured_queries[-1]["sql"].partition(" LIMIT ")[2].lstrip("0123456789") == passed_over


def test_rows_sort_both_ways_and_the_head_says_so():
    keep(3)
    assert keys(page("sort=key")) == ["k000", "k001", "k002"]
    descending = page("sort=-key")
    assert keys(descending) == ["k002", "k001", "k000"]
    assert 'aria-sort="descending"' in shown(descending)


@pytest.mark.parametrize(
    "query",
    [
        "page=abc",
        "page=-3",
        "page=0",
        "page=99999999999999999999",
        "page=2.5",
        "sort=nope",
        "sort=",
        "sort=-",
        "sort=secret",
        "sort=--key",
        "sort=password&sort=key",
        "kind=nope",
        "until_after=yesterday",
        "until_after=9999999-99-99",
        "q=%00",
        "q=%F0%9F%98%80%27%22%3B--",
        "per_page=100000",
        "per_page=0",
        "export=exe",
        "kind=a&kind=b&unknown=1",
    ],
)
def test_bad_parameters_never_fail(query):
    keep(60)
    response = page(query)
    assert response.status_code == 200
    assert shown(response).count("<tr") <= 51


@pytest.mark.parametrize("query", ["", "q=k0&kind=a", "sort=-until&page=2"])
def test_a_list_costs_the_same_for_one_row_and_for_many(query, django_assert_num_queries):
    keep(1)
    with django_assert_num_queries(2):
        page(query)
    Session.objects.all().delete()
    keep(120)
    with django_assert_num_queries(2):
        page(query)


def test_a_filter_that_holds_is_a_chip_whose_link_takes_only_it_away():
    keep(4)
    html = shown(page("kind=a&kind_old=true&until_after=2016-01-01&sort=-key&page=1&q=k&extra=7"))
    assert "<b>甲类</b>" in html
    assert "<b>是</b>" in html
    assert "<b>2016-01-01 起</b>" in html
    assert 'href="?kind_old=true&amp;until_after=2016-01-01&amp;sort=-key&amp;q=k&amp;extra=7"' in html
    assert 'href="?kind=a&amp;kind_old=true&amp;sort=-key&amp;q=k&amp;extra=7"' in html


def test_a_filter_that_is_empty_is_no_chip():
    keep(4)
    assert "chip" not in shown(page("kind=&q=&until_after="))


def test_on_a_phone_one_button_says_how_many_filters_hold_besides_the_search():
    keep(4)
    assert '<span id="filters-held">(2)</span>' in shown(page("kind=a&q=k&until_after=2016-01-01"))
    assert '<span id="filters-held"></span>' in shown(page("q=k"))
    assert "filters-held" not in shown(page(rows=[]))


def test_the_button_is_told_when_a_filter_is_chosen():
    keep(4)
    fragment = shown(page("kind=a", **{"HX-Request": "true", "HX-Target": "list"}))
    assert '<span id="filters-held" hx-swap-oob="true">(1)</span>' in fragment


def test_what_else_stands_in_the_address_stays_there_when_one_filters():
    keep(1)
    html = shown(page("item=B10&sort=-key&kind=a&page=1&export="))
    assert html.count('form="filters"') == 2
    assert '<input type="hidden" form="filters" name="item" value="B10">' in html
    assert '<input type="hidden" form="filters" name="sort" value="-key">' in html


def test_no_match_offers_the_way_back():
    keep(3)
    html = shown(page("q=zzz&item=B10"))
    assert "没有符合条件的记录" in html
    assert 'href="?item=B10"' in html


def test_a_list_without_any_row_says_so():
    html = shown(page())
    assert "这里还没有记录" in html
    assert "导出 Excel" not in html


def test_htmx_gets_only_what_it_puts_in_place():
    keep(3)
    response = page("q=k001", **{"HX-Request": "true", "HX-Target": "list"})
    assert keys(response) == ["k001"]
    assert 'id="filters"' not in shown(response)
    assert "HX-Target" in response.headers["Vary"]


def test_words_in_the_address_are_escaped():
    keep(1)
    assert "<script>" not in shown(page("q=<script>&x=<script>&<script>=1"))


def test_rows_may_also_be_a_list():
    listed = [
        {"session_key": f"k{number}", "session_data": "a", "expire_date": NEW_YEAR} for number in range(60)
    ]
    response = page("sort=-key&page=2", rows=listed)
    assert len(keys(response)) == 10


def workbook(response):
    book = openpyxl.load_workbook(BytesIO(response.content))
    return [list(row) for row in book.worksheets[0].values]


def test_a_workbook_holds_every_row_of_the_view_in_its_order():
    keep(120)
    response = page("export=xlsx&kind=a&sort=-key&page=2")
    heads, *rows = workbook(response)
    assert heads == ["编号", "种类", "到期", "密"]
    assert [row[0] for row in rows[:60]] == [f"k{number:03}" for number in range(118, -1, -2)]
    assert "filename*=utf-8''%E5%90%8D%E5%86%8C.xlsx" in response.headers["Content-Disposition"]


def test_a_workbook_shows_masked_values_masked():
    keep(1)
    assert workbook(page("export=xlsx"))[1][3] == "***"


def test_a_workbook_says_who_took_how_many_rows_from_where_under_which_conditions():
    keep(4)
    last = workbook(page("export=xlsx&kind=b"))[-1][0]
    assert last.startswith("王干事（办公室干事）于 ")
    assert last.endswith("从“名册”导出，共 2 行。条件：种类：乙类")


def test_a_list_that_may_not_be_exported_is_not():
    keep(1)
    response = page("export=xlsx", export_name=None)
    assert response.headers["Content-Type"].startswith("text/html")
    assert "导出 Excel" not in shown(response)
