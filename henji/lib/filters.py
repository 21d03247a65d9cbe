"""筛选条件: conditions that rooms' lists share."""

import django_filters

from henji.lib.forms import DayField


class DayFilter(django_filters.Filter):
    """日期条件: a day as people type it."""

    field_class = DayField
