"""Every list costs the same number of queries with one row and with thirty.

A new list gets a row: its name, and how to make the nth thing on it in the small world of `tests/world.py`. A
page about a thing to which many others belong gets one too.
"""

import inspect
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from henji.accounts.powers import POWERS, Role
from henji.evidence.models import Export
from henji.members.models import StagedMember
from henji.mutual_aid.ledger import chart
from henji.work.models import Verdict
from tests.access import pages
from tests.world import World
from tests.world_schemes import make_scheme, make_scheme_draft

MANY = 30
#: Who reads the list: somebody who sees the whole county.
READERS = (Role.OFFICER, Role.ADMINISTRATOR, Role.LEADER)

Make = Callable[[World, int], Any]
LISTS: dict[str, Make] = {
    "web:workbench": lambda w, n: (w.make_job(n), w.make_unplaced(n)),
    "web:duties": World.make_unplaced,
    "web:complaints": World.make_complaint,
    "web:backups": World.make_backup,
    "accounts:users": World.make_user,
    "evidence:papers": World.make_paper,
    "evidence:traces": World.make_paper,
    "evidence:exports": World.make_export,
    "unions:tree": World.make_union,
    "unions:list": World.make_union,
    "unions:employers": World.make_employer,
    "work:jobs": World.make_job,
    "members:list": World.make_person,
    "members:unplaced": World.make_unplaced,
    "members:defects": World.make_person,
    "members:four_clears": World.make_employer,
    "members:doubts": World.make_doubt,
    "members:transfers": World.make_transfer,
    "members:cards": World.make_application,
    "members:card_batches": World.make_batch,
    "mutual_aid:drives": World.make_drive,
    "mutual_aid:donations": World.make_donation,
    "mutual_aid:donors": World.make_donation,
    "mutual_aid:aid": World.make_payment,
    "mutual_aid:cases": World.make_case,
    "mutual_aid:notices": World.make_notice,
    "mutual_aid:meetings": World.make_meeting,
    "mutual_aid:payment_batches": lambda w, n: w.make_payment_batch(800 + n),
    "mutual_aid:subsidies": World.make_subsidy,
    "mutual_aid:vouchers": World.make_voucher,
    "mutual_aid:bank_lines": World.make_bank_line,
    "mutual_aid:schemes": lambda w, n: (make_scheme(w, n), make_scheme_draft(w, n)),
    "mutual_aid:receipts": World.make_receipt,
    "assessment:signed_scores": World.make_signed,
    "assessment:standards": lambda w, n: (w.make_standard(n), w.make_draft(n)),
    "assessment:league": World.make_scored_county,
}
#: Lists that show persons: they are exported with a reason, and on record.
PERSONAL = {
    "work:rows",
    "members:list",
    "members:doubts",
    "members:transfers",
    "members:cards",
    "mutual_aid:donations",
    "mutual_aid:donors",
    "mutual_aid:aid",
    "mutual_aid:cases",
    "mutual_aid:roll",
}
#: Lists that grow only for those who stand above counties.
FROM_ABOVE = {"assessment:league"}


def _one_row_more(w: World, n: int) -> StagedMember:
    """A roster that was checked has as many rows as it pleases."""
    told = {"name": f"李会员{n}", "union": w.county.pk}
    return StagedMember.objects.create(job=w.job, number=100 + n, verdict=Verdict.NEW, **told)


#: Pages about one thing, with the many that belong to it.
THINGS: dict[str, tuple[Callable[[World], dict[str, Any]], Make]] = {
    "unions:union": (lambda w: {"pk": w.township.pk}, World.make_union),
    "mutual_aid:drive": (
        lambda w: {"pk": w.drive.pk},
        lambda w, n: (w.make_donation(n), w.make_subsidy(n)),
    ),
    "mutual_aid:account": (lambda w: {"code": chart.BANK}, World.make_voucher),
    "mutual_aid:reconcile": (
        lambda w: {},
        lambda w, n: (w.make_voucher(n), w.make_bank_line(n), w.make_bank_line(100 + n)),
    ),
    "mutual_aid:account_units": (lambda w: {"code": chart.TO_PAY_IN}, World.make_slip_of_another),
    "mutual_aid:rolls": (lambda w: {"pk": w.drive.pk}, World.make_roll),
    "mutual_aid:roll": (lambda w: {"pk": w.roll.pk}, World.make_line),
    "mutual_aid:report_roll": (lambda w: {"pk": w.roll.pk}, World.make_line),
    "mutual_aid:reports": (lambda w: {"pk": w.drive.pk}, World.make_report),
    "mutual_aid:drive_progress": (lambda w: {"pk": w.drive.pk}, World.make_roll),
    "members:slips": (lambda w: {"pk": w.employer.pk}, World.make_card),
    "assessment:draft_history": (lambda w: {"key": w.draft.pk}, World.save_draft_again),
    "work:rows": (lambda w: {"key": w.job.pk}, _one_row_more),
    "assessment:item": (lambda w: {"code": (w.standard, "B10")[1]}, World.make_paper),
}


@pytest.fixture
def world(county, township, appoint):
    """A county that fills."""
    return World(county, township, appoint)


@pytest.fixture
def cost(appoint, county, client_of):
    """How many queries a page costs somebody who may read it."""

    def cost(name: str, url: str) -> int:
        power = getattr(pages()[name], "power", "unions.see")
        where = county.parent if name in FROM_ABOVE else county
        readers = (Role.INSPECTOR,) if name in FROM_ABOVE else READERS
        role = next(role for role in readers if power in POWERS[role])
        if (role, where) not in clients:
            clients[role, where] = client_of(appoint(f"读者{role}", role, where))
        reader = clients[role, where]
        reader.get(url)  # some things are remembered from page to page
        with CaptureQueriesContext(connection) as caught:
            response = reader.get(url)
        assert response.status_code == 200
        return len(caught)

    clients = {}
    return cost


def lists(*ways: str) -> dict[str, str]:
    """The pages that draw a list so, with their source."""
    sources = {name: inspect.getsource(inspect.unwrap(view)) for name, view in pages().items()}
    return {name: source for name, source in sources.items() if any(f"{way}(" in source for way in ways)}


def test_every_list_is_weighed():
    assert set(lists("render_list", "personal_list")) <= {*LISTS, *THINGS}


def test_lists_that_show_persons_ask_what_they_are_exported_for():
    assert set(lists("personal_list")) == PERSONAL


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_thirty_costs_what_a_list_of_one_costs(name, world, cost):
    _must_cost_the_same(world, LISTS[name], lambda: cost(name, reverse(name)))


def test_every_list_can_be_exported():
    drawn = lists("render_list", "personal_list").items()
    assert [name for name, source in drawn if "export_name=" not in source] == []


@pytest.mark.parametrize("name", sorted(PERSONAL & set(LISTS)))
def test_a_list_that_shows_persons_is_not_given_to_who_only_looks(name, world, client_of, appoint, county):
    LISTS[name](world, 0)
    officer = client_of(appoint("导出人", Role.OFFICER, county))
    asked = officer.get(reverse(name), {"export": "xlsx"})
    assert asked.headers["Content-Type"].startswith("text/html")
    assert 'name="reason"' in asked.content.decode()
    assert not Export.objects.exists()


@pytest.mark.parametrize("name", sorted(PERSONAL & set(LISTS)))
def test_thirty_rows_are_exported_at_the_cost_of_one(name, world, client_of, appoint, county):
    officer = client_of(appoint("导出人", Role.OFFICER, county))

    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            b"".join(officer.post(reverse(name), {"reason": "报送上级"}))
        return len(caught)

    LISTS[name](world, 0)
    cost()
    one = cost()
    for n in range(1, MANY):
        LISTS[name](world, n)
    assert cost() == one


@pytest.mark.parametrize("name", ["web:duties", "work:jobs", "mutual_aid:drives"])
def test_an_exported_list_has_a_row_for_each_and_says_who_took_it(name, world, client_of, appoint, county):
    for n in range(3):
        LISTS[name](world, n)
    officer = client_of(appoint("导出人", Role.OFFICER, county))
    shown = officer.get(reverse(name)).context["listing"].total
    taken = officer.get(reverse(name), {"export": "xlsx"})
    sheet = load_workbook(BytesIO(taken.content)).active
    assert sheet.max_row == 1 + shown + 2  # the heads, an empty row and who took it
    assert "导出人" in sheet.cell(sheet.max_row, 1).value


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("web:complaints", Role.LEADER),
        ("web:backups", Role.ADMINISTRATOR),
        ("assessment:standards", Role.OFFICER),
        ("assessment:signed_scores", Role.OFFICER),
    ],
)
def test_what_is_a_list_without_looking_it_is_exported_too(name, role, world, client_of, appoint, county):
    reader = client_of(appoint("导出人", role, county))
    rows = []
    for n in range(2):
        LISTS[name](world, n)
        taken = reader.get(reverse(name), {"export": "xlsx"})
        rows.append(load_workbook(BytesIO(taken.content)).active.max_row)
    assert rows[1] == rows[0] + 1


@pytest.mark.parametrize("name", THINGS)
def test_a_thing_with_thirty_costs_what_a_thing_with_one_costs(name, world, cost):
    of, make = THINGS[name]
    _must_cost_the_same(world, make, lambda: cost(name, reverse(name, kwargs=of(world))))


def _must_cost_the_same(world: World, make: Make, cost: Callable[[], int]) -> None:
    make(world, 0)
    one = cost()
    for n in range(1, MANY):
        make(world, n)
    assert cost() == one
