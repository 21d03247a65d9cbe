"""Registering many employers at once, with the unions that they name."""

from datetime import date

import pytest

from henji.evidence.models import Trace
from henji.unions import planting, rules
from henji.unions.commands import import_employers
from henji.unions.models import Employer, Level, Union
from henji.unions.planting import EmployerLine

FILE = "ab" * 32


@pytest.fixture
def bring(county, officer, actor, at):
    """王干事 imports lines."""
    return lambda *lines: import_employers(county=county, lines=lines, source=FILE, by=actor(officer), at=at)


def tree():
    below = Union.objects.filter(level__in=(Level.TOWNSHIP, Level.SECTOR, Level.PRIMARY))
    return dict(below.values_list("name", "parent__name"))


def test_townships_and_unions_that_lack_are_founded(bring):
    bring(
        EmployerLine("常山纺织", township="新安镇", union="常山纺织工会", founded_on=date(1998, 5, 1)),
        EmployerLine("恒山机械", township="新安镇", workers=80, industry="机械"),
        EmployerLine("县医院", union="县医院工会"),
        EmployerLine("个体一户"),
    )
    assert tree() == {
        "新安镇总工会": "正定县总工会",
        "常山纺织工会": "新安镇总工会",
        "县医院工会": "正定县总工会",
    }
    assert [(e.name, e.home.name) for e in Employer.objects.order_by("pk")] == [
        ("常山纺织", "常山纺织工会"),
        ("恒山机械", "新安镇总工会"),
        ("县医院", "县医院工会"),
        ("个体一户", "正定县总工会"),
    ]
    assert Union.objects.get(name="常山纺织工会").founded_on == date(1998, 5, 1)


def test_a_township_by_its_own_name_or_its_unions_is_the_same(bring, township):
    bring(
        EmployerLine("甲", township="新安镇"),
        EmployerLine("乙", township="新安镇总工会"),
        EmployerLine("丙", township="诸福屯街道总工会"),
    )
    assert tree() == {"新安镇总工会": "正定县总工会", "诸福屯街道总工会": "正定县总工会"}
    assert Employer.objects.filter(township=township).count() == 2


def test_employers_of_one_union_share_it(bring):
    bring(EmployerLine("甲", union="商贸联合工会"), EmployerLine("乙", union="商贸联合工会"))
    assert Union.objects.get(name="商贸联合工会").employers.count() == 2


def test_the_same_names_in_another_county_stay_apart(bring, neighbour, officer, actor, at):
    lines = [EmployerLine("甲", township="新安镇", union="甲工会")]
    import_employers(county=neighbour, lines=lines, source=FILE, by=actor(officer), at=at)
    bring(*lines)
    assert Union.objects.filter(name="甲工会").count() == 2
    assert Employer.objects.filter(name="甲").count() == 2


def test_one_trace_for_all_of_it(bring, county):
    trace = bring(EmployerLine("甲", township="新安镇", union="甲工会"), EmployerLine("乙"))
    assert (trace.deed, trace.subject_id) == ("unions.employers_imported", str(county.pk))
    assert trace.facts == {"employers": 2, "unions": 2, "file": FILE}
    made = [*Employer.objects.all(), *Union.objects.filter(level__in=(Level.TOWNSHIP, Level.PRIMARY))]
    assert {row.made_by_id for row in made} == {trace.pk}


def test_an_import_that_changes_nothing_says_so(bring):
    assert bring().facts == {"employers": 0, "unions": 0, "file": FILE}
    assert Trace.objects.filter(deed="unions.employers_imported").count() == 1


def test_who_names_no_township_is_in_that_of_the_union(bring):
    bring(EmployerLine("甲", township="新安镇", union="商贸联合工会"))
    bring(EmployerLine("乙", union="商贸联合工会"))
    assert {employer.township.name for employer in Employer.objects.select_related("township")} == {
        "新安镇总工会"
    }


@pytest.mark.parametrize("township", ["县直", "直属", "正定县", "正定县总工会"])
def test_what_stands_right_below_the_county_has_no_township(bring, township):
    bring(EmployerLine("县医院", township=township, union="县医院工会"))
    assert Employer.objects.get().township is None
    assert tree() == {"县医院工会": "正定县总工会"}


@pytest.mark.parametrize(
    ("refusal", "line"),
    [
        (rules.NotATownship, EmployerLine("丙", township="纺织工会")),
        (rules.NotAPrimaryUnion, EmployerLine("丙", union="新安镇总工会")),
        (rules.NotAPrimaryUnion, EmployerLine("丙", township="新安镇", union="新安镇总工会")),
        (rules.UnionElsewhere, EmployerLine("丙", township="南牛乡", union="纺织工会")),
        (rules.FoundedOtherwise, EmployerLine("丙", union="纺织工会", founded_on=date(1999, 1, 1))),
        (rules.RecordMoved, EmployerLine("甲")),
    ],
)
def test_a_line_that_contradicts_the_record_brings_nothing_in(bring, refusal, line):
    bring(EmployerLine("甲", township="新安镇", union="纺织工会", founded_on=date(1998, 5, 1)))
    with pytest.raises(refusal) as refused:
        bring(EmployerLine("乙", union="乙工会"), line)
    assert refused.value.words
    assert list(Employer.objects.values_list("name", flat=True)) == ["甲"]
    assert set(tree()) == {"新安镇总工会", "纺织工会"}


def test_the_trace_commits_to_the_employers_as_they_lie_in_the_database(bring):
    trace = bring(EmployerLine("甲", union="甲工会"), EmployerLine("乙"))
    assert (trace.rows_count, trace.rows_root) == (2, planting.rows_root(trace.pk).root)
    Employer.objects.filter(name="乙").update(workers=9)
    assert planting.rows_root(trace.pk).root != trace.rows_root
