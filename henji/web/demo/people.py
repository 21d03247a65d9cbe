"""演示人物: invented people and employers.

Identity numbers carry the division code 130199, which names no place, so that no number can be anybody's.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from henji.lib import identity

NOWHERE_CODE = "130199"
TOWNSHIPS = (
    "正定镇",
    "新城铺镇",
    "新安镇",
    "诸福屯镇",
    "三里屯街道",
    "曲阳桥乡",
    "南牛乡",
    "西平乐乡",
    "北早现乡",
)
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国志红玉兰文辉力东海燕春梅雪松云飞"
_FIRST = "恒瑞嘉泰宏盛鑫源裕丰华晟正通永兴天合万隆"
_SECOND = "达成润祥安泽宇昌顺邦利康和信德荣"
_TRADES = ("家具", "机械", "食品", "纺织", "建材", "物流", "商贸", "板材", "医药", "餐饮")


@dataclass(frozen=True, slots=True)
class Firm:
    """演示单位."""

    name: str
    township: str
    trade: str
    workers: int
    organised: bool


@dataclass(frozen=True, slots=True)
class Worker:
    """演示会员."""

    name: str
    number: str
    phone: str
    firm: Firm
    joined_on: date | None


@dataclass(frozen=True, slots=True)
class Gift:
    """演示捐款: whole yuan; without a number, a unit's or somebody's whom the roster does not know."""

    name: str
    number: str
    unit: str
    amount: int
    given_on: date


def firms(chance: random.Random, count: int) -> list[Firm]:
    """So many employers over the nine townships; nine in ten have a union."""
    names: dict[str, None] = {}
    while len(names) < count:
        trade = chance.choice(_TRADES)
        names.setdefault(f"正定县{chance.choice(_FIRST)}{chance.choice(_SECOND)}{trade}有限公司")
    return [
        Firm(
            name=name,
            township=TOWNSHIPS[place % len(TOWNSHIPS)],
            trade=next(trade for trade in _TRADES if trade in name),
            workers=chance.randrange(20, 400),
            organised=place % 10 != 9,
        )
        for place, name in enumerate(names)
    ]


def workers(chance: random.Random, count: int, employers: list[Firm]) -> Iterator[Worker]:
    """So many workers; a few of them without a day of joining."""
    numbers: set[str] = set()
    while len(numbers) < count:
        born_on = date(1958, 1, 1) + timedelta(days=chance.randrange(40 * 365))
        number = _number(chance, born_on)
        if number in numbers:
            continue
        numbers.add(number)
        yield Worker(
            name=_name(chance),
            number=number,
            phone=f"199{chance.randrange(10**8):08d}",
            firm=chance.choice(employers),
            joined_on=_joined(chance, born_on) if chance.random() < 0.97 else None,
        )


def _name(chance: random.Random) -> str:
    given = "".join(chance.choice(_GIVEN) for _ in range(chance.choice((1, 2, 2, 2))))
    return chance.choice(_SURNAMES) + given


def _number(chance: random.Random, born_on: date) -> str:
    first = f"{NOWHERE_CODE}{born_on:%Y%m%d}{chance.randrange(1000):03d}"
    return first + identity.check_digit(first)


def _joined(chance: random.Random, born_on: date) -> date:
    """A day between coming of age and the spring of the story."""
    first = max(date(2006, 1, 1), born_on + timedelta(days=18 * 366))
    return first + timedelta(days=chance.randrange((date(2016, 4, 1) - first).days))
