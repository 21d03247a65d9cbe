"""演示一日捐: who gave how much on which day, and who was helped with it."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from henji.web.demo.people import Worker

#: What one day's wage comes to.
_WAGES = (30, 50, 50, 50, 50, 100, 100)
#: Categories of the reference scheme, each with an amount that it gives.
_HELP = (
    ("本人重大疾病", 3000),
    ("本人其他疾病", 2000),
    ("配偶、子女重大疾病", 1500),
    ("本人重大疾病", 5000),
    ("父母重大疾病", 1000),
)


@dataclass(frozen=True, slots=True)
class Gift:
    """演示捐款: whole yuan; without a number, a unit's or somebody's whom the roster does not know."""

    name: str
    number: str
    unit: str
    amount: int
    given_on: date


@dataclass(frozen=True, slots=True)
class Help:
    """演示救助: whole yuan."""

    number: str
    category: str
    yuan: int
    paid_on: date
    voucher: str


@dataclass(frozen=True, slots=True)
class Plan:
    """募集安排: which share of the members gives, from the day on for so long; many on the first day."""

    share: float
    opens_on: date
    days: int


def gifts(chance: random.Random, members: Sequence[Worker], plan: Plan) -> list[Gift]:
    """Gifts of the share of the members, in the order of their days: most come early, some late."""
    givers = chance.sample(members, round(len(members) * plan.share))
    given = (
        Gift(one.name, one.number, one.firm, chance.choice(_WAGES), _day_given(chance, plan))
        for one in givers
    )
    return sorted(given, key=lambda gift: gift.given_on)


def _day_given(chance: random.Random, plan: Plan) -> date:
    if chance.random() < 0.08:
        return plan.opens_on
    return plan.opens_on + timedelta(days=int(chance.triangular(0, plan.days, plan.days / 5)))


def group_gifts(units: Sequence[str], yuan: int, given_on: date) -> list[Gift]:
    """Money that units give without names."""
    return [Gift("集体", "", unit, yuan, given_on) for unit in units]


def aid(
    chance: random.Random,
    members: Sequence[Worker],
    collected: int,
    schedule: Sequence[tuple[date, float]],
) -> Iterator[Help]:
    """Aid, so that by each day about its share of what was collected is paid, by the last one all of it."""
    (last, least), paid = schedule[-1], 0
    helped = chance.sample(members, min(len(members), collected // 1000))
    for number, person in enumerate(helped, 1):
        if paid >= least * collected:
            return
        category, yuan = _HELP[number % len(_HELP)]
        day = next((day for day, share in schedule if paid + yuan / 2 < share * collected), last)
        paid += yuan
        yield Help(person.number, category, yuan, day, f"救助{day.year}-{number:03d}")


def total(gifts: Sequence[Gift]) -> int:
    """What the gifts come to, in whole yuan."""
    return sum(gift.amount for gift in gifts)
