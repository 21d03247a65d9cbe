"""评分表上的字: what the sheet of a year says on paper, live or as it was signed. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from henji.assessment.cards import Row, Scorecard, rows
from henji.assessment.models import Charge, Column, SignedScore
from henji.assessment.schema import Item, Standard
from henji.lib import tags

#: The points of a column for an item, or its total.
Points = Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Line:
    """评分表的一行: an item with the points of each column, its papers, who sees to it, and why."""

    item: Item
    points: Points
    papers: str
    person: str
    words: str

    @property
    def texts(self) -> list[str]:
        """The cells, in the order of `heads`."""
        columns = [_points(self.points.get(column)) for column in Column.values]
        of = tags.points(self.item.points)
        return [self.item.code, self.item.name, of, *columns, self.papers, self.person, self.words]


@dataclass(frozen=True, slots=True)
class Sheet:
    """评分表: head, lines and sums. `signed` is None while it moves with the record."""

    county: str
    standard: Standard
    year: int
    as_of: date
    lines: tuple[Line, ...]
    totals: Points
    grading: str
    signed: SignedScore | None = None

    @property
    def title(self) -> str:
        """What it is called."""
        if self.signed is None or self.signed.column == Column.SELF:
            return _("%(name)s自评表") % {"name": self.standard.name}
        said = {"name": self.standard.name, "column": self.signed.get_column_display()}
        return _("%(name)s%(column)s评分表") % said

    @property
    def head(self) -> list[str]:
        """What stands above the table."""
        standard = {"name": self.standard.name, "version": self.standard.version}
        return [
            _("考核单位：%(county)s") % {"county": self.county},
            _("标准：%(name)s %(version)s") % standard,
            _("年度：%(year)s") % {"year": self.year},
            _("截至：%(day)s") % {"day": self.as_of.isoformat()},
        ]

    @property
    def heads(self) -> list[str]:
        """The heads of the columns."""
        columns = [str(column.label) for column in Column]
        before, after = [_("序号"), _("考核项目"), _("分值")], [_("佐证"), _("责任人"), _("说明")]
        return [*before, *columns, *after]

    @property
    def groups(self) -> list[tuple[str, list[list[str]]]]:
        """基础项, then 加分项: what each is called, and its lines."""
        base = [line for line in self.lines if line.item.kind == "base"]
        bonus = [line for line in self.lines if line.item.kind == "bonus"]
        said = {"n": len(bonus), "cap": tags.points(self.standard.bonus_cap)}
        named = [
            (_("基础项 %(n)s 项，共 %(of)s 分") % {"n": len(base), "of": _sum(base)}, base),
            (_("加分项 %(n)s 项，最多计 %(cap)s 分") % said, bonus),
        ]
        return [(name, [line.texts for line in lines]) for name, lines in named if lines]

    @property
    def sum(self) -> list[str]:
        """合计: the last line, in the order of `heads`."""
        columns = [_points(self.totals.get(column)) for column in Column.values]
        return ["", _("合计"), "", *columns, "", "", self.grading]

    @property
    def signatures(self) -> list[str]:
        """Who signs by hand."""
        return [_("责任人："), _("分管副主席："), _("常务副主席："), _("主席（签字、盖章）：")]

    @property
    def note(self) -> str:
        """What stands below: what kind of standard it is, and who signed when."""
        if self.signed is None:
            return _("%(label)s · 未签字，分数随记录变动") % {"label": self.standard.label}
        return _("%(label)s · %(who)s 签于 %(at)s，评分摘要 %(digest)s") % {
            "label": self.standard.label,
            "who": self.signed.made_by.by_name,
            "at": tags.moment(self.signed.signed_at),
            "digest": self.signed.digest[:16],
        }


def live(
    card: Scorecard, county: str, charges: Mapping[str, Charge], columns: Mapping[str, SignedScore]
) -> Sheet:
    """评分表 as it stands: the self column is computed, the others are as they were signed."""
    totals: dict[str, Decimal | None] = {
        column: _number(signed.score["total"]) for column, signed in columns.items()
    }
    return Sheet(
        county=county,
        standard=card.standard,
        year=card.period.start.year,
        as_of=card.as_of,
        lines=tuple(_line(row) for row in rows(card, charges, columns)),
        totals=totals | {Column.SELF: card.grading.total},
        grading=card.grading.explanation,
    )


def _line(row: Row) -> Line:
    score, above = row.score, {Column.CITY: row.city, Column.PROVINCE: row.province}
    given: dict[str, Decimal | None] = {column: judged.points for column, judged in above.items() if judged}
    reasons = [
        _("%(column)s：%(reason)s") % {"column": column.label, "reason": judged.reason}
        for column, judged in above.items()
        if judged and judged.reason
    ]
    return Line(
        item=score.item,
        points={Column.SELF: score.points, **given},
        papers=_papers(score.papers_held, score.papers_wanted),
        person=row.charge.person.name if row.charge else "",
        words=_joined([*reasons, *(part.mark.explanation for part in score.parts)]),
    )


def frozen(signed: SignedScore) -> Sheet:
    """评分表 as it was signed: its own column, and beside a superior's that of the county."""
    body, standard = signed.body, signed.standard.standard
    items = {item.code: item for item in standard.items}
    own = body["own"] if signed.column != Column.SELF else body["score"]
    lines = [
        _line_frozen(items[plain["code"]], plain, signed)
        for plain in body["score"]["items"]
        if plain["code"] in items
    ]
    return Sheet(
        county=body["county"],
        standard=standard,
        year=signed.year,
        as_of=signed.as_of,
        lines=tuple(lines),
        totals={Column.SELF: _number(own["total"]), signed.column: _number(body["score"]["total"])},
        grading=body["grading"],
        signed=signed,
    )


def _line_frozen(item: Item, plain: Mapping[str, Any], signed: SignedScore) -> Line:
    # What was signed before papers and people were frozen with it says nothing of them.
    held, wanted = signed.body.get("papers", {}).get(item.code, (0, 0))
    own = plain.get("own", plain["points"])
    explained = [plain.get("reason", ""), *(part["explanation"] for part in plain["parts"])]
    return Line(
        item=item,
        points={Column.SELF: _number(own), signed.column: _number(plain["points"])},
        papers=_papers(held, wanted),
        person=signed.body.get("people", {}).get(item.code, ""),
        words=_joined(explained),
    )


def _joined(words: Iterable[str]) -> str:
    return _("；").join(filter(None, words))


def _papers(held: int, wanted: int) -> str:
    return f"{held}/{wanted}" if wanted else ""


def _number(plain: float) -> Decimal:
    return Decimal(str(plain))


def _points(points: Decimal | None) -> str:
    return "" if points is None else tags.points(points)


def _sum(lines: Iterable[Line]) -> str:
    return tags.points(sum((line.item.points for line in lines), Decimal(0)))
