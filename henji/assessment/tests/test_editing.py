"""改标准: a draft is written on screen, a node at a time; nothing is lost."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from henji.assessment import commands, library
from henji.assessment.editing import desk, filling, outlining, trees
from henji.assessment.editing.shapes import group_of
from henji.assessment.editing.trees import Node
from henji.assessment.models import StandardDraft
from henji.assessment.tests.conftest import SMALL
from henji.assessment.schema import Part
from henji.lib.actors import INSTALLER, Actor

RATE, HELD = "items.0.parts.0", "items.1.parts.0"
OTHER = Actor(77, "李干事", "干事")


@pytest.fixture
def draft(county, joined, at):
    return commands.begin_draft(publisher=county, text=SMALL, by=INSTALLER, at=at)


@pytest.fixture
def browser(client_of, officer):
    return client_of(officer)


def _url(name, draft, *more):
    return reverse(f"assessment:{name}", args=[draft.pk, *more])


def _now(draft):
    return StandardDraft.objects.get(pk=draft.pk)


def _boxes(draft, path):
    """What a browser would send from the node's form as it stands."""
    tree = outlining.tree_of(draft)
    node = Node(path)
    form = desk.form(tree, node, desk.filled_of(tree, node), {})
    sent = {"seen": draft.digest}
    for box in form.slots:
        if box.sort in ("rows", "table"):
            sent[f"{box.name}.n"] = str(len(box.inside))
        elif box.sort == "variant":
            sent[f"{box.name}.kind"] = box.value
        elif box.sort == "oneormany":
            sent[f"{box.name}.as"] = box.value
        elif box.sort not in ("group", "pair"):
            sent[box.name] = box.value
    return sent


def _save(browser, draft, path, **typed):
    sent = {**_boxes(draft, path), **{name.replace("__", "."): value for name, value in typed.items()}}
    return browser.post(_url("draft_node", draft, path), sent, follow=True)


def _part(draft, code):
    item, _dot, part = code.partition(".")
    found = next(one for one in draft.standard.items if one.code == item)
    return next(one for one in found.parts if one.code == part)


def _words(page):
    return unescape(re.sub(r"<[^>]+>", "", page.content.decode()))


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
        told = filling.Posted(_boxes(draft, node.path))
        assert desk.posted(node, told) == filled, node


def test_a_threshold_is_shown_in_per_cent_and_kept_as_a_share(browser, draft):
    assert _boxes(draft, RATE)["f.rule.minimum"] == "50"
    _save(browser, draft, RATE, f__rule__minimum="62.5%")
    assert "minimum: 0.625" in _now(draft).body


def test_each_kind_of_rule_has_the_fields_of_its_own(browser, draft):
    page = browser.get(_url("draft_node", draft, RATE)).content.decode()
    assert 'name="f.rule.minimum"' in page
    assert 'name="f.rule.bands.n"' not in page
    sent = {**_boxes(draft, RATE), "f.rule.kind": "tiers", "do": "show"}
    page = browser.post(_url("draft_node", draft, RATE), sent).content.decode()
    assert 'name="f.rule.bands.n"' in page
    assert _now(draft).digest == draft.digest


def test_indicators_are_chosen_by_their_names(browser, draft):
    page = browser.get(_url("draft_node", draft, RATE)).content.decode()
    assert '<option value="assessment.half_joined" selected>入会率</option>' in page
    assert "members.membership_rate" in page


def test_a_rule_is_written_whole_from_the_form(browser, draft):
    sent = {
        **_boxes(draft, RATE),
        "f.rule.kind": "tiers",
        "f.rule.bands.n": "2",
        "f.rule.bands.0.0": "80",
        "f.rule.bands.0.1": "4",
        "f.rule.bands.1.0": "50",
        "f.rule.bands.1.1": "2",
    }
    page = browser.post(_url("draft_node", draft, RATE), sent, follow=True)
    assert "达到 80% 得 4 分，达到 50% 得 2 分，再低不得分" in _words(page)
    assert [band[1] for band in _part(_now(draft), "B1.rate").rule.bands] == [4, 2]


def test_evidence_is_asked_for_row_by_row(browser, draft):
    sent = {**_boxes(draft, HELD), "do": "add:f.evidence"}
    page = browser.post(_url("draft_node", draft, HELD), sent).content.decode()
    assert 'name="f.evidence.n" value="3"' in page
    sent = {
        **_boxes(draft, HELD),
        "f.evidence.n": "3",
        "f.evidence.2.deed": "mutual_aid.drive_opened",
        "f.evidence.2.number": "2",
        "f.evidence.2.period": "quarter",
        "f.evidence.2.required": "true",
    }
    browser.post(_url("draft_node", draft, HELD), sent)
    last = _part(_now(draft), "B10.held").evidence[-1]
    assert (last.deed, last.number, last.period) == ("mutual_aid.drive_opened", 2, "quarter")


def test_an_empty_row_at_the_end_is_not_kept(browser, draft):
    _save(browser, draft, HELD, f__evidence__n="3", f__name="开两次会")
    assert len(_part(_now(draft), "B10.held").evidence) == 2


def test_a_row_is_dropped(browser, draft):
    sent = {**_boxes(draft, HELD), "do": "drop:f.evidence.0"}
    page = browser.post(_url("draft_node", draft, HELD), sent).content.decode()
    assert 'name="f.evidence.n" value="1"' in page
    assert '<option value="photo" selected>' in page


def test_what_is_wrong_stands_beside_its_field_and_is_kept(browser, draft):
    page = _save(browser, draft, RATE, f__rule__minimum="很多", f__points="四").content.decode()
    assert 'id="f-points_error"' in page
    found = re.search(r'id="f-rule-minimum_error"[^>]*>.*?须为数字', page, re.DOTALL)
    assert found
    assert 'value="很多"' in page
    assert "minimum: 很多" in _now(draft).body


def test_a_sum_that_does_not_match_is_told_with_the_item(browser, draft):
    page = _save(browser, draft, "items.1.parts.1", f__points="2")
    assert "所在项目：各评分点合计 3 分，应为 2 分" in _words(page)
    assert "整份还有要改的地方" in _words(page)


def test_a_level_named_twice_is_refused_and_stays_typed(browser, draft):
    sent = {
        **_boxes(draft, HELD),
        "f.rule.kind": "per_occurrence",
        "f.rule.each.as": "many",
        "f.rule.each.many.n": "2",
        "f.rule.each.many.0.key": "city",
        "f.rule.each.many.0.value": "1",
        "f.rule.each.many.1.key": "city",
        "f.rule.each.many.1.value": "2",
    }
    page = browser.post(_url("draft_node", draft, HELD), sent).content.decode()
    assert "这个名称上面已经写过" in page
    assert page.count('value="city"') == 2
    assert _now(draft).digest == draft.digest


def test_what_a_form_cannot_hold_is_left_to_the_text(browser, draft, at):
    odd = SMALL.replace("rule: {kind: all_or_nothing}", "rule: [all, or, nothing]")
    commands.save_draft(draft=draft, text=odd, seen=draft.digest, by=INSTALLER, at=at)
    page = browser.get(_url("draft_node", draft, "items.1.parts.1"))
    assert "表单放不下" in _words(page)
    assert browser.get(_url("draft", draft)).status_code == 200


@pytest.mark.parametrize(
    "text", ["", "只有一句话", "items: 3", "items: [1, 2]", "items: [{parts: x}]", "vetoes: {a: 1}", "a: ["]
)
def test_a_text_that_is_no_list_of_items_leads_to_the_text(browser, draft, at, text):
    commands.save_draft(draft=draft, text=text, seen=draft.digest, by=INSTALLER, at=at)
    assert "先在原文里改好" in _words(browser.get(_url("draft", draft)))
    assert browser.get(_url("draft_node", draft, "whole")).status_code == 404
    assert browser.get(_url("draft_source", draft)).status_code == 200


@pytest.mark.parametrize("path", ["items.99", "items.0.parts.9", "nothing", "items", "vetoes.5", "items.-1"])
def test_no_form_for_what_is_not_there(browser, draft, path):
    assert browser.get(_url("draft_node", draft, path)).status_code == 404


def test_a_hostile_post_neither_breaks_nor_fills_the_draft(browser, draft):
    sent = {
        "seen": draft.digest,
        "f.evidence.n": "99999999",
        "f.rule.kind": "__class__",
        "f.points": "9" * 5000,
        "f.name": "<script>alert(1)</script>",
        "f.evil": "x",
    }
    page = browser.post(_url("draft_node", draft, RATE), sent, follow=True)
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()
    assert "evil" not in _now(draft).body


# Preview and trial


def test_what_is_typed_is_previewed_and_scored_before_it_is_saved(browser, draft):
    sent = {**_boxes(draft, RATE), "f.rule.minimum": "60"}
    page = browser.post(_url("try_draft_node", draft, RATE), sent)
    assert "达到 60% 得 4 分，否则不得分" in _words(page)
    assert "整份试算 4 分" in _words(page)
    sent["f.rule.minimum"] = "70"
    page = browser.post(_url("try_draft_node", draft, RATE), sent)
    assert "整份试算 0 分" in _words(page)
    assert "存着的草稿 4 分" in _words(page)
    assert _now(draft).digest == draft.digest


def test_a_part_is_scored_while_the_rest_is_not_yet_sound(browser, draft):
    sent = {**_boxes(draft, RATE), "f.points": "5"}
    page = browser.post(_url("try_draft_node", draft, RATE), sent)
    assert "5/5 分" in " ".join(_words(page).split())
    assert "整份还有要改的地方" in _words(page)


def test_the_preview_says_what_is_wrong_beside_each_box(browser, draft):
    sent = {**_boxes(draft, RATE), "f.rule.minimum": "一半"}
    page = browser.post(_url("try_draft_node", draft, RATE), sent).content.decode()
    assert re.search(r'id="f-rule-minimum_error" hx-swap-oob="true">.*?须为数字', page, re.DOTALL)


# Adding, moving, removing


def _rearrange(browser, draft, do, node, below=""):
    sent = {"seen": draft.digest, "do": do, "node": node, "below": below}
    return browser.post(_url("rearrange_draft", draft), sent, follow=True)


def test_a_part_is_added_under_the_next_code_and_opened(browser, draft):
    page = _rearrange(browser, draft, "add", "items.0", "parts")
    assert page.redirect_chain[-1][0] == _url("draft_node", draft, "items.0.parts.1")
    assert outlining.tree_of(_now(draft))["items"][0]["parts"][1] == {"code": "part_1"}


def test_an_item_is_added_under_the_next_code(browser, draft):
    _rearrange(browser, draft, "add", "whole", "items")
    assert outlining.tree_of(_now(draft))["items"][-1]["code"] == "A2"


def test_a_veto_is_added_and_removed(browser, draft):
    _rearrange(browser, draft, "add", "whole", "vetoes")
    assert len(outlining.tree_of(_now(draft))["vetoes"]) == 2
    _rearrange(browser, _now(draft), "remove", "vetoes.1")
    assert outlining.tree_of(_now(draft)) == trees.read(SMALL)


def test_items_and_parts_are_moved(browser, draft):
    _rearrange(browser, draft, "down", "items.0")
    assert [item.code for item in _now(draft).standard.items] == ["B10", "B1", "A1"]
    _rearrange(browser, _now(draft), "up", "items.0.parts.1")
    assert [part.code for part in _now(draft).standard.items[0].parts] == ["listed", "held"]


@pytest.mark.parametrize("sent", [{"do": "burn"}, {"node": "items.9"}, {"node": "whole"}, {"node": "x.y"}])
def test_nothing_is_done_to_what_is_not_there(browser, draft, sent):
    asked = {"seen": draft.digest, "do": "remove", "node": "items.0", **sent}
    assert browser.post(_url("rearrange_draft", draft), asked).status_code == 404
    assert _now(draft).digest == draft.digest


def test_a_draft_that_moved_is_not_rearranged(browser, draft, at):
    commands.save_draft(draft=draft, text=f"{SMALL}\n", seen=draft.digest, by=OTHER, at=at)
    page = _rearrange(browser, draft, "remove", "items.0")
    assert "这一步没有做" in _words(page)
    assert len(_now(draft).standard.items) == 3


# Undo


def test_steps_are_undone_one_after_another(browser, draft):
    for name in ("一", "二", "三"):
        _save(browser, _now(draft), RATE, f__name=name)
    for number, name in ((3, "二"), (2, "一"), (1, "入会率")):
        page = browser.get(_url("draft", draft)).content.decode()
        assert _url("restore_draft", draft, number) in page
        browser.post(_url("restore_draft", draft, number), {"seen": _now(draft).digest})
        assert _part(_now(draft), "B1.rate").name == name
    assert "撤销上一步" not in browser.get(_url("draft", draft)).content.decode()


def test_what_was_undone_can_be_brought_back(browser, draft):
    _save(browser, draft, RATE, f__name="新名")
    browser.post(_url("restore_draft", draft, 1), {"seen": _now(draft).digest})
    browser.post(_url("restore_draft", draft, 2), {"seen": _now(draft).digest})
    assert _part(_now(draft), "B1.rate").name == "新名"


def test_the_history_tells_who_changed_what(browser, draft, officer):
    _save(browser, draft, RATE, f__name="新名")
    page = _words(browser.get(_url("draft_history", draft)))
    assert officer.name in page
    assert "B1.rate 名称“入会率”改为“新名”" in page


def test_nothing_is_restored_over_what_somebody_saved_meanwhile(browser, draft, at):
    _save(browser, draft, RATE, f__name="新名")
    seen = _now(draft).digest
    commands.save_draft(draft=draft, text=f"{SMALL}\n", seen=seen, by=OTHER, at=at)
    page = browser.post(_url("restore_draft", draft, 1), {"seen": seen}, follow=True)
    assert "草稿刚被别人保存过" in _words(page)
    assert _now(draft).body == f"{SMALL}\n"


def test_a_saving_that_is_not_kept_is_not_found(browser, draft):
    there = _url("restore_draft", draft, 9)
    assert browser.post(there, {"seen": draft.digest}).status_code == 404


# Two at once


def _other(draft, at, path, **said):
    """Somebody else saves other words into a node meanwhile."""
    held = _now(draft)
    tree = outlining.tree_of(held)
    node = Node(path)
    text = trees.write(trees.put(tree, node, {**trees.own(tree, node), **said}))
    when = at + timedelta(minutes=1)
    return commands.save_draft(draft=held, text=text, seen=held.digest, by=OTHER, at=when)


def test_changes_of_two_persons_in_two_places_both_stand(browser, draft, at):
    _other(draft, at, HELD, name="他改的")
    page = _save(browser, draft, RATE, f__name="我改的")
    assert _part(_now(draft), "B10.held").name == "他改的"
    assert _part(_now(draft), "B1.rate").name == "我改的"
    assert "李干事同时改了：B10.held 名称“开会”改为“他改的”" in _words(page)


def test_changes_of_two_persons_to_two_fields_of_one_place_both_stand(browser, draft, at):
    _other(draft, at, RATE, source="他写的来源")
    _save(browser, draft, RATE, f__name="我改的")
    part = _part(_now(draft), "B1.rate")
    assert (part.source, part.name) == ("他写的来源", "我改的")


def test_a_field_that_both_changed_is_shown_and_not_overwritten(browser, draft, at):
    held = _other(draft, at, RATE, name="他改的")
    page = _save(browser, draft, RATE, f__name="我改的", f__source="我写的来源")
    assert _now(draft).digest == held.digest
    assert "别人刚改成“他改的”" in _words(page)
    assert 'value="我改的"' in page.content.decode()
    assert 'value="我写的来源"' in page.content.decode()
    again = {**_boxes(held, RATE), "f.name": "我改的", "f.source": "我写的来源"}
    browser.post(_url("draft_node", draft, RATE), again)
    assert _part(_now(draft), "B1.rate").name == "我改的"


def test_a_node_is_found_again_where_somebody_moved_it(browser, draft, at):
    tree = outlining.tree_of(draft)
    moved, _node = trees.moved(tree, Node("items.0"), "down")
    commands.save_draft(draft=draft, text=trees.write(moved), seen=draft.digest, by=OTHER, at=at)
    _save(browser, draft, RATE, f__name="我改的")
    assert _part(_now(draft), "B1.rate").name == "我改的"
    assert _now(draft).standard.items[0].code == "B10"


def test_what_was_typed_stays_where_somebody_removed_its_place(browser, draft, at):
    gone = trees.removed(outlining.tree_of(draft), Node("items.0"))
    commands.save_draft(draft=draft, text=trees.write(gone), seen=draft.digest, by=OTHER, at=at)
    page = _save(browser, draft, RATE, f__name="我改的")
    assert "您的改动没有存" in _words(page)
    assert 'value="我改的"' in page.content.decode()


# Who may


@pytest.mark.parametrize("name", ["draft", "draft_source", "draft_history"])
def test_the_neighbour_and_who_only_reads_see_no_draft(client_of, outsider, auditor, draft, name):
    assert client_of(outsider).get(_url(name, draft)).status_code == 404
    assert client_of(auditor).get(_url(name, draft)).status_code == 403


def test_the_neighbour_writes_in_no_draft(client_of, outsider, draft):
    browser = client_of(outsider)
    for name, more, sent in (
        ("draft_node", [RATE], _boxes(draft, RATE)),
        ("try_draft_node", [RATE], _boxes(draft, RATE)),
        ("rearrange_draft", [], {"seen": draft.digest, "do": "remove", "node": "items.0"}),
        ("restore_draft", [1], {"seen": draft.digest}),
    ):
        assert browser.post(_url(name, draft, *more), sent).status_code == 404
    assert _now(draft).digest == draft.digest


def test_a_published_standard_has_no_forms(browser, small):
    there = reverse("assessment:standard", args=[small.pk])
    assert "/edit/" not in browser.get(there).content.decode()


@pytest.mark.parametrize("kind", [kind for kind in group_of(Part).entries[4].shape.kinds])
def test_every_kind_of_rule_is_drawn_when_it_is_chosen(browser, draft, kind):
    for path in (RATE, HELD):
        sent = {**_boxes(draft, path), "f.rule.kind": kind, "do": "show"}
        page = browser.post(_url("draft_node", draft, path), sent)
        assert f'<option value="{kind}" selected>' in page.content.decode()
        del sent["do"]
        browser.post(_url("try_draft_node", draft, path), sent)
