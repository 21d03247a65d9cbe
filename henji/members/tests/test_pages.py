"""The pages of members, as people meet them."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from henji.evidence import figures
from henji.evidence.models import Trace
from henji.lib.periods import Period
from henji.members import queries
from henji.members.deeds import Deed
from henji.members.models import Person, Unplaced
from henji.members.tests.rosters import number_of

PHONE = "13812345678"


@pytest.fixture
def wang(client_of, officer):
    """王干事's browser."""
    return client_of(officer)


def text(response):
    return response.content.decode()


def url(name, *args):
    """An address of this room."""
    return reverse(f"members:{name}", args=args)


# -- the list --------------------------------------------------------------------------------------


def test_the_list_shows_names_and_masked_numbers(wang, enrol):
    person = enrol(phone=PHONE)
    page = wang.get(url("list")).content.decode()
    assert "李会员" in page
    assert url("person", person.pk) in page
    assert "138****5678" in page
    assert number_of(1) not in page
    assert PHONE not in page


def test_an_empty_list_says_what_to_do(wang):
    page = wang.get(url("list")).content.decode()
    assert "还没有会员" in page
    assert reverse("work:hand_in", args=["members.roster"]) in page


def test_the_list_answers_as_of_a_past_day(wang, enrol):
    enrol()
    assert wang.get(url("list"), {"as_of": "2015-02-28"}).context["listing"].total == 0
    assert wang.get(url("list"), {"as_of": "2015.3.1"}).context["listing"].total == 1


def test_the_list_is_headed_with_the_day_that_was_asked_for(wang, enrol):
    enrol()
    assert "正定县总工会今天在会 1 人" in text(wang.get(url("list")))
    page = text(wang.get(url("list"), {"as_of": "2015-02-28"}))
    assert "正定县总工会 2015-02-28 在会 0 人" in page
    assert "今天在会" not in page


def test_the_list_can_be_opened_as_it_was_known(wang, enrol, at):
    enrol()
    before = (at - timedelta(seconds=1)).isoformat()
    assert wang.get(url("list"), {"known_at": at.isoformat()}).context["listing"].total == 1
    page = wang.get(url("list"), {"known_at": before})
    assert page.context["listing"].total == 0
    assert "（按 2016-06-01 08:59 所知）" in text(page)


def test_a_figures_ground_is_the_list_as_it_was_known(wang, enrol, county, at):
    enrol()
    for instant, expected in ((at, 1), (at - timedelta(seconds=1), 0)):
        scope = figures.Scope((county.pk,), Period.year(2016), date(2016, 6, 1), known_at=instant)
        ground = figures.compute("members.member_count", scope)[county.pk].ground
        assert wang.get(ground.url).context["listing"].total == expected


def test_a_township_officers_list_is_headed_with_the_township(
    client_of, branch_officer, enrol, employ, township
):
    enrol(employer=employ(township=township))
    enrol(serial=3)
    page = client_of(branch_officer).get(url("list"))
    assert "新安镇总工会今天在会 1 人" in text(page)
    assert page.context["listing"].total == 1


@pytest.mark.parametrize(
    "bad",
    [{"as_of": "昨天"}, {"known_at": "刚才"}, {"employer": "x"}, {"missing": "?"}, {"county": "-1"}],
)
def test_bad_conditions_are_passed_over(wang, enrol, bad):
    enrol()
    assert wang.get(url("list"), bad).status_code == 200


def test_a_whole_number_leads_to_the_person_and_stays_in_no_list(wang, enrol):
    person = enrol()
    response = wang.get(url("list"), {"q": number_of(1)})
    assert (response.status_code, response["Location"]) == (302, url("person", person.pk))


def test_a_number_typed_into_the_search_box_stays_in_no_history(wang, enrol):
    person = enrol()
    typing = {"HX-Request": "true", "HX-Target": "list"}
    whole = wang.get(url("list"), {"q": number_of(1)}, headers=typing)
    assert whole["HX-Redirect"] == url("person", person.pk)
    part = wang.get(url("list"), {"q": number_of(1)[:17]}, headers=typing)
    assert part["HX-Push-Url"] == "false"
    assert "HX-Push-Url" not in wang.get(url("list"), {"q": "李"}, headers=typing)


def test_a_number_of_another_county_leads_nowhere(wang, enrol, neighbour):
    enrol(county=neighbour)
    response = wang.get(url("list"), {"q": number_of(1)})
    assert response.context["listing"].total == 0


def test_thirty_members_cost_as_many_queries_as_one(wang, enrol, employ):
    enrol(serial=1)
    wang.get(url("list"))
    with CaptureQueriesContext(connection) as one:
        wang.get(url("list"))
    employer = employ()
    for serial in range(3, 63, 2):
        enrol(f"会员{serial}", serial=serial, employer=employer)
    with CaptureQueriesContext(connection) as many:
        assert wang.get(url("list")).context["listing"].total == 31
    assert len(many) == len(one)


def test_the_workbook_is_masked_and_says_who_took_it(wang, enrol):
    enrol(phone=PHONE)
    response = wang.post(url("list"), {"reason": "报送上级"})
    book = load_workbook(BytesIO(b"".join(response)))
    cells = [str(cell) for row in book.active.values for cell in row if cell is not None]
    assert "李会员" in cells
    assert "138****5678" in cells
    assert not any(number_of(1) in cell or PHONE in cell for cell in cells)
    assert any("王干事" in cell for cell in cells)


# -- one person ------------------------------------------------------------------------------------


def test_the_persons_page_tells_everything_masked(wang, import_rows):
    job = import_rows([("李会员", number_of(1), PHONE, "没有的单位", "")])
    page = wang.get(url("person", Person.objects.get().pk)).content.decode()
    for told in (
        "李会员",
        "138****5678",
        "没有的单位",
        "待归属",
        "入会日期不详",
        "花名册第 2 行",
        str(job.trace_id),
    ):
        assert told in page
    assert f'data-reveal="{url("reveal", Person.objects.get().pk, "identity")}"' in page
    assert number_of(1) not in page
    assert PHONE not in page


def test_an_erased_person_has_a_page_that_says_so(wang, enrol):
    person = enrol(phone=PHONE)
    Person.objects.update(key=None)
    page = wang.get(url("person", person.pk))
    assert "个人信息已按规定删除" in page.content.decode()


def test_the_eye_tells_after_a_reason(wang, enrol):
    person = enrol(phone=PHONE)
    response = wang.post(url("reveal", person.pk, "phone"), {"reason": "联系本人"})
    assert (response.status_code, response.content.decode()) == (200, PHONE)
    assert response["Content-Type"].startswith("text/plain")
    assert Trace.objects.of(person).filter(deed=Deed.REVEALED).count() == 1


@pytest.mark.parametrize(("field", "reason"), [("phone", ""), ("name", "核对身份"), ("phone", "x" * 101)])
def test_the_eye_stays_shut_without_a_reason(wang, enrol, field, reason):
    person = enrol(phone=PHONE)
    response = wang.post(url("reveal", person.pk, field), {"reason": reason})
    assert response.status_code == 400
    assert PHONE not in response.content.decode()
    assert not Trace.objects.of(person).filter(deed=Deed.REVEALED).exists()


# -- enrolling and correcting ----------------------------------------------------------------------


def test_a_person_is_enrolled_from_the_form(wang, employ):
    given = {"name": "李会员", "identity": f"{number_of(1)[:6]} {number_of(1)[6:]}", "employer": employ().pk}
    response = wang.post(url("enrol"), {**given, "start_on": "2015年3月1日"})
    person = Person.objects.get()
    assert (response.status_code, response["Location"]) == (302, url("person", person.pk))
    assert queries.card(person).latest.start_on == date(2015, 3, 1)


def test_a_refused_form_keeps_every_word(wang, enrol):
    enrol()
    given = {"name": "李慧", "identity": number_of(1), "phone": PHONE, "address": "正定镇 1 号"}
    page = wang.post(url("enrol"), given)
    form = page.context["form"]
    assert list(form.errors) == ["identity"]
    assert all(word in page.content.decode() for word in ("李慧", PHONE, "正定镇 1 号"))


def form_of(wang, person):
    """What the correction's form holds when it is opened."""
    form = wang.get(url("correct", person.pk)).context["form"]
    given = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in given.items()}


def test_the_form_of_a_correction_shows_nothing_closed(wang, enrol):
    page = wang.get(url("correct", enrol(phone=PHONE).pk)).content.decode()
    assert "138****5678" in page
    assert number_of(1) not in page
    assert PHONE not in page


def test_a_correction_is_made_from_the_form(wang, enrol):
    person = enrol(phone=PHONE)
    response = wang.post(url("correct", person.pk), {**form_of(wang, person), "phone": "13900000000"})
    assert response.status_code == 302
    assert queries.card(person).opened["phone"] == "13900000000"


def test_two_who_correct_at_once_see_what_the_other_changed(wang, enrol):
    person = enrol(phone=PHONE)
    mine, theirs = form_of(wang, person), form_of(wang, person)
    wang.post(url("correct", person.pk), {**theirs, "phone": "13900000000"})
    page = wang.post(url("correct", person.pk), {**mine, "address": "正定镇 1 号"})
    words = page.content.decode()
    assert page.status_code == 200
    assert "刚被别人更正过" in words
    assert "138****5678" in words
    assert "139****0000" in words
    again = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    assert wang.post(url("correct", person.pk), {**again, "address": "正定镇 1 号"}).status_code == 302


def test_a_correction_without_a_change_says_so(wang, enrol):
    person = enrol()
    page = wang.post(url("correct", person.pk), form_of(wang, person))
    assert "没有改动" in page.content.decode()


# -- names without an employer ---------------------------------------------------------------------


@pytest.fixture
def asked(import_rows):
    """A name with one member under it."""
    import_rows([("李会员", number_of(1), "", "常山纺织", "")])
    return Unplaced.objects.get()


def test_questions_are_listed_with_their_members(wang, asked):
    page = wang.get(url("unplaced")).content.decode()
    assert "常山纺织" in page
    assert f"{url('list')}?unplaced={asked.pk}" in page
    assert wang.get(url("list"), {"unplaced": asked.pk}).context["listing"].total == 1


def test_a_name_is_placed_from_its_page(wang, asked, employ):
    employer = employ("正定县常山纺织有限公司")
    page = wang.get(url("place", asked.pk)).content.decode()
    assert '<optgroup label="名称相近">' in page
    assert '<option value="" selected>' in page
    assert wang.post(url("place", asked.pk), {"employer": employer.pk}).status_code == 302
    assert "没有待归属的单位" in wang.get(url("unplaced")).content.decode()
    assert "已归属到" in wang.get(url("place", asked.pk)).content.decode()


def test_a_new_employer_can_be_registered_first(wang, asked):
    assert reverse("unions:register") in wang.get(url("place", asked.pk)).content.decode()


# -- who may not -----------------------------------------------------------------------------------


def test_the_outsider_finds_nobody(client_of, outsider, enrol):
    person = enrol()
    stranger = client_of(outsider)
    for name in ("person", "correct"):
        assert stranger.get(url(name, person.pk)).status_code == 404
    assert stranger.post(url("correct", person.pk), {"name": "外人"}).status_code == 404
    assert stranger.post(url("reveal", person.pk, "identity"), {"reason": "核对身份"}).status_code == 404
    assert stranger.get(url("list")).context["listing"].total == 0
    assert not Trace.objects.filter(deed=Deed.REVEALED).exists()


def test_the_outsider_finds_no_question(client_of, outsider, asked, employ):
    stranger = client_of(outsider)
    assert stranger.get(url("place", asked.pk)).status_code == 404
    assert stranger.post(url("place", asked.pk), {"employer": employ().pk}).status_code == 404
    assert stranger.get(url("unplaced")).context["listing"].total == 0


def test_a_branch_finds_its_own_members_only(client_of, branch_officer, enrol, employ, township):
    own = enrol(serial=1, employer=employ(township=township))
    other = enrol(serial=3)
    branch = client_of(branch_officer)
    assert branch.get(url("person", own.pk)).status_code == 200
    assert branch.get(url("person", other.pk)).status_code == 404
    assert branch.post(url("reveal", own.pk, "identity"), {"reason": "核对身份"}).status_code == 403


def test_who_may_only_look_may_not_change(client_of, auditor, enrol, asked, employ):
    person = enrol(serial=3)
    looker = client_of(auditor)
    assert looker.get(url("person", person.pk)).status_code == 200
    assert looker.get(url("correct", person.pk)).status_code == 403
    assert looker.get(url("enrol")).status_code == 403
    assert looker.get(url("place", asked.pk)).status_code == 200
    assert looker.post(url("place", asked.pk), {"employer": employ().pk}).status_code == 403


def test_the_inspector_reads_the_county_asked_for(client_of, inspector, enrol, county, neighbour):
    enrol(serial=1)
    reader = client_of(inspector)
    assert reader.get(url("list"), {"county": county.pk}).context["listing"].total == 1
    assert reader.get(url("list"), {"county": neighbour.pk}).context["listing"].total == 0
