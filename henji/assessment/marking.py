"""计分: how figures become points, grades and words. Pure: no clock, no database; Decimals only.

The judging is done by `henji.assessment.scoring`, which knows no Django; here are its words.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from henji.assessment import wording
from henji.assessment.schema import Grade, Standard, Veto, bare
from henji.assessment.scoring import facts, grading, judging
from henji.assessment.scoring.kinds import ByUnitType, PartRule
from henji.evidence.figures import Count, Figure, Flag, Level, Ratio, Tally
from henji.lib import money
from henji.lib.refusals import Refusal

NOUGHT = Decimal(0)
#: Points are kept to two places.
STEP = Decimal("0.01")


class PointsDoNotFit(Refusal):
    """评分超出范围: points given by hand lie outside 0 to the part's points, or are finer than 0.01."""


class VetoNotInStandard(Refusal):
    """无此否决项: the standard has no veto of this code."""


@dataclass(frozen=True, slots=True)
class Mark:
    """得分: points out of `of` (two places), and why, in words that show both sides.

    `distance` is the least that must be added to the counted side (or mended of what is missing) until the
    next line is reached or, where each one counts, until full points: whole people, units or times, yuan to
    the fen. It is 0 with full points, None where no number says how far.
    """

    points: Decimal
    of: Decimal
    explanation: str
    distance: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Grading:
    """定等: the sums and the grade read from them; `bonus` is capped, `total` is base plus bonus.

    `distance` is the points lacking to the next grade; 0 in the highest, None where a veto bars it. Where
    a veto bars every grade, or the standard has none, `grade` says so.
    """

    base: Decimal
    bonus: Decimal
    total: Decimal
    grade: str
    explanation: str
    distance: Decimal | None


def mark(
    rule: PartRule,
    figure: Figure,
    of: Decimal,
    *,
    name: str,
    targets: Mapping[str, int] | None = None,
    unit_type: str = "",
) -> Mark:
    """计分: what the rule gives for the figure, out of `of`. `name` opens the explanation. Never raises.

    What lacks, is not kept, or does not suit the rule gives nothing and says so. `targets` are the numbers
    handed down for the year, by their code.
    """
    if isinstance(rule, ByUnitType) and unit_type in rule.columns:
        column = rule.columns[unit_type]
        rule, of = column.rule, column.points
    outcome = judging.score(rule, facts.Facts(fact_of(figure), targets or {}, unit_type), of)
    words = wording.explain(rule, figure, outcome, name)
    return _mark(words, outcome.points, outcome.of, outcome.distance)


def fact_of(figure: Figure) -> facts.Fact | None:
    """The figure as rules see it; None where nothing was computed."""
    match figure:
        case Ratio():
            grain = money.CENT if figure.unit == "yuan" else Decimal(1)
            return facts.Rate(figure.part, figure.whole, grain)
        case Count(number):
            return facts.Number(number)
        case Tally(levels):
            return facts.Tally(levels)
        case Level(level):
            return facts.Level(level)
        case Flag(yes):
            return facts.Answer(yes)
    return None


def award(points: Decimal, of: Decimal, *, name: str, words: str) -> Mark:
    """人工评定: the points that a person gives and explains; raises PointsDoNotFit."""
    must_fit(points, of)
    return _mark(_("%(name)s，人工评定：%(words)s") % {"name": name, "words": words}, points, of)


def must_fit(points: Decimal, of: Decimal) -> None:
    """Points given by hand lie between 0 and `of`, in steps of 0.01; raises PointsDoNotFit."""
    if not (points.is_finite() and 0 <= points <= of and points == points.quantize(STEP)):
        raise PointsDoNotFit(_("评分须在 0 到 %(of)s 分之间，最多两位小数") % {"of": bare(of)})


def add_up(marks: Iterable[Mark], *, cap: Decimal | None = None) -> Mark:
    """各部分之和: the mark of an item, from those of its parts, never above the cap."""
    marks = list(marks)
    of = sum((mark.of for mark in marks), NOUGHT) if cap is None else cap
    earned = sum((mark.points for mark in marks), NOUGHT)
    points = judging.together([earned], cap=of)
    words = _("各评分点合计 %(summands)s") % {"summands": " + ".join(bare(mark.points) for mark in marks)}
    if earned > points:
        words = _("%(words)s，按上限计 %(cap)s") % {"words": words, "cap": bare(of)}
    return _mark(words, points, of)


def void(mark: Mark, vetoes: Collection[str]) -> Mark:
    """否决项目: the mark of an item that vetoes (their names) leave without points."""
    if not vetoes:
        return mark
    names = _("、").join(vetoes)
    return _mark(_("一票否决（%(vetoes)s），此项不得分") % {"vetoes": names}, NOUGHT, mark.of)


def grade(standard: Standard, base: Decimal, bonus: Decimal, vetoes: Collection[str] = ()) -> Grading:
    """定等: the grade for the sums of base and bonus points, under the vetoes (codes) that hold.

    Bonus counts up to the cap. Whether the grade is read with or without it is the standard's `graded_on`.
    Raises VetoNotInStandard.
    """
    held = [veto for veto in standard.vetoes if veto.code in vetoes]
    unknown = set(vetoes) - {veto.code for veto in held}
    if unknown:
        raise VetoNotInStandard(_("标准里没有否决项 %(code)s") % {"code": min(unknown)})
    counted = judging.together([bonus], cap=standard.bonus_cap)
    total = base + counted
    sums = _sums(standard, base, bonus, total)
    if not standard.grades:
        name = _("不定等")
        return Grading(base, counted, total, name, _concluded([sums], name), None)
    measured = total if standard.graded_on == "total" else base
    names = [grade.name for grade in standard.grades]
    placing = grading.place(
        [grade.min for grade in standard.grades],
        measured,
        ceiling=max((names.index(veto.not_above) for veto in held if veto.not_above), default=0),
        is_barred=any(veto.barred for veto in held),
    )
    name = _("不予定等") if placing.given is None else names[placing.given]
    sentences = [sums, _reading(standard, measured, standard.grades[placing.earned]), *map(_barring, held)]
    if placing.given and placing.distance:
        said = {"grade": names[placing.given - 1], "points": bare(placing.distance)}
        sentences.append(_("距%(grade)s还差 %(points)s 分") % said)
    return Grading(base, counted, total, name, _concluded(sentences, name), placing.distance)


def _mark(words: str, points: Decimal, of: Decimal, distance: Decimal | None = None) -> Mark:
    points = points.quantize(STEP, rounding=ROUND_HALF_UP)
    said = {"words": words, "points": bare(points), "of": bare(of)}
    return Mark(points, of, _("%(words)s → %(points)s/%(of)s 分") % said, distance)


def _concluded(sentences: Iterable[str], grade: str) -> str:
    return _("%(sentences)s → %(grade)s") % {"sentences": _("；").join(sentences), "grade": grade}


def _barring(veto: Veto) -> str:
    if veto.barred:
        return _("一票否决（%(veto)s），不予定等") % {"veto": veto.name}
    return _("一票否决（%(veto)s），不高于%(grade)s") % {"veto": veto.name, "grade": veto.not_above}


def _sums(standard: Standard, base: Decimal, bonus: Decimal, total: Decimal) -> str:
    said = {"base": bare(base), "bonus": bare(bonus), "cap": bare(standard.bonus_cap), "total": bare(total)}
    if bonus > standard.bonus_cap:
        return _("基础分 %(base)s，加分 %(bonus)s（按上限计 %(cap)s），总分 %(total)s") % said
    return _("基础分 %(base)s，加分 %(bonus)s，总分 %(total)s") % said


def _reading(standard: Standard, measured: Decimal, reached: Grade) -> str:
    said = {"measured": bare(measured), "min": bare(reached.min), "grade": reached.name}
    if standard.graded_on == "total":
        return _("按总分（含加分）%(measured)s 定等，%(grade)s线 %(min)s") % said
    return _("按基础分（不含加分）%(measured)s 定等，%(grade)s线 %(min)s") % said
