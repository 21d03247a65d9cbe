"""列表的列: kinds of column that rooms' tables share. On screen as people write, in workbooks as values."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

import django_tables2 as tables

from henji.lib import tags


class NumberColumn(tables.Column):
    """数目列: 11,700, to the right."""

    attrs: ClassVar[Mapping[str, Any]] = {"td": {"class": "num"}, "th": {"class": "num"}}

    def render(self, value: Decimal | int) -> str:
        """As papers write it."""
        return tags.number(value)

    def value(self, value: Decimal | int) -> Decimal | int:
        """As a number."""
        return value


class YuanColumn(NumberColumn):
    """金额列: ¥1,234.50, to the right."""

    def render(self, value: Decimal | int) -> str:
        """As papers write it."""
        return tags.yuan(value)


class DayColumn(tables.Column):
    """日期列: 2016-07-08, in one line."""

    attrs: ClassVar[Mapping[str, Any]] = {"td": {"class": "nowrap"}}

    def render(self, value: date) -> str:
        """As papers write it."""
        return tags.day(value)


class MomentColumn(tables.Column):
    """时刻列: 2016-07-08 15:04, in one line."""

    attrs: ClassVar[Mapping[str, Any]] = {"td": {"class": "nowrap"}}

    def render(self, value: datetime) -> str:
        """As papers write it."""
        return tags.moment(value)
