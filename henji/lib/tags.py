"""模板用语: how templates write numbers, days, masked values and icons. Builtins: no page loads them."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.template import Context, Library
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from henji.lib import identity, money, tongues
from henji.lib.levels import level_name

register = Library()

#: What stands where there is nothing to show.
NOTHING = "—"
_EMPTY = (None, "")
_TENTH = Decimal("0.1")
_DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_ICON_NAME = re.compile(r"[a-z0-9-]+")


class UnknownIcon(Exception):
    """图标不存在: a template asks for an icon that is not among the assets."""


class _Sides(Protocol):
    """What a rate is written from: `evidence.figures.Ratio` is one."""

    @property
    def part(self) -> Decimal | int: ...
    @property
    def whole(self) -> Decimal | int: ...
    @property
    def unit(self) -> str: ...


@register.filter
def yuan(amount: Decimal | int | None) -> str:
    """金额: ¥1,234.50."""
    return NOTHING if amount in _EMPTY else money.show(amount)


@register.filter
def number(value: Decimal | int | None) -> str:
    """数目: 11,700."""
    return NOTHING if value in _EMPTY else f"{value:,}"


@register.filter
def points(value: Decimal | float | None) -> str:
    """分数: 3.5 rather than 3.50, 10 rather than 1E+1."""
    if value in _EMPTY:
        return NOTHING
    text = f"{Decimal(str(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def day(value: date | datetime | None) -> str:
    """日期: 2016-07-08; an instant is told by the local calendar."""
    if not value:
        return NOTHING
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value:%Y-%m-%d}"


@register.filter
def moment(value: datetime | None) -> str:
    """时刻: 2016-07-08 15:04, by the local clock."""
    if not value:
        return NOTHING
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"


@register.filter
def weekday(value: date) -> str:
    """星期: 周五."""
    names = [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")]
    return names[value.weekday()]


@register.filter
def percent(ratio: _Sides) -> str:
    """百分数: 24.9%, cut and not rounded, so that a rate never looks as if it had reached its target."""
    if not ratio.whole:
        return NOTHING
    share = Decimal(ratio.part) * 100 / Decimal(ratio.whole)
    return f"{share.quantize(_TENTH, rounding=ROUND_DOWN):,}%"


@register.filter
def level(code: str) -> str:
    """级别: 市级 for "city"; a level that is no code speaks for itself."""
    return level_name(code)


@register.filter
def listed(words: Iterable[str]) -> str:
    """并列: one after the other, as the language puts them."""
    return tongues.listed(words)


@register.filter
def told(recorded: str) -> str:
    """转述: labels on record, such as posts, in the reader's language."""
    return tongues.told(recorded)


@register.filter
def side(value: Decimal | int, unit: str) -> str:
    """One side of a rate in its unit: ¥325,000.00 for "yuan", else 11,700."""
    return money.show(value) if unit == "yuan" else number(value)


@register.filter
def rate(ratio: _Sides) -> str:
    """比率: 23.4%(11,700/50,000), always with both sides."""
    return f"{percent(ratio)}({side(ratio.part, ratio.unit)}/{side(ratio.whole, ratio.unit)})"


@register.filter
def mask_id(value: str) -> str:
    """身份证号, masked."""
    return identity.mask(value) if value else NOTHING


@register.filter
def mask_phone(value: str) -> str:
    """电话, masked."""
    return identity.mask_phone(value) if value else NOTHING


@register.simple_tag
def icon(name: str) -> SafeString:
    """图标: a line drawing set into the page, hidden from screen readers; raises UnknownIcon."""
    return _drawn(settings.ICONS, name)


@cache
def _drawn(folder: Path, name: str) -> SafeString:
    path = folder / f"{name}.svg"
    if not _ICON_NAME.fullmatch(name) or not path.is_file():
        raise UnknownIcon(name)
    drawing = _DRAWING.search(path.read_text(encoding="utf-8"))
    if drawing is None:
        raise UnknownIcon(name)
    lines = mark_safe(" ".join(drawing[1].split()))  # noqa: S308 - from our own assets, never from a user
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">{}</svg>', lines
    )


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: object) -> str:
    """The address's query with some parameters changed; None takes one away."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.inclusion_tag("components/figure.html")
def figure(figure: object, *, large: bool = False) -> Mapping[str, Any]:
    """数字: a figure of `evidence.figures`, each side a link to its ground."""
    return {"kind": type(figure).__name__, "figure": figure, "large": large}
