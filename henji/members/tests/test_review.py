"""逐行审核: a roster's rows in tabs, and conflicts that are seen before anybody says yes."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from henji.lib.spreadsheet import open_book
from henji.members.models import Person, StagedMember
from henji.members.tests.rosters import number_of
from henji.work import jobs
from henji.work.models import State

LI = ("李会员", number_of(1), "13812345678", "", "2015-03-01")
WANG = ("王会员", number_of(3), "13912345678", "", "2015-04-01")


@pytest.fixture
def checked(hand_in, at):
    """A roster that has been checked and waits for a yes."""

    def checked(*rows, **more):
        job = hand_in(list(rows), at=at + timedelta(days=1), **more)
        jobs.run_here(job)
        assert job.state == State.READY
        return job

    return checked


@pytest.fixture
def read(client_of, officer):
    """The rows under a tab, as 王干事 reads them."""

    def read(job, tab="", **query):
        address = reverse("work:rows", args=[job.pk])
        return client_of(officer).get(address, {"tab": tab, **query} if tab else query)

    return read


@pytest.fixture
def take(client_of, officer):
    """The rows under a tab, as 王干事 takes them along."""

    def take(job, tab):
        address = f"{reverse('work:rows', args=[job.pk])}?tab={tab}"
        return b"".join(client_of(officer).post(address, {"reason": "退回修改"}))

    return take


def rows_of(page):
    table = page.context["listing"].table
    return [
        tuple(row.get_cell_value(name) for name in ("number", "name", "words"))
        for row in table.paginated_rows
    ]


def test_each_row_stands_under_its_tab(import_rows, checked, read):
    import_rows([LI, WANG])
    job = checked(LI, (*WANG[:2], "13600000000", "", "2015-04-01"), ("赵会员", number_of(5)), ("坏行", "1"))
    page = read(job)
    assert [(tab.code, tab.rows) for tab in page.context["tabs"]] == [
        ("new", 1),
        ("changed", 1),
        ("same", 1),
        ("rejected", 1),
        ("conflict", 0),
    ]
    assert rows_of(page) == [(4, "赵会员", "—")]
    ((number, name, words),) = rows_of(read(job, "changed"))
    assert (number, name, words) == (3, "王会员", "手机号由“139****5678”改为“136****0000”")
    assert rows_of(read(job, "same"))[0][:2] == (2, "李会员")
    ((number, _name, words),) = rows_of(read(job, "rejected"))
    assert (number, words) == (5, "身份证号：身份证号应为 18 位，这里有 1 位，请核对")


def test_rows_are_searched_by_name_reason_and_number(checked, read):
    job = checked(LI, WANG, ("赵会员", number_of(5)))
    assert [row[0] for row in rows_of(read(job, "new", q="王"))] == [3]
    assert [row[0] for row in rows_of(read(job, "new", q="4"))] == [4]
    for q in ("99999999999999999999", "％", "'; --", "\\"):
        assert rows_of(read(job, "new", q=q)) == []
    assert read(job, "nothing of the sort").status_code == 200


def test_a_tab_is_taken_along_masked_and_with_a_watermark(import_rows, checked, take):
    import_rows([LI, WANG])
    job = checked(*((name, number, "13600000000") for name, number, *_more in (LI, WANG)))
    with open_book(BytesIO(take(job, "changed"))) as book:
        rows = [row.cells for row in book.rows(book.sheets[0])]
    assert rows[0] == ["行", "姓名或单位", "内容", "说明"]
    assert [row[1] for row in rows[1:3]] == ["李会员", "王会员"]
    assert "导出" in rows[-1][0]
    assert "13600000000" not in str(rows)


def test_a_page_and_an_export_cost_the_same_however_many_rows(import_rows, checked, read, take):
    people = [(f"会员{chr(0x4E00 + n)}", number_of(2 * n + 1), "13812345678") for n in range(40)]
    import_rows(people)

    def cost(job, ask):
        ask(job, "changed")
        with CaptureQueriesContext(connection) as asked:
            ask(job, "changed")
        return len(asked)

    few = checked(*((name, number, "13600000000") for name, number, _phone in people[:1]))
    many = checked(*((name, number, "13600000000") for name, number, _phone in people))
    assert cost(few, read) == cost(many, read)
    assert cost(few, take) == cost(many, take)


# -- conflicts ----------------------------------------------------------------------------------------


def test_the_same_name_and_phone_with_another_number_is_asked_about(import_rows, checked, read):
    import_rows([LI, WANG])
    job = checked(
        (LI[0], number_of(7), LI[2]), ("王会员", number_of(9), "13900005678"), ("新", number_of(11))
    )
    ((number, name, words),) = rows_of(read(job, "conflict"))
    assert (number, name) == (2, "李会员")
    assert "同名同手机号的人已在册" in words
    assert job.result["imported"] == 3  # a question, not a refusal
    jobs.say_yes(job, asker=job.asker, post="干事")
    jobs.run_here(job)
    assert (job.state, Person.objects.count()) == (State.DONE, 5)


def test_who_was_erased_is_like_nobody(import_rows, checked):
    import_rows([LI])
    Person.objects.update(key=None)
    assert not StagedMember.objects.filter(job=checked((LI[0], number_of(7), LI[2]))).exclude(conflict="")


def test_judging_again_says_it_once(import_rows, hand_in, at):
    import_rows([LI])
    job = hand_in([(LI[0], number_of(7), LI[2])], at=at + timedelta(days=1))
    jobs.run_here(job)
    reason = StagedMember.objects.get(job=job).reason
    job.state = State.FAILED
    job.save()
    jobs.again(job)
    jobs.run_here(job)
    assert StagedMember.objects.get(job=job).reason == reason


def test_a_number_held_elsewhere_or_twice_in_the_file_is_a_conflict(
    import_rows, checked, read, outsider, neighbour
):
    import_rows([WANG], county=neighbour, by=outsider)
    job = checked(WANG, LI, (*LI[:2], "13700000000"))
    assert [row[0] for row in rows_of(read(job, "conflict"))] == [2, 4]
    assert job.result["rejected"] == 2


def test_anneighbours_rows_are_not_found(client_of, outsider, checked):
    address = reverse("work:rows", args=[checked(LI).pk])
    assert client_of(outsider).get(address).status_code == 404


@pytest.mark.parametrize("who", ["administrator", "leader", "auditor"])
def test_whoever_may_not_import_reads_no_rows(client_of, request, checked, who):
    address = reverse("work:rows", args=[checked(LI).pk])
    assert client_of(request.getfixturevalue(who)).get(address).status_code == 403
