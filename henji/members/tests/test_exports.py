"""The list of members leaves the house: with a reason, marked, on record, and as it is listed."""

from datetime import date
from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from henji.evidence import rules
from henji.evidence.deeds import Deed
from henji.evidence.models import Export, Trace
from henji.members.tests.rosters import number_of
from henji.unions.models import Employer

LIST = reverse("members:list")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def wang(client_of, officer):
    """王干事's browser."""
    return client_of(officer)


@pytest.fixture
def mill(employ, township):
    """A unit of the township."""
    return employ(township=township, name="新安纺织有限公司")


def take(client, reason="报送上级", **query):
    """Take the list along; what is sent in pieces is put together."""
    answer = client.post(f"{LIST}?{urlencode(query)}", {"reason": reason})
    answer.file = BytesIO(b"".join(answer)) if answer.streaming else None
    return answer


def sheet_of(response):
    """The sheet of the workbook: heads, rows, an empty row, the watermark."""
    assert response.headers["Content-Type"] == XLSX
    return list(load_workbook(response.file).active.iter_rows())


def names_in(response):
    return [row[0].value for row in sheet_of(response)[1:-2]]


def test_it_is_written_down_who_took_what_and_why_and_the_workbook_bears_the_number(wang, enrol, officer):
    enrol()
    mark = sheet_of(take(wang, as_of="2016-05-01"))[-1][0].value
    export = Export.objects.get()
    trace = Trace.objects.of(export).get()
    assert (trace.deed, trace.by_id, trace.words.text) == (Deed.LIST_EXPORTED, officer.pk, "报送上级")
    assert trace.facts == {"list": "members:list", "filters": ["as_of"], "rows": 1}
    assert (export.title, export.rows, export.page) == ("会员名册", 1, f"{LIST}?as_of=2016-05-01")
    assert export.conditions == [["截至日期", "2016-05-01"]]
    assert str(trace.pk) in mark
    assert "王干事" in mark


@pytest.mark.parametrize("reason", ["", "  ", "查", "\u200b\u200b", "上" * 101])
def test_without_a_proper_reason_nothing_leaves_and_what_was_typed_stays(wang, enrol, reason):
    enrol()
    answer = take(wang, reason)
    assert answer.status_code == 200
    assert answer.context["form"].errors["reason"]
    assert f'value="{reason}"' in answer.content.decode() or not reason.strip()
    assert not Export.objects.exists()


def test_asked_twice_it_leaves_twice_and_is_written_down_twice(wang, enrol):
    enrol()
    first, second = (sheet_of(take(wang))[-1][0].value for _time in range(2))
    assert first != second
    assert Export.objects.count() == 2


def test_what_was_typed_into_the_search_box_is_not_put_on_record(wang, enrol):
    enrol()
    assert names_in(take(wang, q="李会员")) == ["李会员"]
    export = Export.objects.get()
    trace = Trace.objects.of(export).get()
    assert trace.facts["filters"] == ["q"]
    assert [words for _label, words in export.conditions] == [""]
    assert "李会员" not in f"{export.conditions}{export.page}{trace.facts}"


@pytest.mark.parametrize(
    "query", [{"13812345678": "1"}, {"as": "13812345678"}, {"李": "x"}, {"sort": "-name"}]
)
def test_what_else_stands_in_the_address_is_put_on_record_only_where_it_is_a_code(wang, enrol, query):
    enrol()
    assert names_in(take(wang, **query)) == ["李会员"]
    export = Export.objects.get()
    assert (export.conditions, export.page) == ([], LIST)


def test_numbers_in_the_reason_are_masked(wang, enrol):
    enrol()
    take(wang, "联系本人13812345678")
    assert Trace.objects.of(Export.objects.get()).get().words.text == "联系本人138****5678"


def test_a_township_takes_only_its_own(client_of, branch_officer, enrol, mill):
    enrol("李会员", 1)
    enrol("赵会员", 3, employer=mill)
    assert names_in(take(client_of(branch_officer))) == ["赵会员"]
    assert Export.objects.get().rows == 1


def test_what_another_county_has_is_no_condition_here(wang, enrol, neighbour):
    enrol()
    taken = take(wang, township=neighbour.pk, county=neighbour.pk)
    assert names_in(taken) == ["李会员"]
    assert Export.objects.get().county != neighbour.pk


def test_who_does_not_see_members_takes_none(client_of, administrator, enrol):
    enrol()
    assert take(client_of(administrator)).status_code == 403


def test_no_cell_is_a_formula(wang, enrol, employ):
    enrol(employer=employ())
    Employer.objects.update(name="=1+1")  # no form takes such a name
    (cell,) = (row[3] for row in sheet_of(take(wang))[1:-2])
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_more_than_is_taken_at_once_is_not(wang, enrol, monkeypatch):
    monkeypatch.setattr(rules, "MOST_ROWS", 1)
    enrol("李会员", 1)
    enrol("赵会员", 3)
    answer = take(wang)
    assert "一次最多导出 1 行" in answer.content.decode()
    assert not Export.objects.exists()


def test_more_than_a_thousand_rows_are_taken(wang, import_rows):
    """The database takes no question of a thousand parts."""
    days = [f"19850{month}{day:02}" for month in (1, 3) for day in range(1, 32)]
    numbers = [number_of(serial, born=day) for day in days for serial in range(1, 40, 2)]
    import_rows((f"会员{chr(0x4E00 + n)}", number) for n, number in enumerate(numbers[:1001]))
    assert len(names_in(take(wang))) == 1001


def test_the_auditor_sees_who_took_what_and_why(wang, client_of, auditor, enrol):
    enrol()
    take(wang, "报送上级", missing="start")
    page = client_of(auditor).get(reverse("evidence:exports")).content.decode()
    for told in ("王干事", "会员名册", "报送上级", "入会日期不详"):
        assert told in page, told
    trace = Trace.objects.of(Export.objects.get()).get()
    told = client_of(auditor).get(reverse("evidence:trace", args=[trace.pk])).content.decode()
    assert f'href="{LIST}?missing=start"' in told


def test_the_reason_is_not_exported_with_the_record_of_exports(wang, client_of, auditor, enrol):
    enrol()
    take(wang, "联系李会员")
    answer = client_of(auditor).get(reverse("evidence:exports"), {"export": "xlsx"})
    cells = [str(cell) for row in load_workbook(BytesIO(answer.content)).active.values for cell in row]
    assert "会员名册" in cells
    assert not any("联系李会员" in cell for cell in cells)


FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "q": st.sampled_from(["会员", "李会员", "纺织", "zhao", "'; --", "\ud7ff"]),
        "missing": st.sampled_from(["any", "place", "start", "phone", "none", "nonsense"]),
        "as_of": st.sampled_from(["2014-01-01", "2015-06-01", "not a day"]),
        "township": st.sampled_from(["own", "0", "x"]),
        "sort": st.sampled_from(["name", "-name", "identity"]),
        "page": st.sampled_from(["1", "2", "x"]),
    },
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=FILTERS)
def test_what_is_taken_is_what_is_listed(wang, crowd, township, chosen):
    query = {name: str(township.pk) if value == "own" else value for name, value in chosen.items()}
    listing = wang.get(LIST, {**query, "page": 1}).context["listing"]
    assert names_in(take(wang, **query)) == [row.get_cell_value("name") for row in listing.page]
    latest = Export.objects.order_by("pk").last()
    assert (latest.rows, len(latest.conditions)) == (listing.total, len(listing.chips))
    assert listing.total == len(listing.page)


@pytest.fixture
def crowd(enrol, mill, employ):
    """A few members, of whom something lacks here and there."""
    other = employ()
    enrol("李会员", 1, employer=mill, phone="13812345678")
    enrol("赵会员", 3, employer=mill, start_on=None)
    enrol("王会员", 5, employer=other, start_on=date(2015, 9, 1))
    enrol("钱会员", 7)
