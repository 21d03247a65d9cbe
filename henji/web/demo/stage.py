"""舞台: what stands while the story is told, and who does what on it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils import timezone

from henji.accounts.models import User
from henji.assessment.models import PublishedStandard
from henji.lib.actors import Actor
from henji.mutual_aid.models import Drive
from henji.unions.models import Union
from henji.web.demo.cast import ANSWERS, OFFICERS
from henji.web.demo.county import County


class StoryBroken(RuntimeError):
    """故事中断: something that the story builds on did not come about."""


@dataclass(frozen=True, slots=True)
class Step:
    """一步: a deed at an instant, what people see of it while they wait, and how long it takes.

    A weight of 1 is a deed on a single thing.
    """

    at: datetime
    do: Callable[[datetime], object]
    words: str
    weight: float = 1


def rows(count: int) -> float:
    """The weight of a workbook with so many rows."""
    return 1 + count / 100


@dataclass
class Stage:
    """舞台: the invented county, and what of it stands: federation and standard once they are there."""

    plan: County
    users: dict[str, User] = field(default_factory=dict)
    drives: dict[int, Drive] = field(default_factory=dict)
    county: Union = field(init=False)
    standard: PublishedStandard = field(init=False)

    def actor(self, username: str) -> Actor:
        """The officer, who signs deeds."""
        officer = next(one for one in OFFICERS if one.username == username)
        return self.users[username].as_actor(str(officer.role.label))

    def answering(self, place: str) -> Actor:
        """Whoever answers for the item of a part, B10.payout, or of an item, B10."""
        return self.actor(ANSWERS[place.partition(".")[0]])


def at(day: date, hour: int = 9) -> datetime:
    """An instant of the day, by the local clock."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def in_2016(month: int, day: int, hour: int = 9) -> datetime:
    """An instant of 2016, by the local clock."""
    return at(date(2016, month, day), hour)
