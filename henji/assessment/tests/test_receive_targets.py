"""下达任务登记."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from henji.assessment import commands, queries, rules
from henji.assessment.models import Target
from henji.assessment.rules import Said
from henji.evidence import traces
from henji.lib.actors import INSTALLER
from henji.lib.periods import Period
from tests.cast import AT

DAY = AT.date()


@pytest.fixture
def receive(county):
    def receive(at=AT, received_on=DAY, notice="石工发〔2016〕12 号", **numbers):
        return commands.receive_targets(
            county=county,
            year=2016,
            numbers=numbers,
            notice=notice,
            received_on=received_on,
            by=INSTALLER,
            at=at,
        )

    return receive


def _held(county, known_at=None):
    return queries.target_numbers([county.pk], 2016, date(2016, 12, 31), known_at).get(county.pk, {})


def test_a_notice_hands_down_all_its_numbers_by_one_deed(county, receive):
    received = receive(new_unions=40, new_members=3000, publicity=None)
    assert {target.made_by_id for target in received} == {received[0].made_by_id}
    assert _held(county) == {"new_unions": 40, "new_members": 3000}


def test_a_later_notice_takes_the_place_of_the_number_it_names(county, receive):
    receive(new_unions=40, new_members=3000)
    later = AT + timedelta(days=1)
    (changed,) = receive(at=later, new_unions=50, new_members=3000)
    assert _held(county) == {"new_unions": 50, "new_members": 3000}
    assert _held(county, known_at=AT) == {"new_unions": 40, "new_members": 3000}
    assert Target.objects.filter(line=changed.line).count() == 2


def test_a_target_counts_from_the_day_of_its_notice(county, receive):
    receive(new_unions=40)
    before = queries.target_numbers([county.pk], 2016, DAY - timedelta(days=1))
    assert before == {}


@pytest.mark.parametrize("number", [0, -1, 10_000_001])
def test_a_number_that_nobody_hands_down_is_refused(receive, number):
    with pytest.raises(rules.TargetUnsuitable):
        receive(new_unions=number)


def test_a_notice_that_changes_nothing_is_refused_and_leaves_no_trace(county, receive):
    receive(new_unions=40)
    with pytest.raises(rules.NothingHandedDown):
        receive(new_unions=40)
    assert Target.objects.count() == 1


def test_a_notice_of_a_day_to_come_is_refused(receive):
    with pytest.raises(rules.DayAhead):
        receive(new_unions=40, received_on=DAY + timedelta(days=1))


@pytest.mark.parametrize("notice", ["", "  ", "号", "长" * 101])
def test_a_notice_has_a_name(receive, notice):
    with pytest.raises(rules.NoticeUnnamed):
        receive(new_unions=40, notice=notice)


def test_the_score_is_held_against_the_number_handed_down(county, reference, receive):
    standard = reference.standard
    commands.state_value(
        subject=county,
        standard=reference,
        part="B17.publicity",
        said=Said(Decimal(9)),
        from_on=date(2016, 1, 1),
        to_on=None,
        explanation="剪报目录可查",
        by=INSTALLER,
        at=AT,
    )

    def points():
        card = queries.scorecard(county, standard, Period.year(2016), DAY)
        return {part.address: part.mark.points for item in card.items for part in item.parts}

    assert points()["B17.publicity"] == 0
    receive(publicity=10)
    assert points()["B17.publicity"] == 1
    receive(at=AT + timedelta(days=1), publicity=9)
    assert points()["B17.publicity"] == 2


def test_all_targets_of_the_year_stand_beside_what_is_reached(county, reference, receive):
    receive(new_unions=40)
    held = {p.kind.code: p for p in queries.pursuits(county, reference.standard, 2016, DAY)}
    assert held["new_unions"].target.number == 40
    assert held["new_members"].target is None
    assert held["publicity"].reached is None


def test_another_county_has_its_own_targets(neighbour, receive):
    receive(new_unions=40)
    assert _held(neighbour) == {}


def test_the_trace_tells_the_numbers(receive):
    (target,) = receive(new_unions=40)
    trace = traces.Trace.objects.get(pk=target.made_by_id)
    assert trace.facts["targets"] == ["new_unions 40"]
    assert trace.on == DAY


def test_the_page_shows_what_was_asked_and_a_neighbour_sees_none_of_it(client_of, officer, outsider, receive):
    receive(new_unions=40)
    address = "/assessment/targets/?period=2016"
    assert "石工发〔2016〕12 号" in client_of(officer).get(address).content.decode()
    assert "石工发〔2016〕12 号" not in client_of(outsider).get(address).content.decode()


def test_what_was_typed_stays_beside_the_refusal(client_of, officer):
    sent = {"number_new_unions": "0", "notice": "石工发〔2016〕12 号", "received_on": "2016-05-20"}
    page = client_of(officer).post("/assessment/targets/receive/?period=2016", sent).content.decode()
    assert "任务数须在 1 到 10,000,000 之间" in page
    assert "石工发〔2016〕12 号" in page
