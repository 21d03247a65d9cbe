"""计分说明: why a rule gives so many points, and how far it is to more, in words that show both sides."""

from collections.abc import Mapping
from decimal import ROUND_DOWN, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from henji.assessment.schema import bare
from henji.assessment.scoring.facts import Gap, Outcome
from henji.assessment.scoring.kinds import (
    CountAgainstTarget,
    DeductEach,
    DeductPerPoints,
    Levels,
    PartRule,
    PerOccurrence,
    Threshold,
    Tiers,
    ladder_of,
)
from henji.evidence.figures import Count, Figure, Flag, Level, Missing, NotKept, Ratio, Tally
from henji.lib import money
from henji.lib.levels import level_name


def explain(rule: PartRule, figure: Figure, outcome: Outcome, name: str) -> str:
    """计分说明: the figure, what it reaches, and what it lacks to the next step."""
    if outcome.gap:
        return _gap(figure, outcome, name)
    match rule, figure:
        case ((Threshold() | Tiers() | DeductPerPoints()), Ratio(unit=unit)):
            return _rate(rule, outcome, unit, name)
        case CountAgainstTarget(), _:
            return _count(rule, outcome, name)
        case PerOccurrence(), (Count() | Tally()):
            return _occurrences(rule, figure, outcome, name)
        case DeductEach(), (Count() | Tally()):
            return _missing(rule, figure, outcome, name)
        case Levels(), Level(level):
            return _level(rule, level, name)
    is_so = isinstance(figure, Flag) and figure.yes
    return (_("%(name)s：是") if is_so else _("%(name)s：否")) % {"name": name}


# What cannot be computed


def _gap(figure: Figure, outcome: Outcome, name: str) -> str:
    match figure:
        case Missing(what):
            return _("%(name)s：缺少%(what)s") % {"name": name, "what": what}
        case NotKept(why):
            aside = _("（%(words)s）") % {"words": why} if why else ""
            return _("%(name)s：没有可供计算的记录%(why)s") % {"name": name, "why": aside}
    said = {"name": name}
    if isinstance(figure, Ratio) and outcome.part is not None and outcome.whole is not None:
        said |= {"part": _show(outcome.part, figure.unit), "whole": _show(outcome.whole, figure.unit)}
    return str(_GAPS[outcome.gap or Gap.UNKNOWN]) % said


_GAPS = {
    Gap.UNKNOWN: gettext_lazy("%(name)s：没有数据，无法计算"),
    Gap.UNSUITABLE: gettext_lazy("%(name)s：现有数据与计分办法不符，无法计算"),
    Gap.NO_QUANTITY: gettext_lazy("%(name)s：数值超出范围，无法计算"),
    Gap.NO_WHOLE: gettext_lazy("%(name)s（%(part)s/%(whole)s），分母为 0，无法计算"),
    Gap.NEGATIVE_WHOLE: gettext_lazy("%(name)s（%(part)s/%(whole)s），分母小于 0，无法计算"),
    Gap.NO_TARGET: gettext_lazy("%(name)s：没有下达的任务数，无法计算"),
    Gap.NOT_AWARDED: gettext_lazy("%(name)s：由人工评定，尚未评定"),
    Gap.NOT_ASKED: gettext_lazy("%(name)s：不考核此类单位"),
}


# Rates


def _rate(rule: Threshold | Tiers | DeductPerPoints, outcome: Outcome, unit: str, name: str) -> str:
    said = {
        "name": name,
        "rate": _rate_shown(rule, outcome),
        "part": _show(_part(outcome), unit),
        "whole": _show(_whole(outcome), unit),
    }
    head = _("%(name)s %(rate)s（%(part)s/%(whole)s）") % said
    return _("%(head)s，%(verdict)s") % {"head": head, "verdict": _verdict(rule, outcome, unit)}


def _verdict(rule: Threshold | Tiers | DeductPerPoints, outcome: Outcome, unit: str) -> str:
    match rule:
        case Threshold():
            said = {"minimum": _per_cent(rule.minimum), "short": _short(outcome, unit)}
            return str(_VERDICTS[rule.operator, outcome.next is None]) % said
        case Tiers():
            return _bands(outcome, unit)
        case DeductPerPoints():
            return _deduction(rule, outcome, unit)


_VERDICTS = {
    (">=", True): gettext_lazy("达到 %(minimum)s"),
    (">=", False): gettext_lazy("未达 %(minimum)s，还差 %(short)s"),
    (">", True): gettext_lazy("超过 %(minimum)s"),
    (">", False): gettext_lazy("未超过 %(minimum)s，还差 %(short)s"),
}


def _bands(outcome: Outcome, unit: str = "") -> str:
    said = {"short": _short(outcome, unit)}
    if outcome.step:
        said["reached"] = _per_cent(outcome.step.minimum)
    if outcome.next:
        said |= {"next": _per_cent(outcome.next.minimum), "points": bare(outcome.next.points)}
    if not outcome.next:
        return _("达到 %(reached)s") % said
    if not outcome.step:
        return _("未达 %(next)s（%(points)s 分），还差 %(short)s") % said
    return _("达到 %(reached)s，距 %(next)s（%(points)s 分）还差 %(short)s") % said


def _deduction(rule: DeductPerPoints, outcome: Outcome, unit: str) -> str:
    said = {
        "minimum": _per_cent(rule.minimum),
        "every": bare(rule.every),
        "minus": bare(rule.minus),
        "lost": bare(outcome.of - outcome.points),
        "short": _short(outcome, unit),
    }
    if _part(outcome) >= rule.minimum * _whole(outcome):
        return _("达到 %(minimum)s") % said
    if not outcome.next:
        return _("未达 %(minimum)s，所差不足 %(every)s 个百分点，不扣分") % said
    said["points"] = bare(outcome.next.points)
    if rule.begun:
        said["each"] = _("每低 %(every)s 个百分点（不足的按 %(every)s 个计）扣 %(minus)s 分") % said
    else:
        said["each"] = _("每低 %(every)s 个百分点扣 %(minus)s 分") % said
    return _("未达 %(minimum)s，%(each)s，扣 %(lost)s 分；再有 %(short)s可得 %(points)s 分") % said


def _rate_shown(rule: PartRule, outcome: Outcome) -> str:
    """The rate in per cent, with as many places as it takes to stand on its own side of the lines."""
    lines = [100 * line.minimum for line in (outcome.step, outcome.next) if line]
    if isinstance(rule, DeductPerPoints):
        lines.append(100 * rule.minimum)
    exact = 100 * _part(outcome) / _whole(outcome)
    step = Decimal("0.1")
    while True:
        shown = exact.quantize(step, rounding=ROUND_DOWN)
        if all(shown.compare(line) == exact.compare(line) for line in lines):
            return f"{shown:z,f}%"
        step /= 10


# Counts


def _count(rule: CountAgainstTarget, outcome: Outcome, name: str) -> str:
    said = {
        "name": name,
        "number": _show(_part(outcome)),
        "target": _show(_whole(outcome)),
        "short": _short(outcome),
    }
    if not outcome.next:
        return _("%(name)s %(number)s，达到目标 %(target)s") % said
    if rule.below == "tiers":
        said |= {"rate": _rate_shown(rule, outcome), "bands": _bands(outcome)}
        return _("%(name)s %(number)s，目标 %(target)s，完成 %(rate)s，%(bands)s") % said
    words = _("%(name)s %(number)s，未达目标 %(target)s，还差 %(short)s") % said
    return _("%(words)s，按比例计分") % {"words": words} if rule.below == "proportional" else words


def _occurrences(rule: PerOccurrence, figure: Count | Tally, outcome: Outcome, name: str) -> str:
    if isinstance(figure, Tally):
        steps = _steps(rule, figure.levels) or [_("无")]
        head = _("%(name)s：%(steps)s") % {"name": name, "steps": _("、").join(steps)}
    else:
        head = _times(rule, figure.number, name)
    said = {"head": head, "lacking": bare(outcome.of - outcome.points), "short": _short(outcome)}
    if outcome.points == outcome.of:
        return _("%(head)s，已满分") % said
    if outcome.distance is None:
        return _("%(head)s，距满分还差 %(lacking)s 分") % said
    return _("%(head)s，再有 %(short)s 次满分") % said


def _times(rule: PerOccurrence, number: int, name: str) -> str:
    said = {"name": name, "number": _show(Decimal(number)), "each": _each(rule), "beyond": rule.beyond}
    if rule.beyond:
        return _("%(name)s %(number)s 次，前 %(beyond)s 次不计，此后每次 %(each)s 分") % said
    return _("%(name)s %(number)s 次，每次 %(each)s 分") % said


def _missing(rule: DeductEach, figure: Count | Tally, outcome: Outcome, name: str) -> str:
    said = {"name": name, "each": _each(rule), "lost": bare(outcome.of - outcome.points)}
    if outcome.points == outcome.of:
        return _("%(name)s：没有缺漏，不扣分") % said
    if isinstance(figure, Tally):
        said["steps"] = _("、").join(_steps(rule, figure.levels))
        return _("%(name)s：%(steps)s，扣 %(lost)s 分") % said
    said["number"] = _show(Decimal(figure.number))
    return _("%(name)s：缺漏 %(number)s 处，每处扣 %(each)s 分，扣 %(lost)s 分，补齐后满分") % said


def _each(rule: PerOccurrence | DeductEach) -> str:
    return bare(rule.each) if isinstance(rule.each, Decimal) else ""


def _steps(rule: PerOccurrence | DeductEach, levels: Mapping[str, int]) -> list[str]:
    """What was counted of each level, in the order of the rule; what the rule does not name comes last."""
    ladder = ladder_of(rule)
    words = _("%(level)s %(number)s（每次 %(each)s 分）")
    if isinstance(rule, DeductEach):
        words = _("%(level)s %(number)s（每处扣 %(each)s 分）")
    others = sorted(set(levels) - set(ladder))
    said = [
        {"level": level_name(level), "number": _show(Decimal(levels[level])), "each": bare(ladder[level])}
        for level in ladder
        if levels.get(level, 0) > 0
    ]
    unnamed = [
        _("%(level)s %(number)s（不计分）") % {"level": level_name(level), "number": levels[level]}
        for level in others
        if levels[level] > 0
    ]
    return [*(words % step for step in said), *unnamed]


# Levels


def _level(rule: Levels, level: str, name: str) -> str:
    names = [rung.name for rung in rule.levels]
    place = names.index(level) if level in names else len(names)
    said = {"name": name, "level": level}
    if place < len(names):
        said["criteria"] = rule.levels[place].criteria
    if place > 0:
        said |= {"next": names[place - 1], "next_criteria": rule.levels[place - 1].criteria}
    if place == len(names):
        return _("%(name)s：未入级，%(next)s须“%(next_criteria)s”") % said
    if place == 0:
        return _("%(name)s：%(level)s（%(criteria)s）") % said
    return _("%(name)s：%(level)s（%(criteria)s），%(next)s须“%(next_criteria)s”") % said


# Numbers


def _part(outcome: Outcome) -> Decimal:
    return outcome.part if outcome.part is not None else Decimal(0)


def _whole(outcome: Outcome) -> Decimal:
    return outcome.whole or Decimal(1)


def _short(outcome: Outcome, unit: str = "") -> str:
    distance = outcome.distance or Decimal(0)
    if unit == "people":
        return ngettext("%(number)s 人", "%(number)s 人", int(distance)) % {"number": _show(distance)}
    if unit == "units":
        return _("%(number)s 个") % {"number": _show(distance)}
    return _show(distance, unit)


def _per_cent(share: Decimal) -> str:
    return f"{bare(100 * share)}%"


def _show(side: Decimal, unit: str = "") -> str:
    return money.show(side) if unit == "yuan" else f"{side.normalize():z,f}"
