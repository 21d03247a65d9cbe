"""名称: what deeds, subjects and facts are called, as the rooms that do the deeds declare it.

Each room's `deeds.py` holds `Deed` and may hold `FACTS`, which names the facts of its traces. It may
also say which deeds take back what an earlier one did (`UNDOING`), and which state it anew with its day
(`RESTATING`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from henji.evidence import addresses
from henji.evidence.facts import Fact
from henji.evidence.models import Trace
from henji.lib import money, tongues
from henji.lib.reach import Reach

#: Facts that the trace's page shows in a place of their own.
_APART = frozenset({"papers"})


@dataclass(frozen=True, slots=True)
class Told:
    """事实: one fact in words, with the page of the thing it names."""

    label: str
    words: str
    url: str = ""

    @property
    def is_code(self) -> bool:
        """Whether the words are a digest or an identifier, to be compared rather than read."""
        return len(self.words) >= 32 and self.words.isascii()


def deed_name(code: str) -> str:
    """事项: the deed's Chinese name; the code itself where the room that did it is gone."""
    for known, name in _deeds_of(room_of(code)):
        if known == code:
            return name
    return code


def deeds_by_room() -> list[tuple[str, list[tuple[str, str]]]]:
    """All deeds of the installation under the names of their rooms, in floor order."""
    ours = (config for config in apps.get_app_configs() if config.name.startswith("henji."))
    groups = ((str(config.verbose_name), _deeds_of(config.label)) for config in ours)
    return [(name, deeds) for name, deeds in groups if deeds]


def kind_name(kind: str) -> str:
    """对象: what things of the kind are called: `unions.employer` is 单位."""
    try:
        return str(apps.get_model(kind)._meta.verbose_name)
    except LookupError:
        return kind


def facts_in_words(trace: Trace, reach: Reach) -> Iterator[Told]:
    """事实: the trace's facts, named and worded, in the order in which their names are declared.

    They lead to the pages of the things they name, as far as these open to the reach.
    """
    names = _declared(room_of(trace.deed), "FACTS") or {}
    for key in sorted(trace.facts.keys() - _APART, key=lambda key: _place(key, list(names))):
        yield _told(names.get(key, Fact(key)), key, trace.facts[key], reach)


def _place(key: str, declared: list[str]) -> tuple[int, str]:
    return (declared.index(key) if key in declared else len(declared), key)


def _told(fact: Fact, key: str, value: Any, reach: Reach) -> Told:
    url = addresses.page_for(reach, fact.kind, str(value)) if fact.kind else ""
    return Told(str(fact.label), _worded(value, key, dict(fact.words)), url)


def _worded(value: Any, key: str, words: Mapping[str, Any]) -> str:
    match value:
        case None:
            return "—"
        case bool():
            return _("是") if value else _("否")
        case list():
            return tongues.listed(_worded(one, key, words) for one in value)
        case dict():
            return tongues.listed(
                f"{words.get(name, name)} {_worded(one, key, words)}" for name, one in value.items()
            )
        case int():
            return f"{value:,}" if not key.endswith("_id") else str(value)
    if key.endswith("_yuan"):
        return money.show(Decimal(str(value)))
    return str(words.get(str(value), value))


def room_of(deed: str) -> str:
    """The room that does the deed."""
    return deed.partition(".")[0]


def undoing(room: str) -> frozenset[str]:
    """作废之事: the deeds of the room that take back an earlier one."""
    return frozenset(map(str, _declared(room, "UNDOING") or ()))


def restating(room: str) -> frozenset[str]:
    """重述之事: the deeds of the room that state an earlier one anew, with its day."""
    return frozenset(map(str, _declared(room, "RESTATING") or ()))


def _deeds_of(room: str) -> list[tuple[str, str]]:
    deeds = _declared(room, "Deed")
    return [(code, str(label)) for code, label in deeds.choices] if deeds else []


def _declared(room: str, name: str) -> Any:
    try:
        return import_string(f"henji.{room}.deeds.{name}")
    except ImportError:
        return None
