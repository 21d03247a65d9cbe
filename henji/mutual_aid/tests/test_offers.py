"""两个率: each side equals the count or sum over its own ground, as of any day, as known at any instant."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from henji.evidence.figures import Missing, Ratio, Scope, addresses, compute
from henji.lib import ids
from henji.lib.periods import Period
from henji.members import queries as members
from henji.members.commands import correct_person
from henji.members.models import Membership
from henji.mutual_aid import commands, offers
from henji.mutual_aid.tests.books import undone
from henji.unions import commands as unions

YEAR = Period.year(2016)
END = date(2016, 12, 31)


@pytest.fixture
def rates(county):
    """Both figures of the county."""

    def rates(as_of=END, period=YEAR, known_at=None):
        scope = Scope((county.pk,), period, as_of, known_at)
        return offers.participation_rate(scope)[county.pk], offers.payout_rate(scope)[county.pk]

    return rates


def sides(ratio):
    assert isinstance(ratio, Ratio)
    return ratio.part, ratio.whole


def test_the_rates_have_their_chinese_names():
    assert addresses()["mutual_aid.participation_rate"] == "会员参加率"
    assert addresses()["mutual_aid.payout_rate"] == "年度互助资金支付率"


def test_without_a_drive_the_rates_say_what_lacks(rates, county):
    assert rates() == (
        Missing("2016 年没有登记一日捐活动"),
        Missing("没有为 2016 年救助募集的一日捐活动"),
    )
    assert compute("mutual_aid.payout_rate", Scope((county.pk,), YEAR, END))


def test_a_member_who_gave_twice_counts_once(rates, give, enrol):
    li = enrol("李会员", 1)
    enrol("王会员", 2)
    give(li, "50", on=date(2016, 11, 20))
    give(li, "30", on=date(2016, 12, 20))
    assert sides(rates()[0]) == (1, 2)


def test_money_without_a_person_is_collected_and_no_participation(open_drive, rates, give, enrol, mill, take):
    enrol("李会员", 1)
    this_year = open_drive(2015)
    give(employer=mill, amount="500", into=this_year)
    take(("无此人", "", "常山纺织", 30, "2015-12-01", ""), into=this_year)
    participation, _payout = rates(date(2015, 12, 31), Period.year(2015))
    assert sides(participation) == (0, 1)
    assert sides(rates()[1]) == (0, 530)


def test_a_drive_collects_in_one_year_and_serves_the_next(rates, give, enrol, pay):
    li = enrol()
    give(li, "1000")
    pay(li, "650")
    next_year = Period.year(2017)
    participation, payout = rates(date(2017, 1, 6), next_year)
    assert participation == Missing("2017 年没有登记一日捐活动")
    assert sides(payout) == (650, 1000)
    assert rates()[1] == Missing("没有为 2016 年救助募集的一日捐活动")


def test_the_subsidy_is_not_in_the_denominator(rates, give, enrol, drive, signed):
    give(enrol(), "1000")
    commands.grant_subsidy(
        drive=drive, granted_yuan=Decimal(500000), granted_on=date(2016, 12, 1), voucher="补1", **signed
    )
    payout = rates(date(2017, 1, 6), Period.year(2017))[1]
    assert sides(payout) == (0, 1000)
    assert payout.note == "不含工会补贴"


def test_nobody_is_counted_who_was_no_member_on_the_counting_day(rates, give, enrol):
    here = enrol("李会员", 1)
    joined_later = enrol("王会员", 2, start_on=date(2017, 1, 1))
    give(here)
    give(joined_later)
    assert sides(rates()[0]) == (1, 1)


def test_the_counting_day_is_a_datum_of_the_drive(rates, give, enrol, open_drive):
    drive = open_drive(2015, counted_on=date(2015, 11, 30))
    give(enrol("李会员", 1), on=date(2015, 11, 20), into=drive)
    enrol("王会员", 2, start_on=date(2015, 12, 1))
    participation = rates(date(2015, 12, 31), Period.year(2015))[0]
    assert sides(participation) == (1, 1)
    assert participation.whole_name == "2015-11-30 的会员"


def test_before_the_counting_day_the_day_asked_about_takes_its_place(rates, give, enrol):
    give(enrol("李会员", 1), on=date(2016, 12, 20))
    enrol("王会员", 2, start_on=date(2016, 12, 1))
    assert sides(rates(date(2016, 11, 20))[0]) == (0, 1)
    assert sides(rates(date(2016, 12, 19))[0]) == (0, 2)
    assert sides(rates(date(2016, 12, 20))[0]) == (1, 2)


def test_of_two_drives_in_a_year_whoever_gave_to_both_counts_once(rates, give, enrol, drive, open_drive):
    spring = {"collects_from": date(2016, 3, 1), "collects_to": date(2016, 3, 31)}
    other = open_drive(2016, code="春", **spring)
    li = enrol("李会员", 1)
    give(li, into=drive)
    give(li, on=date(2016, 3, 5), into=other)
    give(enrol("王会员", 2), on=date(2016, 3, 5), into=other)
    assert sides(rates()[0]) == (2, 2)


def test_a_correction_and_a_withdrawal_move_the_rates_and_can_be_asked_for_as_known_before(
    rates, give, enrol, signed, at
):
    gift, other = give(enrol("李会员", 1), "50"), give(enrol("王会员", 2), "30")
    later = {**signed, "at": at + timedelta(hours=1)}
    told = {"amount_yuan": Decimal(75), "given_on": gift.given_on, "receipt": "", "reason": "抄错"}
    commands.correct_donation(donation=gift, **told, **later)
    commands.withdraw_donation(donation=other, reason="重复", **later)
    day, period = date(2017, 1, 6), Period.year(2017)
    assert sides(rates()[0]) == (1, 2)
    assert sides(rates(day, period)[1]) == (0, 75)
    assert sides(rates(known_at=at)[0]) == (2, 2)
    assert sides(rates(day, period, known_at=at)[1]) == (0, 80)


def test_nobody_is_a_donor_of_a_county_for_what_was_given_to_another(
    county, neighbour, open_drive, drive, give, enrol, mill, signed
):
    moved = enrol("李会员", 1)
    give(moved, on=date(2016, 11, 20), into=drive)
    left = {"start_on": date(2015, 3, 1), "end_on": date(2016, 12, 1)}
    seen = members.card(moved).seen
    correct_person(person=moved, seen=seen, name="李会员", employer=mill, **left, **signed)
    told = {"county": neighbour, "union": neighbour, "made_by": drive.made_by, "known_from": signed["at"]}
    Membership.objects.create(person=moved, line=ids.new(signed["at"]), start_on=date(2016, 12, 1), **told)
    open_drive(county=neighbour)
    together = offers.participation_rate(Scope((county.pk, neighbour.pk), YEAR, END))
    assert sides(together[county.pk]) == (0, 0)
    assert sides(together[neighbour.pk]) == (0, 1)
    assert (
        offers.participation_rate(Scope((neighbour.pk,), YEAR, END))[neighbour.pk] == together[neighbour.pk]
    )


RATES = (offers.participation_rate, offers.payout_rate, offers.subsidy_rate)


def test_the_unions_subsidy_stands_beside_what_was_given(county, open_drive, mill, signed):
    drive = open_drive(2016, aid_from=date(2016, 1, 1), aid_to=date(2016, 12, 31))
    commands.record_donation(
        drive=drive,
        employer=mill,
        amount_yuan=Decimal(400),
        given_on=date(2016, 5, 10),
        receipt="1",
        **signed,
    )
    granted = {"granted_yuan": Decimal(100), "voucher": "补1", **signed}
    commands.grant_subsidy(drive=drive, granted_on=date(2016, 5, 12), **granted)
    rate = offers.subsidy_rate(Scope((county.pk,), YEAR, END))[county.pk]
    assert sides(rate) == (100, 400)
    assert sides(offers.subsidy_rate(Scope((county.pk,), YEAR, date(2016, 5, 11)))[county.pk]) == (0, 400)


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("counties", [1, 30])
def test_a_rate_costs_three_queries_for_any_number_of_counties(
    rate, counties, county, signed, django_assert_max_num_queries
):
    others = [
        unions.found_county(code=f"1302{n:02}", name=f"{n}县总工会", **signed) for n in range(1, counties)
    ]
    scope = Scope((county.pk, *(other.pk for other in others)), YEAR, END)
    for n, one in enumerate((county, *others)):
        commands.open_drive(
            county=one,
            code="2016",
            name="一日捐",
            collects_from=date(2016, 11, 1),
            collects_to=date(2016, 12, 1 + n % 5),
            aid_from=date(2016, 1, 1),
            aid_to=date(2016, 12, 31),
            **signed,
        )
    with django_assert_max_num_queries(3):
        found = rate(scope)
    assert len(found) == counties
    assert all(isinstance(figure, Ratio) for figure in found.values())


# -- each side and its ground -------------------------------------------------------------------------


@dataclass
class Happened:
    """What one example makes happen: gifts, what is said of them later, aid, and who was a member when."""

    members: list[tuple[int, int | None]]
    gifts: list[tuple[int, int, int, int]]
    changes: list[tuple[int, str, int]]
    aid: list[tuple[int, int]]
    subsidies: list[tuple[int, int, int]]
    as_of: int
    known: int | None


DAYS = st.integers(0, 55)
HAPPENED = st.builds(
    Happened,
    members=st.lists(st.tuples(DAYS, st.none() | DAYS), min_size=1, max_size=4),
    gifts=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 1), DAYS, st.integers(1, 9)), max_size=6),
    changes=st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(["amount", "day", "withdraw"]), st.integers(1, 9)),
        max_size=4,
    ),
    aid=st.lists(st.tuples(st.integers(0, 3), DAYS), max_size=3),
    subsidies=st.lists(st.tuples(st.integers(0, 1), DAYS, st.integers(1, 9)), max_size=2),
    as_of=DAYS,
    known=st.none() | st.integers(0, 5),
)


def on(days):
    return date(2016, 11, 10) + timedelta(days)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(happened=HAPPENED)
def test_a_side_equals_what_its_ground_shows(
    happened, county, officer, open_drive, enrol, mill, signed, at, client_of
):
    with undone():
        _let_happen(happened, open_drive, enrol, mill, signed, at)
        known_at = None if happened.known is None else at + timedelta(hours=happened.known)
        scope = Scope((county.pk,), YEAR, on(happened.as_of), known_at)
        officers = client_of(officer)
        for figure in (rate(scope)[county.pk] for rate in RATES):
            assert isinstance(figure, Ratio)
            assert figure.unit == "yuan" or figure.part <= figure.whole
            for side, ground in ((figure.part, figure.part_ground), (figure.whole, figure.whole_ground)):
                if ground.url_name == "members:list" and known_at:
                    continue
                page = officers.get(ground.url)
                listing = page.context["listing"]
                shown = listing.amount if figure.unit == "yuan" else listing.total
                assert side == shown, ground.url


def _let_happen(happened, open_drive, enrol, mill, signed, at):
    this_year = {"aid_from": date(2016, 1, 1), "aid_to": date(2016, 12, 31)}
    drives = [
        open_drive(2016, code="一", **this_year, collects_to=on(40), collects_from=on(0)),
        open_drive(2016, code="二", **this_year, collects_to=on(50), collects_from=on(0)),
    ]
    people = [
        _member(enrol, serial, on(joined), left and on(max(left, joined)), signed)
        for serial, (joined, left) in enumerate(happened.members, 1)
    ]
    gifts = []
    for n, (who, drive, day, amount) in enumerate(happened.gifts):
        giver = {"person": people[who]} if who < len(people) else {"employer": mill}
        told = {"drive": drives[drive], "amount_yuan": Decimal(amount), "given_on": on(day)}
        gifts.append(commands.record_donation(**told, **giver, receipt=str(n), **signed))
    for hours, (which, what, amount) in enumerate(happened.changes, 1):
        if which < len(gifts) and gifts[which] is not None:
            later = {**signed, "at": at + timedelta(hours=hours)}
            gifts[which] = _change(gifts[which], what, amount, later)
    for n, (who, day) in enumerate(happened.aid):
        if who < len(people):
            told = {"person": people[who], "category": "大病", "paid_yuan": Decimal(9), "paid_on": on(day)}
            commands.pay_aid(county=drives[0].county, **told, voucher=str(n), **signed)

    for n, (drive, day, amount) in enumerate(happened.subsidies):
        told = {"drive": drives[drive], "granted_yuan": Decimal(amount), "granted_on": on(day)}
        commands.grant_subsidy(**told, voucher=f"补{n}", **signed)


def _member(enrol, serial, joined, left, signed):
    """A member from a day, up to and without another."""
    person = enrol(f"会员{serial}", serial, start_on=joined)
    if left:
        card = members.card(person)
        told = {"name": card.known.name, "employer": card.latest.employer, "start_on": joined, "end_on": left}
        correct_person(person=person, seen=card.seen, **told, **signed)
    return person


def _change(gift, what, amount, later):
    if what == "withdraw":
        commands.withdraw_donation(donation=gift, reason="重复", **later)
        return None
    told = {"amount_yuan": gift.amount_yuan, "given_on": gift.given_on, "receipt": gift.receipt}
    told |= {"amount_yuan": Decimal(amount) / 100} if what == "amount" else {"given_on": on(amount * 5)}
    if all(getattr(gift, name) == value for name, value in told.items()):
        return gift
    return commands.correct_donation(donation=gift, **told, reason="抄错", **later)
