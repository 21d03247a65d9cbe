"""Pages of work: handing in a workbook, and what becomes of it."""

from functools import partial
from io import BytesIO
from pathlib import PurePath
from typing import IO, Any, BinaryIO, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from henji.accounts.models import User
from henji.evidence.exporting import Offer, hand_out, personal_list
from henji.lib import clock, ids, workbook
from henji.lib.doors import Request, door, forms_door
from henji.lib.listing import render_list
from henji.lib.refusals import Refusal
from henji.lib.sheets import XLSX_TYPE, media_type_of
from henji.unions.models import Union
from henji.unions.queries import county_worked_in, own_branch, senders_in
from henji.work import forecast, heads, jobs, matching, queries, review
from henji.work.forms import MatchingForm, WorkbookForm
from henji.work.intake import Intake
from henji.work.models import Job, State
from henji.work.rows import RowFilter, RowTable
from henji.work.rules import ColumnsInUse, NotFailed, NotReady
from henji.work.tables import JobFilter, JobTable

#: Rows of each kind on the job's own page; all of them are a click away.
SHOWN = 10
#: 步骤 of the wizard: which of its four steps the job is at while it works.
STEPS = {"stage": 2, "promote": 4}


@door("work.see")
def job_list(request: Request) -> HttpResponse:
    """任务: what was handed in, the latest first."""
    return render_list(
        request,
        table=JobTable,
        filterset=JobFilter,
        queryset=queries.jobs_in(request.reach),
        template="work/job_list.html",
        export_name=_("任务"),
    )


@forms_door("work.see")
def hand_in(request: Request, kind: str) -> HttpResponseBase:
    """交表: hand in a workbook of the kind."""
    intake = _intake(kind)
    county = _county(request, intake)
    data = request.POST if request.method == "POST" else None
    form = WorkbookForm(
        data,
        request.FILES or None,
        senders=senders_in(request.reach, county) if intake.by_unions else None,
        too_large="henji.too_large" in request.META,
        initial={"sender": own_branch(request.reach, county)},
    )
    params = intake.params_form(county, data, request.GET.dict())
    if data is not None and form.is_valid() & (params is None or params.is_valid()):
        file = form.cleaned_data["file"]
        with transaction.atomic():
            job = jobs.hand_in(
                kind,
                county=county,
                asker=_user(request),
                post=request.reach.actor.post,
                at=clock.now(),
                source=file,
                file_name=file.name,
                media_type=media_type_of(file),
                params=params.as_params() if params else None,
                sender=form.cleaned_data.get("sender"),
            )
            jobs.enqueue(job)
        return redirect("work:job", key=job.pk)
    context = {"intake": intake, "form": form, "params": params, "known": _known(county, intake)}
    return render(request, "work/hand_in.html", context)


def _known(county: Union, intake: Intake[Any]) -> dict[Union, list[tuple[str, object]]]:
    """What is remembered of heads, by the union whose they are, with what each is taken for."""
    labels = {column.name: column.label for column in intake.columns}
    told: dict[Union, list[tuple[str, object]]] = {}
    for known in matching.known_heads(county, intake.kind):
        told.setdefault(known.union, []).append((known.head, labels.get(known.column, _("不导入"))))
    return told


@door("work.see")
def template(request: Request, kind: str) -> FileResponse:
    """模板: an empty workbook of the kind, to be filled in."""
    intake = _intake(kind)
    file = BytesIO()
    workbook.write_template(
        file, columns=intake.columns, example_rows=intake.example_rows, notes=[str(intake.advice)]
    )
    return _workbook(file, f"{intake.title}.xlsx")


@door("work.see")
@never_cache
def job_page(request: Request, key: UUID) -> HttpResponse:
    """任务页: how far it is, what it would do, what it has done."""
    job = _job(request, key)
    elsewhere = getattr(jobs.handler_of(job.kind), "page", "")
    if elsewhere:
        return redirect(elsewhere)
    intake = _intake(job.kind)
    waiting = job.state in (State.QUEUED, State.RUNNING)
    if request.htmx and not waiting:
        return HttpResponse(headers={"HX-Refresh": "true"})
    may = request.reach.may(intake.power)
    context = {"job": job, "intake": intake, "waiting": waiting, "step": _step(job), "may": may}
    context |= {"left": forecast.left(job), "blocked": forecast.blocked(job)}
    if request.htmx:
        return render(request, "work/_progress.html", context)
    if may and not waiting:
        context["preview"] = intake.preview(job, remarks=SHOWN)
        context["tabs"] = {tab.code: tab for tab in review.tabs_of(job, intake)}
    return render(request, "work/job.html", context)


@forms_door("work.see")
@never_cache
def columns(request: Request, key: UUID) -> HttpResponse:
    """列对照: what each column of the file was taken for, and how it is corrected."""
    job = _job_to_touch(request, key)
    intake = _intake(job.kind)
    try:
        found = heads.heads_of(job, intake)
    except Refusal as refusal:
        return _columns_page(request, {"job": job, "intake": intake, "problem": refusal.words})
    form = MatchingForm(
        request.POST if request.method == "POST" else None,
        heads=[(head.place, head.words or head.letter, head.column) for head in found.shown],
        columns=intake.columns,
        sender=matching.sender_of(job),
    )
    if form.is_bound and form.is_valid():
        _match_anew(request, job, found, form)
        return redirect("work:job", key=key)
    return _columns_page(
        request,
        {
            "job": job,
            "intake": intake,
            "form": form,
            "heads": [(head, form[f"place-{head.place}"]) for head in found.shown],
            "missing": [] if form.is_bound else [column.label for column in found.missing],
            "may_correct": job.state in (State.READY, State.FAILED),
        },
    )


def _columns_page(request: Request, context: dict[str, object]) -> HttpResponse:
    return render(request, "work/_columns.html" if request.htmx else "work/columns.html", context)


def _match_anew(request: Request, job: Job, found: heads.Heads, form: MatchingForm) -> None:
    layout = found.table.layout._replace(places=form.places)
    try:
        with transaction.atomic():
            jobs.match_anew(job, matching.as_kept(layout, by_hand=True))
            if form.cleaned_data["remember"]:
                matching.remember(matching.sender_of(job), job.kind, found.table.columns, form.places)
    except ColumnsInUse as refusal:
        messages.info(request, refusal.words)


@door("work.see", "POST")
def forget_columns(request: Request, kind: str) -> HttpResponse:
    """忘掉列名: what is remembered of heads in this kind of workbook, of one union or of all the county's."""
    intake = _intake(kind)
    asked = request.POST.get("union")
    union = None if asked is None else ids.named(asked) or 0
    matching.forget(_county(request, intake), kind, union)
    messages.info(request, _("列名已忘掉"))
    return redirect("work:hand_in", kind=kind)


@forms_door("work.see")
def rows(request: Request, key: UUID) -> HttpResponseBase:
    """审核: the rows of the file by what would become of them, to be searched and taken along."""
    job = _job_to_touch(request, key)
    intake = _intake(job.kind)
    tabs = review.tabs_of(job, intake)
    tab = review.chosen(tabs, request.GET.get("tab", ""))
    return personal_list(
        request,
        table=cast("type[Any]", partial(RowTable, intake=intake)),
        filterset=RowFilter,
        queryset=review.rows_under(tab, job, intake),
        template="work/rows.html",
        context={"job": job, "intake": intake, "tabs": tabs, "tab": tab},
        export_name=_("%(kind)s·%(tab)s") % {"kind": intake.title, "tab": tab.label},
    )


@door("work.see", "POST")
def confirm(request: Request, key: UUID) -> HttpResponse:
    """确认导入."""
    job = _job_to_touch(request, key)
    try:
        with transaction.atomic():
            jobs.confirm(job, asker=_user(request), post=request.reach.actor.post)
    except NotReady as refusal:
        messages.info(request, refusal.words)
    return redirect("work:job", key=key)


@door("work.see", "POST")
def cancel(request: Request, key: UUID) -> HttpResponse:
    """取消."""
    job = _job_to_touch(request, key)
    jobs.cancel(job)
    if job.state == State.DONE:
        messages.info(request, _("取消时已经导入完了"))
    return redirect("work:job", key=key)


@door("work.see", "POST")
def again(request: Request, key: UUID) -> HttpResponse:
    """重新检查."""
    job = _job_to_touch(request, key)
    try:
        jobs.again(job)
    except NotFailed as refusal:
        messages.info(request, refusal.words)
    return redirect("work:job", key=key)


@forms_door("work.see")
@never_cache
def rejected(request: Request, key: UUID) -> HttpResponseBase:
    """退回表: the rows that came back, each with its reason; it shows whole numbers to whoever sent them."""
    job = _job_to_touch(request, key)
    count = job.result.get("rejected")
    if not count or not job.rows_kept:
        raise Http404

    def write(stream: IO[bytes], _mark: object) -> int:
        # Unmarked: it is mended and handed in again.
        _intake(job.kind).write_rejected(job, cast("BinaryIO", stream))
        return int(count)

    offer = Offer(
        gettext_lazy("退回表"),
        int(count),
        write,
        file_name=_("退回-%(name)s") % {"name": PurePath(job.file_name).stem},
        back=reverse("work:job", args=[key]),
        reason=_("退回工会修改"),
    )
    return hand_out(request, offer)


def _workbook(file: BytesIO, name: str) -> FileResponse:
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX_TYPE)


def _intake(kind: str) -> Intake[Any]:
    try:
        found = jobs.handler_of(kind)
    except ImportError as unknown:
        raise Http404 from unknown
    if not isinstance(found, Intake):
        raise Http404
    return found


def _county(request: Request, intake: Intake[Any]) -> Union:
    """所在县: the county that the workbook belongs to, where the request may do the deed."""
    county = county_worked_in(request.reach, request.GET.get("county", ""))
    if county is None or not request.reach.may(intake.power):
        raise PermissionDenied
    return county


def _job(request: Request, key: UUID) -> Job:
    return get_object_or_404(queries.jobs_in(request.reach), pk=key)


def _job_to_touch(request: Request, key: UUID) -> Job:
    """The job, if it lies within reach and the request may do its deed."""
    job = _job(request, key)
    if not request.reach.may(_intake(job.kind).power):
        raise PermissionDenied
    return job


def _user(request: Request) -> User:
    return cast("User", request.user)


def _step(job: Job) -> int:
    return 3 if job.state == State.READY else STEPS[job.step]
