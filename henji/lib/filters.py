"""筛选条件: conditions that rooms' lists share."""

from typing import Any

import django_filters
from django import forms

from henji.lib.forms import DayField


class DayFilter(django_filters.Filter):
    """日期条件: a day as people type it."""

    field_class = DayField


class IdFilter(django_filters.Filter):
    """行号条件: the id of a row, which another page puts into the address."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # No database has larger ones.
        super().__init__(*args, min_value=1, max_value=2**63 - 1, **kwargs)
