"""Erasing what a paper and its files are called."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from henji.evidence import queries, rules, searching, timeline
from henji.evidence.commands import correct_paper, erase_title, keep_paper
from henji.evidence.models import Paper, PaperFile, Trace
from henji.evidence.queries import Holding
from henji.evidence.tests.papers import pdf

MAY = date(2016, 5, 31)
ERASED = "（已删除）"


@pytest.fixture
def paper(county, officer, actor, at):
    """A paper whose title says what nobody should read."""
    told = {"kind": "approval", "on": MAY, "title": "李会员患病情况", "files": [pdf("李会员")]}
    return keep_paper(county=county, by=actor(officer), at=at, **told)


@pytest.fixture
def correct(county, officer, actor, at):
    """王干事 gives the paper another title, an hour later."""

    def correct(paper, title, hours=1):
        signed = {"by": actor(officer), "at": at + timedelta(hours=hours)}
        told = {"kind": paper.kind, "on": paper.on, "number": "", "about": [], "reason": "改个标题"}
        return correct_paper(paper=paper, county=county, title=title, **told, **signed)

    return correct


@pytest.fixture
def erase(county, administrator, actor, at):
    """赵管理员 erases the title."""
    signed = {"by": actor(administrator), "at": at + timedelta(hours=2)}
    return lambda paper, reason="本人要求": erase_title(paper=paper, county=county, reason=reason, **signed)


def held(paper):
    """What the database itself holds of its title and its files' names."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT title FROM evidence_paper WHERE id = %s", [paper.pk])
        titles = cursor.fetchall()
        cursor.execute("SELECT name FROM evidence_paperfile WHERE paper_id = %s", [paper.pk])
        return [row[0] for row in titles + cursor.fetchall()]


def test_the_title_and_the_files_names_go_and_everything_else_stays(paper, erase):
    before = Paper.objects.filter(pk=paper.pk).values().get()
    erase(paper)
    assert held(paper) == [None, None]
    now = Paper.objects.get(pk=paper.pk)
    assert (now.title, str(now), now.files.get().name) == (ERASED, ERASED, ERASED)
    assert Paper.objects.filter(pk=paper.pk).values().get() == before | {"title": ERASED}


def test_the_seal_still_verifies(paper, erase):
    trace = paper.kept_by
    before = Trace.objects.filter(pk=trace.pk).values().get()
    erase(paper)
    assert [checked.holding for checked in queries.checked_files(trace)] == [Holding.UNCHANGED]
    assert Trace.objects.filter(pk=trace.pk).values().get() == before


def test_what_the_paper_was_called_before_it_was_corrected_goes_too(paper, correct, erase):
    now = correct(paper, "情况说明")
    erase(paper)
    assert held(paper) == held(now) == [None, None]
    assert "李会员" not in queries.what_was_corrected(*Paper.objects.order_by("pk"))


def test_the_paper_can_be_given_another_title_and_its_files_stay_unnamed(paper, correct, erase):
    erase(paper)
    now = correct(Paper.objects.get(pk=paper.pk), "情况说明", hours=3)
    assert held(now) == ["情况说明", None]
    told = [entry.trace.deed.partition(".")[2] for entry in timeline.of("evidence.paper", str(now.pk))]
    assert told == ["paper_corrected", "title_erased", "paper_kept"]


def test_nobody_finds_it_by_its_old_title(paper, erase, officer, reach_of):
    erase(paper)
    assert searching.search("患病", reach_of(officer)) == []
    assert list(queries.papers_in(reach_of(officer))) == [paper]


def test_erasing_leaves_a_trace_about_the_paper_with_its_reason(paper, erase):
    erase(paper)
    trace = Trace.objects.get(deed="evidence.title_erased")
    assert (trace.by_name, trace.subject_id, trace.words.text) == ("赵管理员", str(paper.pk), "本人要求")
    assert "李会员" not in str(vars(trace))


def test_what_has_been_erased_is_not_erased_again_nor_without_a_reason(paper, erase):
    with pytest.raises(rules.NoReason):
        erase(paper, " ")
    assert held(paper)[0] == "李会员患病情况"
    erase(paper)
    with pytest.raises(rules.NoTitle):
        erase(paper)
    assert Trace.objects.filter(deed="evidence.title_erased").count() == 1


@pytest.mark.parametrize("change", ["title = 'x'", "title = NULL, number = 'x'", "kind = 'photo'"])
def test_the_database_lets_nothing_but_the_title_go(paper, change):
    refused = pytest.raises(IntegrityError, match="append-only")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE evidence_paper SET {change}")
    assert held(paper)[0] == "李会员患病情况"


def test_a_title_that_was_erased_never_comes_back(paper, erase):
    erase(paper)
    for rows, change in ((Paper, {"title": "李会员"}), (PaperFile, {"name": "李会员.pdf"})):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            rows.objects.update(**change)
    assert held(paper) == [None, None]


def test_an_administrator_erases_it_on_its_page(client_of, administrator, paper):
    client, trace = client_of(administrator), f"/evidence/traces/{paper.kept_by_id}/"
    page = f"/evidence/papers/{paper.pk}/erase/"
    assert page in client.get(trace).content.decode()
    assert "李会员患病情况" in client.get(page).content.decode()
    assert "请写“删除”两个字" in client.post(page, {"reason": "本人要求", "typed": "是"}).content.decode()
    assert client.post(page, {"reason": "本人要求", "typed": "删除"}).url == trace
    assert "已经删除" in client.post(page, {"reason": "本人要求", "typed": "删除"}).content.decode()
