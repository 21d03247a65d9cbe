"""演示人物: invented people and the employers that they work for.

Identity numbers carry the division code 130199, which names no place, so that no number can be anybody's.
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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
#: Whoever was a member before the year of the story joined up to and without this day.
YEAR_BEGAN = date(2016, 1, 1)
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国志红玉兰文辉力东海燕春梅雪松云飞"
_FIRST = "恒瑞嘉泰宏盛鑫源裕丰华晟正通永兴天合万隆"
_SECOND = "达成润祥安泽宇昌顺邦利康和信德荣"
_TRADES = ("家具", "机械", "食品", "纺织", "建材", "物流", "商贸", "板材", "医药", "餐饮")
#: Who chairs the unions of employers; invented, as everybody is.
CHAIRS = tuple(f"{surname}{given}" for surname, given in zip("赵钱孙李周吴郑王冯陈", _GIVEN, strict=False))
_FIRST_BIRTH, _BIRTH_DAYS = date(1958, 1, 1), 39 * 365


@dataclass(frozen=True, slots=True)
class Firm:
    """演示单位; `is_organised` says that it has a union when the story begins."""

    name: str
    township: str
    trade: str
    workers: int
    is_organised: bool
    kind: str = "私营"


@dataclass(frozen=True, slots=True)
class Worker:
    """演示会员."""

    name: str
    number: str
    phone: str
    firm: str
    joined_on: date | None


def firm_names(chance: random.Random, count: int) -> list[str]:
    """So many different names."""
    names: dict[str, None] = {}
    while len(names) < count:
        trade = chance.choice(_TRADES)
        names.setdefault(f"正定县{chance.choice(_FIRST)}{chance.choice(_SECOND)}{trade}有限公司")
    return list(names)


def firms(
    chance: random.Random, names: Sequence[str], members: Mapping[str, int], *, organised: int
) -> list[Firm]:
    """The employers over the townships, the first so many with a union; some of their workers are no members.

    `members` are how many of each employer's workers ever join; where nobody does, few work.
    """
    few = 1 + sum(members.values()) // len(names) // 8
    return [
        Firm(
            name=name,
            township=TOWNSHIPS[place % len(TOWNSHIPS)],
            trade=next(trade for trade in _TRADES if trade in name),
            workers=round(members.get(name, few) * chance.uniform(1.02, 1.13)),
            is_organised=place < organised,
        )
        for place, name in enumerate(names)
    ]


def shared_out(chance: random.Random, names: Sequence[str], count: int) -> Counter[str]:
    """So many workers shared out over the employers, of which some are large and most are small."""
    sizes = [chance.lognormvariate(0, 0.8) for _name in names]
    return Counter(chance.choices(names, sizes, k=count))


class Crowd:
    """人群: workers, each with a number of their own."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._numbers: set[str] = set()

    def of_old(self, places: Mapping[str, int]) -> list[Worker]:
        """Members from before the year, at each employer so many; a few without a day of joining."""
        return list(self._workers(places, date(2006, 1, 1), YEAR_BEGAN, undated=0.03))

    def who_joined(self, places: Mapping[str, int], first: date, end: date) -> list[Worker]:
        """Members who joined from the one day up to and without the other."""
        return list(self._workers(places, first, end, undated=0))

    def _workers(
        self, places: Mapping[str, int], first: date, end: date, *, undated: float
    ) -> Iterator[Worker]:
        chance = self._chance
        for firm, count in places.items():
            for _one in range(count):
                born_on = _FIRST_BIRTH + timedelta(days=chance.randrange(_BIRTH_DAYS))
                of_age = min(max(first, born_on + timedelta(days=18 * 366)), end - timedelta(days=1))
                joined_on = of_age + timedelta(days=chance.randrange((end - of_age).days))
                yield Worker(
                    name=self._name(),
                    number=self._number(born_on),
                    phone=f"199{chance.randrange(10**8):08d}",
                    firm=firm,
                    joined_on=None if chance.random() < undated else joined_on,
                )

    def _name(self) -> str:
        given = "".join(self._chance.choices(_GIVEN, k=self._chance.choice((1, 2, 2, 2))))
        return self._chance.choice(_SURNAMES) + given

    def _number(self, born_on: date) -> str:
        while True:
            first = f"{NOWHERE_CODE}{born_on:%Y%m%d}{self._chance.randrange(1000):03d}"
            number = first + identity.check_digit(first)
            if number not in self._numbers:
                self._numbers.add(number)
                return number
