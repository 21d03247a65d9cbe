"""到哪一步了: where an application stands, in the words in which the applicant is told."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from henji.mutual_aid.cases.models import AidCaseVersion, State
from henji.mutual_aid.deeds import Deed


@dataclass(frozen=True, slots=True)
class Stage:
    """一步: what is so now, and what comes next; nothing where nothing does."""

    now: str | Promise
    next: str | Promise = ""


#: What is owed next, by where the application stands.
AWAITED: Mapping[str, Deed] = {
    State.APPLIED: Deed.CASE_VISITED,
    State.RETURNED: Deed.CASE_SUPPLEMENTED,
    State.VISITED: Deed.CASES_POSTED,
    State.POSTED: Deed.CASES_DECIDED,
    State.REFERRED: Deed.CITY_DECIDED,
    State.APPROVED: Deed.PAYMENT_BATCH_FORMED,
    State.BATCHED: Deed.PAYMENT_BATCH_SENT,
    State.SENT: Deed.PAYMENT_RETURNS_IMPORTED,
    State.PAID: Deed.CASE_RECEIPT_KEPT,
    State.RECEIPTED: Deed.CASE_FILED,
    State.RECOVERING: Deed.AID_RECOVERED,
}
#: The steps that every application goes through if all goes well, each with the states of who stands there.
STEPS: tuple[tuple[str | Promise, tuple[State, ...]], ...] = (
    (_("申请"), (State.APPLIED, State.RETURNED)),
    (_("审核"), (State.VISITED,)),
    (_("公示"), (State.POSTED,)),
    (_("审批"), (State.REFERRED, State.APPROVED)),
    (_("支付"), (State.BATCHED, State.SENT)),
    (_("回执"), (State.PAID,)),
    (_("建档"), (State.RECEIPTED, State.FILED)),
)
_STAGES: Mapping[str, Stage] = {
    State.APPLIED: Stage(_("申请已收到，正在审核"), _("工会的人会到家里看看，请保持电话畅通")),
    State.RETURNED: Stage(_("材料要补"), _("请按工会说的补齐，再交回来")),
    State.VISITED: Stage(_("已经入户看过"), _("接下来公示几天")),
    State.POSTED: Stage(_("正在公示，或公示已满、等会议研究"), _("公示期满后由常务会议研究决定")),
    State.REFERRED: Stage(_("县里已经同意，报市总工会审批"), _("等市总工会的决定")),
    State.APPROVED: Stage(_("已经批准"), _("准备打款")),
    State.BATCHED: Stage(_("已经批准，正在办打款"), _("把付款名单送银行")),
    State.SENT: Stage(_("银行正在打款"), _("请留意银行短信")),
    State.PAID: Stage(_("钱已经打到您的账户"), _("请到工会签一张回执")),
    State.RECEIPTED: Stage(_("回执已收到"), _("材料归档，您不用再做什么")),
    State.FILED: Stage(_("已经办完")),
    State.REFUSED: Stage(_("这次不符合条件，没有批准"), _("有疑问可以向工会问明原因")),
    State.WITHDRAWN: Stage(_("申请已经撤回")),
    State.RECOVERING: Stage(_("需要退回已领的救助金"), _("请与工会联系")),
    State.RECOVERED: Stage(_("救助金已经退回")),
}


def stage_of(case: AidCaseVersion) -> Stage:
    """Where the application stands."""
    return _STAGES[case.state]


def steps_of(case: AidCaseVersion) -> list[tuple[str | Promise, str]]:
    """各步, each with "done", "now" or nothing."""
    at = next((place for place, (_name, states) in enumerate(STEPS) if case.state in states), None)
    if at is None:
        return []
    over = case.state == State.FILED
    return [
        (name, "done" if place < at or over else "now" if place == at else "")
        for place, (name, _states) in enumerate(STEPS)
    ]
