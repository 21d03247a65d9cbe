"""What the room offers to others."""

from datetime import date

import pytest

from henji.assessment import commands, library
from henji.evidence import addresses, figures
from henji.evidence.figures import NotKept, Scope
from henji.evidence.searching import search
from henji.lib.actors import INSTALLER
from henji.lib.periods import Period


def test_papers_may_prove_items_and_parts_of_the_countys_standard(county, small):
    offered = addresses.labels(county.pk)
    assert offered["assessment.item:B10"] == "B10 会议"
    assert offered["assessment.part:B10.held"] == "B10 开会"


def test_before_there_is_a_standard_nothing_is_offered(county):
    assert not [address for address in addresses.labels(county.pk) if address.startswith("assessment.")]


def test_items_parts_and_signed_scores_have_their_pages(county, small, at):
    signed = commands.sign_self_score(
        county=county, standard=small, year=2016, as_of=date(2016, 6, 1), by=INSTALLER, at=at
    )
    assert addresses.page_at("assessment.item:B10") == "/assessment/item/B10/"
    assert addresses.page_at("assessment.part:B10.held") == "/assessment/item/B10/#B10-held"
    assert addresses.page_of("assessment.signedscore", str(signed.pk)) == f"/assessment/signed/{signed.pk}/"


@pytest.mark.parametrize("words", ["B10", "会议", "开会"])
def test_an_item_is_found_by_its_code_its_name_and_its_parts(reach_of, officer, small, words):
    hits = [hit for found in search(words, reach_of(officer)) for hit in found.hits]
    assert "/assessment/item/B10/" in [hit.url for hit in hits]


def test_the_neighbour_finds_no_item(reach_of, outsider, small):
    assert not search("开会", reach_of(outsider))


def test_an_indicator_that_a_standard_names_and_nobody_declares_is_not_kept(county):
    scope = Scope((county.pk,), Period.year(2016), date(2016, 6, 1))
    assert isinstance(figures.compute("nobody.nothing", scope)[county.pk], NotKept)


def test_every_indicator_of_the_shipped_standard_is_declared_by_some_room():
    standard = library.read(library.shipped("reference") or "")
    named = {part.figure for item in standard.items for part in item.parts if part.figure}
    assert named <= set(figures.addresses())
