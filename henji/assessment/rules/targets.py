"""Judgments on targets that the superior hands down."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.assessment.schema import Standard
from henji.assessment.scoring.kinds import CountAgainstTarget, HandedDown
from henji.lib.refusals import Refusal
from henji.lib.text import tidy


class NothingHandedDown(Refusal):
    """没有任务数: a notice without a number hands nothing down."""


class TargetUnsuitable(Refusal):
    """任务数不合适: the number is none that could be handed down."""


class NoticeUnnamed(Refusal):
    """没有写明通知: nobody could find the notice again."""


#: The largest number that can be handed down.
LARGEST_TARGET = 10_000_000


@dataclass(frozen=True, slots=True)
class TargetKind:
    """任务种类: what is counted, and the figure that counts what is reached; empty where none does yet."""

    code: str
    name: str | Promise
    figure: str = ""


#: What superiors hand down everywhere; a standard may ask for more.
USUAL = (
    TargetKind("new_unions", gettext_lazy("新建工会"), "unions.new_unions"),
    TargetKind("new_members", gettext_lazy("新增会员"), "members.new_members"),
    TargetKind("publicity", gettext_lazy("宣传信息")),
)


def target_kinds(standard: Standard | None, held: Iterable[str] = ()) -> list[TargetKind]:
    """任务种类: the usual ones, those that the standard's parts ask for, and those held already."""
    kinds = {kind.code: kind for kind in USUAL}
    for code, name, figure in _asked(standard):
        kinds.setdefault(code, TargetKind(code, name, figure))
    for code in held:
        kinds.setdefault(code, TargetKind(code, code))
    return list(kinds.values())


def _asked(standard: Standard | None) -> Iterable[tuple[str, str, str]]:
    for item in standard.items if standard else ():
        for part in item.parts:
            rule = part.rule
            if isinstance(rule, CountAgainstTarget) and isinstance(rule.target, HandedDown):
                yield rule.target.handed_down, part.name, part.figure or ""


def must_hand_down(numbers: Mapping[str, int | None], held: Mapping[str, int]) -> dict[str, int]:
    """What is new in the numbers; raises NothingHandedDown where nothing is, TargetUnsuitable."""
    told = {code: number for code, number in numbers.items() if number is not None}
    if any(not 0 < number <= LARGEST_TARGET for number in told.values()):
        raise TargetUnsuitable(_("任务数须在 1 到 %(largest)s 之间") % {"largest": f"{LARGEST_TARGET:,}"})
    fresh = {code: number for code, number in told.items() if held.get(code) != number}
    if not fresh:
        raise NothingHandedDown(_("任务数没有变化，请至少填写或改动一项"))
    return fresh


def must_name_notice(words: str) -> str:
    """任务通知: tidied; raises NoticeUnnamed."""
    bare = tidy(words)
    if not 2 <= len(bare) <= 100:
        raise NoticeUnnamed(_("请写明任务通知的文号或名称，最多 100 字"))
    return bare
