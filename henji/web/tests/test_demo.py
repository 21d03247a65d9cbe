"""演示县: the whole story, told once, and the door through which one looks at it."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import localdate

from henji.assessment import queries as assessment
from henji.assessment.models import SignedScore
from henji.evidence.keys import vault
from henji.evidence.models import Paper, Trace
from henji.lib import clock
from henji.lib.periods import Period
from henji.lib.vault import Sealed
from henji.members.models import Membership, Particulars, Person
from henji.mutual_aid.models import Donation, Giver
from henji.unions.models import Employer, Level, Union
from henji.web.demo import script
from henji.web.demo.cast import CAST, PASSWORD
from henji.work.models import Complaint, Job, State

DEMO_DAY = date(2016, 12, 20)


@pytest.fixture
def demo(settings):
    """An installation of the demonstration."""
    settings.DEMO, settings.DEMO_DAY = True, DEMO_DAY


@pytest.fixture
def told(demo, db, capsys):
    """The story, told."""
    call_command("demo")
    return capsys.readouterr().out


def card_on(day):
    county = Union.objects.get(level=Level.COUNTY)
    held = assessment.published(county)
    assert held is not None
    return assessment.scorecard(county, held.standard, Period.year(2016), day)


def test_the_story(told, client):
    _people_and_employers()
    _one_trace_for_every_deed()
    _papers_and_backlog()
    _the_drive_and_its_score()
    _what_was_signed_stands()
    _questions_that_wait_for_an_answer()
    _nobody_could_be_meant()
    assert PASSWORD in told
    assert all(player.username in told for player in CAST)
    for player in CAST:
        page = client.post("/demo/enter/", {"username": player.username}, follow=True)
        assert page.redirect_chain == [("/", 302)]
        assert page.status_code == 200
        assert page.context["request"].user.name == player.name
        assert "2016-12-20" in page.content.decode()


def _people_and_employers():
    assert Particulars.objects.known().count() == Person.objects.count() == 2000
    assert Employer.objects.count() == 142
    assert Union.objects.filter(level=Level.TOWNSHIP).count() == 9
    assert Union.objects.filter(level=Level.PRIMARY).count() == Employer.objects.organised().count() == 128
    assert set(Job.objects.values_list("state", flat=True)) == {State.DONE}
    assert [job.result["rejected"] for job in Job.objects.all()] == [0] * 5


def _one_trace_for_every_deed():
    accounts = len(CAST)
    assert Counter(Trace.objects.values_list("deed", flat=True)) == {
        "unions.county_founded": 1,
        "accounts.account_opened": accounts,
        "accounts.password_changed": accounts,
        "unions.employers_imported": 1,
        "members.roster_imported": 2,
        "evidence.paper_kept": len(script.PAPERS),
        "evidence.backlog_kept": 1,
        "mutual_aid.drive_opened": 1,
        "mutual_aid.donations_imported": 2,
        "mutual_aid.subsidy_granted": 1,
        "mutual_aid.donation_corrected": 1,
        "mutual_aid.aid_paid": 9,
        "assessment.standard_published": 1,
        "assessment.value_stated": len(script.VALUES),
        "assessment.self_signed": 1,
        "work.complained": 1,
    }
    assert not Trace.objects.filter(on__gt=DEMO_DAY).exists()
    assert max(localdate(at) for at in Trace.objects.values_list("at", flat=True)) < DEMO_DAY
    assert Complaint.objects.count() == 1


def _papers_and_backlog():
    assert Paper.objects.filter(late=False).count() == len(script.PAPERS)
    assert Paper.objects.filter(late=True).count() == len(script.BACKLOG)
    proved = {about.address for paper in Paper.objects.all() for about in paper.about.all()}
    items = {item.code: item for item in card_on(DEMO_DAY).standard.items}
    for address in proved:
        kind, _colon, key = address.partition(":")
        code, _dot, part = key.partition(".")
        assert kind == ("assessment.part" if part else "assessment.item")
        assert not part or part in {one.code for one in items[code].parts}, address


def _the_drive_and_its_score():
    card = card_on(DEMO_DAY)
    b10 = next(item for item in card.items if item.code == "B10")
    assert (b10.points, b10.of) == (4, 6)
    participation, payout = b10.parts
    assert participation.is_computed
    assert payout.is_computed
    assert participation.mark.explanation == "会员参加率 26.0%（520/2,000），达到 25% → 4/4 分"
    assert payout.mark.explanation.startswith("年度互助资金支付率 55.")
    assert "未达 65%，还差 ¥" in payout.mark.explanation
    assert (card.grading.total, card.grading.grade) == (Decimal("93.4"), "良好")


def _what_was_signed_stands():
    signed = SignedScore.objects.get()
    live = card_on(date(2016, 9, 30)).plain()
    assert (signed.as_of, signed.body["score"]["total"], live["total"]) == (date(2016, 9, 30), 66, 66)
    # September's gifts were handed in after the signature: they are in the live card of the day alone.
    assert _donors(signed.body["score"]) < _donors(live)
    assert card_on(DEMO_DAY).grading.total > 66


def _donors(score):
    (part,) = [part for item in score["items"] for part in item["parts"] if part["code"] == "participation"]
    return part["figure"]["part"]


def _questions_that_wait_for_an_answer():
    assert Membership.objects.known().filter(unplaced__isnull=False).count() == 5
    assert Donation.objects.known().filter(giver=Giver.UNKNOWN).count() == 1
    (corrected,) = Donation.objects.filter(known_to__isnull=False)
    assert (corrected.amount_yuan, corrected.unmade_by.deed) == (100, "mutual_aid.donation_corrected")


def _nobody_could_be_meant():
    boxes = Particulars.objects.known().values_list("box", "person__key")
    numbers = {vault().open(Sealed(bytes(box), bytes(key)))["identity"] for box, key in boxes}
    assert len(numbers) == 2000
    assert {number[:6] for number in numbers} == {"130199"}


def test_the_story_is_told_once(county, demo):
    with pytest.raises(CommandError, match="演示县已经建立"):
        call_command("demo")


def test_the_story_is_told_only_in_the_demonstration(db):
    with pytest.raises(CommandError, match="这里不是演示库"):
        call_command("demo")
    assert not Union.objects.exists()


# The door


@pytest.fixture
def wang(appoint, county):
    """An account under a name of the cast."""
    return appoint("wang", "officer", county)


def test_the_log_in_page_of_the_demonstration_lets_one_in_by_a_button(client, wang, demo):
    page = client.get("/accounts/login/").content.decode()
    assert all(f'value="{player.username}"' in page for player in CAST)
    assert 'action="/demo/enter/"' in page
    assert client.post("/demo/enter/", {"username": "wang"}).url == "/"
    assert client.get("/").context["user"] == wang


def test_there_is_no_such_door_elsewhere(client, wang):
    assert "demo" not in client.get("/accounts/login/").content.decode()
    assert client.post("/demo/enter/", {"username": "wang"}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("username", ["陈主席", "nobody", "", "sun"])
def test_only_the_cast_comes_in_by_it(client, wang, leader, demo, username):
    assert client.post("/demo/enter/", {"username": username}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_the_door_is_opened_by_pressing_it(client, wang, demo):
    assert client.get("/demo/enter/", {"username": "wang"}).status_code == 404


def test_who_is_suspended_does_not_come_in(client, wang, demo):
    wang.is_active = False
    wang.save(update_fields=["is_active"])
    assert client.post("/demo/enter/", {"username": "wang"}).status_code == 404


# The day


def test_the_demonstration_lives_on_its_day(demo):
    assert clock.today() == DEMO_DAY
    assert localdate(clock.now()) == DEMO_DAY


def test_elsewhere_the_day_is_the_real_one():
    assert clock.today() == localdate()
