"""Judgments on applications for aid: which step follows which, who may do it, what must be there."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from henji.evidence.versions import Outdated
from henji.lib.money import LARGEST, show, yuan
from henji.lib.refusals import Refusal
from henji.lib.text import tidy
from henji.mutual_aid.cases.claims import Claim
from henji.mutual_aid.cases.models import AidCaseVersion, PaymentBatch, Slot, State
from henji.mutual_aid.deeds import Deed

_BEFORE_DECISION = frozenset({State.APPLIED, State.RETURNED, State.VISITED, State.POSTED})
#: From which states a deed leads on, and to which. Where it leads to several, the decision tells.
STEPS: Mapping[str, tuple[frozenset[State], frozenset[State]]] = {
    Deed.CASE_SUPPLEMENTED: (frozenset({State.RETURNED}), frozenset({State.APPLIED})),
    Deed.CASE_PAPERS_ADDED: (_BEFORE_DECISION, _BEFORE_DECISION),
    Deed.CASE_DOUBT_ANSWERED: (_BEFORE_DECISION, _BEFORE_DECISION),
    Deed.CASE_VISITED: (frozenset({State.APPLIED}), frozenset({State.VISITED})),
    Deed.CASE_RETURNED: (frozenset({State.APPLIED, State.VISITED}), frozenset({State.RETURNED})),
    Deed.CASE_REFUSED: (frozenset({State.APPLIED, State.VISITED}), frozenset({State.REFUSED})),
    Deed.CASE_WITHDRAWN: (
        frozenset({*_BEFORE_DECISION, State.REFERRED, State.APPROVED}),
        frozenset({State.WITHDRAWN}),
    ),
    Deed.CASES_POSTED: (frozenset({State.VISITED}), frozenset({State.POSTED})),
    Deed.OBJECTION_HEARD: (frozenset({State.POSTED}), frozenset({State.POSTED})),
    Deed.OBJECTION_ANSWERED: (_BEFORE_DECISION, _BEFORE_DECISION),
    Deed.CASES_DECIDED: (
        frozenset({State.POSTED}),
        frozenset({State.APPROVED, State.REFERRED, State.REFUSED, State.RETURNED}),
    ),
    Deed.CITY_DECIDED: (frozenset({State.REFERRED}), frozenset({State.APPROVED, State.REFUSED})),
    Deed.PAYMENT_BATCH_FORMED: (frozenset({State.APPROVED}), frozenset({State.BATCHED})),
    Deed.PAYMENT_BATCH_SENT: (frozenset({State.BATCHED}), frozenset({State.SENT})),
    Deed.PAYMENT_BATCH_CANCELLED: (frozenset({State.BATCHED, State.SENT}), frozenset({State.APPROVED})),
    Deed.PAYMENT_RETURNS_IMPORTED: (frozenset({State.SENT}), frozenset({State.PAID, State.APPROVED})),
    Deed.CASE_RECEIPT_KEPT: (frozenset({State.PAID}), frozenset({State.RECEIPTED})),
    Deed.CASE_FILED: (frozenset({State.RECEIPTED}), frozenset({State.FILED})),
    Deed.AID_DEMANDED_BACK: (
        frozenset({State.PAID, State.RECEIPTED, State.FILED}),
        frozenset({State.RECOVERING}),
    ),
    Deed.AID_RECOVERED: (
        frozenset({State.RECOVERING}),
        frozenset({State.RECOVERING, State.RECOVERED}),
    ),
}
#: 录入, 审批 and 支付: about one application nobody does a deed of one kind after one of the kind before.
ENTERING = frozenset({Deed.CASE_APPLIED, Deed.CASE_SUPPLEMENTED, Deed.CASE_PAPERS_ADDED, Deed.CASE_VISITED})
APPROVING = frozenset({Deed.CASES_DECIDED, Deed.CITY_DECIDED})
PAYING = frozenset({Deed.PAYMENT_BATCH_FORMED, Deed.PAYMENT_BATCH_SENT, Deed.PAYMENT_RETURNS_IMPORTED})
_ACCOUNT = re.compile(r"[0-9]{12,19}")
_LONGEST_WORDS = 500
_LONGEST_PHONE = 40


class NotNow(Refusal):
    """状态不符: the deed does not lead on from where the application stands."""


class InFuture(Refusal):
    """日期还没有到."""


class OutOfOrder(Refusal):
    """日期倒流: a day before that of the step before."""


class NobodyChosen(Refusal):
    """没有选申请."""


class BadCosts(Refusal):
    """费用有误."""


class NotAnAccount(Refusal):
    """账号有误."""


class NothingSaid(Refusal):
    """没有写明."""


class CategoryUnknown(Refusal):
    """办法里没有这一类."""


class ApplicationErased(Refusal):
    """申请内容已删除."""


class DoubtOpen(Refusal):
    """有疑问没有答复."""


class ObjectionOpen(Refusal):
    """有异议没有答复."""


class NoticeRunning(Refusal):
    """公示还没有结束."""


class NoticeTooShort(Refusal):
    """公示天数不够."""


class OwnEntry(Refusal):
    """审批自己录入的申请."""


class OwnApproval(Refusal):
    """支付自己审批的申请."""


class BadGrant(Refusal):
    """批准金额有误."""


class SentAlready(Refusal):
    """这一批已经送过."""


class BatchCancelled(Refusal):
    """这一批已撤."""


class Moved(Outdated):
    """刚被别人办过."""


class TooMuchBack(Refusal):
    """追回超过支付."""


class PaperMissing(Refusal):
    """材料不齐."""


# -- which step follows ---------------------------------------------------------------------------------


def may_follow(deed: str, state: str) -> bool:
    """Whether the deed leads on from the state."""
    return state in STEPS[deed][0]


def must_be_ready(deed: Deed, *cases: AidCaseVersion) -> None:
    """Raise NotNow where the deed does not lead on from where one of the applications stands."""
    if not cases:
        raise NobodyChosen(_("还没有勾选救助申请"))
    wrong = [case for case in cases if not may_follow(deed, case.state)]
    if wrong:
        raise NotNow(
            _("有 %(n)s 件申请现在是“%(state)s”，不能办“%(deed)s”，请刷新后再看")
            % {"n": len(wrong), "state": wrong[0].get_state_display(), "deed": deed.label}
        )


def must_be_in_order(on: date, today: date, *cases: AidCaseVersion) -> None:
    """Raise InFuture; raise OutOfOrder where the day comes before that of the step before."""
    if on > today:
        raise InFuture(_("日期 %(day)s 还没有到") % {"day": on.isoformat()})
    last = max((case.moved_on for case in cases), default=on)
    if on < last:
        raise OutOfOrder(_("日期早于上一步（%(day)s），请核对") % {"day": last.isoformat()})


def must_be_of_one_county(county: int, cases: Iterable[AidCaseVersion]) -> None:
    """Raise NotNow where an application is another county's."""
    if any(case.county_id != county for case in cases):
        raise NotNow(_("所选的申请不都是本县的，请刷新后再选"))


# -- who may --------------------------------------------------------------------------------------------


def may_approve(by: int, entered_by: Collection[int]) -> bool:
    """分权: whether who signs has entered nothing of what is approved."""
    return by not in entered_by


def may_pay(by: int, cases: Iterable[AidCaseVersion]) -> bool:
    """分权: whether who signs has approved nothing of what is paid."""
    return all(by not in (case.decided_by, case.city_by) for case in cases)


def must_not_have_entered(by: int, entered_by: Collection[int]) -> None:
    """Raise OwnEntry where the application was entered by who is to approve it."""
    if not may_approve(by, entered_by):
        raise OwnEntry(_("这里面有您自己录入或入户的申请，审批要由别人来办"))


def must_not_have_approved(by: int, cases: Iterable[AidCaseVersion]) -> None:
    """Raise OwnApproval where the aid was approved by who is to pay it."""
    if not may_pay(by, cases):
        raise OwnApproval(_("这里面有您自己审批的申请，支付要由别人来办"))


# -- what is told ---------------------------------------------------------------------------------------


def exact_claim(claim: Claim, *, today: date) -> Claim:
    """申请内容, tidied; raises InFuture, BadCosts, NotAnAccount."""
    exact = claim.tidied()
    if exact.event_on > today:
        raise InFuture(_("确诊或发生日期还没有到，请核对"))
    if not (0 <= exact.insured_yuan <= exact.costs_yuan <= LARGEST):
        raise BadCosts(_("已报销的不能多于总费用，请核对两项金额"))
    card = re.sub(r"[\s-]", "", exact.card)
    if not _ACCOUNT.fullmatch(card):
        raise NotAnAccount(_("收款账号应为 12 至 19 位数字，请对照银行卡核对"))
    return Claim(**{**{name: getattr(exact, name) for name in Claim.__slots__}, "card": card})


def must_say(words: str) -> str:
    """说明: tidied and cut; raises NothingSaid."""
    said = tidy(words)[:_LONGEST_WORDS]
    if not said:
        raise NothingSaid(_("请用一两句话写明"))
    return said


def must_be_a_phone(text: str) -> str:
    """监督电话, tidied; raises NothingSaid."""
    phone = tidy(text)[:_LONGEST_PHONE]
    if not re.search(r"[0-9]{5}", phone):
        raise NothingSaid(_("请填写公示的监督电话"))
    return phone


def must_have_papers(papers: Collection[object]) -> None:
    """Raise PaperMissing where nothing was handed in."""
    if not papers:
        raise PaperMissing(_("还没有选文件"))


def must_hold(slot: Slot, held: Collection[str]) -> None:
    """Raise PaperMissing where the application lacks the paper."""
    if slot not in held:
        raise PaperMissing(_("还没有“%(paper)s”，补充后才能建档") % {"paper": slot.label})


def exact_proposal(amount: Decimal) -> Decimal:
    """拟救助金额; raises BadGrant unless it is positive and in whole fen."""
    if not 0 < amount <= LARGEST or amount != yuan(amount):
        raise BadGrant(_("请填写拟救助的金额，最多两位小数"))
    return yuan(amount)


def must_be_proposed(case: AidCaseVersion) -> None:
    """Raise BadGrant where no amount has been proposed that could be put on notice."""
    if not case.proposed_yuan:
        raise BadGrant(_("%(number)s 还没有拟救助金额") % {"number": case.case.number})


# -- before a decision ----------------------------------------------------------------------------------


def must_be_answered(*cases: AidCaseVersion) -> None:
    """Raise DoubtOpen or ObjectionOpen where somebody still waits for an answer."""
    if doubted := [case.case.number for case in cases if case.open_doubts]:
        raise DoubtOpen(_("%(number)s 还有疑问没有答复，答复后才能审批") % {"number": doubted[0]})
    if opposed := [case.case.number for case in cases if case.open_objections]:
        raise ObjectionOpen(_("%(number)s 还有异议没有答复，答复后才能审批") % {"number": opposed[0]})


def must_be_over(on: date, cases: Iterable[AidCaseVersion]) -> None:
    """Raise NoticeRunning where an application is still on notice on the day."""
    last = max((case.notice.ends_on for case in cases if case.notice), default=None)
    if last is not None and on <= last:
        raise NoticeRunning(_("公示到 %(day)s 才结束，第二天起才能审批") % {"day": last.isoformat()})


def must_last(ends_on: date, least: date) -> None:
    """Raise NoticeTooShort where the notice would end before its earliest last day."""
    if ends_on < least:
        raise NoticeTooShort(_("公示最早到 %(day)s 结束，请改晚一些") % {"day": least.isoformat()})


def exact_grant(amount: Decimal | None, case: AidCaseVersion) -> Decimal:
    """批准金额; raises BadGrant unless it is positive, in whole fen, and no more than was put on notice."""
    if amount is None or not 0 < amount <= LARGEST or amount != yuan(amount):
        raise BadGrant(_("请填写批准的金额，最多两位小数"))
    if case.proposed_yuan is not None and amount > case.proposed_yuan:
        raise BadGrant(
            _("%(number)s 公示的是 %(amount)s，批准的不能更多；要更多请退回后重新公示")
            % {"number": case.case.number, "amount": show(case.proposed_yuan)}
        )
    return yuan(amount)


# -- paying ---------------------------------------------------------------------------------------------


def must_not_be_sent(batch: PaymentBatch) -> None:
    """Raise SentAlready or BatchCancelled where the file of the batch must not go to the bank."""
    if batch.cancelled_on:
        raise BatchCancelled(_("这一批已经撤了，请重新组批"))
    if batch.sent_on:
        raise SentAlready(
            _("这一批 %(day)s 已经送过银行，再送会重复付款。银行确认没有收到的，请先撤批，再重新组批")
            % {"day": batch.sent_on.isoformat()}
        )


def must_not_be_cancelled(batch: PaymentBatch) -> None:
    """Raise BatchCancelled where the batch was cancelled."""
    if batch.cancelled_on:
        raise BatchCancelled(_("这一批已经撤了"))


def must_stand_still(condition: object) -> None:
    """Raise Moved unless what was read is still so."""
    if not condition:
        raise Moved(_("刚被别人办过，请刷新后再看"))


def back_in_all(case: AidCaseVersion, amount: Decimal) -> Decimal:
    """已追回 with the amount; raises BadGrant, TooMuchBack."""
    if not 0 < amount <= LARGEST or amount != yuan(amount):
        raise BadGrant(_("请填写追回的金额，最多两位小数"))
    total = case.returned_yuan + amount
    if total > (case.approved_yuan or 0):
        raise TooMuchBack(_("追回的合计不能多于付出的 %(paid)s") % {"paid": show(case.approved_yuan or 0)})
    return total
