"""One application: where it stands, and each step that concerns it alone."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from henji.evidence import telling
from henji.lib import clock
from henji.lib.doors import Request, door, forms_door
from henji.lib.refusals import Refusal
from henji.mutual_aid.cases import commands, proposing, queries, rules, stages
from henji.mutual_aid.cases.forms import (
    AnswerForm,
    CityForm,
    RecoveryForm,
    SayForm,
    StepForm,
    VisitForm,
)
from henji.mutual_aid.cases.models import AidCaseVersion, Doubt
from henji.mutual_aid.cases.tables import look
from henji.mutual_aid.cases.views.finding import case_at, one_of, seen, sent, signed
from henji.mutual_aid.deeds import Deed

#: What may be done with one application: the deed, its page, and what the button says.
_STEPS = (
    (Deed.CASE_VISITED, "mutual_aid:visit_case", gettext_lazy("入户审核")),
    (Deed.CASE_SUPPLEMENTED, "mutual_aid:supplement_case", gettext_lazy("补正")),
    (Deed.CITY_DECIDED, "mutual_aid:city_decision", gettext_lazy("登记市总审批")),
    (Deed.CASE_RECEIPT_KEPT, "mutual_aid:keep_receipt", gettext_lazy("登记回执")),
    (Deed.CASE_FILED, "mutual_aid:file_case", gettext_lazy("建档")),
    (Deed.AID_RECOVERED, "mutual_aid:record_recovery", gettext_lazy("登记追回")),
    (Deed.OBJECTION_HEARD, "mutual_aid:hear_objection", gettext_lazy("登记异议")),
    (Deed.CASE_PAPERS_ADDED, "mutual_aid:case_papers", gettext_lazy("材料")),
    (Deed.CASE_RETURNED, "mutual_aid:return_case", gettext_lazy("退回补正")),
    (Deed.CASE_REFUSED, "mutual_aid:refuse_case", gettext_lazy("不予救助")),
    (Deed.CASE_WITHDRAWN, "mutual_aid:withdraw_case", gettext_lazy("撤回")),
    (Deed.AID_DEMANDED_BACK, "mutual_aid:demand_back", gettext_lazy("追回")),
)
#: What is done next in a list, and where.
_IN_LISTS = {
    Deed.CASES_POSTED: ("mutual_aid:post_notice", gettext_lazy("去公示")),
    Deed.CASES_DECIDED: ("mutual_aid:decide_cases", gettext_lazy("去会议审批")),
    Deed.PAYMENT_BATCH_FORMED: ("mutual_aid:form_batch", gettext_lazy("去组批支付")),
}


@door("mutual_aid.see_cases")
@never_cache
def case(request: Request, key: UUID) -> HttpResponse:
    """一件救助申请: what is told, masked; what is asked; what comes next; what happened."""
    held = case_at(request, key)
    today, proposal = clock.today(), proposing.of_version(held)
    awaited = stages.AWAITED.get(held.state)
    context = {
        "case": held,
        "name": queries.applicants([held])[held.line],
        "look": look(held, today),
        "is_late": held.is_late(today),
        "awaited": awaited,
        "stages": stages.steps_of(held),
        "told": queries.told_masked(held),
        "proposal": proposal,
        "doubts": _worded(held, proposal),
        "objections": queries.objections_of(held.case),
        "said": {name: queries.opened(held).get(name, "") for name in ("returned", "refused", "withdrawn")},
        "steps": [
            (url_name, word, deed == awaited)
            for deed, url_name, word in _STEPS
            if request.reach.may(deed) and rules.may_follow(deed, held.state)
        ],
        "lists": [
            place
            for deed, place in _IN_LISTS.items()
            if request.reach.may(deed) and rules.may_follow(deed, held.state)
        ],
        "answers": request.reach.may(Deed.CASE_DOUBT_ANSWERED)
        and rules.may_follow(Deed.CASE_DOUBT_ANSWERED, held.state),
        "missing": queries.needed(held, queries.slots_held(held.case)),
        "papers": held.case.papers.select_related("made_by").order_by("pk"),
        "orders": held.case.orders.select_related("batch").order_by("pk"),
        "moments": telling.moments_of("mutual_aid.aidcase", str(key), request.reach),
    }
    return render(request, "mutual_aid/cases/case.html", context)


def _worded(held: AidCaseVersion, proposal: proposing.Proposal) -> list[dict[str, object]]:
    """The questions in words; those of the scheme as it asks them now."""
    words = dict(proposal.questions)
    return [
        {
            "asked": asked,
            "words": words.get(asked.doubt.about, _("按办法核对时提出过，现已不再提出"))
            if asked.doubt.kind == Doubt.TERMS
            else asked.doubt.get_kind_display(),
            "about": "" if asked.doubt.kind == Doubt.TERMS else asked.doubt.about,
        }
        for asked in queries.doubts_of(held.case)
    ]


@door("mutual_aid.case_revealed", "POST")
@never_cache
def reveal_case(request: Request, key: UUID, field: str) -> HttpResponse:
    """查看申请内容, as plain text, after the reason has been written down."""
    plain, held = "text/plain; charset=utf-8", case_at(request, key)
    try:
        told = commands.reveal(
            case=held, field=field, reason=request.POST.get("reason", ""), **signed(request)
        )
    except Refusal as refusal:
        return HttpResponse(refusal.words, status=400, content_type=plain)
    return HttpResponse(told, content_type=plain)


@forms_door("mutual_aid.case_doubt_answered")
@never_cache
def answer_doubt(request: Request, key: UUID, pk: int) -> HttpResponse:
    """答复一个疑问."""
    held = case_at(request, key)
    doubt = one_of(held.case.doubts.filter(answered_by=None), pk)
    words = next(
        one["words"]
        for one in _worded(held, proposing.of_version(held))
        if one["asked"].doubt.pk == pk  # type: ignore[attr-defined]
    )

    def do(case: AidCaseVersion, words: str) -> object:
        return commands.answer_doubt(case=case, doubt=doubt, words=words, on=clock.today(), **signed(request))

    return _step(request, held, AnswerForm, _("答复疑问"), do, lead=str(words), about=doubt.about)


@forms_door("mutual_aid.case_visited")
@never_cache
def visit_case(request: Request, key: UUID) -> HttpResponse:
    """入户审核."""
    held = case_at(request, key)
    proposal = proposing.of_version(held)

    def do(case: AidCaseVersion, words: str, **told: Any) -> object:
        return commands.visit(case=case, found=words, **told, **signed(request))

    initial = {"proposed_yuan": proposal.amount_yuan or None}
    lead = " ".join(proposal.reasons)
    return _step(request, held, VisitForm, _("入户审核"), do, initial=initial, lead=lead)


@forms_door("mutual_aid.case_returned")
@never_cache
def return_case(request: Request, key: UUID) -> HttpResponse:
    """退回补正."""
    do = _signed(request, commands.send_back)
    return _step(request, case_at(request, key), SayForm, _("退回补正"), do)


@forms_door("mutual_aid.case_refused")
@never_cache
def refuse_case(request: Request, key: UUID) -> HttpResponse:
    """不予救助."""
    do = _signed(request, commands.refuse)
    return _step(request, case_at(request, key), SayForm, _("不予救助"), do)


@forms_door("mutual_aid.case_withdrawn")
@never_cache
def withdraw_case(request: Request, key: UUID) -> HttpResponse:
    """撤回."""
    do = _signed(request, commands.withdraw)
    return _step(request, case_at(request, key), SayForm, _("撤回申请"), do)


@forms_door("mutual_aid.city_decided")
@never_cache
def city_decision(request: Request, key: UUID) -> HttpResponse:
    """登记市总审批."""
    held = case_at(request, key)

    def do(case: AidCaseVersion, granted: str, **told: Any) -> object:
        return commands.record_city_decision(case=case, granted=granted == "yes", **told, **signed(request))

    initial = {"amount_yuan": held.approved_yuan}
    return _step(request, held, CityForm, _("登记市总审批"), do, initial=initial)


@forms_door("mutual_aid.case_receipt_kept")
@never_cache
def keep_receipt(request: Request, key: UUID) -> HttpResponse:
    """登记回执."""
    do = _signed(request, commands.keep_receipt)
    return _step(request, case_at(request, key), StepForm, _("登记回执"), do)


@forms_door("mutual_aid.case_filed")
@never_cache
def file_case(request: Request, key: UUID) -> HttpResponse:
    """建档."""
    do = _signed(request, commands.file_away)
    return _step(request, case_at(request, key), StepForm, _("建档"), do)


@forms_door("mutual_aid.aid_demanded_back")
@never_cache
def demand_back(request: Request, key: UUID) -> HttpResponse:
    """追回决定."""
    do = _signed(request, commands.demand_back)
    return _step(request, case_at(request, key), SayForm, _("追回救助金"), do)


@forms_door("mutual_aid.aid_recovered")
@never_cache
def record_recovery(request: Request, key: UUID) -> HttpResponse:
    """追回入账."""
    do = _signed(request, commands.record_recovery)
    return _step(request, case_at(request, key), RecoveryForm, _("登记追回"), do)


Do = Callable[..., object]


def _signed(request: Request, command: Do) -> Do:
    """The command, to be told the rest; signed by whoever asks, now."""
    return lambda **told: command(**told, **signed(request))


def _step(
    request: Request,
    held: AidCaseVersion,
    form_class: type[StepForm | AnswerForm],
    word: str,
    do: Do,
    *,
    initial: dict[str, Any] | None = None,
    lead: str = "",
    about: str = "",
) -> HttpResponse:
    form = form_class(sent(request), initial={"version": held.pk, "on": clock.today(), **(initial or {})})
    if request.method == "POST" and form.is_valid():
        case = seen(request, held, form)
        told = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        try:
            do(case=case, **told)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已登记：%(word)s") % {"word": word})
            return redirect("mutual_aid:case", key=held.case_id)
    context = {"case": held, "name": queries.applicants([held])[held.line], "form": form, "word": word}
    return render(request, "mutual_aid/cases/step.html", context | {"lead": lead, "about": about})
