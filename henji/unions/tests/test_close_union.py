"""A union is closed from a day on; on the days before it stood."""

from datetime import date, timedelta

import pytest

from henji.evidence.models import Trace
from henji.evidence.rules import NotYetHappened
from henji.unions import commands, queries, rules
from henji.unions.deeds import Deed
from henji.unions.models import Employer, Level
from henji.unions.planting import EmployerLine

CLOSED_ON = date(2016, 3, 31)


@pytest.fixture
def primary(township, actor, officer, at):
    """常山纺织工会, founded in 2010."""
    return commands.found_union(
        parent=township,
        level=Level.PRIMARY,
        name="常山纺织工会",
        founded_on=date(2010, 5, 1),
        by=actor(officer),
        at=at,
    )


@pytest.fixture
def employer(county, township, primary, actor, officer, at):
    return commands.register_employer(
        county=county, name="常山纺织", township=township, union=primary, by=actor(officer), at=at
    )


@pytest.fixture
def close(actor, officer, at):
    def close(union, closed_on=CLOSED_ON, **more):
        return commands.close_union(
            **{"union": union, "closed_on": closed_on, "by": actor(officer), "at": at} | more
        )

    return close


def names(branches):
    return {branch.union.name for branch in branches} | {
        name for branch in branches for name in names(branch.below)
    }


def test_it_stood_up_to_the_day_and_not_from_it_on(close, primary, county, officer, reach_of):
    close(primary)
    reach = reach_of(officer)
    assert "常山纺织工会" in names(queries.grove_in(reach, county, CLOSED_ON - timedelta(days=1)))
    assert "常山纺织工会" not in names(queries.grove_in(reach, county, CLOSED_ON))
    assert "常山纺织工会" not in names(queries.grove_in(reach, county, date(2010, 4, 30)))


def test_its_employer_has_no_union_any_more(close, primary, employer, township):
    close(primary)
    employer.refresh_from_db()
    assert employer.home == township
    assert not Employer.objects.organised().exists()


def test_one_trace_says_so_on_the_day(close, primary):
    close(primary)
    trace = Trace.objects.of(primary).filter(deed=Deed.UNION_CLOSED).get()
    assert trace.on == CLOSED_ON


def test_it_is_offered_no_more(close, primary, county, township, actor, officer, at):
    close(primary)
    assert primary not in queries.primaries_of(county)
    with pytest.raises(rules.UnionClosed):
        commands.register_employer(county=county, name="另一家", union=primary, by=actor(officer), at=at)
    close(township)
    with pytest.raises(rules.UnionClosed):
        commands.found_union(parent=township, level=Level.PRIMARY, name="新工会", by=actor(officer), at=at)


def test_a_list_of_employers_that_names_it_is_refused(close, primary, county, actor, officer, at):
    close(primary)
    lines = [EmployerLine(name="另一家", union="常山纺织工会")]
    with pytest.raises(rules.UnionClosed, match="2016-03-31"):
        commands.import_employers(county=county, lines=lines, source="", by=actor(officer), at=at)


@pytest.mark.parametrize(
    ("closed_on", "refusal"),
    [(date(2010, 4, 30), rules.ClosedBeforeFounded), (date(2016, 6, 2), NotYetHappened)],
)
def test_a_day_that_cannot_be_is_refused(close, primary, closed_on, refusal):
    with pytest.raises(refusal):
        close(primary, closed_on)


def test_what_still_has_unions_below_or_is_the_county_is_not_closed(close, primary, township, county):
    with pytest.raises(rules.StillHasUnions, match="1 个"):
        close(township)
    with pytest.raises(rules.NotToBeClosed):
        close(county)
    close(primary)
    assert close(township).closed_on == CLOSED_ON
    with pytest.raises(rules.UnionClosed):
        close(township)


def test_a_closing_by_mistake_is_withdrawn_and_stays_on_record(close, primary, actor, officer, at):
    close(primary)
    later = at + timedelta(hours=1)
    commands.withdraw_closing(union=primary, by=actor(officer), at=later)
    primary.refresh_from_db()
    assert primary.closed_on is None
    first, second = Trace.objects.of(primary).filter(deed__contains="clos").order_by("at")
    assert second.supersedes == first
    with pytest.raises(rules.NotClosed):
        commands.withdraw_closing(union=primary, by=actor(officer), at=later)


def test_below_a_closed_township_nothing_is_restored(close, primary, township, actor, officer, at):
    close(primary)
    close(township)
    with pytest.raises(rules.UnionClosed):
        commands.withdraw_closing(union=primary, by=actor(officer), at=at)


def test_the_pages_close_and_restore_it(client_of, officer, primary):
    browser = client_of(officer)
    browser.post(f"/unions/{primary.pk}/close/", {"closed_on": "2016-03-31"})
    assert "2016-03-31" in browser.get(f"/unions/{primary.pk}/").content.decode()
    assert "常山纺织工会" in browser.get("/unions/", {"as_of": "2016-03-30"}).content.decode()
    assert "常山纺织工会" not in browser.get("/unions/", {"as_of": "2016-03-31"}).content.decode()
    browser.post(f"/unions/{primary.pk}/reopen/")
    primary.refresh_from_db()
    assert primary.closed_on is None


def test_a_refusal_stands_beside_the_day(client_of, officer, primary):
    page = client_of(officer).post(f"/unions/{primary.pk}/close/", {"closed_on": "2010-01-01"})
    assert page.context["form"].errors["closed_on"] == ["撤销日期早于成立日期，请核对"]
