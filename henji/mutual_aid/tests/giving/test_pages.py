"""名单的页面: by a link without an account, by the county's officers, as a workbook there and back."""

import re
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from henji.evidence import figures
from henji.evidence.figures import Scope
from henji.evidence.models import Trace
from henji.lib import clock
from henji.lib.periods import Period
from henji.members.tests.rosters import number_of
from henji.mutual_aid.giving import commands, links, listing
from henji.mutual_aid.giving.models import Report, RollLine
from henji.mutual_aid.jobs import donations
from henji.mutual_aid.models import Donation
from henji.mutual_aid.tests.books import back, book, counts
from henji.work.intake import take_in


def url(name, *about):
    return reverse(f"mutual_aid:{name}", args=about)


def text(response):
    return response.content.decode()


@pytest.fixture
def signed(officer, actor):
    """Signed by 王干事, at this very moment: links are good from now on."""
    return {"by": actor(officer), "at": clock.now()}


@pytest.fixture
def people(enrol, desk):
    """Two new members of the mill, on the lists."""
    new = {"start_on": date(2016, 6, 1)}
    held = [enrol(name, n, **new) for n, name in enumerate(("赵晓明", "欧阳小红"), 1)]
    desk.make()
    return held


@pytest.fixture
def link(desk, people, mill):
    """A link to the mill's list."""
    return desk.link(mill)


@pytest.fixture
def opened(link):
    """A phone that has opened the list."""
    phone = Client()
    assert phone.post(links.path_of(link), {"do": "open"}).status_code == 302
    return phone


# -- by a link -----------------------------------------------------------------------------------------


def test_what_only_fetches_a_link_sees_no_name_and_leaves_nothing(link, people):
    before = Trace.objects.count()
    page = text(Client().get(links.path_of(link)))
    assert "常山纺织" in page
    assert "赵" not in page
    assert Trace.objects.count() == before


def test_who_opens_the_list_sees_masked_names_and_no_number(link, opened, people):
    page = text(opened.get(links.path_of(link)))
    assert "赵*明" in page
    assert "欧**红" in page
    assert "赵晓明" not in page
    assert number_of(1) not in page
    assert Trace.objects.get(deed="mutual_aid.roll_opened").facts == {"link": str(link.pk)}


def test_an_officer_ticks_who_gave_on_a_phone(link, opened, people, drive, desk):
    one, other = people
    sent = {
        "given_on": "2016-12-01",
        "each": "50",
        "t": [one.pk.hex, other.pk.hex],
        f"a-{other.pk.hex}": "100",
    }
    answer = opened.post(links.path_of(link), sent)
    assert answer.status_code == 302
    report = Report.objects.get()
    assert dict(report.gifts.values_list("person", "amount_yuan")) == {one.pk: 50, other.pk: 100}
    assert (report.link, report.amount_yuan) == (link, 150)
    assert "待县总工会受理" in text(opened.get(links.path_of(link)))
    desk.accept(report)
    assert "已登记 ¥50.00" in text(opened.get(links.path_of(link)))


def test_what_was_typed_stays_when_it_is_refused(link, opened, people):
    one, other = people
    sent = {"given_on": "2099-12-01", "t": [one.pk.hex], f"a-{one.pk.hex}": "五十", f"a-{other.pk.hex}": "30"}
    page = text(opened.post(links.path_of(link), sent))
    assert 'value="五十"' in page
    assert 'value="30"' in page
    assert "这里不是金额" in page
    assert not Report.objects.exists()
    sent |= {f"a-{one.pk.hex}": "50"}
    page = text(opened.post(links.path_of(link), sent))
    assert "还没有到" in page
    assert 'value="30"' in page


def test_the_same_form_sent_twice_reports_once(link, opened, people):
    sent = {"given_on": "2016-12-01", "each": "50", "t": [people[0].pk.hex]}
    assert opened.post(links.path_of(link), sent).status_code == 302
    assert "请看过新的内容再报" in text(opened.post(links.path_of(link), sent))
    assert Report.objects.count() == 1


def test_nobody_is_reported_who_is_not_on_the_page(link, opened, people, enrol, employ):
    stranger = enrol("丁四", 9, employer=employ("别家"))
    sent = {"given_on": "2016-12-01", "each": "50", "t": [stranger.pk.hex, "x", "0" * 5000]}
    assert "还没有勾选" in text(opened.post(links.path_of(link), sent))
    assert not Report.objects.exists()


def test_a_forged_link_is_not_there(link, desk, people, employ, enrol):
    woodwork = employ("新安木器厂")
    desk.make()
    other = desk.link(woodwork)
    path, good = links.path_of(link), links.mark_of(link)
    for forged in (
        path.replace(good, "0" * 32),
        path.replace(good, ""),
        path.replace(good, links.mark_of(other)),
        path.replace(link.pk.hex, other.pk.hex),
        path.replace(link.pk.hex, "f" * 32),
        path.replace(link.pk.hex, "x"),
    ):
        assert Client().get(forged).status_code == 404
        assert Client().post(forged, {"do": "open"}).status_code == 404
    assert not Trace.objects.filter(deed="mutual_aid.roll_opened").exists()


def test_a_link_whose_end_was_moved_by_hand_is_not_ours(link):
    path = links.path_of(link)
    type(link).objects.filter(pk=link.pk).update(ends_at=link.ends_at + timedelta(days=365))
    assert Client().get(path).status_code == 404


def test_a_link_of_another_drive_opens_only_that_drives_list(desk, people, mill, before, signed):
    commands.make_rolls(drive=before, **signed)
    theirs = before.rolls.get(employer=mill)
    (other,) = commands.hand_out(drive=before, rolls=[theirs], days=1, **signed)
    phone = Client()
    phone.post(links.path_of(other), {"do": "open"})
    own = desk.link(mill)
    assert "打开名单" in text(phone.get(links.path_of(own)))


def test_a_revoked_link_says_so_also_to_a_phone_that_had_opened_it(link, opened, people, signed):
    commands.revoke_link(link=link, **signed)
    sent = {"given_on": "2016-12-01", "each": "50", "t": [people[0].pk.hex]}
    for answer in (opened.get(links.path_of(link)), opened.post(links.path_of(link), sent)):
        assert "已经收回" in text(answer)
        assert "赵" not in text(answer)
    assert not Report.objects.exists()


def test_an_expired_link_says_so(desk, people, mill, signed):
    desk.signed = signed | {"at": clock.now() - timedelta(days=3)}
    old = desk.link(mill, days=2)
    phone = Client()
    assert "已经过期" in text(phone.get(links.path_of(old)))
    assert "已经过期" in text(phone.post(links.path_of(old), {"do": "open"}))


# -- by an account -------------------------------------------------------------------------------------


def test_an_officer_makes_hands_out_accepts_pays_in_and_prints(client_of, officer, desk, enrol, mill):
    person = enrol("赵晓明", 1, start_on=date(2016, 6, 1))
    client, drive = client_of(officer), desk.drive
    client.post(url("make_rolls", drive.pk))
    client.post(url("hand_out_rolls", drive.pk), {"days": "7"})
    roll = desk.roll(mill)
    assert "常山纺织" in text(client.get(url("roll_links", drive.pk)))
    sent = {"given_on": "2016-12-01", "each": "50", "t": [person.pk.hex]}
    assert client.post(url("report_roll", roll.pk), sent).status_code == 302
    assert "常山纺织" in text(client.get(url("reports", drive.pk)))
    report = Report.objects.get()
    assert "赵晓明" in text(client.get(url("report", report.pk)))
    client.post(url("accept_reports", drive.pk), {"report": report.pk})
    assert "待缴存" in text(client.get(url("roll", roll.pk)))
    paid = {"paid_yuan": "50", "paid_on": "2016-12-20", "number": "回单 8"}
    client.post(url("record_slip", roll.pk), paid)
    assert "已对平" in text(client.get(url("roll", roll.pk)))
    answer = client.post(url("issue_receipt", roll.slips.get().line), follow=True)
    assert "伍拾元整" in text(answer)
    page = text(client.get(url("rolls", drive.pk)))
    assert "¥50.00" in page
    assert "已对平" in page


def test_the_page_of_a_drive_opens_onto_its_lists(client_of, officer, drive):
    page = text(client_of(officer).get(url("drive", drive.pk)))
    for name in ("rolls", "reports", "drive_progress"):
        assert url(name, drive.pk) in page


def test_progress_counts_people_where_they_are_members_and_says_what_it_takes_for_granted(
    client_of, officer, desk, enrol, employ, mill
):
    woodwork = employ("新安木器厂")
    for n in range(1, 9):
        enrol(f"会员{n}", n, start_on=date(2016, 6, 1))
    gave = enrol("甲一", 20, employer=woodwork, start_on=date(2016, 6, 1))
    desk.make()
    desk.accept(desk.report(woodwork, {gave: 50}))
    page = client_of(officer).get(url("drive_progress", desk.drive.pk))
    goings = {going.name: (going.donors, going.members) for going, _roll in page.context["goings"]}
    assert goings == {"常山纺织": (0, 8), "新安木器厂": (1, 1)}
    pace = page.context["pace"]
    assert (pace.donors, pace.members, pace.needed, pace.gap) == (1, 9, 3, 2)
    assert [(step.people, going.name) for step, going, _roll in page.context["steps"]] == [(8, "常山纺织")]
    assert "募集已经截止" in text(page)
    other = client_of(officer).get(url("drive_progress", desk.drive.pk), {"target": "100"})
    assert other.context["pace"].gap == 8
    sheet = load_workbook(
        BytesIO(client_of(officer).get(url("drive_progress", desk.drive.pk), {"export": "xlsx"}).content)
    ).active
    assert "新安木器厂" in {row[0].value for row in sheet.rows}


def test_progress_counts_as_the_rate_of_participation_does(
    client_of, officer, desk, enrol, give, mill, county
):
    one, other, _silent = (enrol(f"会员{n}", n) for n in range(1, 4))
    give(one, employer=mill)
    give(one, "30", employer=mill, receipt="B")
    give(other)
    page = client_of(officer).get(url("drive_progress", desk.drive.pk))
    scope = Scope((county.pk,), Period.year(2016), clock.today())
    rate = figures.compute("mutual_aid.participation_rate", scope)[county.pk]
    pace = page.context["pace"]
    assert (pace.donors, pace.members) == (rate.part, rate.whole) == (2, 3)


# -- as a workbook -------------------------------------------------------------------------------------


@pytest.fixture
def sheet(client_of, officer, desk, people, mill):
    """The rows of the mill's list, as it is downloaded: heads, and one for each who has not given."""
    answer = client_of(officer).post(url("roll_workbook", desk.roll(mill).pk), {"reason": "交单位填报"})
    rows = load_workbook(BytesIO(answer.getvalue())).worksheets[0].iter_rows(values_only=True)
    return [["" if cell is None else cell for cell in row] for row in rows]


@pytest.fixture
def send_back(county, officer, desk):
    """Hand in rows by the import of donations."""

    def send_back(heads, *rows):
        return take_in(
            donations,
            book(*rows, heads=heads),
            file_name="捐款名单.xlsx",
            county=county,
            asker=officer,
            post="干事",
            at=clock.now(),
            params={"drive": desk.drive.pk, "employer": None},
        )

    return send_back


def test_a_list_comes_back_and_each_giver_is_known_by_the_line(sheet, send_back, people, mill, drive):
    heads, *rows = sheet
    assert number_of(1) not in str(sheet)
    place = heads.index("捐款金额")
    assert [row[place] for row in rows] == [0, 0]
    rows[0][place] = 80
    job = send_back(heads, *rows)
    assert counts(job) == (1, 1, 0, 0, 1)
    gift = Donation.objects.known().get()
    names = {person.pk: name for person, name in zip(people, ("赵晓明", "欧阳小红"), strict=True)}
    assert names[gift.person_id] == rows[0][heads.index("姓名")]
    assert (gift.amount_yuan, gift.employer_id, gift.named) == (Decimal(80), mill.pk, "")
    again = send_back(heads, *rows)
    assert counts(again)[:3] == (0, 2, 0)
    assert Donation.objects.known().count() == 1


def test_a_line_that_was_changed_comes_back_with_the_reason(sheet, send_back):
    heads, first, second = sheet
    amount, key, name = (heads.index(head) for head in ("捐款金额", "名单编号", "姓名"))
    first[amount] = second[amount] = 50
    first[key] = re.sub(r"-.*", "-00000000", first[key])
    second[name] = "别的人"
    job = send_back(heads, first, second, ["无编号", "", 0, "", "", ""])
    assert {(field, reason[:6]) for _number, field, reason in back(job)} == {
        ("roll_line", "名单编号有误"),
        ("name", "姓名和名单编"),
        ("amount", "金额须大于 "),
    }
    assert not Donation.objects.exists()


def test_a_line_of_another_drive_comes_back(sheet, send_back, before, signed, people):
    commands.make_rolls(drive=before, **signed)
    heads, first, _second = sheet

    theirs = RollLine.objects.filter(drive=before).first()
    first[heads.index("名单编号")] = listing.line_key(theirs.pk)
    first[heads.index("捐款金额")] = 50
    job = send_back(heads, first)
    assert [reason for _number, _field, reason in back(job)] == ["名单编号不是这次活动的"]
