"""试算: what another scheme would have given for what was paid. Pure.

Where the claim is on record it is judged under both schemes. Of a payment alone, the amount says in which
tier the own payment lay; where the other scheme gives one amount for the whole of that tier, this can be
told, and else it cannot.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from henji.mutual_aid.schemes.claims import CENT, ZERO, Claim, Past
from henji.mutual_aid.schemes.judging import judge
from henji.mutual_aid.schemes.terms import Between, Category, Flat, Scheme, ShareOf, Tiers

#: From which sum up to which (None: no end), how much.
Span = tuple[Decimal, Decimal | None, Decimal]


@dataclass(frozen=True, slots=True)
class Recorded:
    """一笔救助: what was paid under which category; with the claim and what came before, where kept."""

    key: str
    category: str
    paid_on: date
    paid_yuan: Decimal
    claim: Claim | None = None
    before: tuple[Past, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """一笔变化: under the old scheme and under the new one."""

    recorded: Recorded
    before_yuan: Decimal
    after_yuan: Decimal

    @property
    def by_yuan(self) -> Decimal:
        """How much more."""
        return self.after_yuan - self.before_yuan


@dataclass(frozen=True, slots=True)
class Effect:
    """试算结果: of so many, these would change, so many stay, and of so many it cannot be told."""

    cases: int
    moved: tuple[Moved, ...]
    same: int
    unknown: int

    @property
    def more(self) -> tuple[Moved, ...]:
        """Those that would be given more."""
        return tuple(one for one in self.moved if one.by_yuan > 0)

    @property
    def less(self) -> tuple[Moved, ...]:
        """Those that would be given less."""
        return tuple(one for one in self.moved if one.by_yuan < 0)

    @property
    def more_yuan(self) -> Decimal:
        """How much more these together."""
        return sum((one.by_yuan for one in self.more), ZERO)

    @property
    def less_yuan(self) -> Decimal:
        """How much less these together; not below nought."""
        return -sum((one.by_yuan for one in self.less), ZERO)


def replay(old: Scheme, new: Scheme, recorded: Sequence[Recorded]) -> Effect:
    """试算: what was given under the old scheme, as the new one would give it, in the same aid year."""
    days = {
        "aid_from": old.aid_from,
        "aid_to": old.aid_to,
        "claims_until": old.claims_until,
        "year": old.year,
    }
    moved_to = new.model_copy(update=days)
    moved, same, unknown = [], 0, 0
    for one in recorded:
        told = _both(old, moved_to, one)
        if told is None:
            unknown += 1
        elif told[0] == told[1]:
            same += 1
        else:
            moved.append(Moved(one, *told))
    return Effect(len(recorded), tuple(moved), same, unknown)


def _both(old: Scheme, new: Scheme, one: Recorded) -> tuple[Decimal, Decimal] | None:
    """The amounts under both schemes; None where it cannot be told."""
    if one.claim is not None:
        before, after = (judge(scheme, one.claim, one.before) for scheme in (old, new))
        if before.is_stopped:  # it was paid all the same: people had answered what was asked
            return before.otherwise_yuan, after.otherwise_yuan
        return before.amount_yuan, after.amount_yuan
    inferred = _from_amount(old, new, one)
    return None if inferred is None else (one.paid_yuan, inferred)


def _from_amount(old: Scheme, new: Scheme, one: Recorded) -> Decimal | None:
    before, after = _named(old, one.category), _named(new, one.category)
    if before is None or after is None or not _same_conditions(old, new, before, after):
        return None
    if isinstance(before.amount, Between) and isinstance(after.amount, Between):
        return min(max(one.paid_yuan, after.amount.least_yuan), after.amount.most_yuan)
    if before.amount == after.amount and not isinstance(before.amount, ShareOf):
        return one.paid_yuan
    held = [span for span in spans(old, before) if span[2] == one.paid_yuan]
    given = {amount for span in held for amount in _within(spans(new, after), span)}
    return given.pop() if len(given) == 1 else None


def _named(scheme: Scheme, told: str) -> Category | None:
    """The category that a payment names: by its code, its name, or the code at the beginning."""
    first = told.split(maxsplit=1)[0] if told.strip() else ""
    return next((one for one in scheme.categories if told in (one.code, one.name) or first == one.code), None)


def _same_conditions(old: Scheme, new: Scheme, before: Category, after: Category) -> bool:
    """Whether who was given aid before would be given it again, whatever the particulars."""
    kept = ("relations", "occasion", "measure", "first_time", "once", "follows_aid", "cap_yuan", "from_yuan")
    whole = ("givers_only", "waiting", "cap", "siblings", "covered", "diseases")
    return all(getattr(before, name) == getattr(after, name) for name in kept) and all(
        getattr(old, name) == getattr(new, name) for name in whole
    )


def spans(scheme: Scheme, category: Category) -> list[Span]:
    """各段: from which sum to which the category gives how much; none where the meeting decides."""
    match category.amount:
        case Flat(yuan=yuan):
            return [(ZERO, None, yuan)]
        case Tiers(bands=bands):
            ends = [*(start for start, _yuan in bands[1:]), None]
            first: list[Span] = [(ZERO, bands[0][0], ZERO)] if bands[0][0] else []
            return first + [(start, end, yuan) for (start, yuan), end in zip(bands, ends, strict=True)]
        case ShareOf(category=code, share=share):
            other = scheme.category(code)
            whole = spans(scheme, other) if other else []
            return [(start, end, _part(yuan, share)) for start, end, yuan in whole]
    return []


def _part(yuan: Decimal, share: Decimal) -> Decimal:
    return (yuan * share).quantize(CENT, rounding=ROUND_HALF_UP)


def _within(told: Iterable[Span], held: Span) -> set[Decimal]:
    """Every amount that is given for some sum of the span."""
    start, end, _yuan = held
    return {
        amount
        for first, last, amount in told
        if (last is None or last > start) and (end is None or first < end)
    }
