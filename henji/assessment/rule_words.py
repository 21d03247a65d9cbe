"""计分办法的说法: what a rule says, in words; for whoever reads, compares or prints a standard."""

from decimal import Decimal
from typing import assert_never

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.assessment.schema import Demand, Part, Standard, Veto, bare
from henji.assessment.scoring.kinds import (
    AllOrNothing,
    Bands,
    ByUnitType,
    CountAgainstTarget,
    DeductEach,
    DeductPerPoints,
    Discretion,
    HandedDown,
    Levels,
    PartRule,
    PerOccurrence,
    PlainRule,
    Threshold,
    Tiers,
    ladder_of,
)
from henji.evidence import naming
from henji.lib.levels import level_name


def rule_in_words(rule: PartRule, points: Decimal, standard: Standard) -> str:
    """计分办法 in one sentence. `points` are the part's; the standard names the types of unit."""
    if not isinstance(rule, ByUnitType):
        return _plainly(rule, points)
    names = {unit_type.code: unit_type.name for unit_type in standard.unit_types}
    columns = [
        _("%(unit)s：%(words)s")
        % {"unit": names.get(code, code), "words": _plainly(column.rule, column.points)}
        for code, column in rule.columns.items()
    ]
    return _("；").join(columns)


def part_in_words(part: Part, standard: Standard) -> str:
    """计分办法 of a part."""
    return rule_in_words(part.rule, part.points, standard)


def _plainly(rule: PlainRule, points: Decimal) -> str:
    match rule:
        case AllOrNothing():
            return _("做到得 %(points)s 分，否则不得分") % {"points": bare(points)}
        case Threshold() | Tiers() | DeductPerPoints():
            return _rate(rule, points)
        case CountAgainstTarget():
            return _count(rule, points)
        case Levels():
            return _rungs(rule)
        case PerOccurrence():
            return _occurrences(rule, points)
        case DeductEach():
            return _missing(rule, points)
        case Discretion():
            return _("0 到 %(points)s 分，由人评定并说明理由") % {"points": bare(points)}
    assert_never(rule)


def _rate(rule: Threshold | Tiers | DeductPerPoints, points: Decimal) -> str:
    match rule:
        case Tiers():
            return _("%(bands)s，再低不得分") % {"bands": _bands(rule.bands)}
        case DeductPerPoints():
            return _deduction(rule, points)
    said = {"points": bare(points), "minimum": per_cent(rule.minimum)}
    if rule.operator == ">=":
        return _("达到 %(minimum)s 得 %(points)s 分，否则不得分") % said
    return _("超过 %(minimum)s 得 %(points)s 分，否则不得分") % said


def _rungs(rule: Levels) -> str:
    rungs = [
        _("%(name)s 级 %(points)s 分（%(criteria)s）")
        % {"name": rung.name, "points": bare(rung.points), "criteria": rung.criteria}
        for rung in rule.levels
    ]
    return _("%(rungs)s，未入级不得分") % {"rungs": _("；").join(rungs)}


def _bands(bands: Bands) -> str:
    steps = [
        _("达到 %(minimum)s 得 %(points)s 分") % {"minimum": per_cent(minimum), "points": bare(points)}
        for minimum, points in bands
    ]
    return _("，").join(steps)


def _deduction(rule: DeductPerPoints, points: Decimal) -> str:
    said = {
        "minimum": per_cent(rule.minimum),
        "points": bare(points),
        "every": bare(rule.every),
        "minus": bare(rule.minus),
    }
    if rule.begun:
        return (
            _(
                "达到 %(minimum)s 得 %(points)s 分，每低 %(every)s 个百分点扣 %(minus)s 分，"
                "不足 %(every)s 个的按 %(every)s 个计，扣完为止"
            )
            % said
        )
    return _("达到 %(minimum)s 得 %(points)s 分，每低满 %(every)s 个百分点扣 %(minus)s 分，扣完为止") % said


def _count(rule: CountAgainstTarget, points: Decimal) -> str:
    target = rule.target
    if isinstance(target, HandedDown):
        goal = _("下达的任务数（%(code)s）") % {"code": target.handed_down}
    else:
        goal = f"{target:,}"
    said = {"target": goal, "points": bare(points)}
    if rule.bands:
        said["bands"] = _bands(rule.bands)
        return _("达到目标 %(target)s 得 %(points)s 分；完成目标的比例%(bands)s，再低不得分") % said
    if rule.below == "proportional":
        return _("达到目标 %(target)s 得 %(points)s 分，不足的按比例得分") % said
    return _("达到目标 %(target)s 得 %(points)s 分，否则不得分") % said


def _occurrences(rule: PerOccurrence, points: Decimal) -> str:
    said = {"points": bare(points), "beyond": rule.beyond, "each": _each(rule)}
    if ladder_of(rule):
        return _("每次%(each)s，最多 %(points)s 分") % said
    if rule.beyond:
        return _("前 %(beyond)s 次不计，此后每次 %(each)s 分，最多 %(points)s 分") % said
    return _("每次 %(each)s 分，最多 %(points)s 分") % said


def _missing(rule: DeductEach, points: Decimal) -> str:
    said = {"points": bare(points), "each": _each(rule)}
    if ladder_of(rule):
        return _("满分 %(points)s 分，每处扣分：%(each)s，扣完为止") % said
    return _("满分 %(points)s 分，每缺 1 处扣 %(each)s 分，扣完为止") % said


def _each(rule: PerOccurrence | DeductEach) -> str:
    if isinstance(rule.each, Decimal):
        return bare(rule.each)
    steps = [
        _("%(level)s %(points)s 分") % {"level": level_name(level), "points": bare(points)}
        for level, points in ladder_of(rule).items()
    ]
    return _("、").join(steps)


def per_cent(share: Decimal) -> str:
    """比率: 25% for 0.25."""
    return f"{bare(100 * share)}%"


def demand_in_words(demand: Demand) -> str:
    """佐证要求: what, how many, in which period, and whether it is asked for."""
    what = str(demand.kind.label) if demand.kind else naming.deed_name(demand.deed or "")
    said = {"what": what, "number": demand.number, "period": _PERIODS[demand.period]}
    words = _("%(what)s，%(period)s %(number)s 份") % said
    return words if demand.required else _("%(words)s（不强求）") % {"words": words}


_PERIODS = {
    "year": gettext_lazy("每年"),
    "quarter": gettext_lazy("每季度"),
    "month": gettext_lazy("每月"),
    "standing": gettext_lazy("长期有效"),
}


def veto_in_words(veto: Veto) -> str:
    """一票否决的后果."""
    effects = [
        _("不予定等") if veto.barred else _("等次不高于%(grade)s") % {"grade": veto.not_above},
        *([_("%(item)s 不得分") % {"item": veto.zero_item}] if veto.zero_item else []),
    ]
    return _("，").join(effects)
