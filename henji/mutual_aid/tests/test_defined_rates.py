"""The two rates follow the definitions of the scheme of the drive's aid year."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from henji.evidence.figures import Scope
from henji.lib.periods import Period
from henji.mutual_aid import commands, offers
from henji.mutual_aid.funds import Fund
from henji.mutual_aid.schemes import commands as schemes
from henji.mutual_aid.schemes import reading

YEAR = Period.year(2016)
NEXT = Period.year(2017)
END = date(2017, 12, 31)


@pytest.fixture
def define(county, signed):
    """发布 the scheme of 2017, with definitions."""

    def define(version="1", at=signed["at"], **told):
        text = reading.reference().replace("2016.1", f"2017.{version}")
        for name in ("valid_from: ", "valid_to: ", "aid_from: ", "aid_to: "):
            text = text.replace(f"{name}2016", f"{name}2017")
        for name, value in told.items():
            text = text.replace(f"{name}: {_DEFAULT[name]}\n", f"{name}: {value}\n")
        return schemes.publish_scheme(county=county, text=text, by=signed["by"], at=at)

    return define


_DEFAULT = {"counted_on": "drive", "gifts": "any_day", "collected": "donations"}


@pytest.fixture
def rates(county, drive):
    """The two rates at the end of 2017."""

    def rates(known_at=None):
        participation = offers.participation_rate(Scope((county.pk,), YEAR, END, known_at))[county.pk]
        payout = offers.payout_rate(Scope((county.pk,), NEXT, END, known_at))[county.pk]
        return (participation.part, participation.whole), (payout.part, payout.whole)

    return rates


@pytest.mark.parametrize(
    ("told", "members"),
    [("drive", 1), ("collection_end", 1), ("aid_start", 2), ("aid_end", 3)],
)
def test_members_are_counted_on_the_day_that_the_scheme_names(define, rates, enrol, told, members):
    enrol("李会员", 1)
    enrol("王会员", 2, start_on=date(2017, 1, 1))
    enrol("张会员", 3, start_on=date(2017, 12, 31))
    define(counted_on=told)

    assert rates()[0] == (0, members)


@pytest.mark.parametrize(("told", "donors"), [("any_day", 3), ("in_collection", 2)])
def test_gifts_outside_the_collection_count_where_the_scheme_says_so(
    define, rates, give, enrol, told, donors
):
    for serial, on in enumerate((date(2016, 11, 15), date(2016, 12, 31), date(2017, 1, 1)), start=1):
        give(enrol("李会员", serial), "50", on=on)
    define(gifts=told)

    assert rates()[0] == (donors, 3)
    # The amounts collected are the same, whatever counts as taking part.
    assert rates()[1] == (0, 150)


def test_the_denominator_of_payout_is_what_the_scheme_says(
    define, rates, give, enrol, pay, drive, open_drive, signed
):
    li = enrol()
    before = open_drive(2015)
    give(li, "400", into=before, on=date(2015, 12, 1))
    pay(li, "100", on=date(2016, 6, 1))
    give(li, "1000")
    commands.grant_subsidy(
        drive=drive,
        granted_yuan=Decimal(500),
        granted_on=date(2017, 1, 1),
        voucher="补1",
        by=signed["by"],
        at=signed["at"],
    )

    assert rates()[1] == (0, 1000)
    define("1", collected="donations_and_subsidy")
    assert rates()[1] == (0, 1500)
    define("2", collected="opening_and_donations")
    assert rates()[1] == (0, 1300)


def test_what_was_known_before_a_scheme_was_published_knows_no_scheme(define, rates, enrol, at):
    enrol("李会员", 1)
    enrol("张会员", 2, start_on=date(2017, 6, 1))
    define(counted_on="aid_end", at=at + timedelta(days=1))

    assert rates(known_at=at + timedelta(hours=1))[0] == (0, 1)
    assert rates(known_at=at + timedelta(days=1))[0] == rates()[0] == (0, 2)


def test_the_parts_of_the_fund_are_shown_and_make_its_whole(define, give, enrol, client_of, officer):
    give(enrol(), "1000")
    define(collected="opening_and_donations")
    address = reverse("mutual_aid:fund") + "?from=2017-01-01&to=2017-12-31&as_of=2017-12-31"
    told = client_of(officer).get(address).content.decode()

    assert "上年结余" in told
    assert told.count("¥1,000.00") == 2


def test_definitions_cost_no_statement_of_their_own(
    define, county, drive, django_assert_num_queries, give, enrol
):
    give(enrol(), "50")
    scope = Scope((county.pk,), YEAR, END)
    with django_assert_num_queries(3):
        offers.participation_rate(scope)
    define(counted_on="aid_end", gifts="in_collection")
    with django_assert_num_queries(3):
        offers.participation_rate(scope)


@given(parts=st.lists(st.decimals(0, 10_000, places=2), min_size=3, max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_fund_is_the_sum_of_its_parts(parts):
    assert Fund("opening_and_donations", *parts).whole_yuan == sum(parts)
