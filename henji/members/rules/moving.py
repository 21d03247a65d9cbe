"""Judgments on how memberships begin, go on and end."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from henji.lib import text
from henji.lib.refusals import Refusal
from henji.members.details import LONGEST
from henji.members.models import Membership, Standing, Turn
from henji.unions.models import Union

#: How somebody may leave for good.
ENDINGS = frozenset({Turn.LEFT, Turn.EXPELLED, Turn.DIED})
#: Shorter than this, words give no reason.
_SHORTEST = 2


class NotYetHappened(Refusal):
    """还没有到的日期."""


class NotAMember(Refusal):
    """不在会: there is no membership that could end or go on."""


class StillAMember(Refusal):
    """仍在会: whoever is a member need not come back."""


class Dead(Refusal):
    """已登记去世."""


class BeforeJoining(Refusal):
    """早于入会日期."""


class BeforeLeaving(Refusal):
    """早于离会日期."""


class NoSuchStanding(Refusal):
    """会籍状态没有改变."""


class NothingToWithdraw(Refusal):
    """没有可撤回的会籍变动."""


class ReasonMissing(Refusal):
    """没有写明原因."""


class InTransfer(Refusal):
    """正在转移: the membership waits for another union's answer."""


class TransferAnswered(Refusal):
    """转移已有结果."""


class UnionClosed(Refusal):
    """工会已撤销."""


class NotUnderReceiver(Refusal):
    """单位不属于接收工会."""


class BeforeRelease(Refusal):
    """接收早于转出."""


class OutOfHands(Refusal):
    """会籍不归本工会管理."""


def must_have_happened(on: date, *, today: date) -> None:
    """Raise NotYetHappened for a day in the future."""
    if on > today:
        raise NotYetHappened(_("日期 %(day)s 还没有到") % {"day": on.isoformat()})


def must_be_member(held: Membership, on: date) -> None:
    """Raise NotAMember where the membership has ended, BeforeJoining where it began after the day."""
    if held.end_on is not None:
        raise NotAMember(_("这个人已不在会，请看会员页的会籍"))
    if held.start_on is not None and on < held.start_on:
        day = held.start_on.isoformat()
        raise BeforeJoining(_("日期早于这段会籍的开始日期 %(day)s，请核对") % {"day": day})


def must_have_left(held: Membership, on: date) -> None:
    """Raise StillAMember, Dead, BeforeLeaving unless whoever had left may come back on the day."""
    if held.end_on is None:
        raise StillAMember(_("这个人仍在会，无需重新入会"))
    if held.ended_by == Turn.DIED:
        raise Dead(_("这个人已登记去世。登记错了，请先撤回去世登记"))
    if on < held.end_on:
        day = held.end_on.isoformat()
        raise BeforeLeaving(_("重新入会不能早于离会日期 %(day)s") % {"day": day})


def must_change_standing(held: Membership, standing: str) -> None:
    """Raise NoSuchStanding unless the standing is one, and another than the one held."""
    if standing not in Standing.values or standing == held.standing:
        raise NoSuchStanding(_("会籍状态没有改变，请重新选择"))


def exact_reason(words: str, *, needed: bool = False) -> str:
    """原因: tidied; raises ReasonMissing where one is needed and none is given."""
    reason = text.tidy(words)
    if needed and len(reason) < _SHORTEST:
        raise ReasonMissing(_("请写明原因"))
    return reason[:LONGEST]


def step_back(held: Sequence[Membership]) -> tuple[Membership | None, Membership | None]:
    """撤回: which of the memberships, the latest first, was made by the last turn, and which one it ended.

    The first is to be taken back, the second to go on. Raises NothingToWithdraw; a transfer is undone by
    another one.
    """
    latest, *earlier = held
    if latest.ended_by in ENDINGS:
        return None, latest
    if latest.end_on is None and latest.began_by == Turn.BACK and earlier:
        return latest, None
    if latest.end_on is None and latest.began_by == Turn.STANDING:
        for before in earlier:
            if before.ended_by == Turn.STANDING and before.end_on == latest.start_on:
                return latest, before
    raise NothingToWithdraw(_("没有可以撤回的会籍变动。转移错了，请再转回去；日期错了，请用“更正”"))


# -- transfers -------------------------------------------------------------------------------------


def must_be_in_no_transfer(condition: object) -> None:
    """Raise InTransfer where the membership has been released and not yet been accepted."""
    if condition:
        raise InTransfer(_("这个人正在转移，等待接收。请先撤回转出，或等对方答复"))


def must_be_open(condition: object) -> None:
    """Raise TransferAnswered unless the transfer still waits for its answer."""
    if not condition:
        raise TransferAnswered(_("这次转移刚有了结果，请刷新后查看"))


def must_stand(union: Union) -> None:
    """Raise UnionClosed."""
    if union.closed_on is not None:
        raise UnionClosed(_("“%(name)s”已撤销，请选别的工会") % {"name": union.name})


def must_lie_below(home: Union, receiver: Union) -> None:
    """Raise NotUnderReceiver unless the employer's union is the receiver or one below it."""
    if not home.path.startswith(receiver.path):
        raise NotUnderReceiver(_("该单位不属于接收工会，请重新选择"))


def must_follow(released_on: date, on: date) -> None:
    """Raise BeforeRelease where the answer would come before the release."""
    if on < released_on:
        day = released_on.isoformat()
        raise BeforeRelease(_("接收日期早于转出日期 %(day)s，请核对") % {"day": day})
