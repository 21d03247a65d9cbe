"""Judgments on what should be looked at by a person."""

from django.utils.translation import gettext as _

from henji.lib.refusals import Refusal
from henji.members import rules
from henji.members.models import Answer, Doubt, Kind, Person

#: What may be said of each kind of doubt.
ANSWERS = {
    Kind.ALIKE: Answer.DIFFERENT,
    Kind.RETIRED: Answer.WORKS,
    Kind.ELSEWHERE: Answer.MISTAKEN,
    Kind.UNION: Answer.STAYS,
}


class NotItsAnswer(Refusal):
    """答非所问."""


class DoubtSettled(Refusal):
    """已经核定."""


class DoubtOpen(Refusal):
    """还没有核定."""


class MovedSince(Refusal):
    """已办转移: an answer that only another transfer undoes."""


class NotHeldElsewhere(Refusal):
    """没有别的县登记."""


class AskedAlready(Refusal):
    """已请求转入."""


class AskedNoMore(Refusal):
    """请求已不在."""


def must_be_its_answer(doubt: Doubt, answer: str) -> None:
    """Raise NotItsAnswer."""
    if ANSWERS[Kind(doubt.kind)] != answer:
        raise NotItsAnswer(_("请选择这一条的核定结果"))


def must_be_unsettled(condition: object) -> None:
    """Raise DoubtSettled unless the doubt is still open."""
    if not condition:
        raise DoubtSettled(_("这一条刚被核定过，请刷新后查看"))


def must_be_settled(condition: object) -> None:
    """Raise DoubtOpen unless somebody answered the doubt."""
    if not condition:
        raise DoubtOpen(_("这一条还没有核定，请刷新后查看"))


def must_not_have_moved(doubt: Doubt) -> None:
    """Raise MovedSince where a transfer was the answer."""
    if doubt.answer == Answer.MOVED:
        raise MovedSince(_("这一条已办转移。转移错了，请再转回去"))


def must_be_held_elsewhere(condition: object) -> None:
    """Raise NotHeldElsewhere unless another county holds the number: there is nobody to ask."""
    if not condition:
        raise NotHeldElsewhere(_("没有别的县（区）登记过这个身份证号，请直接登记为会员"))


def must_not_be_ours(holder: Person, *, county: int) -> None:
    """Raise AlreadyHeld where the county itself holds the number."""
    if holder.county_id == county:
        raise rules.AlreadyHeld(_("该身份证号已登记为本县会员，不用转入"))


def must_not_be_asked(condition: object) -> None:
    """Raise AskedAlready where the transfer was asked for and nobody has answered."""
    if condition:
        raise AskedAlready(_("已经请求过转入，等对方办理转出"))


def must_be_asked(condition: object) -> None:
    """Raise AskedNoMore unless the other county still asks."""
    if not condition:
        raise AskedNoMore(_("对方已撤回请求，或者人已转出，请刷新后查看"))
