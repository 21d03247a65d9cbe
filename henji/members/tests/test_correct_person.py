"""Correcting one person by hand."""

from datetime import date, timedelta

import pytest

from henji.evidence.models import Trace
from henji.evidence.versions import Outdated
from henji.members import commands, history, queries, rules
from henji.members.deeds import Deed
from henji.members.tests.rosters import number_of


@pytest.fixture
def correct(officer, actor, at):
    """王干事 corrects, an hour after the enrolment, what the person's card shows."""

    def correct(person, seen=None, later=1, **more):
        card = queries.card(person)
        held = card.latest
        as_it_is = {
            "name": card.known.name,
            "employer": held.employer,
            "start_on": held.start_on,
            "end_on": held.end_on,
        }
        return commands.correct_person(
            person=person,
            seen=seen or card.seen,
            by=actor(officer),
            at=at + timedelta(hours=later),
            **as_it_is | more,
        )

    return correct


def test_what_was_wrong_is_superseded_and_stays_readable(enrol, correct, county):
    person = enrol(phone="13800000000")
    correct(person, name="李慧", phone="13912345678", identity=number_of(3))
    card = queries.card(person)
    assert (card.known.name, card.opened["phone"]) == ("李慧", "13912345678")
    assert queries.find_by_identity(county.pk, [number_of(1), number_of(3)]) == {number_of(3): person.pk}
    assert [row.name for row in person.particulars.order_by("known_from")] == ["李会员", "李慧"]


def test_what_is_left_empty_stays(enrol, correct):
    person = enrol(phone="13800000000", address="正定镇中山路 1 号")
    correct(person, phone="13912345678")
    assert queries.card(person).opened["address"] == "正定镇中山路 1 号"


def test_the_trace_says_which_fields_and_no_more(enrol, correct, employ):
    person = enrol()
    correct(person, phone="13912345678", employer=employ())
    trace = Trace.objects.of(person).newest_first().first()
    assert trace is not None
    assert (trace.deed, trace.facts) == (Deed.CORRECTED, {"fields": ["phone", "employer"]})


def test_an_employer_brings_its_union(enrol, correct, employ, township):
    person = enrol()
    correct(person, employer=employ(township=township))
    assert queries.card(person).latest.union == township


def test_an_end_day_ends_the_membership_from_that_day_on(enrol, correct, county):
    person = enrol()
    correct(person, end_on=date(2016, 3, 1))
    assert queries.members_counted([county.pk], date(2016, 2, 29)) == {county.pk: 1}
    assert queries.members_counted([county.pk], date(2016, 3, 1)) == {county.pk: 0}


def test_what_was_known_before_the_correction_can_still_be_asked(enrol, correct, county, at):
    person = enrol()
    correct(person, start_on=date(2016, 5, 1))
    day = date(2016, 1, 1)
    assert queries.members_counted([county.pk], day) == {county.pk: 0}
    assert queries.members_counted([county.pk], day, known_at=at + timedelta(minutes=30)) == {county.pk: 1}


def test_nothing_is_overwritten_that_somebody_else_has_just_corrected(enrol, correct):
    person = enrol(phone="13800000000")
    seen = queries.card(person).seen
    correct(person, phone="13912345678")
    with pytest.raises(Outdated):
        correct(person, seen=seen, phone="13700000000", later=2)
    assert queries.card(person).opened["phone"] == "13912345678"
    (change,) = history.since(person, seen)
    assert (str(change.label), change.before, change.after) == ("手机号", "138****0000", "139****5678")


def test_no_change_is_no_deed(enrol, correct):
    with pytest.raises(rules.NothingChanged):
        correct(enrol())


def test_a_membership_cannot_end_before_it_starts(enrol, correct):
    with pytest.raises(rules.EndsBeforeStart):
        correct(enrol(), end_on=date(2015, 2, 28))


def test_another_persons_number_is_refused(enrol, correct, neighbour):
    enrol("赵会员", serial=3, county=neighbour)
    enrol("钱会员", serial=5)
    person = enrol()
    with pytest.raises(rules.HeldElsewhere):
        correct(person, identity=number_of(3))
    with pytest.raises(rules.AlreadyHeld):
        correct(person, identity=number_of(5))


def test_ones_own_number_is_no_change(enrol, correct):
    with pytest.raises(rules.NothingChanged):
        correct(enrol(), identity=number_of(1))


def test_another_countys_employer_is_refused(enrol, correct, employ, neighbour):
    with pytest.raises(rules.NotInCounty):
        correct(enrol(), employer=employ(county=neighbour))


def test_who_was_erased_cannot_be_corrected(enrol, correct):
    person = enrol()
    type(person).objects.filter(pk=person.pk).update(key=None)
    person.refresh_from_db()
    with pytest.raises(rules.Erased):
        correct(person, phone="13912345678")


def test_the_history_tells_what_each_version_changed(enrol, correct):
    person = enrol(phone="13800000000")
    correct(person, phone="13912345678", start_on=date(2015, 4, 1))
    told = [
        [(str(change.label), change.before, change.after) for change in step.changes]
        for step in history.steps_of(person)
        if not step.is_first
    ]
    assert sorted(told) == [
        [("入会日期", "2015-03-01", "2015-04-01")],
        [("手机号", "138****0000", "139****5678")],
    ]
