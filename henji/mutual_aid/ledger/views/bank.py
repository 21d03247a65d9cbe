"""Pages on what the bank says: its lines, ticking them against the books, what explains the rest."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from henji.lib import clock
from henji.lib.doors import Request, door, forms_door
from henji.lib.forms import refuse
from henji.lib.listing import render_list
from henji.lib.refusals import Refusal
from henji.mutual_aid import rules as money_rules
from henji.mutual_aid.ledger import commands, matching, queries, tables
from henji.mutual_aid.ledger.forms import WithdrawMatchForm
from henji.mutual_aid.ledger.matching import Match
from henji.mutual_aid.ledger.views.looking import county_of, day_asked, sent
from henji.unions.models import Union

#: So many open items stand on the page at once; those ticked make room for the next.
SHOWN = 100


@door("mutual_aid.see_books")
def bank_lines(request: Request) -> HttpResponse:
    """银行流水: what the bank's statements say, and what of it is ticked."""
    county = county_of(request)
    return render_list(
        request,
        table=tables.BankLineTable,
        filterset=tables.BankLineFilter,
        queryset=queries.bank_lines(request.reach, county),
        template="mutual_aid/ledger/bank_lines.html",
        context={"county": county},
        export_name=_("银行流水"),
        sum_of="amount_yuan",
    )


@door("mutual_aid.see_books")
def reconcile(request: Request) -> HttpResponse:
    """银行对账: the table of a day, and what is likely to belong together."""
    return render(request, "mutual_aid/ledger/reconcile.html", _open(request, county_of(request)))


@door("mutual_aid.bank_ticked", "POST")
def confirm_matches(request: Request) -> HttpResponse:
    """确认勾对: the proposals chosen, or lines and postings put together by hand."""
    county = county_of(request)
    try:
        count = commands.confirm_matches(
            county=county, matches=_chosen(request), by=request.reach.actor, at=clock.now()
        )
    except Refusal as refusal:
        context = {**_open(request, county), "problem": str(refusal)}
        return render(request, "mutual_aid/ledger/reconcile.html", context)
    messages.success(request, _("已勾对 %(n)s 组") % {"n": count})
    return redirect("mutual_aid:reconcile")


@forms_door("mutual_aid.tick_withdrawn")
def withdraw_match(request: Request, group: UUID) -> HttpResponse:
    """撤回勾对."""
    ticks = queries.ticks_of(request.reach, group)
    if not ticks:
        raise Http404
    form = WithdrawMatchForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            commands.withdraw_match(
                county=ticks[0].county,
                group=group,
                **form.cleaned_data,
                by=request.reach.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            refuse(form, refusal, "reason" if isinstance(refusal, money_rules.NoReason) else None)
        else:
            messages.success(request, _("已撤回，两边都回到未达"))
            return redirect("mutual_aid:reconcile")
    return render(request, "mutual_aid/ledger/withdraw_match.html", {"form": form, "ticks": ticks})


def _open(request: Request, county: Union) -> Mapping[str, object]:
    """What is open, what of it is likely to belong together, and what was chosen on the page."""
    table = matching.reconciliation(county, day_asked(request))
    lines, postings = table.lines, table.postings
    undone = matching.undone(postings)
    gone = {row.pk for pair in undone for row in (pair.posting, pair.red)}
    left = [posting for posting in postings if posting.pk not in gone]
    proposed = matching.proposals(lines, left)
    return {
        "county": county,
        "table": table,
        "proposals": proposed[:SHOWN],
        "undone": undone[:SHOWN],
        "lines": _besides(lines, {one.line.pk for one in proposed}),
        "postings": _besides(left, {one.posting.pk for one in proposed}),
        "chosen": {name: request.POST.getlist(name) for name in ("match", "line", "posting")},
        "own": request.reach.actor.id,
    }


def _besides(rows: Sequence[object], proposed: set[int]) -> list[object]:
    return [row for row in rows if getattr(row, "pk", 0) not in proposed][:SHOWN]


def _chosen(request: Request) -> list[Match]:
    """What was chosen: proposals each by itself, or all lines and postings together; nothing else is read."""
    try:
        if request.POST.get("way") == "together":
            lines, postings = request.POST.getlist("line"), request.POST.getlist("posting")
            together = Match(tuple(map(int, lines)), tuple(map(int, postings)))
            return [together] if lines or postings else []
        return [Match.read(text) for text in request.POST.getlist("match")]
    except ValueError:
        return []
