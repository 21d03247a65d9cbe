"""Pages that show the books: accounts, what was posted to them, vouchers."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from henji.lib import clock, ids
from henji.lib.doors import Request, door
from henji.lib.listing import render_list
from henji.mutual_aid.ledger import queries, rules, tables
from henji.mutual_aid.ledger.chart import ACCOUNTS, Account
from henji.mutual_aid.ledger.views.looking import county_of, day_asked


@door("mutual_aid.see_books")
def books(request: Request) -> HttpResponse:
    """科目余额: what stands on each account at the end of a day, and whether it is what is on record."""
    county, on = county_of(request), day_asked(request)
    context = {
        "county": county,
        "on": on,
        "start": on.replace(day=1),
        "standings": queries.standings(county, on.replace(day=1), on),
        "surplus_yuan": queries.surplus(county, on),
        "agreement": queries.agreement(county),
        "closings": queries.closings_of(county)[:12],
        "closed_to": rules.closed_to(county),
        "today": clock.today(),
    }
    return render(request, "mutual_aid/ledger/books.html", context)


@door("mutual_aid.see_books")
def account(request: Request, code: str) -> HttpResponse:
    """专户台账: what was posted to the account, or of one of its units, and what stood after each posting."""
    county, of = county_of(request), _account(code)
    unit = ids.named(request.GET.get("unit", "")) if of.by_unit else None
    return render_list(
        request,
        table=tables.account_table(unit, nothing_left_out=not request.GET.get("q")),
        filterset=tables.UnitAccountFilter if of.by_unit else tables.AccountFilter,
        queryset=queries.postings_to(county, of.code).within(request.reach),
        template="mutual_aid/ledger/account.html",
        context={"account": of, "county": county},
        export_name=_("专户台账"),
    )


@door("mutual_aid.see_books")
def units(request: Request, code: str) -> HttpResponse:
    """单位明细: what stands on the account by unit at the end of a day, the most first."""
    county, of, on = county_of(request), _account(code), day_asked(request)
    if not of.by_unit:
        raise Http404
    return render_list(
        request,
        table=tables.UnitTable,
        queryset=queries.standings_by_unit(county, of, on, no_unit=_("（未注明单位）")),
        template="mutual_aid/ledger/units.html",
        context={"account": of, "county": county, "on": on},
        export_name=_("单位明细"),
    )


@door("mutual_aid.see_books")
def vouchers(request: Request) -> HttpResponse:
    """记账凭证: all of the county, the latest first."""
    county = county_of(request)
    return render_list(
        request,
        table=tables.VoucherTable,
        filterset=tables.VoucherFilter,
        queryset=queries.vouchers_in(request.reach, county),
        template="mutual_aid/ledger/vouchers.html",
        context={"county": county},
        export_name=_("记账凭证"),
    )


@door("mutual_aid.see_books")
def voucher(request: Request, pk: int) -> HttpResponse:
    """凭证页: its lines, the deed that made it, and the rows of the record that it books."""
    held = get_object_or_404(queries.vouchers_within(request.reach), pk=pk)
    context = {
        "voucher": held,
        "postings": held.postings.select_related("employer").order_by("id")[: queries.LINES_SHOWN],
        "lines": held.postings.count(),
        "total_yuan": queries.total_of(held),
        "reversals": held.reversals.order_by("id"),
        "rows": queries.rows_of(held),
        "by_hand": rules.is_by_hand(held),
    }
    return render(request, "mutual_aid/ledger/voucher.html", context)


def _account(code: str) -> Account:
    if code not in ACCOUNTS:
        raise Http404
    return ACCOUNTS[code]
