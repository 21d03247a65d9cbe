"""标准对照: how a version of a standard differs from another, and what that means in points. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext as _

from henji.assessment.cards import Scorecard
from henji.assessment.rule_words import demand_in_words, part_in_words, veto_in_words
from henji.assessment.schema import Item, Part, Standard, bare

Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Change:
    """一处改动: what of a part or item reads otherwise, before and after."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """一处不同: an item, part, grade or veto that was added, removed or changed; `code` is empty for sums."""

    kind: Kind
    code: str
    name: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """项目分数之差: an item's points under both versions; None where a version does not have it."""

    code: str
    name: str
    before: Decimal | None
    after: Decimal | None

    @property
    def by(self) -> Decimal:
        """By how much the points change."""
        return (self.after or Decimal(0)) - (self.before or Decimal(0))


_Facts = Mapping[str, str]


def differences(old: Standard, new: Standard) -> list[Difference]:
    """标准的不同: of the whole, then of items and parts in the order of the new version, then of vetoes."""
    whole = _changes(_whole(old), _whole(new))
    return [
        *([Difference("changed", "", _("标准总体"), whole)] if whole else []),
        *_each(_named_items(old), _named_items(new)),
        *_each(
            {veto.code: (veto.name, _facts_of_veto(old, veto.code)) for veto in old.vetoes},
            {veto.code: (veto.name, _facts_of_veto(new, veto.code)) for veto in new.vetoes},
        ),
    ]


def moves(old: Scorecard | None, new: Scorecard) -> list[Moved]:
    """各项目分数之差: every item of either version, in the order of the new one."""
    before = {item.code: item for item in old.items} if old else {}
    after = {item.code: item for item in new.items}
    return [
        Moved(
            code,
            (after.get(code) or before[code]).name,
            before[code].points if code in before else None,
            after[code].points if code in after else None,
        )
        for code in dict.fromkeys([*after, *before])
    ]


_Named = Mapping[str, tuple[str, _Facts]]


def _each(old: _Named, new: _Named) -> Iterable[Difference]:
    for code, (name, facts) in new.items():
        if code not in old:
            yield Difference("added", code, name, _changes({}, facts))
        elif changes := _changes(old[code][1], facts):
            yield Difference("changed", code, name, changes)
    for code, (name, facts) in old.items():
        if code not in new:
            yield Difference("removed", code, name, _changes(facts, {}))


def _changes(before: _Facts, after: _Facts) -> tuple[Change, ...]:
    return tuple(
        Change(what, before.get(what, ""), after.get(what, ""))
        for what in dict.fromkeys([*after, *before])
        if before.get(what, "") != after.get(what, "")
    )


def _whole(standard: Standard) -> _Facts:
    grades = [f"{grade.name} {bare(grade.min)}" for grade in standard.grades]
    sums = {"total": _("总分（含加分）"), "base": _("基础分（不含加分）")}
    return {
        _("名称"): standard.name,
        _("说明"): standard.label,
        _("基础总分"): bare(standard.base_total),
        _("加分上限"): bare(standard.bonus_cap),
        _("定等依据"): sums[standard.graded_on],
        _("等次"): _("、").join(grades),
        _("排名依据"): _("、").join(sums.get(name, name) for name in standard.ranking),
    }


def _named_items(standard: Standard) -> dict[str, tuple[str, _Facts]]:
    named: dict[str, tuple[str, _Facts]] = {}
    for item in standard.items:
        named[item.code] = item.name, _facts_of_item(item)
        for part in item.parts:
            named[f"{item.code}.{part.code}"] = part.name, _facts_of_part(part, standard)
    return named


def _facts_of_item(item: Item) -> _Facts:
    kinds = {"base": _("基础项"), "bonus": _("加分项")}
    return {
        _("名称"): item.name,
        _("类别"): kinds[item.kind],
        _("分值"): bare(item.points),
        _("适用单位"): _("、").join(item.unit_types),
    }


def _facts_of_part(part: Part, standard: Standard) -> _Facts:
    return {
        _("名称"): part.name,
        _("分值"): bare(part.points),
        _("要求"): part.demand,
        _("计分办法"): part_in_words(part, standard),
        _("指标"): _("、").join(filter(None, [part.figure, *part.figures.values()])),
        _("佐证"): _("；").join(map(demand_in_words, part.evidence)),
        _("来源"): part.source,
    }


def _facts_of_veto(standard: Standard, code: str) -> _Facts:
    veto = next(one for one in standard.vetoes if one.code == code)
    return {
        _("名称"): veto.name,
        _("情形"): veto.demand,
        _("后果"): veto_in_words(veto),
        _("来源"): veto.source,
    }
