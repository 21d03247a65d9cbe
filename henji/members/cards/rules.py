"""Judgments on cards: who may have one, what may happen to it, and what the bank may be told."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.evidence.versions import Outdated
from henji.lib import identity, tongues
from henji.lib.refusals import Refusal
from henji.lib.text import must_be_a_name, must_hold_no_number, tidy
from henji.members.cards.banks import BankTemplate, Returns, templates
from henji.members.cards.consents import ConsentText, texts
from henji.members.cards.models import HANDED_OUT, Card, State
from henji.members.deeds import Deed

#: From which states a deed leads on, and to which. Where it leads to None the card tells: see `found`.
STEPS: Mapping[str, tuple[frozenset[str], State | None]] = {
    Deed.CARDS_CHECKED: (frozenset({State.APPLIED}), State.CHECKED),
    Deed.CARD_FILE_EXPORTED: (frozenset({State.CHECKED}), State.SENT),
    Deed.CARD_REAPPLIED: (frozenset({State.REFUSED}), State.APPLIED),
    Deed.CARDS_HANDED_OUT: (frozenset({State.MADE}), State.ISSUED),
    Deed.CARD_HAND_OUT_WITHDRAWN: (frozenset({State.ISSUED}), State.MADE),
    Deed.CARDS_ACTIVATED: (frozenset({State.ISSUED}), State.ACTIVATED),
    Deed.CARD_LOST: (frozenset({State.ISSUED, State.ACTIVATED}), State.LOST),
    Deed.CARD_FOUND: (frozenset({State.LOST}), None),
    Deed.CARD_REPLACED: (frozenset({State.ISSUED, State.ACTIVATED, State.LOST}), State.REPLACED),
    Deed.CARD_CLOSED: (
        frozenset(set(State.values) - {State.REPLACED, State.CLOSED}),
        State.CLOSED,
    ),
}
#: What the bank's answer leads to, and from which state.
ANSWERS: Mapping[str, tuple[State, State]] = {
    "made": (State.SENT, State.MADE),
    "refused": (State.SENT, State.REFUSED),
    "activated": (State.ISSUED, State.ACTIVATED),
}
#: The bank has not been told of it, or does not want it.
NOT_YET_SENT = frozenset({State.APPLIED, State.CHECKED, State.REFUSED})
#: 校验疑问: why a card cannot go to the bank, by code.
FAULTS = {
    "name": gettext_lazy("姓名有误"),
    "identity": gettext_lazy("身份证号缺失或有误"),
    "phone": gettext_lazy("手机号缺失或不是 11 位手机号"),
    "left": gettext_lazy("已不在会"),
    "retired": gettext_lazy("退休、返聘或临时用工，不办卡"),
    "unit": gettext_lazy("单位待归属"),
    "withdrawn": gettext_lazy("本人已撤回同意"),
    "erased": gettext_lazy("个人信息已删除"),
}
#: 待答的疑问: what is asked of somebody about a card, by code.
DOUBTS = {
    "faults": gettext_lazy("校验有疑问"),
    "refused": gettext_lazy("银行退回"),
    "withdrawn": gettext_lazy("撤回同意待注销"),
    "left": gettext_lazy("离会未注销"),
}
#: How far a live card has come; one that is lost can be found again.
_WAY = (
    State.REFUSED,
    State.APPLIED,
    State.CHECKED,
    State.SENT,
    State.MADE,
    State.LOST,
    State.ISSUED,
    State.ACTIVATED,
)
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_NO_CARD_FOR = re.compile(r"退休|离休|返聘|临时")
_LONGEST_WORDS = 100


class NotAMember(Refusal):
    """不在会."""


class CardedAlready(Refusal):
    """已有会员卡: a person carries one card."""


class NobodyChosen(Refusal):
    """没有选人."""


class ConsentUnknown(Refusal):
    """没有这一版同意书."""


class ConsentTooEarly(Refusal):
    """同意日期早于同意书."""


class ConsentWithdrawn(Refusal):
    """已撤回同意."""


class NotNow(Refusal):
    """状态不符: the deed does not lead on from the card's state."""


class OutOfOrder(Refusal):
    """日期倒流: a day before one on which something has happened to the card."""


class InFuture(Refusal):
    """日期在将来."""


class TemplateUnknown(Refusal):
    """没有这个银行模板."""


class NothingToSend(Refusal):
    """没有可送行的卡."""


class NotACardNumber(Refusal):
    """卡号有误."""


class CardMoved(Outdated):
    """卡的状态刚变过: somebody else was quicker."""


class Told(NamedTuple):
    """核对内容: what a check looks at; whether somebody is a member, and how, is as of its day."""

    name: str = ""
    identity: str = ""
    phone: str = ""
    employment: str = ""
    is_member: bool = True
    is_retired: bool = False
    has_unit: bool = True
    is_erased: bool = False


# -- applying --------------------------------------------------------------------------------------


def must_choose(chosen: Collection[object]) -> None:
    """Raise NobodyChosen where nobody is."""
    if not chosen:
        raise NobodyChosen(_("还没有勾选人"))


def must_be_a_text(version: str, *, consented_on: date) -> ConsentText:
    """The text agreed to; raises ConsentUnknown, ConsentTooEarly."""
    text = texts().get(version)
    if text is None:
        raise ConsentUnknown(_("没有这一版同意书，请重新选择"))
    if consented_on < text.valid_from:
        raise ConsentTooEarly(
            _("这一版同意书自 %(day)s 起使用，同意日期不能更早") % {"day": text.valid_from.isoformat()}
        )
    return text


def must_be_members(asked: Collection[UUID], members: Collection[UUID]) -> None:
    """Raise NotAMember where one of those who ask for a card is no member of the county."""
    missing = len(set(asked) - set(members))
    if missing:
        raise NotAMember(_("有 %(n)s 人当天不在会，不能申领会员卡，请刷新后再选") % {"n": missing})


def must_have_no_card(carrying: Collection[UUID]) -> None:
    """Raise CardedAlready where one of them has a card, or asks for one."""
    if carrying:
        raise CardedAlready(
            _("有 %(n)s 人已有会员卡或正在办卡，一人一卡，请刷新后再选") % {"n": len(carrying)}
        )


def must_consent(card: Card) -> None:
    """Raise ConsentWithdrawn where the holder has withdrawn."""
    if card.withdrawn_on:
        raise ConsentWithdrawn(_("本人已撤回办卡同意，只能注销"))


# -- what happens to a card ------------------------------------------------------------------------


def may_follow(deed: str, state: str) -> bool:
    """Whether the deed leads on from the state."""
    return state in STEPS[deed][0]


def must_be_ready(deed: Deed, cards: Iterable[Card]) -> None:
    """Raise NotNow where the deed does not lead on from one of the cards' states."""
    wrong = [card for card in cards if not may_follow(deed, card.state)]
    if wrong:
        raise NotNow(
            _("有 %(n)s 张卡的状态是“%(state)s”，不能办“%(deed)s”")
            % {"n": len(wrong), "state": wrong[0].get_state_display(), "deed": deed.label}
        )


def must_be_in_order(cards: Iterable[Card], *, on: date, today: date) -> None:
    """Raise InFuture; raise OutOfOrder where the day comes before one on which something happened."""
    if on > today:
        raise InFuture(_("日期还没有到"))
    last = max((day for card in cards for day in card.days), default=on)
    if on < last:
        raise OutOfOrder(_("日期早于上一步（%(day)s），请核对") % {"day": last.isoformat()})


def must_stand_still(condition: object) -> None:
    """Raise CardMoved unless what was read is still so."""
    if not condition:
        raise card_moved()


def card_moved() -> CardMoved:
    """The refusal where somebody else was quicker."""
    return CardMoved(_("有的卡刚被别人办过，请刷新后再办"))


def is_handed_out(card: Card) -> bool:
    """Whether the card is in its holder's hands, or lost from there."""
    return card.state in HANDED_OUT


def furthest(cards: Sequence[Card]) -> Card:
    """一人一卡: which of a person's live cards remains: the one further on its way, else the first."""
    return max(cards, key=lambda card: _WAY.index(State(card.state)))


def found(card: Card) -> State:
    """解除挂失: a card that is found again is as it was before it was lost."""
    return State.ACTIVATED if card.activated_on else State.ISSUED


def exact_words(text: str) -> str:
    """说明: tidied, cut, and without numbers; raises NumberInWords."""
    return must_hold_no_number(tidy(text))[:_LONGEST_WORDS]


# -- the bank --------------------------------------------------------------------------------------


def must_be_a_template(code: str) -> BankTemplate:
    """The template; raises TemplateUnknown."""
    template = templates().get(code)
    if template is None:
        raise TemplateUnknown(_("没有这个银行模板，请重新选择"))
    return template


def template_name(code: str) -> str:
    """银行模板: its name; the code itself where it is no longer on the shelf."""
    template = templates().get(code)
    return template.name if template else code


def must_have_something(cards: Collection[object]) -> None:
    """Raise NothingToSend where there is no card to be sent."""
    if not cards:
        raise NothingToSend(_("这里没有待校验的申领"))


def faults(card: Card, told: Told, *, today: date) -> tuple[str, ...]:
    """校验疑问: codes of all that keeps the card from going to the bank; none where nothing does."""
    if told.is_erased:
        return ("erased",)
    wrong = {
        "name": not _valid_name(told.name),
        "identity": not _valid_identity(told.identity, today),
        "phone": not _MOBILE.fullmatch(told.phone),
        "left": not told.is_member,
        "retired": told.is_retired or bool(_NO_CARD_FOR.search(told.employment)),
        "unit": not told.has_unit,
        "withdrawn": card.withdrawn_on is not None,
    }
    return tuple(code for code, is_wrong in wrong.items() if is_wrong)


def faults_in_words(codes: str) -> str:
    """校验疑问: the codes, separated by spaces, as people read them."""
    return tongues.listed(str(FAULTS[code]) for code in codes.split() if code in FAULTS)


def must_be_a_card_number(text: str, returns: Returns) -> str:
    """卡号: its digits alone; raises NotACardNumber. The words never repeat the number."""
    number = re.sub(r"[\s-]", "", tidy(text))
    least, most = returns.digits
    if not (number.isascii() and number.isdecimal() and least <= len(number) <= most):
        raise NotACardNumber(
            _("卡号应为 %(least)s 至 %(most)s 位数字，请核对") % {"least": least, "most": most}
        )
    if returns.luhn and not _passes_luhn(number):
        raise NotACardNumber(_("卡号校验位不符，可能抄错了一位，请核对"))
    return number


def _passes_luhn(number: str) -> bool:
    digits = [int(digit) for digit in reversed(number)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _valid_identity(number: str, today: date) -> bool:
    try:
        identity.must_be_valid(number, today=today)
    except Refusal:
        return False
    return True


def _valid_name(name: str) -> bool:
    try:
        must_be_a_name(name)
    except Refusal:
        return False
    return True
