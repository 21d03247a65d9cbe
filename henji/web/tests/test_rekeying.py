"""换钥: every key is wrapped anew, what it closes is left alone, and a renewal that was stopped goes on."""

from contextlib import suppress
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from henji.evidence import blobs, keys
from henji.evidence.keys import vault
from henji.evidence.models import Blob, Trace
from henji.lib.vault import Vault, key_number
from henji.members import leaves, queries
from henji.members.jobs import roster
from henji.members.models import Particulars, Person
from henji.members.tests.rosters import number_of, workbook_of
from henji.web import rekeying
from henji.web.deeds import Deed
from henji.work import jobs
from henji.work.intake import take_in
from henji.work.models import State


@pytest.fixture(autouse=True)
def own_ring(tmp_path):
    """A ring of this test's own: what is renewed here is nobody else's."""
    with keys.kept_at(tmp_path / "ring.json"):
        yield tmp_path / "ring.json"


@pytest.fixture
def people(county, officer, at):
    """A roster of three, taken in by 王干事."""
    book = workbook_of([(f"会员{word}", number_of(serial)) for serial, word in enumerate("甲乙丙", 1)])
    asked = {"county": county, "asker": officer, "post": "干事", "at": at}
    return take_in(roster, book, file_name="花名册.xlsx", **asked)


@pytest.fixture
def asked(county, administrator, at):
    """A renewal that waits for a worker."""

    def asked():
        return rekeying.ask(county=county, asker=administrator, post="系统管理员", at=at)

    return asked


def numbers():
    """By which keys things are wrapped."""
    return {key_number(bytes(row.key)) for model in keys.keepers() for row in model.objects.exclude(key=None)}


def names():
    return sorted(queries.opened(row)["name"] for row in Particulars.objects.select_related("person"))


def test_every_key_is_wrapped_anew_and_nothing_else_is_touched(people, asked):
    before, boxes = names(), list(Particulars.objects.values_list("box", flat=True).order_by("pk"))
    clear = b"".join(blobs.clear_pieces(Blob.objects.get()))
    job = asked()
    jobs.run_here(job)
    assert (job.state, numbers()) == (State.DONE, {2})
    assert names() == before
    assert list(Particulars.objects.values_list("box", flat=True).order_by("pk")) == boxes
    assert b"".join(blobs.clear_pieces(Blob.objects.get())) == clear
    roster = Trace.objects.get(pk=people.trace_id)
    assert leaves.rows_root(roster.pk).root == roster.rows_root
    trace = Trace.objects.get(deed=Deed.KEYS_RENEWED)
    assert trace.facts == {"key_number": 2, "rows": 4}


def test_a_renewal_that_was_stopped_goes_on_with_the_same_key(people, asked, monkeypatch):
    monkeypatch.setattr(rekeying, "CHUNK", 1)
    wrap, seen = rekeying._wrap_anew, []

    def dies(model, chunk):
        if len(seen) == 2:
            raise KeyboardInterrupt
        seen.append(chunk)
        wrap(model, chunk)

    monkeypatch.setattr(rekeying, "_wrap_anew", dies)
    with suppress(KeyboardInterrupt):
        jobs.run_here(asked())
    assert numbers() == {1, 2}
    monkeypatch.setattr(rekeying, "_wrap_anew", wrap)
    call_command("renew_keys")
    assert numbers() == {2}
    assert vault().ring.current == 2
    assert len(names()) == 3


def test_an_old_key_goes_when_nothing_needs_it_any_more(people, county, at):
    for _time in range(3):
        call_command("renew_keys")
    assert numbers() == {4}
    assert set(vault().ring.wrapping) == {3, 4}


def test_what_was_destroyed_stays_destroyed(people):
    Person.objects.filter(pk=Person.objects.first().pk).update(key=None)
    call_command("renew_keys")
    assert Person.objects.filter(key=None).count() == 1


def test_a_process_that_runs_on_takes_the_new_key_up(people, own_ring):
    watched = keys._Watched(own_ring)
    running = Vault(watched.ring(), renewed=watched.renewed)
    call_command("renew_keys")
    assert key_number(running.new_key()) == 2
    person = Particulars.objects.select_related("person").first()
    assert running.open(person.sealed)["name"] == person.name


def test_nobody_presses_twice(client_of, administrator, people):
    client = client_of(administrator)
    for _click in range(2):
        assert client.post(reverse("web:keys")).status_code == 302
    assert "已经在换钥了" in client.get(reverse("web:keys")).content.decode()


def test_the_page_tells_of_the_last_renewal(client_of, administrator, people):
    page = client_of(administrator).get(reverse("web:keys")).content.decode()
    assert "还没有换过" in page
    call_command("renew_keys")
    assert "上次换钥" in client_of(administrator).get(reverse("web:keys")).content.decode()


def test_the_ring_is_the_old_one_or_the_new_one(own_ring):
    ring = vault().ring
    ring.renewed(keep={1}).save(own_ring)
    assert [path.name for path in Path(own_ring).parent.iterdir()] == ["ring.json"]
    assert vault().ring.current == 2
