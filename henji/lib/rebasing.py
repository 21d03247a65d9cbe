"""并改: what somebody typed while somebody else changed the same thing is not lost.

A form about what others may change meanwhile sends along what its fields held when it was shown. Where its
reader comes too late, the same form is shown again upon what holds by now: fields left as they stood follow
it, what was typed stays, and beside each stands what the other person changed there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self, cast

from django import forms
from django.http import QueryDict

from henji.lib import tongues
from henji.lib.forms import HenjiForm, refuse
from henji.lib.refusals import Refusal
from henji.lib.tags import NOTHING


@dataclass(frozen=True, slots=True)
class Theirs:
    """别人的改动 in one field, and whether the reader had typed something else there."""

    before: str
    after: str
    kept: bool


class SharedForm(HenjiForm):
    """别人也会改的表单: its hidden fields name the versions that its reader saw."""

    #: What others changed, by field.
    theirs: dict[str, Theirs]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.theirs = {}

    def __getitem__(self, name: str) -> forms.BoundField:
        """The field, which says what it held when it was shown."""
        bound = super().__getitem__(name)
        bound.field.show_hidden_initial = not bound.is_hidden
        return bound

    def rebased(self, now: Self, refusal: Refusal) -> Self:
        """并改: `now`, a form upon what holds by now, with what was typed here, and why it was refused."""
        sent, data = cast("QueryDict", self.data), QueryDict(mutable=True)
        for name, field in now.fields.items():
            held = now[name]
            value = _texts(held.value())
            shown = sent.getlist(held.html_initial_name)
            typed = name in self.fields and not held.is_hidden and name in self.changed_data
            data.setlist(held.html_initial_name, value)
            data.setlist(held.html_name, sent.getlist(held.html_name) if typed else value)
            if held.html_initial_name in sent and _filled(shown) != _filled(value):
                now.theirs[name] = Theirs(_words(field, shown), _words(field, value), typed)
        now.data, now.is_bound = data, True
        refuse(now, refusal)
        return now


def _texts(value: Any) -> list[str]:
    """What a browser would send for the value."""
    if isinstance(value, list | tuple | set):
        return [str(one) for one in value]
    return [] if value is None else [str(value)]


def _filled(texts: Sequence[str]) -> list[str]:
    return [text for text in texts if text]


def _words(field: forms.Field, texts: Sequence[str]) -> str:
    """What was chosen or typed, as the page shows it."""
    named = {str(value): str(label) for value, label in getattr(field, "choices", ())}
    return tongues.listed(named.get(text, text) for text in _filled(texts)) or NOTHING
