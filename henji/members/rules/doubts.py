"""Judgments on what should be looked at by a person."""

from django.utils.translation import gettext as _

from henji.lib.refusals import Refusal
from henji.members.models import Answer, Doubt, Kind

#: What may be said of each kind of doubt.
ANSWERS = {Kind.ALIKE: Answer.DIFFERENT, Kind.RETIRED: Answer.WORKS}


class NotItsAnswer(Refusal):
    """答非所问."""


class DoubtSettled(Refusal):
    """已经核定."""


class DoubtOpen(Refusal):
    """还没有核定."""


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
