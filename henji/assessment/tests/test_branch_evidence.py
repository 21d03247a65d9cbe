"""乡镇的佐证: a township's demands are met by papers about it or filed by it, and by nobody else's."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse

from henji.accounts.powers import Role
from henji.assessment import commands, queries
from henji.assessment.tests.conftest import SMALL
from henji.evidence import addresses
from henji.evidence import commands as evidence
from henji.evidence.commands import Offered
from henji.lib.actors import INSTALLER, Actor
from henji.lib.periods import Period
from henji.unions import commands as unions
from henji.unions.models import Level

DAY = date(2016, 6, 1)
FOR_TOWNSHIPS = SMALL.replace("subject_level: county", "subject_level: township").replace(
    "evidence: [{kind: roll}]", "evidence: [{kind: roll}, {deed: unions.employer_registered}]"
)


@pytest.fixture
def towns(county, joined, at):
    return commands.publish_standard(publisher=county, text=FOR_TOWNSHIPS, by=INSTALLER, at=at)


@pytest.fixture
def next_township(county, at):
    return unions.found_union(parent=county, level=Level.TOWNSHIP, name="南牛乡总工会", by=INSTALLER, at=at)


@pytest.fixture
def keep(county, at):
    def _keep(*about, by=INSTALLER, kind="roll", on=DAY):
        return evidence.keep_paper(
            county=county,
            kind=kind,
            on=on,
            title="花名册",
            files=[Offered("花名册.pdf", BytesIO(b"%PDF-1.7 roll"))],
            about=list(about),
            by=by,
            at=at,
        )

    return _keep


def held(subject, standard, item="B1"):
    """What the item's first demand has, and how many it wants."""
    (score,) = queries.item_scores(subject, standard.standard, {item}, Period.year(2016), DAY)
    slot = score.parts[0].slots[0]
    return slot.held, slot.wanted


def union_address(union):
    return f"unions.union:{union.pk}"


def test_a_townships_demands_are_judged(towns, township):
    assert held(township, towns) == (0, 1)


def test_a_paper_about_the_township_meets_its_demand_and_nobody_elses(
    towns, township, next_township, county, keep
):
    keep("assessment.part:B1.rate", union_address(township))
    assert held(township, towns) == (1, 1)
    assert held(next_township, towns) == (0, 1)


def test_a_paper_about_a_union_of_the_township_is_the_townships(towns, township, keep, at):
    mill = unions.found_union(parent=township, level=Level.PRIMARY, name="面粉厂工会", by=INSTALLER, at=at)
    keep("assessment.item:B1", union_address(mill))
    assert held(township, towns) == (1, 1)


def test_a_paper_of_the_county_is_no_townships(towns, township, keep):
    keep("assessment.part:B1.rate")
    assert held(township, towns) == (0, 1)


def test_a_paper_about_the_township_alone_proves_no_item(towns, township, keep):
    keep(union_address(township))
    assert held(township, towns) == (0, 1)


def test_what_names_a_township_does_not_count_for_the_county(small, county, township, keep):
    keep("assessment.part:B1.rate", union_address(township))
    assert held(county, small) == (0, 1)
    keep("assessment.part:B1.rate")
    assert held(county, small) == (1, 1)


def test_a_paper_filed_by_the_townships_own_officer_is_the_townships(
    towns, township, next_township, keep, appoint
):
    clerk = appoint("张干部", Role.BRANCH, township)
    keep("assessment.part:B1.rate", by=Actor(clerk.pk, clerk.name, "乡镇干部"))
    assert held(township, towns) == (1, 1)
    assert held(next_township, towns) == (0, 1)


def test_a_paper_out_of_the_year_is_asked_about(towns, township, keep):
    keep("assessment.part:B1.rate", union_address(township), on=date(2015, 6, 1))
    assert held(township, towns) == (0, 1)


def test_a_deed_done_to_an_employer_of_the_township_meets_its_demand(
    towns, county, township, next_township, at
):
    unions.register_employer(county=county, name="面粉厂", township=township, by=INSTALLER, at=at)
    for place, number in ((township, 1), (next_township, 0)):
        (score,) = queries.item_scores(place, towns.standard, {"B1"}, Period.year(2016), DAY)
        assert score.parts[0].slots[1].held == number


def test_townships_cost_no_more_queries_than_one(
    towns, county, township, next_township, keep, django_assert_max_num_queries
):
    keep("assessment.part:B1.rate", union_address(township))
    places = dict.fromkeys((township, next_township), towns.standard)
    with django_assert_max_num_queries(9):
        cards = queries.scorecards(places, Period.year(2016), DAY)
    assert len(cards) == 2


def test_townships_and_their_items_are_offered_to_papers(towns, county, township):
    offered = {address for _name, listed in addresses.choices(county.pk) for address, _label in listed}
    assert {union_address(township), "assessment.item:B1", "assessment.part:B1.rate"} <= offered


def test_the_townships_item_page_shows_its_papers_and_files_about_it(
    client_of, officer, outsider, towns, township, next_township, keep
):
    paper = keep("assessment.part:B1.rate", union_address(township))
    there = reverse("assessment:item", args=["B1"])
    page = client_of(officer).get(there, {"subject": township.pk}).content.decode()
    assert reverse("evidence:paper", args=[paper.pk]) in page
    assert f"about=unions.union:{township.pk}" in page
    other = client_of(officer).get(there, {"subject": next_township.pk}).content.decode()
    assert reverse("evidence:paper", args=[paper.pk]) not in other
    assert client_of(outsider).get(there, {"subject": township.pk}).status_code == 404
