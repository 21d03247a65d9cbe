"""演示县: the whole story, told once, and the door through which one looks at it."""

import json
import re
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils.timezone import localdate

from henji.accounts.models import Post, User
from henji.accounts.powers import Role
from henji.assessment import queries as assessment
from henji.assessment.models import Charge, Column, SignedScore
from henji.evidence import figures
from henji.evidence.figures import Scope
from henji.evidence.keys import vault
from henji.evidence.models import Paper, Trace
from henji.lib import clock
from henji.lib.periods import Period
from henji.lib.vault import Sealed
from henji.members.models import Membership, Particulars, Person
from henji.mutual_aid.ledger import matching
from henji.mutual_aid.ledger import queries as ledger
from henji.mutual_aid.ledger.tests.agreeing import must_agree
from henji.mutual_aid.models import AidPayment, Donation, Drive, Giver, Subsidy
from henji.unions.models import Employer, Level, Union
from henji.web import demonstration
from henji.web.demo import county as invented
from henji.web.demo import papers, values
from henji.web.demo.cast import ANSWERS, CAST, CLUB, OFFICERS, PASSWORD
from henji.web.tests import sides
from henji.work.models import Complaint, Job, State

DEMO_DAY = date(2016, 12, 20)
SIZE = 2000


@pytest.fixture
def demo(settings, tmp_path):
    """An installation of the demonstration."""
    settings.DEMO, settings.DEMO_DAY, settings.DATA = True, DEMO_DAY, tmp_path


@pytest.fixture
def told(demo, db, capsys):
    """The story, told of a small county."""
    call_command("demo", members=SIZE)
    return capsys.readouterr().out


def card_on(day):
    county = Union.objects.get(level=Level.COUNTY)
    held = assessment.published(county)
    assert held is not None
    return assessment.scorecard(county, held.standard, Period.year(2016), day)


def test_the_story(told, client):
    plan = invented.invent(SIZE)
    _people_and_employers()
    _fourteen_officers()
    _one_trace_for_every_deed(plan)
    _papers_and_backlog()
    _two_drives()
    _the_books_say_what_is_on_record()
    _the_score_climbs_to_its_grade()
    _evidence_is_honest()
    _what_was_signed_stands()
    _questions_that_wait_for_an_answer()
    _nobody_could_be_meant()
    _each_side_of_each_figure_is_what_its_page_shows(client)
    assert PASSWORD in told
    _who_waits_sees_how_far_it_is(told)
    for player in CAST:
        assert player.username in told
        page = client.post("/demo/enter/", {"username": player.username}, follow=True)
        assert page.redirect_chain == [("/", 302)]
        assert page.status_code == 200
        assert page.context["request"].user.name == player.name
        assert "2016-12-20" in page.content.decode()


def _who_waits_sees_how_far_it_is(told):
    shares = [int(share) for share in re.findall(r"^ *\d+ 秒 +(\d+)%  2016-", told, flags=re.MULTILINE)]
    assert len(shares) > 8
    assert shares == sorted(shares)
    assert "导入会员花名册" in told
    assert demonstration.progress_of(settings.DATA).exists()


def _people_and_employers():
    assert Particulars.objects.known().count() == Person.objects.count() == SIZE
    assert Employer.objects.count() == 142
    assert Union.objects.filter(level=Level.TOWNSHIP).count() == 9
    primary = Union.objects.filter(level=Level.PRIMARY).exclude(name=CLUB)
    assert primary.count() == Employer.objects.organised().count() == 137
    assert set(Job.objects.values_list("state", flat=True)) == {State.DONE}
    assert [job.result["rejected"] for job in Job.objects.all()] == [0] * 15


def _fourteen_officers():
    county = Union.objects.get(level=Level.COUNTY)
    here = Post.objects.filter(union=county, until_on=None).select_related("user__home")
    assert Counter(post.user.home == county for post in here) == {True: 7, False: 7}
    assert {post.user.home.name for post in here if post.user.home != county} == {CLUB}
    assert {player.role for player in CAST} == set(Role)
    assert User.objects.filter(must_change_password=False).count() == len(CAST)
    items = {item.code for item in card_on(DEMO_DAY).standard.items}
    charged = dict(Charge.objects.known().values_list("item", "person__username"))
    assert charged == ANSWERS
    assert set(charged) == items


def _one_trace_for_every_deed(plan):
    assert Counter(Trace.objects.values_list("deed", flat=True)) == {
        "unions.county_founded": 1,
        "unions.union_founded": 1,
        "unions.employers_imported": 1,
        "unions.employer_organised": 40,
        # The unions founded in the year, and the club.
        "unions.record_kept": 41,
        "unions.clears_kept": 109,
        "accounts.account_opened": len(OFFICERS),
        "accounts.post_given": 7,
        "accounts.password_changed": len(CAST),
        "members.roster_imported": 5,
        "members.cards_applied": 3,
        "members.cards_checked": 3,
        "members.card_file_exported": 3,
        "members.card_returns_imported": 3,
        "members.cards_handed_out": 3,
        "members.cards_activated": 3,
        "members.card_lost": 1,
        "members.card_replaced": 1,
        "members.released": 2,
        "evidence.paper_kept": len(papers.PAPERS),
        "evidence.backlog_kept": 3,
        "mutual_aid.drive_opened": 2,
        "mutual_aid.scheme_published": 1,
        "mutual_aid.donations_imported": 5,
        "mutual_aid.subsidy_granted": 3,
        "mutual_aid.donation_corrected": 1,
        "mutual_aid.aid_paid": len(plan.aid),
        "mutual_aid.voucher_entered": 32,
        "mutual_aid.statement_imported": 1,
        "mutual_aid.bank_ticked": 1,
        "mutual_aid.books_closed": 2,
        "assessment.standard_published": 1,
        "assessment.targets_received": 1,
        "assessment.acceptance_set": 1,
        "assessment.item_assigned": 24,
        "assessment.value_stated": len(values.values(plan)),
        "assessment.self_signed": 2,
        "assessment.city_signed": 1,
        "work.complained": 1,
    }
    assert not Trace.objects.filter(on__gt=DEMO_DAY).exists()
    days = {localdate(at) for at in Trace.objects.values_list("at", flat=True)}
    assert max(days) < DEMO_DAY
    weeks = {day.isocalendar().week for day in days}
    assert weeks == set(range(date(2016, 6, 1).isocalendar().week, DEMO_DAY.isocalendar().week + 1))
    assert Complaint.objects.count() == 1


def _papers_and_backlog():
    backlog = Paper.objects.filter(late=True)
    assert Paper.objects.filter(late=False).count() == len(papers.PAPERS)
    assert backlog.count() == sum(map(len, papers.BACKLOG.values()))
    assert {localdate(paper.kept_by.at).month for paper in backlog} == {6, 7}
    named = Paper.objects.filter(about__address="assessment.item:A01").exclude(number="")
    assert named.count() == len(papers.DOCUMENTS) == 11
    items = {item.code: item for item in card_on(DEMO_DAY).standard.items}
    proved = {about.address for paper in Paper.objects.all() for about in paper.about.all()}
    for address in proved:
        kind, _colon, key = address.partition(":")
        code, _dot, part = key.partition(".")
        assert kind == ("assessment.part" if part else "assessment.item")
        assert not part or part in {one.code for one in items[code].parts}, address
    # The one that nobody claims has no papers either.
    assert set(items) - {address.partition(":")[2].partition(".")[0] for address in proved} == {"A07"}


def _two_drives():
    assert [drive.code for drive in Drive.objects.order_by("code")] == ["2015", "2016"]
    granted = sum(subsidy.granted_yuan for subsidy in Subsidy.objects.known())
    assert granted == Decimal(498_000) * SIZE / 50_000
    assert {payment.paid_on.year for payment in AidPayment.objects.known()} == {2015, 2016}
    county = Union.objects.get(level=Level.COUNTY)
    standard = assessment.published(county).standard
    year_before = assessment.scorecard(county, standard, Period.year(2015), date(2015, 12, 31))
    participation, payout = _parts(year_before, "B10")
    assert participation.figure.part / participation.figure.whole < Decimal("0.1")
    assert payout.figure.part / payout.figure.whole < Decimal("0.5")
    participation, payout = _parts(card_on(DEMO_DAY), "B10")
    assert participation.mark.explanation == "会员参加率 26.4%（523/1,981），达到 25% → 4/4 分"
    assert "达到 65% → 2/2 分" in payout.mark.explanation


def _the_books_say_what_is_on_record():
    county = Union.objects.get(level=Level.COUNTY)
    must_agree(county)
    assert all(row.agrees for row in ledger.agreement(county))
    table = matching.reconciliation(county, DEMO_DAY)
    assert (len(table.lines), table.apart_yuan) == (1, 0)
    assert len(table.postings) == 5


def _parts(card, code):
    return next(item for item in card.items if item.code == code).parts


def _the_score_climbs_to_its_grade():
    first = date(2016, 6, 12)
    totals = [card_on(first + timedelta(weeks=week)).grading.total for week in range(0, 28, 2)]
    assert totals == sorted(totals)
    assert len(set(totals)) > 10
    last = card_on(DEMO_DAY)
    assert (last.grading.base, last.grading.bonus) == (Decimal("91.6"), Decimal("15.2"))
    assert (last.grading.total, last.grading.grade) == (Decimal("106.8"), "优秀")
    # Something has changed since yesterday, for the workbench to say.
    assert card_on(DEMO_DAY - timedelta(days=1)).grading.total == Decimal("106.6")
    short = [item.code for item in last.items if item.item.kind == "base" and item.points < item.of]
    assert short == ["B03", "B04", "B06", "B08", "B12", "B14", "B17"]
    assert all(part.mark.explanation for item in last.items for part in item.parts)


def _evidence_is_honest():
    asked = Counter(
        question.name
        for item in card_on(DEMO_DAY).items
        for part in item.parts
        for slot in part.slots
        for answer in slot.answers
        for question in answer.questions
    )
    assert asked["DATED_AFTER"] == 1
    assert asked["OUT_OF_PERIOD"] > 0
    assert asked["FILED_LATE"] > 0
    cases = next(part for part in _parts(card_on(DEMO_DAY), "B13") if part.address == "B13.cases")
    assert (cases.mark.points, [slot.lacking for slot in cases.slots]) == (2, [1])


def _what_was_signed_stands():
    signed = list(SignedScore.objects.filter(column=Column.SELF).order_by("as_of"))
    assert [one.as_of for one in signed] == [date(2016, 6, 30), date(2016, 9, 30)]
    totals = [Decimal(str(one.body["score"]["total"])) for one in signed]
    assert totals[0] < totals[1] < card_on(DEMO_DAY).grading.total
    # September's gifts were handed in a day after the signature: they are in the live card alone.
    live = card_on(date(2016, 9, 30)).plain()
    assert _donors(signed[1].body["score"]) < _donors(live)
    city = SignedScore.objects.get(column=Column.CITY)
    assert (city.as_of, city.made_by.by_name) == (date(2016, 9, 30), "钱考核员")
    differing = [item for item in city.body["score"]["items"] if item["reason"]]
    assert [item["own"] - item["points"] for item in differing] == [0.5, 0.5, 0.5]


def _donors(score):
    (part,) = [part for item in score["items"] for part in item["parts"] if part["code"] == "participation"]
    return part["figure"]["part"]


def _questions_that_wait_for_an_answer():
    assert Membership.objects.known().filter(unplaced__isnull=False).count() == invented.NEWCOMERS
    assert Donation.objects.known().filter(giver=Giver.UNKNOWN).count() == 1
    (corrected,) = Donation.objects.filter(known_to__isnull=False)
    assert (corrected.amount_yuan, corrected.unmade_by.deed) == (100, "mutual_aid.donation_corrected")


def _nobody_could_be_meant():
    boxes = Particulars.objects.known().values_list("box", "person__key")
    numbers = {vault().open(Sealed(bytes(box), bytes(key)))["identity"] for box, key in boxes}
    assert len(numbers) == SIZE
    assert {number[:6] for number in numbers} == {"130199"}


def _each_side_of_each_figure_is_what_its_page_shows(client):
    client.force_login(User.objects.get(username="wang"))
    told = sides.compare(client, Union.objects.get(level=Level.COUNTY))
    for place in Union.objects.filter(level=Level.TOWNSHIP):
        for address in sides.OF_TOWNSHIPS:
            assert any(sides.compared(client, address, [Scope((place.pk,), Period.year(2016), DEMO_DAY)]))
    # Nothing is proved by zeros alone.
    assert {address for address, numbers in told.items() if any(numbers)} == set(figures.addresses())
    client.logout()


@pytest.mark.parametrize("size", [500, 2000, 50_000])
def test_what_is_invented_keeps_its_measure(size):
    plan = invented.invent(size)
    assert len(plan.everybody) == len({one.number for one in plan.everybody}) == size
    assert plan.new_unions(DEMO_DAY) == values.targets(plan)["new_unions"] == 40
    counted_on = date(2016, 11, 30)
    donors = {gift.number for gift in plan.gifts if gift.number}
    assert Decimal("0.25") <= Decimal(len(donors)) / plan.members(counted_on) < Decimal("0.28")
    collected = sum(gift.amount for gift in plan.gifts)
    paid = sum(aid.yuan for aid in plan.aid if aid.paid_on.year == 2016)
    assert Decimal("0.65") <= Decimal(paid) / collected < 1


def test_what_is_invented_is_always_the_same():
    assert invented.invent(500) == invented.invent(500)


def test_the_page_that_waits_shows_the_progress(demo, settings, client, db):
    waiting = settings.DATA / "demo"
    waiting.mkdir()
    (settings.DATA / "demo.request").touch()
    (waiting / "progress").write_text(json.dumps({"share": 0.42, "words": "导入会员花名册"}))
    page = client.get("/demo/progress/").content.decode()
    assert 'value="42"' in page
    assert "42% 导入会员花名册" in page


def test_the_progress_is_gone_when_the_county_stands(demo, settings):
    demonstration.note_progress(0.5, "导入")
    assert demonstration.progress_of(settings.DATA).exists()
    demonstration.mark_built()
    assert not demonstration.progress_of(settings.DATA).exists()
    assert demonstration.is_built()


@pytest.mark.parametrize("size", [0, 499, 10**9])
def test_a_county_of_no_size_is_not_begun(demo, db, size):
    with pytest.raises(CommandError, match="会员数要在"):
        call_command("demo", members=size)
    assert not Union.objects.exists()


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
