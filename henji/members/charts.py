"""会员构成图: the members of a day, by what they are, as charts draw them.

Ages are told by the year of birth alone, which is all that stands in the clear.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.lib import tags
from henji.lib.reach import Reach
from henji.members.derived import FEMALE, MALE
from henji.members.queries import composition
from henji.unions import queries as unions
from henji.unions.codes import UNIT_TYPE
from henji.unions.models import Union

K = TypeVar("K")
#: Where bands of age begin; from the last one on there is but one.
BANDS = (0, 20, 25, 30, 35, 40, 45, 50, 55, 60)
#: So many years of joining are shown one by one, and the rest together.
YEARS = 30


@dataclass(frozen=True, slots=True)
class Row:
    """一行: a label, its numbers in the order of the series, and the list that shows who they are."""

    label: str
    numbers: tuple[int, ...]
    url: str = ""

    @property
    def total(self) -> int:
        """All of its members."""
        return sum(self.numbers)


@dataclass(frozen=True, slots=True)
class Bars:
    """条形图: rows, drawn as bars; `series` names their numbers. `mirrored`: two series, back to back."""

    name: str
    title: str
    head: str
    series: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""
    mirrored: bool = False
    upright: bool = False
    #: What is counted but has no place in the drawing.
    besides: tuple[Row, ...] = field(default=())

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads of the table behind it."""
        total = (_("合计"),) if len(self.series) > 1 else ()
        return (self.head, *self.series, *total)

    @property
    def table(self) -> tuple[Row, ...]:
        """All rows, those that are not drawn at the end."""
        return (*self.rows, *self.besides)

    @property
    def total(self) -> int:
        """All members."""
        return sum(row.total for row in self.table)

    @property
    def summary(self) -> str:
        """What it shows, in one sentence, for whoever cannot see it."""
        most = max(self.rows, key=lambda row: row.total, default=None)
        if most is None or not most.total:
            return _("%(title)s：还没有会员") % {"title": self.title}
        said = {"title": self.title, "total": tags.number(self.total), "label": most.label}
        return _("%(title)s：共 %(total)s 人，最多的是%(label)s，%(most)s 人") % {
            **said,
            "most": tags.number(most.total),
        }

    @property
    def drawing(self) -> str:
        """What the browser draws, as JSON."""
        numbers = zip(*(row.numbers for row in self.rows), strict=True) if self.rows else ()
        drawn = {
            "bars": [row.label for row in self.rows],
            "series": [
                {"name": name, "numbers": list(held)}
                for name, held in zip(self.series, numbers, strict=False)
            ],
            "mirrored": self.mirrored,
            "upright": self.upright,
            "unit": _("人"),
        }
        return json.dumps(drawn, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """所问: whose members, in which county, of which day."""

    reach: Reach
    county: Union
    day: date

    @property
    def query(self) -> dict[str, str]:
        """The address's parameters."""
        return {"county": str(self.county.pk), "as_of": self.day.isoformat()}

    def listed(self, **more: str) -> str:
        """The list of members that answers to more."""
        return f"{reverse('members:list')}?{urlencode(self.query | more)}"


# -- age and sex -----------------------------------------------------------------------------------


def pyramid(asked: Asked) -> Bars:
    """年龄金字塔: men and women by bands of age; whose age or sex is not known stands below the table."""
    counted = composition.by_sex_and_year(asked.reach, asked.county.pk, asked.day)
    bands = {place: [0, 0] for place in range(len(BANDS))}
    unknown = 0
    for (sex, year), number in counted.items():
        if sex in (MALE, FEMALE) and year:
            bands[_band(asked.day.year - year)][sex == FEMALE] += number
        else:
            unknown += number
    besides = (Row(_("年龄或性别不详"), (unknown, 0)),) if unknown else ()
    return Bars(
        name="ages",
        title=_("年龄和性别"),
        head=_("年龄"),
        series=(_("男"), _("女")),
        rows=tuple(Row(_band_name(place), tuple(numbers)) for place, numbers in bands.items()),
        note=_("年龄按出生年份算。"),
        mirrored=True,
        besides=besides,
    )


def _band(age: int) -> int:
    return max(place for place, begins in enumerate(BANDS) if age >= begins or place == 0)


def _band_name(place: int) -> str:
    if place == 0:
        return _("%(age)s 岁以下") % {"age": BANDS[1]}
    if place == len(BANDS) - 1:
        return _("%(age)s 岁及以上") % {"age": BANDS[place]}
    return _("%(from)s–%(to)s 岁") % {"from": BANDS[place], "to": BANDS[place + 1] - 1}


# -- place -----------------------------------------------------------------------------------------


def townships(asked: Asked) -> Bars:
    """按乡镇: each township within reach, also those without members; and who belongs to none."""
    counted = _summed(
        (place.township, number)
        for place, number in composition.by_place(asked.reach, asked.county.pk, asked.day).items()
    )
    names = {
        pk: name for pk, name in _townships_of(asked).items() if asked.reach.whole_county or pk in counted
    }
    rows = [Row(name, (counted.get(pk, 0),), asked.listed(township=str(pk))) for pk, name in names.items()]
    rest = sum(number for pk, number in counted.items() if pk not in names)
    if rest:
        rows.append(Row(_("县直和其他"), (rest,)))
    return Bars("townships", _("各乡镇会员"), _("乡镇"), (_("会员数"),), tuple(rows))


def _townships_of(asked: Asked) -> dict[int, str]:
    held = unions.townships_in(asked.reach).filter(county=asked.county)
    return dict(held.values_list("pk", "name"))


def unit_types(asked: Asked) -> Bars:
    """按单位类别: as the employers told it; and who has no employer."""
    counted = _summed(
        (_kind(place), number)
        for place, number in composition.by_place(asked.reach, asked.county.pk, asked.day).items()
    )
    rows = tuple(
        Row(label, (number,)) for label, number in sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    )
    return Bars("units", _("单位类别"), _("单位类别"), (_("会员数"),), rows)


def _kind(place: composition.Place) -> str:
    if not place.has_employer:
        return _("没有单位或待归属")
    return UNIT_TYPE.name_of(place.unit_type) if place.unit_type else _("单位没有填类别")


def _summed(pairs: Iterable[tuple[K, int]]) -> dict[K, int]:
    found: dict[K, int] = {}
    for key, number in pairs:
        found[key] = found.get(key, 0) + number
    return found


# -- joining ---------------------------------------------------------------------------------------


def joining(asked: Asked) -> Bars:
    """按入会年份: the last years one by one, earlier ones together; and who gave no day."""
    counted = composition.by_joining_year(asked.reach, asked.county.pk, asked.day)
    dated = {year: number for year, number in counted.items() if year}
    first = max(min(dated, default=asked.day.year), asked.day.year - YEARS + 1)
    rows = [_joined(asked, year, dated.get(year, 0)) for year in range(first, asked.day.year + 1)]
    before = sum(number for year, number in dated.items() if year < first)
    if before:
        until = asked.listed(joined_to=f"{first - 1}-12-31")
        rows.insert(0, Row(_("%(year)s 年以前") % {"year": first}, (before,), until))
    undated = counted.get(None, 0)
    besides = (Row(_("入会日期不详"), (undated,), asked.listed(missing="start")),) if undated else ()
    return Bars(
        name="joining",
        title=_("入会年份"),
        head=_("年份"),
        series=(_("会员数"),),
        rows=tuple(rows),
        upright=True,
        besides=besides,
    )


def _joined(asked: Asked, year: int, number: int) -> Row:
    last = min(date(year, 12, 31), asked.day)
    url = asked.listed(joined_from=f"{year}-01-01", joined_to=last.isoformat())
    return Row(str(year), (number,), url)


#: Each chart under the name in its address, with what it is called.
CHARTS: Mapping[str, tuple[str | Promise, Callable[[Asked], Bars]]] = {
    "ages": (gettext_lazy("年龄和性别"), pyramid),
    "townships": (gettext_lazy("各乡镇会员"), townships),
    "units": (gettext_lazy("单位类别"), unit_types),
    "joining": (gettext_lazy("入会年份"), joining),
}


def cells(chart: Bars) -> Sequence[Sequence[object]]:
    """The rows of its table, for a workbook."""
    many = len(chart.series) > 1
    return [[row.label, *row.numbers, *([row.total] if many else [])] for row in chart.table]
