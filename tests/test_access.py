"""Everybody knocks at every door. The rows stand in `tests/access.py`: a new page needs one."""

from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from henji.accounts.powers import DOINGS, POWERS, Role
from henji.evidence.models import Trace
from henji.lib.actors import INSTALLER
from henji.unions import commands as unions
from henji.unions.models import Level, Union
from tests.access import OPEN, ROWS, pages
from tests.access_row import Row
from tests.cast import AT, _appoint, _client_of
from tests.world import World

DEEDS = {deed for deed, _roles in DOINGS}
READ = sorted(name for name, row in ROWS.items() if row.reads is not None)
POSTED = sorted(name for name, row in ROWS.items() if row.sends is not None)


class Knock:
    """One page, at which everybody knocks in turn."""

    def __init__(self, name: str, world: World) -> None:
        self.row: Row = ROWS[name]
        self.power = self.row.power or pages()[name].power  # type: ignore[attr-defined]
        self.world = world
        self.row.given(world)
        self.word = str(self.row.shows(world)) if self.row.shows else ""
        # Outsiders ask for the county by its id; the pages must not listen.
        self.url = f"{reverse(name, kwargs=self.row.of(world))}?county={world.county.pk}"

    def get(self, client: Client) -> Any:
        return _whole(client.get(self.url))

    def post(self, client: Client) -> Any:
        return _whole(client.post(self.url, self.row.sends(self.world) if self.row.sends else {}))

    def may(self, role: str, *besides: str) -> bool:
        return {self.power, *filter(None, besides)} <= POWERS[role]

    def shows(self, response: Any) -> bool:
        return self.word in response.content.decode()

    def find_nothing(self, response: Any, status: int) -> None:
        """The thing is not there; a list may be, without the county's word."""
        if self.row.about_a_thing or response.status_code != 200:
            assert response.status_code == status
        elif self.word:
            assert not self.shows(response)


def _whole(response: Any) -> Any:
    """Files are sent in pieces, and closed when they have been read."""
    if response.streaming:
        assert b"".join(response.streaming_content)
    return response


class Stage:
    """场地: the unions, and somebody of each role of the county, of the next township and from outside."""

    def __init__(self) -> None:
        county = _county("130123", "正定县总工会")
        neighbour = _county("130121", "井陉县总工会")
        far = _county("130227", "迁西县总工会")
        township = _township(county, "新安镇总工会")
        self.county, self.township = county.pk, township.pk
        homes: dict[str, dict[Role, Any]] = {
            "county": {Role.INSPECTOR: county.parent, Role.BRANCH: township},
            "next township": {Role.BRANCH: _township(county, "南牛乡总工会")},
            "outside": {Role.INSPECTOR: far.parent, Role.BRANCH: _township(neighbour, "微水镇总工会")},
        }
        self._cookies = {
            (where, role): _logged_in(f"{where}.{role}".replace(" ", "-"), role, found.get(role, otherwise))
            for where, found in homes.items()
            for role in (Role if where != "next township" else found)
            for otherwise in [county if where == "county" else neighbour]
        }

    def enter(self, where: str, role: Role) -> Client:
        """A browser of one's own, in which somebody of the role is logged in."""
        client = Client()
        client.cookies.load(self._cookies[where, role])
        return client


def _county(code: str, name: str) -> Union:
    return unions.found_county(code=code, name=name, by=INSTALLER, at=AT)


def _township(county: Union, name: str) -> Union:
    return unions.found_union(parent=county, level=Level.TOWNSHIP, name=name, by=INSTALLER, at=AT)


def _logged_in(name: str, role: str, union: Union) -> dict[str, str]:
    cookies = _client_of(_appoint(name, role, union)).cookies
    return {kind: cookie.value for kind, cookie in cookies.items()}


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    """Made once for all knocks: what each of them does is undone behind it, this at the very end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Stage()
        transaction.set_rollback(True)


@pytest.fixture
def enter(stage, db):
    """Come in as somebody of the role: of the county, of the next township, or from outside."""
    return stage.enter


@pytest.fixture
def county(stage, db):
    """The county of the stage, as if nobody had touched it."""
    return Union.objects.get(pk=stage.county)


@pytest.fixture
def township(stage, db):
    """Its township."""
    return Union.objects.get(pk=stage.township)


@pytest.fixture
def knock(request, county, township, appoint):
    """The page of this test, and the thing that it is about."""
    return Knock(request.param, World(county, township, appoint))


def test_every_page_has_a_row_and_every_row_a_page():
    assert sorted([*ROWS, *OPEN]) == sorted(pages())


def test_every_page_has_a_door_but_those_that_are_open():
    # The workbench is the one page that leads to a door instead of standing behind it.
    doorless = {name for name, view in pages().items() if not hasattr(view, "power")}
    assert doorless == {*OPEN, "web:workbench"}


@pytest.mark.parametrize("knock", READ, indirect=True)
def test_who_may_read(knock, enter):
    row = knock.row
    _must_log_in(knock.get(Client()))
    for role in Role:
        insider = knock.get(enter("county", role))
        if not knock.may(role):
            assert insider.status_code == 403, role
            continue
        others = {Role.BRANCH: row.township, Role.INSPECTOR: row.superior or row.reads}
        expected = others.get(role, row.reads)
        assert insider.status_code == expected, role
        assert role == Role.BRANCH or not knock.word or knock.shows(insider), role
        knock.find_nothing(knock.get(enter("outside", role)), row.outsiders)
        if role == Role.BRANCH and row.next_township != 200:
            knock.find_nothing(knock.get(enter("next township", role)), row.next_township)


@pytest.mark.parametrize("knock", POSTED, indirect=True)
def test_who_may_post(knock, enter):
    row = knock.row
    may = [role for role in Role if knock.may(role, row.post_power)]
    insider = enter("county", may[0])
    powerless = [(role, enter("county", role)) for role in Role if role not in may]
    outsiders = [enter("outside", role) for role in may]
    row.sends(knock.world)  # what is sent may have to be made first
    before = _traces()
    _must_log_in(knock.post(Client()))
    for role, client in powerless:
        # Who may come in but not do the deed may also be out of reach of the thing.
        assert knock.post(client).status_code in ({403, 404} if knock.may(role) else {403}), role
    for client in outsiders:
        with _as_if_it_had_not_been():
            status = knock.post(client).status_code
            assert status == 404 if row.about_a_thing else status < 500
            assert knock.world.county.pk not in {trace.county for trace in _traces() - before}
    assert _traces() == before
    done = knock.post(insider)
    assert done.status_code == row.posts, _errors(done)
    # The door asks for the very deed that is done behind it.
    asked = row.post_power or knock.power
    left = [(trace.deed, trace.county) for trace in _traces() - before]
    assert left == ([] if row.prepares or asked not in DEEDS else [(asked, knock.world.county.pk)])


@pytest.mark.parametrize("knock", sorted(ROWS), indirect=True)
def test_a_page_takes_only_what_it_is_made_for(knock, enter):
    row = knock.row
    insider = enter("county", next(role for role in Role if knock.may(role)))
    if row.reads is None:
        assert knock.get(insider).status_code == 405
    if row.sends is None:
        assert knock.post(insider).status_code == 405
    assert insider.put(knock.url).status_code == 405
    assert insider.delete(knock.url).status_code == 405


@pytest.mark.parametrize("name", sorted(OPEN))
def test_what_is_open_is_open(name, county):
    read, posted = OPEN[name]
    assert Client().get(reverse(name)).status_code == read
    assert Client().post(reverse(name), {}).status_code == posted


def test_no_address_is_answered_that_is_not_there(client_of, officer):
    assert client_of(officer).get("/nowhere/").status_code == 404


def _must_log_in(response):
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("accounts:login"))


@contextmanager
def _as_if_it_had_not_been():
    """What an outsider does at home is the outsider's own affair; it must not stand in the insider's way."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _traces():
    return set(Trace.objects.all())


def _errors(response):
    """Why a form was refused, for whoever reads the failed test."""
    context = response.context or {}
    return [form.errors for form in (context.get("form"), context.get("params")) if form]
