"""Questions about what can become of a membership."""

from dataclasses import dataclass

from henji.lib.refusals import Refusal
from henji.members.models import Turn
from henji.members.queries import Card
from henji.members.rules import moving


@dataclass(frozen=True, slots=True)
class Turns:
    """可办的会籍变动: whether the person is a member, may come back, may take the last turn back."""

    is_member: bool
    may_come_back: bool
    may_step_back: bool


def turns_of(card: Card) -> Turns:
    """可办的会籍变动 of the person."""
    latest = card.latest
    return Turns(
        is_member=latest.end_on is None,
        may_come_back=latest.end_on is not None and latest.ended_by != Turn.DIED,
        may_step_back=_may_step_back(card),
    )


def _may_step_back(card: Card) -> bool:
    try:
        moving.step_back(card.memberships)
    except Refusal:
        return False
    return True
