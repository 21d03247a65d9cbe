"""What the members' room offers to others."""

from datetime import date
from typing import cast

from henji.evidence import figures, searching, timeline
from henji.evidence.addresses import page_of
from henji.lib.periods import Period
from henji.members import queries
from henji.members.tests.rosters import number_of


def counts_of(*counties, as_of=date(2016, 6, 1)):
    """The count of each county at the end of the day."""
    scope = figures.Scope(tuple(county.pk for county in counties), Period.year(2016), as_of)
    computed = figures.compute("members.member_count", scope)
    return [cast("figures.Count", computed[county.pk]) for county in counties]


def test_the_count_is_that_of_its_own_ground(enrol, county, client_of, officer):
    enrol("李会员", serial=1)
    enrol("王会员", serial=3, start_on=date(2016, 5, 1))
    for as_of, number in ((date(2016, 4, 30), 1), (date(2016, 6, 1), 2)):
        (figure,) = counts_of(county, as_of=as_of)
        assert (figure.number, figure.note) == (number, "")
        assert figure.ground is not None
        page = client_of(officer).get(figure.ground.url)
        assert page.context["listing"].total == number


def test_those_without_a_joining_day_are_told_in_the_note(enrol, county):
    enrol(start_on=None)
    (figure,) = counts_of(county)
    assert figure.note == "含入会日期不详的 1 人，按在会计"


def test_counties_cost_no_more_queries_than_one(enrol, county, neighbour, django_assert_num_queries):
    enrol()
    with django_assert_num_queries(2):
        counted = counts_of(county, neighbour)
    assert [figure.number for figure in counted] == [1, 0]


def test_the_timeline_of_a_person_tells_the_rosters_row(import_rows, county):
    job = import_rows([("王会员", number_of(3)), ("李会员", number_of(1))])
    person = queries.find_by_identity(county.pk, [number_of(1)])[number_of(1)]
    (entry,) = timeline.of("members.person", str(person))
    assert entry.trace.pk == job.trace_id
    assert [mention.row for mention in entry.mentions] == ["花名册第 3 行"]


def test_a_search_finds_by_name_and_by_number_within_reach(enrol, reach_of, officer, outsider):
    person = enrol()
    for words in ("李会", number_of(1)):
        (found,) = searching.search(words, reach_of(officer))
        (hit,) = found.hits
        assert (hit.title, hit.url) == ("李会员", page_of("members.person", str(person.pk)))
        assert number_of(1)[6:14] not in hit.note
        assert searching.search(words, reach_of(outsider)) == []


def figure_of(address, county, as_of=date(2016, 6, 1)):
    scope = figures.Scope((county.pk,), Period.year(2016), as_of)
    return figures.compute(address, scope)[county.pk]


def test_only_those_count_as_new_who_joined_in_the_year_and_are_still_members(
    enrol, county, client_of, officer
):
    enrol("李会员", serial=1)
    enrol("王会员", serial=3, start_on=date(2016, 5, 1))
    enrol("赵会员", serial=5, start_on=None)
    for as_of, number in ((date(2016, 4, 30), 0), (date(2016, 6, 1), 1)):
        figure = figure_of("members.new_members", county, as_of)
        assert figure.number == number
        page = client_of(officer).get(figure.ground.url)
        assert page.context["listing"].total == number


def test_the_membership_rate_has_the_workers_whom_employers_tell(enrol, employ, county, client_of, officer):
    employ(workers=8)
    employ("正定县瑞丰机械厂")
    enrol()
    figure = figure_of("members.membership_rate", county)
    assert (figure.part, figure.whole, figure.note) == (1, 8, "另有 1 家单位没有填职工数")
    page = client_of(officer).get(figure.whole_ground.url)
    assert page.context["listing"].amount == figure.whole
    assert "合计 8" in page.content.decode()


def test_without_any_workers_told_there_is_no_membership_rate(enrol, employ, county):
    employ()
    enrol()
    assert isinstance(figure_of("members.membership_rate", county), figures.Missing)
