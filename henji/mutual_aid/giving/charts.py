"""活动进度图: how many people gave, by township and day by day, with the same numbers as a table."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from django.utils.translation import gettext as _

from henji.lib import tags
from henji.mutual_aid.giving.queries import Place, Progress


@dataclass(frozen=True, slots=True)
class Bars:
    """条形图: people by township; `drawing` is what the browser draws, as JSON."""

    title: str
    places: Sequence[Place]

    @property
    def summary(self) -> str:
        """What it shows, in one sentence, for whoever cannot see it."""
        donors, members = (
            sum(getattr(place, side) for place in self.places) for side in ("donors", "members")
        )
        told = {"n": len(self.places), "donors": tags.number(donors), "members": tags.number(members)}
        return _("%(n)s 处共 %(members)s 名会员，%(donors)s 人已捐") % told

    @property
    def drawing(self) -> str:
        """What the browser draws, as JSON."""
        series = [{"name": _("已捐人数"), "numbers": [place.donors for place in self.places]}]
        bars = [place.name or _("县直和其他") for place in self.places]
        drawn = {"bars": bars, "series": series, "mirrored": False, "upright": False, "unit": _("人")}
        return json.dumps(drawn, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Line:
    """走势图: how many people had given by the end of each day, and how many the target asks for."""

    title: str
    days: Mapping[date, int]
    needed: int

    @property
    def rows(self) -> list[tuple[date, int, int]]:
        """Each day, who gave for the first time on it, and all until then."""
        sums = accumulate(self.days.values())
        return [(day, number, total) for (day, number), total in zip(self.days.items(), sums, strict=True)]

    @property
    def summary(self) -> str:
        """What it shows, in one sentence."""
        told = {"total": tags.number(sum(self.days.values())), "needed": tags.number(self.needed)}
        return _("累计 %(total)s 人，目标 %(needed)s 人") % told

    @property
    def drawing(self) -> str:
        """What the browser draws, as JSON."""
        points = [[day.isoformat(), total] for day, _number, total in self.rows]
        drawn = {
            "name": _("累计捐款人数"),
            "unit": _("人"),
            "points": points,
            "target": {"name": _("目标"), "value": self.needed},
            "marks": {"name": "", "points": []},
        }
        return json.dumps(drawn, ensure_ascii=False)


def by_township(places: Sequence[Place]) -> Bars:
    """按乡镇."""
    return Bars(_("各乡镇捐款人数"), places)


def by_day(progress: Progress) -> Line:
    """按天."""
    return Line(_("累计捐款人数"), progress.firsts, progress.pace.needed)
