"""What another scheme would have changed in what was given."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from henji.mutual_aid.schemes import reading
from henji.mutual_aid.schemes.judging import judge
from henji.mutual_aid.schemes.replaying import Recorded, replay
from henji.mutual_aid.schemes.tests.worked import ill

TEXT = reading.reference()
OLD = reading.read(TEXT)
DAY = date(2016, 6, 1)


def mended(*pairs):
    text = TEXT.replace("2016.1", "2016.2")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return reading.read(text)


def paid(amount, category="S1"):
    return Recorded("1", category, DAY, Decimal(amount))


def claimed(own):
    return replace(paid(judge(OLD, ill(own)).amount_yuan), claim=ill(own))


def counts(effect):
    return effect.cases, len(effect.moved), effect.same, effect.unknown


MORE_ABOVE_30000 = mended(("[30000, 5000]", "[30000, 6000]"))
TIER_SPLIT = mended(("[10000, 3000], [30000, 5000]", "[10000, 3000], [20000, 4000], [30000, 5000]"))


def test_claims_are_judged_under_both_schemes():
    effect = replay(OLD, MORE_ABOVE_30000, [claimed("29999.99"), claimed("30000"), claimed("50000")])

    assert counts(effect) == (3, 1, 2, 0)
    assert (effect.more_yuan, effect.less_yuan) == (1000, 0)
    assert [(one.before_yuan, one.after_yuan) for one in effect.moved] == [(5000, 6000)]


def test_a_payment_alone_tells_its_tier():
    effect = replay(OLD, MORE_ABOVE_30000, [paid("3000"), paid("5000"), paid("5000", "S1 本人重大疾病")])

    assert counts(effect) == (3, 2, 1, 0)


def test_where_its_tier_was_split_it_cannot_be_told():
    assert counts(replay(OLD, TIER_SPLIT, [paid("3000"), paid("2000")])) == (2, 0, 1, 1)


def test_half_of_another_category_is_told_too():
    assert counts(replay(OLD, MORE_ABOVE_30000, [paid("2500", "S3"), paid("1500", "S3")])) == (2, 1, 1, 0)


def test_what_the_meeting_decided_is_told_where_the_limits_still_hold_it():
    narrower = mended(("least_yuan: 1000, most_yuan: 3000", "least_yuan: 1000, most_yuan: 2000"))

    assert counts(replay(OLD, narrower, [paid("1500", "S6"), paid("2600", "S6")])) == (2, 1, 1, 0)


def test_where_who_is_aided_changes_a_payment_alone_tells_nothing():
    stricter = mended(("below_age: 18", "below_age: 16"))

    assert counts(replay(OLD, stricter, [paid("3000")])) == (1, 0, 0, 1)


def test_a_category_that_nobody_knows_or_an_amount_of_no_tier_cannot_be_told():
    effect = replay(OLD, MORE_ABOVE_30000, [paid("3000", "大病"), paid("3100")])

    assert counts(effect) == (2, 0, 0, 2)


def test_a_scheme_of_the_next_year_is_tried_on_this_years_days():
    following = mended(
        ("aid_from: 2016-01-01", "aid_from: 2017-01-01"),
        ("aid_to: 2016-12-31", "aid_to: 2017-12-31"),
        ("year: 2016", "year: 2017"),
    )

    assert counts(replay(OLD, following, [claimed("30000")])) == (1, 0, 1, 0)


@given(own=st.decimals(0, 100_000, places=2), new=st.sampled_from([MORE_ABOVE_30000, TIER_SPLIT]))
def test_what_a_payment_alone_tells_is_what_its_claim_tells(own, new):
    known = claimed(str(own))
    by_claim, alone = replay(OLD, new, [known]), replay(OLD, new, [replace(known, claim=None)])

    assert alone.unknown or alone.more_yuan == by_claim.more_yuan


@given(owns=st.lists(st.decimals(0, 100_000, places=2), max_size=5))
def test_every_case_is_counted_once_and_the_same_scheme_changes_none(owns):
    recorded = [claimed(str(own)) for own in owns]
    effect = replay(OLD, TIER_SPLIT, recorded)

    assert effect.cases == len(effect.moved) + effect.same + effect.unknown == len(owns)
    assert not replay(OLD, OLD, recorded).moved
