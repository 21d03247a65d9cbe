"""佐证 on the item's page and in the catalogue: what is found, lacks, is asked and is confirmed."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from henji.assessment import commands, library, queries
from henji.assessment.models import StatedValue
from henji.evidence import commands as evidence
from henji.evidence.commands import Offered
from henji.lib.actors import INSTALLER
from henji.lib.periods import Period
from henji.mutual_aid import commands as mutual_aid

YEAR = Period.year(2016)
JUNE = date(2016, 6, 1)
ASKED = {"period": "2016", "as_of": "2016-06-01"}
ITEM = "/assessment/item/B10/"


@pytest.fixture
def keep(county, at):
    """Keep a paper: `keep("minutes", "assessment.part:B10.held", on=date(2016, 3, 1))`."""

    def _keep(kind, *about, on=date(2016, 5, 20), **more):
        content = BytesIO(f"%PDF-1.7 {kind}{about}{on}".encode())
        said = {"county": county, "title": "联席会议纪要", "by": INSTALLER, "at": at, **more}
        return evidence.keep_paper(
            kind=kind, on=on, files=[Offered("会议记录.pdf", content)], about=about, **said
        )

    return _keep


@pytest.fixture
def drive(county, at):
    return mutual_aid.open_drive(
        county=county,
        code="2016",
        name="2016 年一日捐",
        collects_from=date(2016, 4, 1),
        collects_to=date(2016, 5, 31),
        aid_from=date(2016, 1, 1),
        aid_to=date(2016, 12, 31),
        by=INSTALLER,
        at=at,
    )


def _item(county, standard, code="B10", as_of=JUNE):
    (score,) = queries.item_scores(county, standard, {code}, YEAR, as_of)
    return score


# What is found


def test_the_shelf_of_a_slot_holds_all_that_was_found_for_it(county, small, keep):
    kept = keep("minutes", "assessment.part:B10.held")
    unasked = keep("minutes", "assessment.part:B10.listed")
    old = keep("minutes", "assessment.part:B10.held", on=date(2015, 3, 1))
    found = queries.evidence_of(county, _item(county, small.standard), JUNE)
    minutes, photos = found.shelves["B10.held"]
    assert [exhibit.paper.pk for exhibit in minutes.exhibits] == [old.pk, kept.pk]
    assert [exhibit.answer.counts for exhibit in minutes.exhibits] == [False, True]
    assert photos.exhibits == ()
    assert [paper.pk for paper in found.others] == [unasked.pk]


def test_a_paper_filed_once_about_the_drive_serves_both_of_its_rates(county, drive, keep):
    standard = library.read(library.shipped("reference") or "")
    keep("voucher", f"mutual_aid.drive:{drive.pk}")
    keep("voucher", f"mutual_aid.drive:{drive.pk}0")
    slots = {
        part.part.code: [slot.held for slot in part.slots if slot.demand.kind == "voucher"]
        for part in _item(county, standard).parts
    }
    assert slots["participation"] == [1]
    assert slots["payout"][:1] == [1]


def test_a_deed_demanded_is_met_by_its_trace(county, drive):
    standard = library.read(library.shipped("reference") or "")
    score = _item(county, standard)
    (slot,) = (slot for part in score.parts for slot in part.slots if slot.demand.deed)
    assert (slot.label, slot.held, slot.wanted) == ("一日捐活动设立", 1, 1)
    found = queries.evidence_of(county, score, JUNE)
    (shelf,) = (shelf for part in found.shelves.values() for shelf in part if shelf.slot.demand.deed)
    assert shelf.exhibits[0].trace.pk == drive.made_by_id


def test_a_deed_of_another_year_does_not_count(county, drive):
    standard = library.read(library.shipped("reference") or "")
    scores = queries.item_scores(county, standard, {"B10"}, Period.year(2017), date(2017, 6, 1))
    assert [slot.held for part in scores[0].parts for slot in part.slots if slot.demand.deed] == [0]


def test_a_corrected_paper_counts_as_filed_when_it_was_filed_first(county, small, keep, at):
    kept = keep("minutes", "assessment.part:B10.held")
    for n in (60, 90):
        kept = evidence.correct_paper(
            paper=kept,
            county=county,
            kind="minutes",
            on=kept.on,
            title=f"更正后的纪要 {n}",
            number="",
            about=["assessment.part:B10.held"],
            reason="抄错",
            by=INSTALLER,
            at=at + timedelta(days=n),
        )
    score = _item(county, small.standard, as_of=date(2016, 12, 1))
    (answer,) = score.parts[0].slots[0].answers
    assert answer.find.recorded_on == at.date()
    assert answer.questions == ()


def test_the_days_after_which_filing_is_asked_about_are_the_standards(county, at, keep, small):
    keep("minutes", "assessment.part:B10.held", on=date(2016, 5, 20))
    strict = library.read(small.body.replace("bonus_cap: 2", "bonus_cap: 2\nfiling_days: 5"))
    lax, asked = (_item(county, one).parts[0].slots[0].answers[0] for one in (small.standard, strict))
    assert lax.questions == ()
    assert [question.code for question in asked.questions] == ["filed_late"]


# What it costs


def test_the_whole_cards_demands_cost_at_most_three_queries_more(county, reference, drive, keep):
    keep("voucher", f"mutual_aid.drive:{drive.pk}")
    standard = reference.standard
    bare = replace_evidence(standard)
    with CaptureQueriesContext(connection) as without:
        queries.scorecard(county, bare, YEAR, JUNE)
    with CaptureQueriesContext(connection) as within:
        queries.scorecard(county, standard, YEAR, JUNE)
    assert len(within) - len(without) <= 3


def replace_evidence(standard):
    """The standard, asking for no evidence."""
    items = tuple(
        item.model_copy(
            update={"parts": tuple(part.model_copy(update={"evidence": ()}) for part in item.parts)}
        )
        for item in standard.items
    )
    return standard.model_copy(update={"items": items})


# On the item's page


def test_the_page_says_what_is_held_what_lacks_and_what_is_out_of_period(client_of, officer, small, keep):
    kept = keep("minutes", "assessment.part:B10.held")
    keep("minutes", "assessment.part:B10.held", on=date(2015, 3, 1))
    told = client_of(officer).get(ITEM, ASKED).content.decode()
    assert "已存 1，缺 1" in told
    assert f"/evidence/papers/{kept.pk}/" in told
    assert "期外" in told


def test_what_is_asked_is_shown_to_the_owner_and_not_to_the_inspector(
    client_of, officer, inspector, county, small, keep
):
    keep("minutes", "assessment.part:B10.held", on=date(2016, 1, 5))
    seen = client_of(officer).get(ITEM, ASKED).content.decode()
    assert "事后补" in seen
    asked = {**ASKED, "county": county.pk}
    assert "事后补" not in client_of(inspector).get(ITEM, asked).content.decode()
    assert "事后补" not in client_of(inspector).get(f"{ITEM}catalogue/", asked).content.decode()


def test_a_question_never_lowers_what_is_held(county, small, keep):
    keep("minutes", "assessment.part:B10.held", on=date(2016, 1, 5))
    assert _item(county, small.standard).papers_held == 1


def test_the_neighbour_sees_none_of_it(client_of, outsider, small, keep):
    keep("minutes", "assessment.part:B10.held", title="正定的纪要")
    assert client_of(outsider).get(ITEM, ASKED).status_code == 404
    assert client_of(outsider).get("/assessment/catalogue/", ASKED).status_code == 404


# Confirming


@pytest.fixture
def complete(keep):
    keep("minutes", "assessment.part:B10.held", on=date(2016, 3, 1))
    keep("minutes", "assessment.part:B10.held", on=date(2016, 5, 20))


def _hidden(told):
    return [part.split('"')[0] for part in told.split('type="hidden" name="value" value="')[1:]]


def test_nothing_is_offered_while_evidence_lacks(client_of, officer, small, keep):
    keep("minutes", "assessment.part:B10.held")
    told = client_of(officer).get(ITEM, ASKED).content.decode()
    assert "佐证已齐" not in told


def test_where_all_evidence_is_held_the_value_is_offered_and_one_click_confirms_it(
    client_of, officer, county, small, complete
):
    client = client_of(officer)
    told = client.get(ITEM, ASKED).content.decode()
    assert "佐证已齐：会议纪要、记录、签到 2" in told
    assert "确认：2" in told
    assert _item(county, small.standard).points == 0
    sent = {
        "value": "2",
        "from_on": "2016-05-20",
        "to_on": "2016-12-31",
        "explanation": "佐证已齐：会议纪要、记录、签到 2",
    }
    for name, value in sent.items():
        assert f'name="{name}" value="{value}"' in told
    assert client.post("/assessment/value/B10.held/?period=2016", sent).status_code == 302
    assert StatedValue.objects.get().part_value == Decimal(2)
    assert _item(county, small.standard).points == 1
    assert "确认：2" not in client.get(ITEM, ASKED).content.decode()


def test_nothing_is_offered_where_a_later_day_has_its_value_already(
    client_of, officer, small, complete, state
):
    state("B10.held", 2, first="2016-07-01")
    assert "确认：2" not in client_of(officer).get(ITEM, ASKED).content.decode()


def test_many_papers_are_folded_away(client_of, officer, small, keep):
    for day in range(1, 8):
        keep("minutes", "assessment.part:B10.held", on=date(2016, 5, day))
    assert "看 7 件" in client_of(officer).get(ITEM, ASKED).content.decode()


def test_nothing_is_offered_to_who_may_not_state(client_of, auditor, small, complete):
    assert "确认：" not in client_of(auditor).get(ITEM, ASKED).content.decode()


def test_a_part_that_asks_for_no_evidence_is_never_offered(client_of, officer, small, complete):
    told = client_of(officer).get(ITEM, ASKED).content.decode()
    assert _hidden(told) == ["2"]


def test_a_yes_is_offered_for_yes_or_no(client_of, officer, county, at, small, keep):
    rule = "rule: {kind: all_or_nothing}"
    wanting = f"{rule}\n        evidence: [{{kind: approval, period: standing}}]"
    text = small.body.replace(rule, wanting).replace('version: "1"', 'version: "2"')
    commands.publish_standard(publisher=county, text=text, by=INSTALLER, at=at)
    keep("approval", "assessment.part:B10.listed", on=date(2012, 3, 1))
    told = client_of(officer).get(ITEM, ASKED).content.decode()
    assert "确认：是" in told
    assert 'name="from_on" value="2016-01-01"' in told


# The catalogue


def test_the_catalogue_goes_by_part_kind_and_day_and_says_what_lacks(client_of, officer, reference, keep):
    keep("minutes", "assessment.part:B01.joint_meeting", on=date(2016, 5, 2), title="丙")
    keep("minutes", "assessment.part:B01.joint_meeting", on=date(2016, 5, 1), title="乙")
    keep(
        "official_document",
        "assessment.part:B01.joint_meeting",
        on=date(2016, 5, 20),
        title="甲",
        number="正工发〔2016〕3 号",
    )
    told = client_of(officer).get("/assessment/item/B01/catalogue/", ASKED).content.decode()
    places = [told.index(f">{title}</a>") for title in "甲乙丙"]
    assert places == sorted(places)
    assert "正工发〔2016〕3 号" in told
    assert "会议记录.pdf" in told
    assert "本项" in told
    assert "缺 1" in told


def test_the_catalogue_of_all_items_has_contents_and_a_chapter_for_each(client_of, officer, reference):
    told = client_of(officer).get("/assessment/catalogue/", ASKED).content.decode()
    for item in reference.standard.items:
        assert f'href="#{item.code}"' in told
        assert f'id="{item.code}"' in told


def test_a_paper_filed_elsewhere_says_where(client_of, officer, reference, drive, keep):
    keep("voucher", f"mutual_aid.drive:{drive.pk}", title="银行回单")
    told = client_of(officer).get(f"{ITEM}catalogue/", ASKED).content.decode()
    assert "银行回单" in told
    assert "2016 年一日捐" in told


def test_personal_papers_stay_unnamed_for_who_may_not_see_papers(county, small, keep, reach_of, officer):
    keep("minutes", "assessment.part:B10.held", title="某人的记录", number="第 3 号")
    whole = reach_of(officer)
    blind = replace(whole, powers=whole.powers - {"evidence.see"})
    seen, hidden = (
        queries.catalogue(county.pk, [_item(county, small.standard)], reach)[0].entries[0]
        for reach in (whole, blind)
    )
    assert (seen.title, seen.files, seen.count) == ("某人的记录", ("会议记录.pdf",), 1)
    assert (hidden.title, hidden.files, hidden.number, hidden.url) == ("（涉及个人，不显示）", (), "", "")
    assert hidden.count == 1


def test_the_workbook_holds_every_entry_and_what_lacks(client_of, officer, small, keep):
    keep("minutes", "assessment.part:B10.held")
    response = client_of(officer).get("/assessment/catalogue/", {**ASKED, "export": "xlsx"})
    rows = list(load_workbook(BytesIO(response.getvalue())).active.iter_rows(values_only=True))
    assert rows[0][:5] == ("项目", "项目名称", "评分点", "种类", "名称")
    held = next(row for row in rows if row[4] == "联席会议纪要")
    assert (held[0], held[7], held[8], held[10]) == ("B10", 1, "会议记录.pdf", "已存")
    assert [row[10] for row in rows if row[0] == "B1"] == ["缺 1"]


def test_the_catalogue_costs_the_same_queries_however_much_is_held(client_of, officer, reference, keep):
    client = client_of(officer)

    def count():
        with CaptureQueriesContext(connection) as asked:
            client.get("/assessment/catalogue/", ASKED)
        return len(asked)

    keep("minutes", "assessment.item:B01")
    count()
    before = count()
    for day in range(1, 20):
        keep("minutes", "assessment.item:B01", on=date(2016, 3, day))
    count()
    assert count() == before
