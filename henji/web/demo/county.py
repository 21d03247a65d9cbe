"""演示县: all that is invented of it before anybody does anything; equal for equal sizes."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from henji.web.demo import drives, people
from henji.web.demo.drives import Gift, Help
from henji.web.demo.people import Firm, Worker

MEMBERS = 50_000
EMPLOYERS, ORGANISED = 142, 97
#: So many members work for an employer that nobody has registered yet.
NEWCOMERS = 5
_UNREGISTERED = "正定县新迁来食品有限公司"
#: From when to when unions were founded and members won, how many unions, and which share of all members.
_WAVES = (
    (date(2016, 7, 12), date(2016, 9, 1), 12, 0.016),
    (date(2016, 9, 8), date(2016, 11, 1), 16, 0.020),
    (date(2016, 11, 3), date(2016, 12, 9), 12, 0.014),
)
_SEED = 20160601
#: Aid: up to each day this share of what the drive brings in; the last day of 2016 stands above the target.
_AID_2015 = ((date(2015, 6, 18), 0.1), (date(2015, 9, 24), 0.2), (date(2015, 12, 22), 0.31))
_AID_2016 = (
    *((date(2016, 4, 12), 0.004), (date(2016, 5, 12), 0.008)),
    *((date(2016, 8, 16), 0.07), (date(2016, 8, 30), 0.13), (date(2016, 9, 13), 0.19)),
    *((date(2016, 9, 27), 0.26), (date(2016, 10, 12), 0.34), (date(2016, 10, 26), 0.40)),
    *((date(2016, 11, 9), 0.46), (date(2016, 11, 23), 0.51), (date(2016, 12, 7), 0.57)),
    *((date(2016, 12, 14), 0.64), (date(2016, 12, 19), 0.68)),
)


@dataclass(frozen=True, slots=True)
class Wave:
    """一批建会: employers that found their unions, each on its day, and who joins there."""

    founded: tuple[tuple[Firm, date], ...]
    workers: tuple[Worker, ...]


@dataclass(frozen=True)
class County:
    """演示县: employers, members, gifts and aid, and what may be counted of them."""

    firms: Sequence[Firm]
    old: Sequence[Worker]
    waves: Sequence[Wave]
    newcomers: Sequence[Worker]
    gifts_of_2015: Sequence[Gift]
    gifts: Sequence[Gift]
    aid: Sequence[Help]
    size: int

    def of_size(self, number: int) -> int:
        """A number told of a county of 50,000 members, in the measure of this one."""
        return max(1, round(number * self.size / MEMBERS))

    @cached_property
    def everybody(self) -> list[Worker]:
        """All who are members in the end."""
        return [*self.old, *(one for wave in self.waves for one in wave.workers), *self.newcomers]

    @property
    def subsidies(self) -> tuple[int, int, int]:
        """What the union adds, in three sums: nearly 500,000 yuan in a county of 50,000 members."""
        return self.of_size(200_000), self.of_size(180_000), self.of_size(118_000)

    def members(self, day: date) -> int:
        """How many are members at the end of the day."""
        return sum(one.joined_on is None or one.joined_on <= day for one in self.everybody)

    def new_unions(self, day: date) -> int:
        """How many unions were founded in 2016 by the end of the day."""
        return sum(on <= day for wave in self.waves for _firm, on in wave.founded)

    def organised(self, day: date) -> int:
        """How many employers have a union at the end of the day."""
        return ORGANISED + self.new_unions(day)


def invent(size: int = MEMBERS) -> County:
    """虚构: a county with so many members."""
    chance = random.Random(_SEED)  # noqa: S311 - a story, not a secret
    names = people.firm_names(chance, EMPLOYERS)
    crowd = people.Crowd(chance)
    counts = [round(size * share) for *_days, share in _WAVES]
    old_places = people.shared_out(chance, names[:ORGANISED], size - sum(counts) - NEWCOMERS)
    new_places = _places_of_waves(names, counts)
    total = old_places + sum(new_places, Counter())
    firms = people.firms(chance, names, total, organised=ORGANISED)
    old = crowd.of_old(old_places)
    waves = _waves(crowd, firms, new_places)
    newcomers = [
        replace(one, firm=_UNREGISTERED)
        for one in crowd.who_joined({names[0]: NEWCOMERS}, date(2016, 12, 1), date(2016, 12, 10))
    ]
    gifts_of_2015 = drives.gifts(chance, old, drives.Plan(0.084, date(2015, 7, 6), 140))
    gifts = _gifts_of_2016(chance, old, names, size)
    help_2015 = drives.aid(chance, old[: size // 2], drives.total(gifts_of_2015), _AID_2015)
    help_2016 = drives.aid(chance, old[size // 2 :], drives.total(gifts), _AID_2016)
    aid = [*help_2015, *help_2016]
    return County(firms, old, waves, newcomers, gifts_of_2015, gifts, aid, size)


def _places_of_waves(names: Sequence[str], counts: Sequence[int]) -> list[Counter[str]]:
    places, first = [], ORGANISED
    for (_from, _to, unions, _share), count in zip(_WAVES, counts, strict=True):
        taken = names[first : first + unions]
        places.append(Counter({name: len(range(place, count, unions)) for place, name in enumerate(taken)}))
        first += unions
    return places


def _waves(crowd: people.Crowd, firms: Sequence[Firm], places: Sequence[Counter[str]]) -> list[Wave]:
    named = {firm.name: firm for firm in firms}
    waves = []
    for (first, end, unions, _share), place in zip(_WAVES, places, strict=True):
        founded, workers = [], []
        for nth, (name, count) in enumerate(place.items()):
            on = first + timedelta(days=(end - first).days * nth // unions)
            founded.append((named[name], on))
            workers += crowd.who_joined({name: count}, on, end)
        waves.append(Wave(tuple(founded), tuple(workers)))
    return waves


def _gifts_of_2016(
    chance: random.Random, members: Sequence[Worker], units: Sequence[str], size: int
) -> list[Gift]:
    given = drives.gifts(chance, members, drives.Plan(0.276, date(2016, 7, 4), 145))
    group = drives.group_gifts(units[:12], 100 * -(-size // 1000), date(2016, 8, 30))
    unknown = Gift("王小明", "", units[0], 50, date(2016, 10, 9))
    return sorted([*given, *group, unknown], key=lambda gift: gift.given_on)
