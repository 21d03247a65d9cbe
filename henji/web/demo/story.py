"""演示的故事: a county from June to December 2016, told as the deeds that its people did, day after day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.utils.timezone import localdate

from henji.web.demo import county
from henji.web.demo.acts import cards, founding, ledger, members, money, moves, paperwork, scoring
from henji.web.demo.stage import Stage

_ACTS = (founding, members, moves, cards, money, ledger, scoring, paperwork)


#: From this weight on a step is worth telling before it begins.
_LONG = 15


@dataclass(frozen=True, slots=True)
class Scene:
    """进度: how much of the story is told, from 0 to 1, on which day it is, and what is done next."""

    share: float
    day: date
    words: str
    is_long: bool


def tell(size: int, *, show: Callable[[Scene], None]) -> None:
    """讲述: do all the deeds of a county with so many members, in the order of their instants.

    `show` hears of each before it is done.
    """
    stage = Stage(county.invent(size))
    steps = sorted(chain.from_iterable(act.steps(stage) for act in _ACTS), key=lambda step: step.at)
    whole, done = sum(step.weight for step in steps), 0.0
    for step in steps:
        show(Scene(done / whole, localdate(step.at), step.words, step.weight >= _LONG))
        step.do(step.at)
        done += step.weight
