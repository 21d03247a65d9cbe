"""名词: models as Django knows them, inherited parts included."""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db import models

from henji.lib.fields import YuanField
from tests.house.source import HAN

#: Days end `_on`; the two ends of a span, and the day of a view, may say so: `collects_from`, `as_of`.
_DAY = re.compile(r"(.+_)?(on|from|to|of)")
#: Instants end `_at`; again the ends of a span may say so: `known_from`, `lease_until`.
_INSTANT = re.compile(r"(.+_)?(at|from|to|until)")
#: Named by Django.
_NOT_OURS = frozenset({"last_login"})

Noun = type[models.Model]


def nouns() -> list[Noun]:
    """Every model of the house."""
    return [model for model in apps.get_models() if model.__module__.startswith("henji.")]


def a_noun_has_a_chinese_name(noun: Noun) -> Iterator[str]:
    """`verbose_name` is the word of the glossary."""
    if not HAN.search(str(noun._meta.verbose_name)):
        yield "has no Chinese verbose_name"


def a_noun_has_no_order_of_its_own(noun: Noun) -> Iterator[str]:
    """Who asks says in which order; a hidden one costs a sort in every query."""
    if noun._meta.ordering:
        yield "has Meta.ordering"


def a_field_is_named_by_its_kind(noun: Noun) -> Iterator[str]:
    """Days `_on`, instants `_at`, money `_yuan`; nothing is a float."""
    for field in noun._meta.concrete_fields:
        if field.name not in _NOT_OURS and (wrong := _misnamed(field)):
            yield f"{field.name}: {wrong}"


def evidence_points_at_nothing_outside(noun: Noun) -> Iterator[str]:
    """It copies ids and names, so that the past is not rewritten by the present."""
    if noun._meta.app_label != "evidence":
        return
    for field in noun._meta.concrete_fields:
        target = field.related_model
        if target and target._meta.app_label != "evidence":
            yield f"{field.name} points at {target}"


def a_fact_points_at_its_trace_and_never_drags_it_along(noun: Noun) -> Iterator[str]:
    """A foreign key to a trace protects it, and the row that it made."""
    for field in noun._meta.concrete_fields:
        target = field.related_model
        is_trace = target and target._meta.label == "evidence.Trace"
        if is_trace and getattr(field.remote_field, "on_delete", None) is not models.PROTECT:
            yield f"{field.name} does not protect its trace"


def _misnamed(field: models.Field) -> str:
    name, is_yuan = field.name, isinstance(field, YuanField)
    if isinstance(field, models.FloatField):
        return "a float"
    if is_yuan != name.endswith("_yuan"):
        return "money is a YuanField and ends _yuan"
    if isinstance(field, models.DateTimeField):
        return "" if _INSTANT.fullmatch(name) else "an instant ends _at"
    if isinstance(field, models.DateField):
        return "" if _DAY.fullmatch(name) else "a day ends _on"
    return ""
