"""The rules of `docs/house.md`, held against the source; each stands in `tests/house/` under its name."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings

from tests.house import commands, floors, nouns, purity, speech, templates, words
from tests.house.nouns import Noun
from tests.house.source import Module, everything, house
from tests.house.templates import Template

RULES: list[Callable[[Module], Iterator[str]]] = [
    commands.a_command_is_atomic,
    commands.a_command_takes_keywords_only,
    commands.a_command_is_signed_and_dated,
    commands.a_command_leaves_one_trace,
    commands.a_command_calls_no_command,
    commands.a_view_does_one_deed,
    purity.only_commands_write,
    purity.nothing_below_the_door_reads_the_clock,
    purity.there_is_one_clock,
    words.what_is_public_is_explained,
    words.what_officers_name_is_named_in_chinese,
    words.an_indicator_has_a_chinese_name,
    words.a_rule_keeps_its_word,
    words.a_refusal_speaks_to_the_user,
    words.a_name_tells_its_kind,
    speech.what_people_read_goes_through_gettext,
    speech.words_of_a_module_are_lazy,
]
RULES_OF_NOUNS: list[Callable[[Noun], Iterator[str]]] = [
    nouns.a_noun_has_a_chinese_name,
    nouns.a_noun_has_no_order_of_its_own,
    nouns.a_field_is_named_by_its_kind,
    nouns.evidence_points_at_nothing_outside,
    nouns.a_fact_points_at_its_trace_and_never_drags_it_along,
]
RULES_OF_TEMPLATES: list[Callable[[Template], Iterator[str]]] = [
    templates.a_template_borrows_only_from_its_room_and_the_shell,
    templates.a_template_lies_in_its_rooms_folder,
    templates.a_template_speaks_through_gettext,
    templates.a_template_holds_no_script_and_no_style,
]


def _name(rule: Callable[..., object]) -> str:
    return rule.__name__


@pytest.mark.parametrize("rule", RULES, ids=_name)
def test_the_source(rule):
    assert [f"{module.path}:{breach}" for module in house() for breach in rule(module)] == []


@pytest.mark.parametrize("rule", RULES_OF_NOUNS, ids=_name)
def test_the_nouns(rule):
    assert [f"{noun._meta.label}: {breach}" for noun in nouns.nouns() for breach in rule(noun)] == []


@pytest.mark.parametrize("rule", RULES_OF_TEMPLATES, ids=_name)
def test_the_templates(rule):
    held = templates.templates()
    assert [f"{template.path}: {breach}" for template in held for breach in rule(template)] == []


def test_a_module_is_short():
    assert [f"{m.path}:{breach}" for m in everything() for breach in words.a_module_is_short(m)] == []


def test_the_rooms_are_installed_from_the_bottom_up():
    assert list(floors.out_of_order(settings.INSTALLED_APPS, floors.floors(floors.contracts()))) == []


def test_no_room_is_forgotten():
    rooms = floors.rooms_on_disk()
    installed = {name.removeprefix("henji.") for name in settings.INSTALLED_APPS if name.startswith("henji.")}
    assert installed == rooms
    assert floors.layered(floors.contracts()) == rooms
