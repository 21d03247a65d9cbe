"""字段: kinds of database column that several rooms share."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext as _

from henji.lib import money

if TYPE_CHECKING:
    _Integer = models.BigIntegerField[Decimal | int | str, Decimal]
    _Text = models.CharField[str, str]
    _OpenInteger = models.BigIntegerField[Decimal | int | str | None, Decimal | None]
else:
    _Integer = models.BigIntegerField
    _Text = models.CharField


class YuanField(_Integer):
    """金额字段: a Decimal of yuan in Python, whole fen in the database.

    SQLite has no exact decimal; integers add up without loss on every database. Sums, minima and maxima over
    the column come back as yuan. A mean does not: Django makes a float of it, of fen. Ask for the sum and
    the count.
    """

    def get_prep_value(self, value: Any) -> Any:
        """Yuan to fen."""
        return None if value is None else money.fen(Decimal(value))

    def from_db_value(self, value: int | None, *_: object) -> Decimal | None:
        """Fen to yuan."""
        return None if value is None else Decimal(value).scaleb(-2)

    def to_python(self, value: Any) -> Any:
        """Whatever was assigned, as yuan."""
        return None if value is None else money.yuan(value)

    def get_db_converters(self, connection: Any) -> list[Callable[..., Any]]:
        """The converter above, also for sums."""
        return [self.from_db_value]


if TYPE_CHECKING:

    class OpenYuanField(_OpenInteger):
        """金额字段，可空: a type checker is told that None may come."""

else:

    class OpenYuanField(YuanField):
        """金额字段，可空: the same; None where nobody told an amount."""


def erased() -> str:
    """已删除: what stands in the place of words that were erased."""
    return _("（已删除）")


class ErasableField(_Text):
    """可删文字字段: words that can be erased from a row of which nothing else can be changed.

    The database then holds nothing; whoever reads is told that something was there. To copy what was erased
    is to copy nothing.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"null": True})

    def deconstruct(self) -> Any:
        """That it may be nothing goes without saying."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {key: value for key, value in kwargs.items() if key != "null"}

    def get_prep_value(self, value: Any) -> Any:
        """Nothing for what was erased."""
        return None if value == erased() else super().get_prep_value(value)

    def from_db_value(self, value: str | None, *_: object) -> str:
        """The words, or that they were erased."""
        return erased() if value is None else value
