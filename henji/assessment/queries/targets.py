"""Questions about targets handed down, and what is reached of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from henji.assessment import rules
from henji.assessment.models import Target, TargetQuerySet
from henji.assessment.rules import TargetKind
from henji.assessment.schema import Standard
from henji.evidence import figures
from henji.evidence.figures import Count, Scope
from henji.lib.periods import Period
from henji.unions.models import Union


def targets_of(county: Union, year: int) -> TargetQuerySet:
    """下达任务: those of the county for the year, as known now."""
    return Target.objects.of_year([county.pk], year).known().select_related("made_by")


def target_numbers(
    counties: Iterable[int], year: int, as_of: date, known_at: datetime | None = None
) -> dict[int, dict[str, int]]:
    """任务数: by county and code, those received by the day. Costs one query."""
    held = Target.objects.of_year(counties, year).known(known_at).filter(received_on__lte=as_of)
    numbers: dict[int, dict[str, int]] = {}
    for target in held:
        numbers.setdefault(target.county_id, {})[target.code] = target.number
    return numbers


def target_history(county: Union, year: int) -> TargetQuerySet:
    """任务变动: all that was ever handed down for the year, the latest first."""
    held = Target.objects.of_year([county.pk], year).select_related("made_by", "unmade_by")
    return held.order_by("-known_from", "code")


@dataclass(frozen=True, slots=True)
class Pursuit:
    """任务进度: what was handed down, if anything, beside what is reached, if records can say."""

    kind: TargetKind
    target: Target | None
    reached: Count | None

    @property
    def short(self) -> int | None:
        """How many are still to come; None where either side is not known."""
        if self.target is None or self.reached is None:
            return None
        return max(self.target.number - self.reached.number, 0)

    @property
    def share(self) -> int | None:
        """How much is reached, in whole per cent, at most 100."""
        if self.target is None or self.reached is None:
            return None
        return min(100 * self.reached.number // self.target.number, 100)


def pursuits(county: Union, standard: Standard | None, year: int, as_of: date) -> list[Pursuit]:
    """任务进度 of the year, as of the day: the usual targets, and all that the standard asks for."""
    held = {target.code: target for target in targets_of(county, year)}
    scope = Scope((county.pk,), Period.year(year), as_of)
    return [
        Pursuit(kind, held.get(kind.code), _reached(kind, scope))
        for kind in rules.target_kinds(standard, held)
    ]


def _reached(kind: TargetKind, scope: Scope) -> Count | None:
    if not kind.figure:
        return None
    figure = figures.compute(kind.figure, scope)[scope.unions[0]]
    return figure if isinstance(figure, Count) else None
