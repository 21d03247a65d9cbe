"""责任分工: who sees to an item, and by which day."""

from datetime import date, timedelta

import pytest

from henji.accounts.powers import Role
from henji.assessment import commands, queries, rules
from henji.assessment.models import Charge
from henji.evidence.models import Trace
from henji.lib.actors import INSTALLER

DUE = date(2016, 11, 30)


@pytest.fixture
def assign(county, small, officer, at):
    def _assign(**more):
        said = {"subject": county, "standard": small, "year": 2016, "item": "B10", "person": officer}
        return commands.assign_item(**{**said, "due_on": DUE, "by": INSTALLER, "at": at, **more})

    return _assign


def test_an_item_is_given_to_a_person_by_a_day(county, assign, officer, leader):
    charge = assign(deputy=leader)
    held = queries.charges_of(county, "small", 2016)
    assert held == {"B10": charge}
    assert (held["B10"].person, held["B10"].deputy, held["B10"].due_on) == (officer, leader, DUE)


def test_the_trace_holds_ids_and_the_day_and_no_name(assign, officer):
    trace = Trace.objects.get(pk=assign().made_by_id)
    assert trace.deed == "assessment.item_assigned"
    assert trace.facts == {
        "item": "B10",
        "year": 2016,
        "person": officer.pk,
        "deputy": None,
        "due_on": "2016-11-30",
    }


def test_another_person_takes_over_and_what_was_stays_to_be_seen(county, assign, leader, at):
    first = assign()
    then = at + timedelta(days=1)
    second = assign(person=leader, at=then)
    assert queries.charge_of(county, "small", 2016, "B10") == second
    assert (second.line, second.made_by.supersedes_id) == (first.line, first.made_by_id)
    assert Charge.objects.known(at).get() == first


def test_nothing_is_recorded_where_nothing_changes(assign):
    assign()
    with pytest.raises(rules.AlreadyAssigned):
        assign()


def test_each_year_is_given_out_by_itself(county, assign):
    assign()
    assign(year=2017, due_on=date(2017, 11, 30))
    assert queries.charge_of(county, "small", 2016, "B10").due_on == DUE


def test_who_holds_no_post_here_is_refused(assign, outsider, auditor, inspector):
    for person in (outsider, auditor, inspector):
        with pytest.raises(rules.NotOnStaff):
            assign(person=person)


def test_a_deputy_needs_a_post_too_and_is_somebody_else(assign, officer, outsider):
    with pytest.raises(rules.NotOnStaff):
        assign(deputy=outsider)
    with pytest.raises(rules.OwnDeputy):
        assign(deputy=officer)


def test_an_item_that_the_standard_does_not_have_is_refused(assign):
    with pytest.raises(rules.NotInStandard):
        assign(item="B99")


def test_the_day_does_not_lie_before_the_year(assign):
    with pytest.raises(rules.DueBeforeYear):
        assign(due_on=date(2015, 12, 31))


def test_the_standard_must_score_the_union(assign, neighbour):
    with pytest.raises(rules.StandardNotForIt):
        assign(subject=neighbour)


def test_my_items_are_those_i_see_to_or_stand_in_for_the_earliest_first(county, assign, officer, leader):
    late = assign(item="B1", person=leader, deputy=officer)
    early = assign(due_on=date(2016, 7, 1))
    assert queries.charges_upon(officer.pk, frozenset({county.pk}), 2016) == [early, late]
    assert queries.charges_upon(leader.pk, frozenset({county.pk}), 2016) == [late]
    assert queries.charges_upon(officer.pk, frozenset(), 2016) == []


# On its pages


ITEM = "/assessment/item/B10/"
JUNE = {"period": "2016", "as_of": "2016-06-01"}


def test_an_officer_gives_an_item_to_somebody_on_its_page(client_of, officer, leader, small):
    client = client_of(officer)
    assert "定责任人" in client.get(ITEM).content.decode()
    sent = {"person": leader.pk, "deputy": officer.pk, "due_on": "2016-11-30"}
    response = client.post(f"{ITEM}assign/?period=2016", sent)
    assert (response.status_code, response["Location"]) == (302, f"{ITEM}?period=2016")
    told = client.get(ITEM, JUNE).content.decode()
    assert "陈主席，协办 王干事" in told
    assert "责任人 陈主席" in told[told.index('class="timeline"') :]


def test_a_refusal_stands_beside_its_field_and_keeps_what_was_chosen(client_of, officer, small):
    sent = {"person": officer.pk, "deputy": officer.pk, "due_on": "2016-11-30"}
    told = client_of(officer).post(f"{ITEM}assign/?period=2016", sent).content.decode()
    assert "不能是同一个人" in told
    assert "2016-11-30" in told
    assert not Charge.objects.exists()


def test_only_staff_can_be_chosen(client_of, officer, auditor, outsider, small):
    told = client_of(officer).get(f"{ITEM}assign/").content.decode()
    assert "王干事" in told
    assert f'<option value="{auditor.pk}">' not in told
    assert f'<option value="{outsider.pk}">' not in told


def test_an_auditor_sees_who_and_assigns_nobody(client_of, auditor, assign):
    assign()
    client = client_of(auditor)
    told = client.get(ITEM, JUNE).content.decode()
    assert "王干事" in told
    assert "改分工" not in told
    assert client.post(f"{ITEM}assign/").status_code == 403


def test_the_scorecard_shows_who_by_when_and_what_is_overdue(client_of, officer, assign):
    assign(due_on=date(2016, 5, 31))
    told = client_of(officer).get("/assessment/", JUNE).content.decode()
    row = told[told.index('id="item-B10"') :]
    assert "王干事" in row
    assert "2016-05-31" in row
    assert "逾期" in row
    assert "逾期" not in client_of(officer).get("/assessment/", {"as_of": "2016-05-31"}).content.decode()


def test_bonus_items_are_never_overdue(client_of, officer, assign):
    assign(item="A1", due_on=date(2016, 5, 31))
    assert "逾期" not in client_of(officer).get("/assessment/", JUNE).content.decode()


def test_the_scorecard_can_be_read_by_person_and_by_state(client_of, officer, leader, county, assign):
    assign()
    assign(item="B1", person=leader)
    client = client_of(officer)

    def codes(**query):
        told = client.get("/assessment/", {**JUNE, **query}).content.decode()
        return [code for code in ("B1", "B10", "A1") if f'id="item-{code}"' in told]

    assert codes(person=officer.pk) == ["B10"]
    assert codes(person=leader.pk) == ["B1"]
    assert codes(state="reached") == ["B1"]
    assert codes(state="untouched") == ["B10", "A1"]
    assert codes(person=officer.pk, state="reached") == []


def test_who_sees_to_items_costs_one_query_for_all(county, assign, appoint, django_assert_num_queries):
    for item in ("B1", "B10", "A1"):
        assign(item=item, person=appoint(f"{item}干事", Role.OFFICER, county))
    with django_assert_num_queries(1):
        assert {charge.person.name for charge in queries.charges_of(county, "small", 2016).values()} == {
            "B1干事",
            "B10干事",
            "A1干事",
        }
