"""四清台账: what is counted and what is told of employers, with a union and without."""

from datetime import date

import pytest

from henji.evidence import figures
from henji.lib.periods import Period
from henji.members import commands
from henji.members.tests.rosters import number_of
from henji.unions import commands as unions
from henji.unions.models import Level


@pytest.fixture
def rate(county):
    def rate():
        scope = figures.Scope((county.pk,), Period.year(2016), date(2016, 6, 1))
        return figures.compute("members.clears_rate", scope)[county.pk]

    return rate


@pytest.fixture
def signed(actor, officer, at):
    return {"by": actor(officer), "at": at}


@pytest.fixture
def make(county, township, signed):
    """An employer, perhaps with a union, with so many members, of which something is told."""

    def make(n, *, workers=None, members=0, organised=False, told=()):
        union = None
        if organised:
            union = unions.found_union(parent=township, level=Level.PRIMARY, name=f"{n}厂工会", **signed)
        employer = unions.register_employer(
            county=county, name=f"{n}厂", township=township, union=union, workers=workers, **signed
        )
        for place in range(members):
            commands.enrol(
                county=county,
                name="李会员",
                identity=number_of(100 * n + place),
                employer=employer,
                start_on=date(2016, 1, 1),
                **signed,
            )
        if told:
            unions.keep_clears(employer=employer, seen=None, told=dict(told), **signed)
        return employer

    return make


PLANNED = {"reason": "1", "plan": "八月上门"}
PLAYED = {"role": "1"}


@pytest.mark.parametrize(
    ("given", "clear"),
    [
        ({"workers": 5, "told": PLANNED}, True),
        ({"told": PLANNED}, False),
        ({"workers": 5, "told": {"reason": "1"}}, False),
        ({"workers": 5}, False),
        ({"workers": 2, "members": 2, "organised": True, "told": PLAYED}, True),
        ({"workers": 3, "members": 2, "organised": True, "told": PLAYED}, False),
        ({"workers": 3, "members": 2, "organised": True, "told": PLAYED | {"gap_reason": "试用期"}}, True),
        ({"workers": 2, "members": 2, "organised": True}, False),
        ({"workers": 5, "organised": True, "told": PLANNED}, False),
    ],
)
def test_when_all_four_are_clear(make, rate, given, clear):
    make(1, **given)
    figure = rate()
    assert (figure.part, figure.whole) == (int(clear), 1)


def test_without_employers_there_is_nothing_to_say(rate):
    assert isinstance(rate(), figures.Missing)


def test_a_side_is_the_count_over_its_ground(make, rate, client_of, officer):
    make(1, workers=5, told=PLANNED)
    make(2, workers=5)
    make(3, workers=1, members=1, organised=True, told=PLAYED)
    figure = rate()
    assert (figure.part, figure.whole) == (2, 3)
    for number, ground in ((figure.part, figure.part_ground), (figure.whole, figure.whole_ground)):
        assert client_of(officer).get(ground.url).context["listing"].total == number


def test_employers_with_a_union_are_counted_over_those_at_work(county, make, signed, client_of, officer):
    make(1)
    make(2, organised=True)
    scope = figures.Scope((county.pk,), Period.year(2016), date(2016, 6, 1))
    figure = figures.compute("members.organised_rate", scope)[county.pk]
    assert (figure.part, figure.whole) == (1, 2)
    for number, ground in ((1, figure.part_ground), (2, figure.whole_ground)):
        assert client_of(officer).get(ground.url).context["listing"].total == number


def test_the_ledger_counts_members_and_leaves_nobody_to_type_them(make, client_of, officer):
    make(1, workers=5, members=2, organised=True, told=PLAYED | {"gap_reason": "试用期"})
    page = client_of(officer).get("/members/four-clears/").content.decode()
    assert "试用期" in page
    assert ">2<" in page
    assert ">3<" in page


@pytest.mark.parametrize(
    "query", ["clear=no", "clear=yes", "organised=no", "reason=1", "q=1厂", "township=x"]
)
def test_the_ledger_can_be_filtered(make, client_of, officer, query):
    make(1, workers=5, told=PLANNED)
    listing = client_of(officer).get(f"/members/four-clears/?{query}").context["listing"]
    assert listing.total == (0 if query == "clear=no" else 1)


def test_the_ledger_costs_three_queries_for_any_number_of_counties(
    county, neighbour, make, django_assert_max_num_queries
):
    make(1, workers=5, told=PLANNED)
    scope = figures.Scope((county.pk, neighbour.pk), Period.year(2016), date(2016, 6, 1))
    with django_assert_max_num_queries(3):
        figures.compute("members.clears_rate", scope)
    with django_assert_max_num_queries(3):
        figures.compute("members.organised_rate", scope)
