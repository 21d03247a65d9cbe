"""改标准: a draft is written on screen, a node at a time; nothing is lost."""

import re
from typing import get_args

import pytest
from django.urls import reverse

from henji.assessment import commands, library
from henji.assessment.editing import desk, outlining, trees
from henji.assessment.models import StandardDraft
from henji.assessment.scoring.kinds import PartRule
from henji.assessment.tests.conftest import SMALL
from henji.assessment.tests.drafting import HELD, RATE, boxes, now, part_of, save, url_of, words_on
from henji.lib.actors import INSTALLER, Actor
from henji.lib.drafting import filling
from henji.lib.drafting.shapes import kinds_of

OTHER = Actor(77, "李干事", "干事")


@pytest.fixture
def draft(county, joined, at):
    return commands.begin_draft(publisher=county, text=SMALL, by=INSTALLER, at=at)


@pytest.fixture
def browser(client_of, officer):
    return client_of(officer)


# Forms


@pytest.mark.parametrize("code", ["reference", "township", "meilong", "wuhu", "rizhao_2010"])
def test_every_node_of_what_came_with_the_system_goes_through_its_form_unchanged(code):
    tree = trees.read(library.shipped(code))
    for node in trees.nodes_of(tree):
        assert desk.fits(tree, node), node
        kept = desk.kept(tree, tree, node, desk.filled_of(tree, node))
        assert kept.tree == tree, node


@pytest.mark.parametrize("code", ["reference", "township"])
def test_what_the_browser_sends_back_untouched_says_the_same(code):
    tree = trees.read(library.shipped(code))
    for node in trees.nodes_of(tree):
        filled = desk.filled_of(tree, node)
        draft = StandardDraft(body=trees.write(tree))
        told = filling.Posted(boxes(draft, node.path))
        assert desk.posted(node, told) == filled, node


def test_a_threshold_is_shown_in_per_cent_and_kept_as_a_share(browser, draft):
    assert boxes(draft, RATE)["f.rule.minimum"] == "50"
    save(browser, draft, RATE, f__rule__minimum="62.5%")
    assert "minimum: 0.625" in now(draft).body


def test_each_kind_of_rule_has_the_fields_of_its_own(browser, draft):
    page = browser.get(url_of("draft_node", draft, RATE)).content.decode()
    assert 'name="f.rule.minimum"' in page
    assert 'name="f.rule.bands.n"' not in page
    sent = {**boxes(draft, RATE), "f.rule.kind": "tiers", "do": "show"}
    page = browser.post(url_of("draft_node", draft, RATE), sent).content.decode()
    assert 'name="f.rule.bands.n"' in page
    assert now(draft).digest == draft.digest


def test_indicators_are_chosen_by_their_names(browser, draft):
    page = browser.get(url_of("draft_node", draft, RATE)).content.decode()
    assert '<option value="assessment.half_joined" selected>入会率</option>' in page
    assert "members.membership_rate" in page


def test_a_rule_is_written_whole_from_the_form(browser, draft):
    sent = {
        **boxes(draft, RATE),
        "f.rule.kind": "tiers",
        "f.rule.bands.n": "2",
        "f.rule.bands.0.0": "80",
        "f.rule.bands.0.1": "4",
        "f.rule.bands.1.0": "50",
        "f.rule.bands.1.1": "2",
    }
    page = browser.post(url_of("draft_node", draft, RATE), sent, follow=True)
    assert "达到 80% 得 4 分，达到 50% 得 2 分，再低不得分" in words_on(page)
    assert [band[1] for band in part_of(now(draft), "B1.rate").rule.bands] == [4, 2]


def test_evidence_is_asked_for_row_by_row(browser, draft):
    sent = {**boxes(draft, HELD), "do": "add:f.evidence"}
    page = browser.post(url_of("draft_node", draft, HELD), sent).content.decode()
    assert 'name="f.evidence.n" value="3"' in page
    sent = {
        **boxes(draft, HELD),
        "f.evidence.n": "3",
        "f.evidence.2.deed": "mutual_aid.drive_opened",
        "f.evidence.2.number": "2",
        "f.evidence.2.period": "quarter",
        "f.evidence.2.required": "true",
    }
    browser.post(url_of("draft_node", draft, HELD), sent)
    last = part_of(now(draft), "B10.held").evidence[-1]
    assert (last.deed, last.number, last.period) == ("mutual_aid.drive_opened", 2, "quarter")


def test_an_empty_row_at_the_end_is_not_kept(browser, draft):
    save(browser, draft, HELD, f__evidence__n="3", f__name="开两次会")
    assert len(part_of(now(draft), "B10.held").evidence) == 2


def test_a_row_is_dropped(browser, draft):
    sent = {**boxes(draft, HELD), "do": "drop:f.evidence.0"}
    page = browser.post(url_of("draft_node", draft, HELD), sent).content.decode()
    assert 'name="f.evidence.n" value="1"' in page
    assert '<option value="photo" selected>' in page


def test_what_is_wrong_stands_beside_its_field_and_is_kept(browser, draft):
    page = save(browser, draft, RATE, f__rule__minimum="很多", f__points="四").content.decode()
    assert 'id="f-points_error"' in page
    found = re.search(r'id="f-rule-minimum_error"[^>]*>.*?须为数字', page, re.DOTALL)
    assert found
    assert 'value="很多"' in page
    assert "minimum: 很多" in now(draft).body


def test_a_sum_that_does_not_match_is_told_with_the_item(browser, draft):
    page = save(browser, draft, "items.1.parts.1", f__points="2")
    assert "所在项目：各评分点合计 3 分，应为 2 分" in words_on(page)
    assert "整份还有要改的地方" in words_on(page)


def test_a_level_named_twice_is_refused_and_stays_typed(browser, draft):
    sent = {
        **boxes(draft, HELD),
        "f.rule.kind": "per_occurrence",
        "f.rule.each.as": "many",
        "f.rule.each.many.n": "2",
        "f.rule.each.many.0.key": "city",
        "f.rule.each.many.0.value": "1",
        "f.rule.each.many.1.key": "city",
        "f.rule.each.many.1.value": "2",
    }
    page = browser.post(url_of("draft_node", draft, HELD), sent).content.decode()
    assert "这个名称上面已经写过" in page
    assert page.count('value="city"') == 2
    assert now(draft).digest == draft.digest


def test_what_a_form_cannot_hold_is_left_to_the_text(browser, draft, at):
    odd = SMALL.replace("rule: {kind: all_or_nothing}", "rule: [all, or, nothing]")
    commands.save_draft(draft=draft, text=odd, seen=draft.digest, by=INSTALLER, at=at)
    page = browser.get(url_of("draft_node", draft, "items.1.parts.1"))
    assert "表单放不下" in words_on(page)
    assert browser.get(url_of("draft", draft)).status_code == 200


@pytest.mark.parametrize(
    "text", ["", "只有一句话", "items: 3", "items: [1, 2]", "items: [{parts: x}]", "vetoes: {a: 1}", "a: ["]
)
def test_a_text_that_is_no_list_of_items_leads_to_the_text(browser, draft, at, text):
    commands.save_draft(draft=draft, text=text, seen=draft.digest, by=INSTALLER, at=at)
    assert "先在原文里改好" in words_on(browser.get(url_of("draft", draft)))
    assert browser.get(url_of("draft_node", draft, "whole")).status_code == 404
    assert browser.get(url_of("draft_source", draft)).status_code == 200


@pytest.mark.parametrize("path", ["items.99", "items.0.parts.9", "nothing", "items", "vetoes.5", "items.-1"])
def test_no_form_for_what_is_not_there(browser, draft, path):
    assert browser.get(url_of("draft_node", draft, path)).status_code == 404


def test_a_hostile_post_neither_breaks_nor_fills_the_draft(browser, draft):
    sent = {
        "seen": draft.digest,
        "f.evidence.n": "99999999",
        "f.rule.kind": "__class__",
        "f.points": "9" * 5000,
        "f.name": "<script>alert(1)</script>",
        "f.evil": "x",
    }
    page = browser.post(url_of("draft_node", draft, RATE), sent, follow=True)
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()
    assert "evil" not in now(draft).body


# Preview and trial


def test_what_is_typed_is_previewed_and_scored_before_it_is_saved(browser, draft):
    sent = {**boxes(draft, RATE), "f.rule.minimum": "60"}
    page = browser.post(url_of("try_draft_node", draft, RATE), sent)
    assert "达到 60% 得 4 分，否则不得分" in words_on(page)
    assert "整份试算 4 分" in words_on(page)
    sent["f.rule.minimum"] = "70"
    page = browser.post(url_of("try_draft_node", draft, RATE), sent)
    assert "整份试算 0 分" in words_on(page)
    assert "存着的草稿 4 分" in words_on(page)
    assert now(draft).digest == draft.digest


def test_a_part_is_scored_while_the_rest_is_not_yet_sound(browser, draft):
    sent = {**boxes(draft, RATE), "f.points": "5"}
    page = browser.post(url_of("try_draft_node", draft, RATE), sent)
    assert "5/5 分" in " ".join(words_on(page).split())
    assert "整份还有要改的地方" in words_on(page)


def test_the_preview_says_what_is_wrong_beside_each_box(browser, draft):
    sent = {**boxes(draft, RATE), "f.rule.minimum": "一半"}
    page = browser.post(url_of("try_draft_node", draft, RATE), sent).content.decode()
    assert re.search(r'id="f-rule-minimum_error" hx-swap-oob="true">.*?须为数字', page, re.DOTALL)


# Adding, moving, removing


def _rearrange(browser, draft, do, node, below=""):
    sent = {"seen": draft.digest, "do": do, "node": node, "below": below}
    return browser.post(url_of("rearrange_draft", draft), sent, follow=True)


def test_a_part_is_added_under_the_next_code_and_opened(browser, draft):
    page = _rearrange(browser, draft, "add", "items.0", "parts")
    assert page.redirect_chain[-1][0] == url_of("draft_node", draft, "items.0.parts.1")
    assert outlining.tree_of(now(draft))["items"][0]["parts"][1] == {"code": "part_1"}


def test_an_item_is_added_under_the_next_code(browser, draft):
    _rearrange(browser, draft, "add", "whole", "items")
    assert outlining.tree_of(now(draft))["items"][-1]["code"] == "A2"


def test_a_veto_is_added_and_removed(browser, draft):
    _rearrange(browser, draft, "add", "whole", "vetoes")
    assert len(outlining.tree_of(now(draft))["vetoes"]) == 2
    _rearrange(browser, now(draft), "remove", "vetoes.1")
    assert outlining.tree_of(now(draft)) == trees.read(SMALL)


def test_items_and_parts_are_moved(browser, draft):
    _rearrange(browser, draft, "down", "items.0")
    assert [item.code for item in now(draft).standard.items] == ["B10", "B1", "A1"]
    _rearrange(browser, now(draft), "up", "items.0.parts.1")
    assert [part.code for part in now(draft).standard.items[0].parts] == ["listed", "held"]


@pytest.mark.parametrize("sent", [{"do": "burn"}, {"node": "items.9"}, {"node": "whole"}, {"node": "x.y"}])
def test_nothing_is_done_to_what_is_not_there(browser, draft, sent):
    asked = {"seen": draft.digest, "do": "remove", "node": "items.0", **sent}
    assert browser.post(url_of("rearrange_draft", draft), asked).status_code == 404
    assert now(draft).digest == draft.digest


def test_a_draft_that_moved_is_not_rearranged(browser, draft, at):
    commands.save_draft(draft=draft, text=f"{SMALL}\n", seen=draft.digest, by=OTHER, at=at)
    page = _rearrange(browser, draft, "remove", "items.0")
    assert "这一步没有做" in words_on(page)
    assert len(now(draft).standard.items) == 3


# Who may


@pytest.mark.parametrize("name", ["draft", "draft_source", "draft_history"])
def test_the_neighbour_and_who_only_reads_see_no_draft(client_of, outsider, auditor, draft, name):
    assert client_of(outsider).get(url_of(name, draft)).status_code == 404
    assert client_of(auditor).get(url_of(name, draft)).status_code == 403


def test_the_neighbour_writes_in_no_draft(client_of, outsider, draft):
    browser = client_of(outsider)
    for name, more, sent in (
        ("draft_node", [RATE], boxes(draft, RATE)),
        ("try_draft_node", [RATE], boxes(draft, RATE)),
        ("rearrange_draft", [], {"seen": draft.digest, "do": "remove", "node": "items.0"}),
        ("restore_draft", [1], {"seen": draft.digest}),
    ):
        assert browser.post(url_of(name, draft, *more), sent).status_code == 404
    assert now(draft).digest == draft.digest


def test_a_published_standard_has_no_forms(browser, small):
    there = reverse("assessment:standard", args=[small.pk])
    assert "/edit/" not in browser.get(there).content.decode()


@pytest.mark.parametrize("kind", [kind for model in get_args(PartRule) for kind in kinds_of(model)])
def test_every_kind_of_rule_is_drawn_when_it_is_chosen(browser, draft, kind):
    for path in (RATE, HELD):
        sent = {**boxes(draft, path), "f.rule.kind": kind, "do": "show"}
        page = browser.post(url_of("draft_node", draft, path), sent)
        assert f'<option value="{kind}" selected>' in page.content.decode()
        del sent["do"]
        browser.post(url_of("try_draft_node", draft, path), sent)
