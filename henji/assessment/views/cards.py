"""Pages of the scorecard: the whole, and one row of it."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from henji.assessment import cards, queries
from henji.assessment.cards import Row, State
from henji.assessment.models import Charge, Column
from henji.assessment.queries import Columns
from henji.assessment.views.looking import Look, carried, county_of, look, score_or_404
from henji.lib.doors import Request, door
from henji.unions.queries import counties_in

#: The row of an item, which htmx opens and closes in place.
ROW = "item-"


@door("assessment.see")
def scorecard(request: Request) -> HttpResponse:
    """评分卡: all items as of a day; for htmx one row of it, opened (`?open=B10`) or shut (`?shut=B10`)."""
    seen = look(request)
    if seen is None:
        return _no_standard(request)
    columns = queries.signed_columns(seen.subject, seen.published.code, seen.year)
    opened = request.GET.get("open", "")
    if (request.headers.get("HX-Target") or "").startswith(ROW):
        return _one_row(request, seen, columns, opened or request.GET.get("shut", ""), opened)
    card = seen.card()
    charges = queries.charges_of(seen.subject, seen.published.code, seen.year)
    rows = cards.rows(card, charges, columns)
    context = {
        "look": seen,
        "card": card,
        "rows": _asked_for(request, rows),
        "people": _people(charges),
        "person_asked": request.GET.get("person", ""),
        "states": list(State),
        "state_asked": request.GET.get("state", ""),
        "columns": [(columns[column], column.label) for column in Column if column in columns],
        "signed": columns.get(Column.SELF),
        "opened": opened,
        "counties": counties_in(request.reach) if request.reach.county is None else (),
        "subjects": queries.subjects_in(request.reach, seen.county),
        "standard_asked": request.GET.get("standard", ""),
        "today_url": reverse("assessment:scorecard") + carried(request, period=None, as_of=None),
        "may_state": request.reach.may("assessment.value_stated"),
        "may_sign": request.reach.may("assessment.self_signed"),
        "may_inspect": request.reach.may("assessment.city_signed"),
    }
    response = render(request, "assessment/scorecard.html", context)
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response


def _asked_for(request: Request, rows: list[Row]) -> list[Row]:
    """The rows of the person (`?person=`, responsible or standing in) and in the state asked for."""
    person, state = request.GET.get("person", ""), request.GET.get("state", "")
    return [
        row
        for row in rows
        if (not person or person in row.people) and (not state or row.score.state.code == state)
    ]


def _people(charges: Mapping[str, Charge]) -> list[tuple[str, str]]:
    """Everybody who sees to an item or stands in, by name: (id, name)."""
    people = {user for charge in charges.values() for user in (charge.person, charge.deputy) if user}
    return [(str(user.pk), user.name) for user in sorted(people, key=lambda user: user.name)]


def _no_standard(request: Request) -> HttpResponse:
    context = {
        "county": county_of(request),
        "counties": counties_in(request.reach) if request.reach.county is None else (),
        "query": carried(request),
        "may_publish": request.reach.may("assessment.standard_published"),
    }
    return render(request, "assessment/no_standard.html", context)


def _one_row(request: Request, seen: Look, columns: Columns, code: str, opened: str) -> HttpResponse:
    score = score_or_404(seen, code)
    charge = queries.charge_of(seen.subject, seen.published.code, seen.year, code)
    row = cards.row_of(score, seen.as_of, charge, columns)
    context = {"look": seen, "row": row, "opened": opened}
    response = render(request, "assessment/_row.html", context)
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response
