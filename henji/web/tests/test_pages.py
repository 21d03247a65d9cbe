"""The workbench, the search, complaints, and the shell around every page."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from henji.assessment import commands as assessment
from henji.assessment import library
from henji.evidence import commands as evidence
from henji.evidence.tests.papers import pdf
from henji.lib.actors import INSTALLER
from henji.lib.identity import check_digit
from henji.members import commands as members
from henji.unions import commands as unions
from henji.work.models import Complaint

IDENTITY = "13012319800101001" + check_digit("13012319800101001")


def text_of(response):
    return response.content.decode()


@pytest.fixture
def world(county, officer, actor, at):
    """An employer, a member, a paper."""
    by = actor(officer)
    unions.register_employer(county=county, name="常山纺织", by=by, at=at)
    members.enrol(county=county, name="李会员", identity=IDENTITY, by=by, at=at)
    evidence.keep_paper(
        county=county, kind="roll", on=date(2016, 5, 1), title="常山纺织花名册", files=[pdf()], by=by, at=at
    )


@pytest.fixture
def standard(county, leader, actor, at):
    text = library.shipped(library.REFERENCE)
    assert text is not None
    return assessment.publish_standard(publisher=county, text=text, by=actor(leader), at=at)


# Workbench


def test_who_is_not_logged_in_is_sent_to_log_in(client, county):
    assert client.get("/").url == "/accounts/login/?next=/"


def test_a_new_county_is_told_what_to_do_first(client_of, officer):
    steps = client_of(officer).get("/").context["steps"]
    assert [step.done for step in steps] == [False, False, False, False]


def test_steps_taken_are_ticked_off(client_of, officer, world, standard):
    steps = client_of(officer).get("/").context["steps"]
    assert [step.done for step in steps] == [True, True, False, True]


def test_the_first_sentence_says_where_the_year_stands(client_of, leader, standard):
    response = client_of(leader).get("/")
    outlook = response.context["outlook"]
    today = localdate()
    assert outlook.days_left == (date(today.year, 12, 31) - today).days
    assert outlook.nearest_points == sum(item.lacking for item in outlook.nearest)
    for words in (f"距验收还有 {outlook.days_left} 天", "优秀需 95", outlook.nearest[0].name):
        assert words in text_of(response)
    assert len(outlook.cells) == len(outlook.card.items) == 24


@pytest.mark.parametrize(
    "who", ["administrator", "leader", "officer", "auditor", "inspector", "branch_officer"]
)
def test_everybody_has_a_workbench(request, client_of, standard, who):
    assert client_of(request.getfixturevalue(who)).get("/").status_code == 200


def test_what_was_recorded_yesterday_and_today_stands_there_by_kind(client_of, leader, county, actor, at):
    now = at + (localdate() - localdate(at))
    for number in range(3):
        unions.register_employer(county=county, name=f"第{number}厂", by=actor(leader), at=now)
    unions.register_employer(county=county, name="老厂", by=actor(leader), at=now - timedelta(days=2))
    news = client_of(leader).get("/").context["news"]
    assert [(one.name, one.who, one.count) for one in news] == [("单位登记", "陈主席", 3)]
    unions.register_employer(county=county, name="别人的厂", by=INSTALLER, at=now)
    news = client_of(leader).get("/").context["news"]
    assert [(one.who, one.count) for one in news] == [("2 人", 4)]


# Shell


def test_the_rail_shows_what_the_post_opens(client_of, officer, branch_officer, administrator):
    def places(user):
        return [place.label for place in client_of(user).get("/").context["shell"].places]

    assert places(officer) == ["工作台", "考核", "会员", "一日捐", "文件", "组织", "痕迹", "任务"]
    assert places(branch_officer) == ["工作台", "考核", "会员", "一日捐", "组织"]
    assert places(administrator) == ["工作台", "组织", "痕迹", "任务", "账号", "备份"]


def test_the_rail_marks_one_place(client_of, officer):
    for path, label in (("/", "工作台"), ("/evidence/traces/", "痕迹"), ("/unions/employers/", "组织")):
        places = client_of(officer).get(path).context["shell"].places
        assert [place.label for place in places if place.current] == [label]


def test_the_top_names_the_county_and_for_superiors_their_own_union(client_of, officer, inspector, neighbour):
    assert client_of(officer).get("/").context["shell"].county == "正定县总工会"
    assert client_of(inspector).get("/").context["shell"].county.startswith("市总工会")


# Search


def test_one_search_finds_employers_and_papers(client_of, officer, world):
    groups = client_of(officer).get("/search/", {"q": "常山"}).context["groups"]
    assert {group.name: [hit.title for hit in group.hits] for group in groups} == {
        "文件": ["常山纺织花名册"],
        "单位": ["常山纺织"],
    }


def test_a_person_is_found_by_name_and_opens_at_once_by_identity_number(client_of, officer, world):
    client = client_of(officer)
    (group,) = client.get("/search/", {"q": "李会"}).context["groups"]
    assert group.hits[0].title == "李会员"
    assert IDENTITY not in str(group.hits)
    assert client.get("/search/", {"q": IDENTITY}).url == group.hits[0].url


def test_an_identity_number_that_finds_nobody_is_not_repeated_in_the_clear(client_of, officer):
    told = text_of(client_of(officer).get("/search/", {"q": IDENTITY}))
    assert IDENTITY not in told


def test_more_than_ten_lead_to_the_list(client_of, officer, county, actor, at):
    for number in range(12):
        unions.register_employer(county=county, name=f"第{number}厂", by=actor(officer), at=at)
    (group,) = client_of(officer).get("/search/", {"q": "厂"}).context["groups"]
    assert len(group.hits) == 10
    assert group.more_url.startswith("/unions/employers/?q=")


def test_the_outsider_finds_nothing(client_of, outsider, world):
    for words in ("常山", "李会", IDENTITY):
        assert client_of(outsider).get("/search/", {"q": words}).context["groups"] == []


def test_a_search_shows_no_papers_to_who_may_not_see_them(client_of, branch_officer, world):
    assert client_of(branch_officer).get("/search/", {"q": "常山"}).context["groups"] == []


# Complaints


def test_a_complaint_comes_from_a_page_and_goes_back_there(client_of, officer, leader):
    client = client_of(officer)
    assert 'value="/unions/"' in text_of(client.get("/complain/", {"page": "/unions/"}))
    assert client.post("/complain/", {"text": "同一张表交了三次", "page": "/unions/"}).url == "/unions/"
    told = text_of(client_of(leader).get("/complaints/"))
    assert "同一张表交了三次" in told
    assert "王干事" in told


@pytest.mark.parametrize("page", ["javascript:alert(1)", "//evil.example/", "https://evil.example/"])
def test_a_complaint_never_leads_elsewhere(client_of, officer, page):
    assert client_of(officer).post("/complain/", {"text": "太多", "page": page}).url == "/"
    assert Complaint.objects.get().page == ""


def test_nothing_said_is_refused(client_of, officer):
    assert "请填写什么地方太麻烦" in text_of(client_of(officer).post("/complain/", {"text": " "}))


def test_only_the_leader_reads_complaints(client_of, officer):
    assert client_of(officer).get("/complaints/").status_code == 403


def test_the_neighbours_leader_reads_none_of_them(client_of, officer, appoint, neighbour):
    client_of(officer).post("/complain/", {"text": "同一张表交了三次"})
    stranger = appoint("邻县主席", "leader", neighbour)
    assert "同一张表" not in text_of(client_of(stranger).get("/complaints/"))


# Duties and errors


def test_what_is_owed_is_listed(client_of, officer):
    assert "没有待办" in text_of(client_of(officer).get("/duties/"))


def test_a_page_that_is_not_there_says_so_in_words(client_of, officer):
    response = client_of(officer).get("/nowhere/")
    assert response.status_code == 404
    assert "没有找到这一页" in text_of(response)
