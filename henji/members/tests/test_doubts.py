"""冲突待核: what the record shows of itself, and a person decides."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from henji.evidence.models import Trace
from henji.lib import identity
from henji.members import commands, queries
from henji.members.deeds import Deed
from henji.members.models import Answer, Doubt, Kind, Person, Standing
from henji.members.queries import doubts as queue
from henji.members.retirement import retirements, retires_on
from henji.members.rules import doubts
from henji.members.tests.rosters import number_of
from henji.members.tests.turns import latest

PHONE = "13912345678"


@pytest.fixture
def look(county, officer, actor, at):
    """冲突核查 by 王干事."""

    def look(later=1):
        when = at + timedelta(hours=later)
        found = queue.look(county, when.date())
        return commands.look_for_doubts(county=county, found=found, by=actor(officer), at=when)

    return look


@pytest.fixture
def signed(officer, actor, at):
    return {"by": actor(officer), "at": at + timedelta(hours=2)}


def asked(kind):
    return Doubt.objects.known().open().filter(kind=kind)


@pytest.fixture
def twins(enrol):
    """Two records of one name and one phone; a third has the phone's end in common, a fourth the phone."""
    enrol(serial=5, phone="13800005678")
    enrol("王会员", 7, phone=PHONE)
    return enrol(serial=1, phone=PHONE), enrol(serial=3, phone=PHONE)


def test_one_name_and_one_phone_under_two_numbers_is_asked_about_once(twins, look):
    assert (look(), look()) == (1, 0)
    doubt = asked(Kind.ALIKE).get()
    assert {doubt.person_id, doubt.other_id} == {twins[0].pk, twins[1].pk}
    # Both are of one instant, and of one instant the ids tell no order.
    told = [trace.facts for trace in Trace.objects.filter(deed=Deed.DOUBTS_LOOKED_FOR)]
    assert sorted(told, key=lambda facts: -facts["alike"]) == [
        {"alike": 1, "retired": 0},
        {"alike": 0, "retired": 0},
    ]


def test_one_answer_settles_it_for_good_unless_it_is_taken_back(twins, look, signed):
    look()
    doubt = asked(Kind.ALIKE).get()
    with pytest.raises(doubts.NotItsAnswer):
        commands.settle_doubt(doubt=doubt, answer=Answer.WORKS, **signed)
    commands.settle_doubt(doubt=doubt, answer=Answer.DIFFERENT, **signed)
    with pytest.raises(doubts.DoubtSettled):
        commands.settle_doubt(doubt=doubt, answer=Answer.DIFFERENT, **signed)
    assert look(later=3) == 0
    assert not asked(Kind.ALIKE).exists()
    commands.reopen_doubt(doubt=doubt, **signed)
    assert asked(Kind.ALIKE).count() == 1
    with pytest.raises(doubts.DoubtOpen):
        commands.reopen_doubt(doubt=doubt, **signed)


def test_to_merge_the_records_answers_too(twins, look, signed):
    look()
    kept, folded = twins
    seen = queries.card(kept).seen, queries.card(folded).seen
    merger = commands.merge(kept=kept, folded=folded, seen=seen, reason="同一人", **signed)
    assert not asked(Kind.ALIKE).exists()
    commands.unmerge(merger=merger, reason="不是同一人", **signed)
    assert asked(Kind.ALIKE).count() == 1


def test_whoever_reached_the_age_and_works_on_is_asked_about(county, signed, look, at):
    born = {"old": "19560531", "young": "19560801"}
    people = {
        name: commands.enrol(
            county=county, name="赵会员", identity=number_of(serial, born=day), **signed | {"at": at}
        )
        for serial, (name, day) in enumerate(born.items(), start=1)
        for serial in (serial * 2 - 1,)
    }
    assert look() == 1
    doubt = asked(Kind.RETIRED).get()
    assert (doubt.person, doubt.retirement) == (people["old"], "men-1978")
    commands.change_standing(
        person=people["old"],
        seen=latest(people["old"]).pk,
        standing=Standing.RETIRED,
        on=at.date(),
        **signed,
    )
    assert not asked(Kind.RETIRED).exists()


def test_women_are_asked_about_at_either_age(county, signed, look, at):
    identity = number_of(2, born="19600101")
    commands.enrol(county=county, name="钱会员", identity=identity, **signed | {"at": at})
    assert look() == 2
    assert {doubt.retirement for doubt in asked(Kind.RETIRED)} == {"women-1978", "cadres-1978"}


@pytest.mark.parametrize(
    ("law", "born", "day"),
    [
        ("men-1978", date(1964, 12, 31), date(2024, 12, 1)),
        ("men-1978", date(1965, 1, 1), None),
        # The tables behind the decision of 2024: born in January 1965, at 60 years and a month.
        ("men-2025", date(1965, 1, 15), date(2025, 2, 1)),
        ("men-2025", date(1965, 5, 15), date(2025, 7, 1)),
        ("men-2025", date(1976, 9, 15), date(2039, 9, 1)),
        ("men-2025", date(1990, 3, 1), date(2053, 3, 1)),
        ("women-2025", date(1975, 1, 15), date(2025, 2, 1)),
        ("women-2025", date(1984, 11, 15), date(2039, 11, 1)),
        ("cadres-2025", date(1970, 1, 15), date(2025, 2, 1)),
        ("cadres-2025", date(1964, 1, 1), None),
    ],
)
def test_when_people_retire_is_data(law, born, day):
    assert retires_on(born, retirements()[law]) == day


def test_the_queue_and_its_buttons(twins, look, officer, outsider, client_of):
    look()
    doubt = asked(Kind.ALIKE).get()
    client = client_of(officer)
    assert str(doubt.line) in client.get("/members/doubts/").content.decode()
    page = client.get(f"/members/doubts/{doubt.line}/").content.decode()
    assert "是同一人，合并" in page
    assert PHONE not in page
    assert client.post(f"/members/doubts/{doubt.line}/settle/").status_code == 302
    assert str(doubt.line) not in client.get("/members/doubts/").content.decode()
    assert str(doubt.line) in client.get("/members/doubts/?settled=yes").content.decode()
    assert client_of(outsider).get(f"/members/doubts/{doubt.line}/").status_code == 404


def test_what_two_officers_found_at_once_is_asked_about_once(twins, county, officer, actor, at):
    found = queue.look(county, at.date())
    signed = {"county": county, "found": found, "by": actor(officer)}
    numbers = [commands.look_for_doubts(**signed, at=at + timedelta(hours=hour)) for hour in (1, 2)]
    assert numbers == [1, 0]
    assert Doubt.objects.count() == 1


def test_boxes_are_opened_of_the_years_alone_that_are_reached_in_part(enrol, county):
    """Sixty on 1 June 2016: born in 1955 for certain, in 1957 not yet, in 1956 it depends on the month."""
    born = {1: "19551231", 3: "19560531", 5: "19560715", 7: "19570101"}
    enrolled = {
        serial: enrol(f"李会员{serial}", serial, identity=_man_born(day)) for serial, day in born.items()
    }

    def found():
        return {person for person, _law in queue.retired(county, date(2016, 6, 1))}

    assert found() == {enrolled[1].pk, enrolled[3].pk}
    Person.objects.update(key=None)  # as if no box could be opened
    assert found() == {enrolled[1].pk}


@given(
    birth=st.dates(date(1900, 1, 1), date(1999, 12, 31)),
    today=st.dates(date(1990, 1, 1), date(2045, 12, 31)),
    law=st.sampled_from(sorted(retirements())),
)
def test_a_year_that_is_reached_wholly_or_not_at_all_is_so_for_every_day_of_it(birth, today, law):
    reached = queue.months_reached(birth.year, retirements()[law], today)
    day = retires_on(birth, retirements()[law])
    is_reached = day is not None and day <= today
    assert (reached == 12) <= is_reached <= (reached > 0)


def _man_born(day):
    bare = f"130123{day}001"
    return bare + identity.check_digit(bare)
