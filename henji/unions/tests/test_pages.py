"""The tree of unions and the employers, as people meet them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from henji.unions import commands
from henji.unions.models import Employer, Level, Union

TREE, EMPLOYERS = "/unions/", "/unions/employers/"


def text_of(response):
    return response.content.decode()


@pytest.fixture
def officers_page(client_of, officer):
    return client_of(officer)


@pytest.fixture
def primary(township, actor, officer, at):
    return commands.found_union(
        parent=township, level=Level.PRIMARY, name="常山纺织工会", by=actor(officer), at=at
    )


@pytest.fixture
def employer(county, township, primary, actor, officer, at):
    return commands.register_employer(
        county=county,
        name="常山纺织",
        township=township,
        union=primary,
        workers=320,
        by=actor(officer),
        at=at,
    )


@pytest.fixture
def lone_employer(county, actor, officer, at):
    return commands.register_employer(county=county, name="滹沱食品", by=actor(officer), at=at)


def test_the_tree_shows_the_county_down_to_its_primary_unions(officers_page, primary):
    told = text_of(officers_page.get(TREE))
    assert told.index("正定县总工会") < told.index("新安镇总工会") < told.index("常山纺织工会")


def test_a_township_officer_sees_the_own_branch_only(
    client_of, branch_officer, primary, lone_employer, county
):
    client = client_of(branch_officer)
    assert "常山纺织工会" in text_of(client.get(TREE))
    assert client.get(f"{TREE}{primary.pk}/").status_code == 200
    assert client.get(f"{TREE}{county.pk}/").status_code == 404
    assert client.get(f"{EMPLOYERS}{lone_employer.pk}/").status_code == 404


def test_an_inspector_chooses_among_the_counties(client_of, inspector, county, neighbour):
    client = client_of(inspector)
    assert "井陉县总工会" in text_of(client.get(TREE))
    assert client.get(TREE, {"county": neighbour.pk}).context["county"] == neighbour


def test_a_union_tells_its_place_its_employers_and_what_happened(
    officers_page, township, employer, lone_employer
):
    response = officers_page.get(f"{TREE}{township.pk}/")
    assert (response.context["employers"], response.context["organised"]) == (1, 1)
    for words in ("新安镇总工会", "乡镇（街道）工会", "常山纺织工会", "工会建立"):
        assert words in text_of(response)


def test_the_employers_counted_for_a_union_are_those_its_link_lists(
    officers_page, county, township, employer, lone_employer
):
    for union in (county, township, employer.union):
        counted = officers_page.get(f"{TREE}{union.pk}/").context["employers"]
        listed = officers_page.get(EMPLOYERS, {"union": union.pk}).context["listing"].total
        assert counted == listed


def test_an_officer_founds_a_union_below_another(officers_page, township):
    response = officers_page.post(
        TREE + "found/",
        {"parent": township.pk, "level": "primary", "name": "滹沱食品工会", "founded_on": "20160503"},
    )
    made = Union.objects.get(name="滹沱食品工会")
    assert response.url == f"{TREE}{made.pk}/"
    assert made.parent == township


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": "新安镇总工会"}, "已有同名工会"),
        ({"level": "township"}, "不能设"),
        ({"founded_on": "21160101"}, "还没有到"),
        ({"credit_code": "123"}, "18"),
        ({"name": ""}, "请填写名称"),
    ],
)
def test_a_refused_union_keeps_what_was_typed(officers_page, township, change, words):
    typed = {"parent": township.pk, "level": "primary", "name": "滹沱食品工会", **change}
    response = officers_page.post(TREE + "found/", typed)
    assert response.status_code == 200
    assert words in text_of(response)
    assert not Union.objects.filter(name="滹沱食品工会").exists()


def test_an_officer_registers_an_employer(officers_page, township):
    response = officers_page.post(
        EMPLOYERS + "register/", {"name": "滹沱食品", "township": township.pk, "workers": "56"}
    )
    made = Employer.objects.get(name="滹沱食品")
    assert response.url == f"{EMPLOYERS}{made.pk}/"
    assert (made.township, made.workers) == (township, 56)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": "常山纺织"}, "已有同名单位"),
        ({"credit_code": "91130123"}, "18"),
        ({"workers": "很多"}, "整数"),
    ],
)
def test_a_refused_employer_is_told_why(officers_page, employer, change, words):
    response = officers_page.post(EMPLOYERS + "register/", {"name": "滹沱食品", **change})
    assert words in text_of(response)
    assert Employer.objects.count() == 1


def test_employers_are_searched_and_filtered(officers_page, employer, lone_employer, township):
    def names(**query):
        return {
            row.name for row in officers_page.get(EMPLOYERS, query).context["listing"].page.object_list.data
        }

    assert names() == {"常山纺织", "滹沱食品"}
    assert names(q="纺织") == {"常山纺织"}
    assert names(organised="no") == {"滹沱食品"}
    assert names(organised="yes") == {"常山纺织"}
    assert names(township=township.pk) == {"常山纺织"}


def test_the_list_of_employers_leaves_as_a_workbook(officers_page, employer):
    assert officers_page.get(EMPLOYERS, {"export": "xlsx"}).headers["Content-Type"].endswith("sheet")


def test_thirty_employers_cost_as_many_queries_as_one(officers_page, county, employer, actor, officer, at):
    officers_page.get(EMPLOYERS)
    with CaptureQueriesContext(connection) as one:
        officers_page.get(EMPLOYERS)
    for number in range(30):
        commands.register_employer(county=county, name=f"第{number}厂", by=actor(officer), at=at)
    with CaptureQueriesContext(connection) as many:
        officers_page.get(EMPLOYERS)
    assert len(many) == len(one)


def test_thirty_unions_cost_as_many_queries_as_one(officers_page, township, primary, actor, officer, at):
    officers_page.get(TREE)
    with CaptureQueriesContext(connection) as one:
        officers_page.get(TREE)
    for number in range(30):
        commands.found_union(
            parent=township, level=Level.PRIMARY, name=f"第{number}厂工会", by=actor(officer), at=at
        )
    with CaptureQueriesContext(connection) as many:
        officers_page.get(TREE)
    assert len(many) == len(one)


def test_the_outsider_finds_nothing(client_of, outsider, county, employer):
    client = client_of(outsider)
    assert client.get(f"{TREE}{county.pk}/").status_code == 404
    assert client.get(f"{EMPLOYERS}{employer.pk}/").status_code == 404
    assert "常山纺织" not in text_of(client.get(EMPLOYERS))
    response = client.post(TREE + "found/", {"parent": county.pk, "level": "primary", "name": "混进来的工会"})
    assert response.status_code == 200
    assert not Union.objects.filter(name="混进来的工会").exists()


def test_a_leader_reads_and_does_not_register(client_of, leader, employer):
    client = client_of(leader)
    assert client.get(f"{EMPLOYERS}{employer.pk}/").status_code == 200
    assert client.post(EMPLOYERS + "register/", {"name": "别的"}).status_code == 403
