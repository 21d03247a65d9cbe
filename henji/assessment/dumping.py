"""写出标准: a standard as the YAML text that `schema.load` reads back to an equal one."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import yaml

from henji.assessment.schema import Standard
from henji.assessment.scoring.kinds import Bonus

WIDTH = 110


def dump(standard: Standard) -> str:
    """标准原文 in the order of the schema, without what would be understood anyway."""
    data = _plain(standard.model_dump(exclude_defaults=True))
    for item, told in zip(standard.items, data["items"], strict=True):
        if isinstance(item.rule, Bonus):
            told["rule"] = {"kind": "bonus"}
    return yaml.dump(
        data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=None, width=WIDTH
    )


def _plain(value: Any) -> Any:
    """What YAML has: numbers look as people write them, and a kind is its code."""
    match value:
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case tuple() | list():
            return [_plain(each) for each in value]
        case Decimal():
            return int(value) if value == int(value) else _Number(f"{value.normalize():f}")
        case str():
            return str(value)
    return value


class _Number(str):
    """A decimal, to be written without quotes."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """Writes every value out, with no references to another place."""

    def ignore_aliases(self, _data: Any) -> bool:
        """Always."""
        return True


_Dumper.add_representer(
    _Number, lambda dumper, number: dumper.represent_scalar("tag:yaml.org,2002:float", str(number))
)
