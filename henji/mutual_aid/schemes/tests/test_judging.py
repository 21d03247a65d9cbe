"""What the reference scheme gives: worked by hand, and what holds of every claim."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from henji.lib import money
from henji.mutual_aid.schemes import reading, wording
from henji.mutual_aid.schemes.claims import Claim, Past
from henji.mutual_aid.schemes.judging import judge
from henji.mutual_aid.schemes.tests.worked import CANCER, WORKED, ill

SCHEME = reading.read(reading.reference())


def test_at_least_forty_cases_are_worked_by_hand():
    assert len({case.words for case in WORKED}) == len(WORKED) >= 40


@pytest.mark.parametrize("case", WORKED, ids=[case.words for case in WORKED])
def test_worked_by_hand(case):
    verdict = judge(SCHEME, case.claim, case.before)

    assert verdict.amount_yuan == Decimal(case.gives)
    assert {asked.code for asked in verdict.questions} == set(case.asks)
    assert verdict.goes_to_city == case.to_city
    assert verdict.most_yuan == Decimal(case.most or case.gives)


def test_waiting_days_are_for_who_did_not_give_before():
    scheme = SCHEME.model_copy(update={"waiting": SCHEME.waiting.model_copy(update={"days": 60})})
    last, first = date(2016, 2, 29), date(2016, 3, 1)

    assert [asked.code for asked in judge(scheme, ill(diagnosed_on=last)).questions] == ["waiting"]
    assert judge(scheme, ill(diagnosed_on=first)).amount_yuan == 3000
    assert judge(scheme, ill(diagnosed_on=last, renewed=True)).amount_yuan == 3000


def test_a_claim_on_the_last_day_is_in_time_and_on_the_next_it_is_late():
    scheme = SCHEME.model_copy(update={"claims_until": date(2017, 3, 31)})

    assert judge(scheme, ill(applied_on=date(2017, 3, 31))).amount_yuan == 3000
    assert [one.code for one in judge(scheme, ill(applied_on=date(2017, 4, 1))).questions] == ["too_late"]


def test_a_cap_of_each_patient_leaves_the_rest_of_the_family_alone():
    cap = SCHEME.cap.model_copy(update={"of": "patient", "most_yuan": Decimal(3000)})
    scheme = SCHEME.model_copy(update={"cap": cap})
    wifes = Past("S3", date(2016, 2, 1), Decimal(3000), "spouse", CANCER, "participant-li", "wife")

    assert judge(scheme, ill(), [wifes]).amount_yuan == 3000
    assert (
        judge(
            SCHEME.model_copy(update={"cap": cap.model_copy(update={"of": "participant"})}), ill(), [wifes]
        ).amount_yuan
        == 0
    )


def test_what_would_be_given_otherwise_is_told():
    assert judge(SCHEME, ill("30000", first_diagnosis=False)).otherwise_yuan == 5000


AMOUNTS = st.decimals(0, 1_000_000, places=2)
MAYBE = st.none() | st.booleans()
DAYS = st.dates(date(2015, 11, 1), date(2017, 2, 28))
PEOPLE = st.sampled_from(["", "li", "wang", "mother"])
DISEASES = st.sampled_from(["", CANCER, "D02", "慢性肾功能衰竭", "肺炎"])
CATEGORIES = st.sampled_from([category.code for category in SCHEME.categories])
RELATIONS = st.sampled_from(["self", "spouse", "child", "parent"])
CLAIMS = st.builds(
    Claim,
    category=CATEGORIES,
    relation=RELATIONS,
    disease=DISEASES,
    diagnosed_on=st.none() | DAYS,
    event_on=st.none() | DAYS,
    costs_yuan=st.none() | AMOUNTS,
    insured_yuan=st.none() | AMOUNTS,
    own_yuan=st.none() | AMOUNTS,
    loss_yuan=st.none() | AMOUNTS,
    proposed_yuan=st.none() | AMOUNTS,
    degree=st.sampled_from(["", "disability", "身故"]),
    participant=PEOPLE,
    patient=PEOPLE,
    gave=MAYBE,
    first_diagnosis=MAYBE,
    condition_met=MAYBE,
    patient_employed=MAYBE,
    patient_born_on=st.none() | st.dates(date(1940, 1, 1), date(2016, 1, 1)),
    patient_studies=MAYBE,
)
PASTS = st.lists(
    st.builds(
        Past,
        category=CATEGORIES,
        on=DAYS,
        amount_yuan=st.decimals(1, 6000, places=2),
        relation=RELATIONS,
        disease=DISEASES,
        participant=PEOPLE,
        patient=PEOPLE,
    ),
    max_size=4,
)


@given(claim=CLAIMS, before=PASTS)
def test_no_amount_is_below_nought_or_above_what_the_scheme_allows(claim, before):
    verdict = judge(SCHEME, claim, before)
    of_year = [past for past in before if past.on.year == 2016 and past.participant == claim.participant]
    used = sum((past.amount_yuan for past in of_year), Decimal(0)) if claim.participant else 0

    assert 0 <= verdict.amount_yuan <= verdict.most_yuan <= max(SCHEME.cap.most_yuan - used, 0)
    assert not (verdict.is_stopped and verdict.amount_yuan)
    assert verdict.goes_to_city == (verdict.amount_yuan > 5000)


@given(claim=CLAIMS, before=PASTS, reverse=st.booleans())
def test_the_order_of_what_was_given_before_is_no_matter(claim, before, reverse):
    other = (
        list(reversed(before)) if reverse else sorted(before, key=lambda past: (past.amount_yuan, past.on))
    )

    assert judge(SCHEME, claim, before) == judge(SCHEME, claim, other)


@given(category=st.sampled_from(["S1", "S2"]), low=AMOUNTS, more=AMOUNTS)
def test_whoever_paid_more_is_given_no_less(category, low, more):
    disease = CANCER if category == "S1" else "肺炎"
    less, much = (ill(str(own), category=category, disease=disease) for own in (low, low + more))

    assert judge(SCHEME, less).amount_yuan <= judge(SCHEME, much).amount_yuan


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@given(claim=CLAIMS, before=PASTS)
def test_the_words_agree_with_the_numbers(language, claim, before):
    verdict = judge(SCHEME, claim, before)
    with translation.override(language):
        told = wording.reasons(verdict)
        asked = wording.questions(verdict)

    assert all(told)
    assert all(asked)
    assert not any("%(" in words for words in (*told, *asked))
    if verdict.amount_yuan and not verdict.goes_to_city:
        assert money.show(verdict.amount_yuan) in told[-1]
    if verdict.goes_to_city:
        assert money.show(SCHEME.county_limit) in told[-1]


def test_every_step_of_the_chain_is_gone_through_and_the_city_only_where_it_must_be():
    at_limit = [step.code for step in SCHEME.steps(Decimal(5000))]
    above = [step.code for step in SCHEME.steps(Decimal("5000.01"))]

    assert "city" not in at_limit
    assert above == [step.code for step in SCHEME.approvals]


def test_papers_are_asked_by_category_and_relation():
    wanted = [paper.name for paper in SCHEME.papers_for("S4", "parent")]

    assert "工会出具的关系证明" in wanted
    assert "户口簿" not in wanted
    assert "事故或损失证明" not in wanted
