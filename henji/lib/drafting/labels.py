"""栏目名称: what the fields, choices and kinds of a data file are called on screen.

What has no name is called as in the model, so that a new kind can be written before it is named.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Labels:
    """名称: of fields, by field or by `Model.field` where several models use a word for different things.

    `help` alike; `choices` by `field.value` or `Model.field.value`; `kinds` by value; `either` has what the
    two shapes of a value are called.
    """

    fields: Mapping[str, Words]
    help: Mapping[str, Words] = field(default_factory=dict)
    choices: Mapping[str, Words] = field(default_factory=dict)
    kinds: Mapping[str, Words] = field(default_factory=dict)
    either: Mapping[str, tuple[Words, Words]] = field(default_factory=dict)

    def name(self, model: str, name: str) -> str:
        """栏目名称."""
        return str(self.fields.get(f"{model}.{name}") or self.fields.get(name) or name)

    def hint(self, model: str, name: str) -> str:
        """栏目说明; empty where none is needed."""
        return str(self.help.get(f"{model}.{name}") or self.help.get(name) or "")

    def choice(self, model: str, name: str, value: str) -> str:
        """选项名称."""
        told = self.choices.get(f"{model}.{name}.{value}") or self.choices.get(f"{name}.{value}")
        return str(told or value)

    def kind(self, value: str) -> str:
        """种类名称."""
        return str(self.kinds.get(value) or value)

    def one_or_many(self, name: str) -> tuple[str, str]:
        """一个值还是几个."""
        one, many = self.either.get(name, (_("一个值"), _("分别写")))
        return str(one), str(many)
