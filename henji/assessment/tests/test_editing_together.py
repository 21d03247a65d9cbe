"""两人同改，改错了退回: nothing is silently overwritten, and what was can come back."""

from datetime import timedelta

import pytest

from henji.assessment import commands
from henji.assessment.editing import outlining, trees
from henji.assessment.editing.trees import Node
from henji.assessment.tests.conftest import SMALL
from henji.assessment.tests.drafting import HELD, RATE, boxes, now, part_of, save, url_of, words_on
from henji.lib.actors import INSTALLER, Actor

OTHER = Actor(77, "李干事", "干事")


@pytest.fixture
def draft(county, joined, at):
    return commands.begin_draft(publisher=county, text=SMALL, by=INSTALLER, at=at)


@pytest.fixture
def browser(client_of, officer):
    return client_of(officer)


# Undo


def test_steps_are_undone_one_after_another(browser, draft):
    for name in ("一", "二", "三"):
        save(browser, now(draft), RATE, f__name=name)
    for number, name in ((3, "二"), (2, "一"), (1, "入会率")):
        page = browser.get(url_of("draft", draft)).content.decode()
        assert url_of("restore_draft", draft, number) in page
        browser.post(url_of("restore_draft", draft, number), {"seen": now(draft).digest})
        assert part_of(now(draft), "B1.rate").name == name
    assert "撤销上一步" not in browser.get(url_of("draft", draft)).content.decode()


def test_what_was_undone_can_be_brought_back(browser, draft):
    save(browser, draft, RATE, f__name="新名")
    browser.post(url_of("restore_draft", draft, 1), {"seen": now(draft).digest})
    browser.post(url_of("restore_draft", draft, 2), {"seen": now(draft).digest})
    assert part_of(now(draft), "B1.rate").name == "新名"


def test_the_history_tells_who_changed_what(browser, draft, officer):
    save(browser, draft, RATE, f__name="新名")
    page = words_on(browser.get(url_of("draft_history", draft)))
    assert officer.name in page
    assert "B1.rate 名称“入会率”改为“新名”" in page


def test_nothing_is_restored_over_what_somebody_saved_meanwhile(browser, draft, at):
    save(browser, draft, RATE, f__name="新名")
    seen = now(draft).digest
    commands.save_draft(draft=draft, text=f"{SMALL}\n", seen=seen, by=OTHER, at=at)
    page = browser.post(url_of("restore_draft", draft, 1), {"seen": seen}, follow=True)
    assert "草稿刚被别人保存过" in words_on(page)
    assert now(draft).body == f"{SMALL}\n"


def test_a_saving_that_is_not_kept_is_not_found(browser, draft):
    there = url_of("restore_draft", draft, 9)
    assert browser.post(there, {"seen": draft.digest}).status_code == 404


# Two at once


def _other(draft, at, path, **said):
    """Somebody else saves other words into a node meanwhile."""
    held = now(draft)
    tree = outlining.tree_of(held)
    node = Node(path)
    text = trees.write(trees.put(tree, node, {**trees.own(tree, node), **said}))
    when = at + timedelta(minutes=1)
    return commands.save_draft(draft=held, text=text, seen=held.digest, by=OTHER, at=when)


def test_changes_of_two_persons_in_two_places_both_stand(browser, draft, at):
    _other(draft, at, HELD, name="他改的")
    page = save(browser, draft, RATE, f__name="我改的")
    assert part_of(now(draft), "B10.held").name == "他改的"
    assert part_of(now(draft), "B1.rate").name == "我改的"
    assert "李干事同时改了：B10.held 名称“开会”改为“他改的”" in words_on(page)


def test_changes_of_two_persons_to_two_fields_of_one_place_both_stand(browser, draft, at):
    _other(draft, at, RATE, source="他写的来源")
    save(browser, draft, RATE, f__name="我改的")
    part = part_of(now(draft), "B1.rate")
    assert (part.source, part.name) == ("他写的来源", "我改的")


def test_a_field_that_both_changed_is_shown_and_not_overwritten(browser, draft, at):
    held = _other(draft, at, RATE, name="他改的")
    page = save(browser, draft, RATE, f__name="我改的", f__source="我写的来源")
    assert now(draft).digest == held.digest
    assert "别人刚改成“他改的”" in words_on(page)
    assert 'value="我改的"' in page.content.decode()
    assert 'value="我写的来源"' in page.content.decode()
    again = {**boxes(held, RATE), "f.name": "我改的", "f.source": "我写的来源"}
    browser.post(url_of("draft_node", draft, RATE), again)
    assert part_of(now(draft), "B1.rate").name == "我改的"


def test_a_node_is_found_again_where_somebody_moved_it(browser, draft, at):
    tree = outlining.tree_of(draft)
    moved, _node = trees.moved(tree, Node("items.0"), "down")
    commands.save_draft(draft=draft, text=trees.write(moved), seen=draft.digest, by=OTHER, at=at)
    save(browser, draft, RATE, f__name="我改的")
    assert part_of(now(draft), "B1.rate").name == "我改的"
    assert now(draft).standard.items[0].code == "B10"


def test_what_was_typed_stays_where_somebody_removed_its_place(browser, draft, at):
    gone = trees.removed(outlining.tree_of(draft), Node("items.0"))
    commands.save_draft(draft=draft, text=trees.write(gone), seen=draft.digest, by=OTHER, at=at)
    page = save(browser, draft, RATE, f__name="我改的")
    assert "您的改动没有存" in words_on(page)
    assert 'value="我改的"' in page.content.decode()
