"""Who sees which unions and employers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from henji.lib.reach import NOWHERE
from henji.unions import queries
from henji.unions.commands import found_union, import_employers
from henji.unions.models import Employer, Level, Union, path_of
from henji.unions.planting import EmployerLine


@pytest.fixture
def world(county, neighbour, township, officer, actor, at):
    """Employers in a township, in another, in none, and next door."""
    deed = {"by": actor(officer), "at": at, "source": ""}
    lines = [
        EmployerLine("镇上纺织", township="新安镇", union="镇上纺织工会"),
        EmployerLine("镇上无会", township="新安镇"),
        EmployerLine("别镇机械", township="南牛乡", union="别镇机械工会"),
        EmployerLine("县医院", union="县医院工会"),
    ]
    import_employers(county=county, lines=lines, **deed)
    import_employers(county=neighbour, lines=[EmployerLine("邻县煤矿", union="邻县煤矿工会")], **deed)


def employers(reach):
    return {employer.name for employer in Employer.objects.within(reach)}


def unions(reach):
    return {union.name for union in Union.objects.within(reach)}


@pytest.mark.parametrize("role", ["administrator", "leader", "officer", "auditor"])
def test_the_countys_people_see_all_of_the_county_and_nothing_else(world, request, reach_of, role):
    reach = reach_of(request.getfixturevalue(role))
    assert employers(reach) == {"镇上纺织", "镇上无会", "别镇机械", "县医院"}
    assert "邻县煤矿工会" not in unions(reach)
    assert {"正定县总工会", "镇上纺织工会", "县医院工会"} <= unions(reach)


def test_a_townships_officer_sees_the_township_only(world, branch_officer, reach_of):
    reach = reach_of(branch_officer)
    assert employers(reach) == {"镇上纺织", "镇上无会"}
    assert unions(reach) == {"新安镇总工会", "镇上纺织工会"}


def test_the_outsider_sees_the_neighbour_county_only(world, outsider, reach_of):
    assert employers(reach_of(outsider)) == {"邻县煤矿"}
    assert unions(reach_of(outsider)) == {"井陉县总工会", "邻县煤矿工会"}


def test_the_citys_inspector_sees_every_county_below(world, inspector, reach_of):
    assert "邻县煤矿" in employers(reach_of(inspector))
    assert "县医院" in employers(reach_of(inspector))
    assert [union.code for union in queries.counties_in(reach_of(inspector))] == ["130123", "130121"]


def test_who_holds_no_post_sees_nothing(world):
    assert employers(NOWHERE) == set()
    assert unions(NOWHERE) == set()
    assert queries.county_worked_in(NOWHERE) is None


def test_the_county_worked_in_is_the_one_asked_for_where_it_is_in_reach(
    inspector, neighbour, county, reach_of
):
    reach = reach_of(inspector)
    assert queries.county_worked_in(reach, str(neighbour.pk)) == neighbour
    assert queries.county_worked_in(reach) == county
    for nonsense in ("0", "x", "-1", "²", "99999999", str(county.parent_id)):
        assert queries.county_worked_in(reach, nonsense) == county


def test_an_outsider_who_asks_for_the_county_gets_the_own(outsider, county, neighbour, reach_of):
    assert queries.county_worked_in(reach_of(outsider), str(county.pk)) == neighbour


def test_the_townships_of_a_county_are_its_own(world, county, neighbour):
    assert {union.name for union in queries.townships_of(county)} == {"新安镇总工会", "南牛乡总工会"}
    assert not queries.townships_of(neighbour).exists()


def test_employers_come_with_their_unions_in_one_query(world, county, django_assert_num_queries):
    with django_assert_num_queries(1):
        homes = [employer.home.name for employer in queries.employers_of(county).order_by("pk")]
    assert homes == ["镇上纺织工会", "新安镇总工会", "别镇机械工会", "县医院工会"]


def test_parents_stand_before_their_children_in_the_order_of_the_tree(world):
    seen = set()
    for union in Union.objects.in_tree_order():
        assert union.parent_id is None or union.parent_id in seen
        seen.add(union.pk)


def test_a_union_whose_number_begins_like_anothers_lies_not_below_it(township, officer, actor, at):
    deed = {"level": Level.PRIMARY, "by": actor(officer), "at": at}
    mine = found_union(parent=township, name="甲工会", **deed)
    beside = Union.objects.create(
        parent=township.parent,
        level=Level.TOWNSHIP,
        name="旁镇总工会",
        county=township.county,
        made_by=township.made_by,
        path=township.path[:-1] + format((int(township.path[-1], 16) + 1) % 16, "x") + "00000f",
    )
    assert set(Union.objects.below(township.path)) == {township, mine}
    assert beside not in Union.objects.below(township.path, mine.path)


@given(st.integers(min_value=1, max_value=16**6 - 1), st.integers(min_value=1, max_value=16**6 - 1))
def test_paths_sort_as_ranges_do(parent, child):
    above, below = path_of(None, parent), path_of(Union(path=path_of(None, parent)), child)
    assert above <= below < above + "g"
    assert len(below) == 12
