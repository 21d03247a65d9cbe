"""市级、省级评分签字."""

import threading
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from henji.accounts.models import Post
from henji.accounts.powers import Role
from henji.accounts.queries import posts_of
from henji.assessment import cards, commands, library, queries, rules
from henji.assessment.marking import PointsDoNotFit
from henji.assessment.models import Column, SignedScore
from henji.assessment.rules import (
    DifferenceUnexplained,
    MovedMeanwhile,
    NotInStandard,
    NotItsInspector,
    OfTheCounty,
    ScoredByInspector,
)
from henji.assessment.verdicts import Finding, Given
from henji.evidence.models import Trace
from henji.lib.actors import INSTALLER
from henji.lib.periods import Period
from henji.lib.refusals import Refusal
from henji.unions import commands as unions

JUNE = date(2016, 6, 1)
OWN = {"B1": Decimal(4), "B10": Decimal(0), "A1": Decimal(0)}


def as_own(**changed):
    """The county's own points, and those that are given otherwise, with a reason."""
    points = {code: Given(points) for code, points in OWN.items()}
    return points | {code: Given(Decimal(str(value)), "抽查不符") for code, value in changed.items()}


@pytest.fixture
def judge(county, small, inspector, actor, at):
    def _judge(**more):
        asked = {
            "subject": county,
            "standard": small,
            "year": 2016,
            "as_of": JUNE,
            "column": Column.CITY,
            "given": as_own(),
            "found": {"V01": Finding(False)},
            "by": actor(inspector),
            "at": at,
            **more,
        }
        return commands.sign_superior_score(**asked)

    return _judge


@pytest.fixture
def sign_self(county, small, at):
    def _sign(**more):
        asked = {"subject": county, "standard": small, "year": 2016, "as_of": JUNE, "by": INSTALLER, "at": at}
        return commands.sign_self_score(**{**asked, **more})

    return _sign


def test_the_citys_points_stand_in_a_column_of_their_own(county, small, judge, sign_self):
    own = sign_self()
    given = judge(given=as_own(B1="2.5"))
    columns = queries.signed_columns(county, "small", 2016)
    assert columns == {Column.SELF: own, Column.CITY: given}
    assert given.score["total"] == 2.5
    assert own.score["total"] == 4
    card = queries.scorecard(county, small.standard, Period.year(2016), JUNE)
    row = cards.rows(card, {}, columns)[0]
    assert (row.signed, row.city.points, row.city.by, row.city.reason) == (
        4,
        Decimal("2.5"),
        -1.5,
        "抽查不符",
    )
    assert row.province is None


def test_the_countys_card_is_frozen_beside_the_points_given(judge, joined, small):
    signed = judge(given=as_own(B1=3))
    joined["part"] = 10
    body = SignedScore.objects.get(pk=signed.pk).body
    assert body["own"]["score"]["total"] == 4
    assert body["standard"]["digest"] == small.digest
    assert body["score"]["items"][0]["parts"][0]["figure"]["part"] == 60
    assert library.digest_of(body) == signed.digest


def test_points_that_differ_want_a_reason(judge):
    with pytest.raises(DifferenceUnexplained):
        judge(given=as_own() | {"B1": Given(Decimal(3), "  ")})


def test_points_are_measured_against_the_self_score_that_was_signed(judge, sign_self, joined):
    sign_self()
    joined["part"] = 10
    assert judge().score["items"][0]["own"] == 4


def test_where_nothing_was_signed_points_are_measured_against_those_computed(judge, joined):
    joined["part"] = 10
    with pytest.raises(DifferenceUnexplained):
        judge()


def test_a_self_score_under_another_version_is_no_measure(county, small, judge, sign_self, joined, at):
    sign_self()
    text = small.body.replace('version: "1"', 'version: "2"')
    newer = commands.publish_standard(publisher=county, text=text, by=INSTALLER, at=at)
    joined["part"] = 10
    with pytest.raises(DifferenceUnexplained):
        judge(standard=newer)


@pytest.mark.parametrize("points", ["4.01", "-0.01", "0.125", "NaN", "Infinity"])
def test_points_lie_between_nothing_and_all_to_two_places(judge, points):
    with pytest.raises(PointsDoNotFit):
        judge(given=as_own(B1=points))


def test_every_item_is_judged(judge):
    with pytest.raises(NotInStandard):
        judge(given={"B1": Given(Decimal(4))})


def test_a_veto_found_to_hold_bars_the_grade_and_wants_a_reason(judge):
    with pytest.raises(DifferenceUnexplained):
        judge(found={"V01": Finding(True)})
    signed = judge(found={"V01": Finding(True, "两份名册不符")})
    assert signed.score["grade"] == "不合格"
    assert signed.body["vetoes"] == ["V01"]
    assert signed.body["veto_reasons"] == {"V01": "两份名册不符"}


# Who may


def test_the_province_signs_in_its_own_column(judge, city, appoint, actor):
    provincial = actor(appoint("李考核员", Role.INSPECTOR, city.parent))
    signed = judge(column=Column.PROVINCE, by=provincial)
    assert signed.column == "province"
    assert signed.made_by.deed == "assessment.province_signed"
    with pytest.raises(NotItsInspector):
        judge(by=provincial)


def test_an_inspector_of_the_city_fills_no_other_column(judge):
    for column in (Column.PROVINCE, Column.SELF):
        with pytest.raises(NotItsInspector):
            judge(column=column)


def test_an_inspector_of_another_city_signs_nothing_here(judge, appoint, actor, at):
    far = unions.found_county(code="130227", name="迁西县总工会", by=INSTALLER, at=at)
    with pytest.raises(NotItsInspector):
        judge(by=actor(appoint("远方考核员", Role.INSPECTOR, far.parent)))


def test_nobody_of_the_county_signs_it(judge, actor, leader):
    with pytest.raises(OfTheCounty):
        judge(by=actor(leader))


def test_a_post_in_the_county_outweighs_one_above(county, city, inspector):
    held = list(posts_of(inspector, today=JUNE))
    assert rules.columns_open(held, county) == [Column.CITY]
    both = [*held, Post(user=inspector, union=county, role=Role.OFFICER, since_on=JUNE)]
    assert rules.columns_open(both, county) == []
    with pytest.raises(OfTheCounty):
        rules.must_inspect(both, county, Column.CITY)


def test_an_inspector_signs_no_self_score(sign_self, inspector, actor):
    with pytest.raises(ScoredByInspector):
        sign_self(by=actor(inspector))


# Again, and at once


def test_signing_again_corrects_the_one_before_and_keeps_it(judge, county, at):
    first = judge()
    second = judge(given=as_own(B1=3), at=at + timedelta(days=1))
    assert second.made_by.supersedes_id == first.made_by_id
    assert queries.signed_columns(county, "small", 2016)[Column.CITY] == second
    assert SignedScore.objects.count() == 2


def test_what_was_not_seen_is_not_signed(county, small, judge, joined):
    seen = queries.docket_of(county, small, 2016, JUNE, Column.CITY).digest
    joined["part"] = 61
    with pytest.raises(MovedMeanwhile):
        judge(seen=seen)
    joined["part"] = 60
    assert judge(seen=seen).pk
    with pytest.raises(MovedMeanwhile):
        judge(seen=seen)


@pytest.mark.django_db(transaction=True)
def test_of_two_inspectors_at_once_one_is_shown_the_other(county, small, judge, appoint, city, actor):
    seen = queries.docket_of(county, small, 2016, JUNE, Column.CITY).digest
    people = [actor(appoint(f"考核员{number}", Role.INSPECTOR, city)) for number in (1, 2)]
    together, told = threading.Barrier(2), []

    def sign(by):
        together.wait()
        try:
            told.append(judge(by=by, seen=seen).pk)
        except Refusal as refusal:
            told.append(type(refusal))
        finally:
            connection.close()

    signing = [threading.Thread(target=sign, args=(by,)) for by in people]
    for thread in signing:
        thread.start()
    for thread in signing:
        thread.join()
    assert SignedScore.objects.count() == 1
    assert Trace.objects.filter(deed="assessment.city_signed").count() == 1
    assert MovedMeanwhile in told


@pytest.mark.parametrize("change", ["UPDATE {} SET year = 2015", "DELETE FROM {}"])
def test_the_database_refuses_to_change_what_is_signed(judge, change):
    judge()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(change.format(SignedScore._meta.db_table))


def test_the_trace_holds_sums_and_no_words(judge):
    facts = judge(given=as_own(B1=3)).made_by.facts
    assert facts["total"] == "3.00"
    assert facts["differing"] == 1
    assert "抽查不符" not in str(facts)


# Properties

cents = st.integers(0, 400).map(lambda cents: Decimal(cents) / 100)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(base=cents, bonus=cents, barred=st.booleans())
def test_sums_are_those_of_the_items_and_bonus_never_passes_its_cap(county, small, base, bonus, barred):
    docket = queries.docket_of(county, small, 2016, JUNE, Column.CITY)
    points = {"B1": base, "B10": min(bonus, Decimal(2)), "A1": min(bonus, Decimal(3))}
    given_points = {code: Given(one, "抽查") for code, one in points.items()}
    found = {"V01": Finding(barred, "抽查")}
    rules.must_judge(docket, given_points, found)
    body = docket.judged(given_points, found)
    score = {name: Decimal(str(body["score"][name])) for name in ("total", "base", "bonus")}
    assert score["base"] == points["B1"] + points["B10"]
    assert score["bonus"] == min(points["A1"], small.standard.bonus_cap)
    assert score["total"] == score["base"] + score["bonus"]
    assert all(0 <= item["points"] <= item["of"] for item in body["score"]["items"])
    if barred:
        assert body["score"]["grade"] == "不合格"
