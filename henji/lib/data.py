"""数据: what data files share, however different: the base of their models, and the words they are made of.

It knows no Django. What is wrong is told by the type of the error (`share`, `code`, `day`); whoever reads a
file has the words.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, NoReturn

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError


class Data(BaseModel):
    """数据: unchanged once read; a key that nobody knows is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, slots=True)
class Sort:
    """种类 of a text or number, by which a form knows how to show it: `share`, `address`, `deed`."""

    name: str


#: What pydantic calls the two shapes of a value in the place of an error.
ONE, MANY = "one", "many"


def one_or_many(value: Any) -> str:
    """Which of the two shapes a value has."""
    return MANY if isinstance(value, Mapping | BaseModel) else ONE


def refuse(kind: str, words: str) -> NoReturn:
    """Say by a type of error what is wrong; the words are for whoever reads the code."""
    raise PydanticCustomError(kind, "{words}", {"words": words})


def bare(number: Decimal) -> str:
    """The number without idle zeros: 4 for 4.00, 1.5 for 1.50, 100 for 100."""
    return f"{number.normalize():f}"


def _share(value: Decimal) -> Decimal:
    if not 0 <= value <= 2:
        refuse("share", "a share is a decimal between 0 and 2")
    return value


def _told(code: str) -> str:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,27}", code):
        refuse("code", "a code has letters, digits and underscores, and begins with a letter")
    return code


def _written_out(day: Any) -> date:
    """A day as 2016-01-31, and in no other way: pydantic would take a bare number for seconds since 1970."""
    if isinstance(day, date):
        return day
    if not (isinstance(day, str) and re.fullmatch(r"(20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}", day)):
        refuse("day", "a day is written as 2016-01-31")
    try:
        return date.fromisoformat(day)
    except ValueError:
        refuse("day", "a day is written as 2016-01-31")


Share = Annotated[Decimal, Field(decimal_places=6), AfterValidator(_share), Sort("share")]
Code = Annotated[str, AfterValidator(_told)]
Day = Annotated[date, BeforeValidator(_written_out)]
Yuan = Annotated[Decimal, Field(ge=0, le=10_000_000, decimal_places=2)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Version = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
