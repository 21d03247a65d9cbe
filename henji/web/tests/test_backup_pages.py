"""备份页: one button, and then a file to take away."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.timezone import localdate

from henji.evidence.models import Trace
from henji.lib.actors import INSTALLER
from henji.lib.lockbox import Lock
from henji.lib.refusals import Refusal
from henji.web import commands
from henji.web.backup import asking, shelf
from henji.web.deeds import Deed
from henji.work import jobs
from henji.work.models import Job, State

PASSPHRASE = "滹沱河边的老槐树三月开花"
TYPED = {"passphrase": PASSPHRASE, "again": PASSPHRASE}


@pytest.fixture
def page(client_of, administrator):
    """The page, as 赵管理员 sees it."""
    client = client_of(administrator)
    client.page = reverse("web:backups")
    return client


@pytest.fixture
def asked(page, django_capture_on_commit_callbacks):
    """A backup has been asked for, and waits for a worker."""
    assert page.post(page.page, TYPED).status_code == 302
    return Job.objects.get(kind=asking.KIND)


def text_of(response):
    return response.content.decode()


def test_a_backup_is_made_listed_and_taken_away(page, asked, county):
    assert "可以关闭本页" in text_of(page.get(page.page))
    jobs.run_here(asked)
    assert asked.state == State.DONE, asked.problem
    trace = Trace.objects.get(deed=Deed.BACKED_UP)
    assert (asked.trace_id, trace.county, trace.by_name) == (trace.pk, county.pk, "赵管理员")
    assert trace.facts["digest"] in text_of(page.get(page.page))
    taken = page.get(reverse("web:backup", args=[trace.pk]))
    assert "attachment" in taken["Content-Disposition"]
    file = shelf.place_of(trace.pk)
    assert b"".join(taken.streaming_content) == file.read_bytes()
    with file.open("rb") as source:
        assert Lock.of(source, PASSPHRASE)


def test_the_passphrase_is_kept_nowhere(page, asked):
    assert PASSPHRASE not in str(Job.objects.values().get(pk=asked.pk))
    assert asking._lock_of(asked).stat().st_mode & 0o777 == 0o600
    jobs.run_here(asked)
    assert list(shelf.folder().glob(f".*{asked.pk}*")) == []


def test_what_a_killed_worker_wrote_goes_when_another_has_made_the_backup(asked):
    left = shelf.folder() / f"..{asked.pk}-of-the-killed.part"
    left.write_bytes(b"closed, and not whole")
    jobs.run_here(asked)
    assert asked.state == State.DONE
    assert not left.exists()


def test_a_backup_that_a_worker_dropped_is_asked_for_again(page, asked):
    asking._lock_of(asked).unlink()
    jobs.run_here(asked)
    assert asked.state == State.FAILED
    assert "请重新备份" in text_of(page.get(page.page))


def test_a_second_click_leads_to_the_first(page, asked):
    second = page.post(page.page, {"passphrase": PASSPHRASE + "再来", "again": PASSPHRASE + "再来"})
    assert (second.status_code, second.url) == (302, page.page)
    assert "用的是先开始那次的口令" in text_of(page.get(page.page))
    assert Job.objects.get(kind=asking.KIND) == asked


@pytest.mark.django_db(transaction=True)
def test_of_two_clicks_at_once_one_makes_a_job(county, administrator, at):
    together, outcomes, before = threading.Barrier(2), [], set(shelf.folder().iterdir())

    def click():
        told = {"passphrase": PASSPHRASE, "asker": administrator, "post": "管理员", "at": at}
        try:
            together.wait()
            outcomes.append(asking.ask(county=county, **told))
        except Refusal as refusal:
            outcomes.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["AlreadyBackingUp", "Job"], outcomes
    job = Job.objects.get(kind=asking.KIND)
    assert set(shelf.folder().iterdir()) - before == {asking._lock_of(job)}


def test_the_page_is_looked_at_again_when_the_job_is_over(page, asked):
    part = page.get(page.page, headers={"HX-Request": "true"})
    assert "<html" not in text_of(part)
    jobs.run_here(asked)
    assert page.get(page.page, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"passphrase": "短口令", "again": "短口令"}, "至少 12 个字：备份里有全部钥匙"),
        ({"passphrase": PASSPHRASE, "again": "别的"}, "两次输入的口令不一样"),
    ],
)
def test_a_passphrase_that_will_not_do_is_refused_beside_the_field(page, typed, said):
    assert said in text_of(page.post(page.page, typed))
    assert not Job.objects.exists()


def test_where_there_are_several_counties_nobody_takes_them_all_by_a_button(page, neighbour):
    assert "装着几个县" in text_of(page.post(page.page, TYPED))
    assert not Job.objects.exists()


def test_the_list_of_jobs_leads_here(page, asked):
    assert page.get(reverse("work:job", args=[asked.pk])).url == page.page


def test_whoever_may_not_back_up_is_not_led_here(asked, administrator, officer, client_of):
    link = f'href="{reverse("work:job", args=[asked.pk])}"'
    assert link in text_of(client_of(administrator).get(reverse("work:jobs")))
    listed = text_of(client_of(officer).get(reverse("work:jobs")))
    assert "备份" in listed
    assert link not in listed


def made(county, at, n=0):
    counts = {"size": 1, "rows": 1, "files": 1, "lacking": 0}
    trace = commands.back_up(union=county, digest=f"{n:064x}", **counts, by=INSTALLER, at=at)
    shelf.place_of(trace.pk).write_bytes(b"closed")
    return trace


def test_a_file_that_is_no_longer_there_is_said_to_be_elsewhere(page, county, at):
    trace = made(county, at)
    shelf.place_of(trace.pk).unlink()
    assert "不在服务器上" in text_of(page.get(page.page))
    assert page.get(reverse("web:backup", args=[trace.pk])).status_code == 404


def test_the_server_keeps_the_latest_few_only(county, at):
    for n in range(shelf.KEPT + 2):
        made(county, at, n)
    shelf.clear()
    assert len(list(shelf.folder().glob("*.henji"))) == shelf.KEPT


@pytest.mark.parametrize(("days", "reminded"), [(0, False), (7, False), (8, True)])
def test_the_administrator_is_reminded_a_week_after_the_last(page, county, at, days, reminded):
    made(county, at + (localdate() - localdate(at)) - timedelta(days=days))
    assert ("该备份了" in text_of(page.get("/"))) is reminded


def test_nobody_else_is_reminded(client_of, officer):
    assert "该备份了" not in text_of(client_of(officer).get("/"))
