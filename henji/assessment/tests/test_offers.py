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
        subject=county, standard=small, year=2016, as_of=date(2016, 6, 1), by=INSTALLER, at=at
    )
    assert addresses.page_at("assessment.item:B10") == "/assessment/item/B10/"
    assert addresses.page_at("assessment.part:B10.held") == "/assessment/item/B10/#B10-held"
    assert addresses.page_of("assessment.signedscore", str(signed.pk)) == f"/assessment/signed/{signed.pk}/"


def test_the_trace_of_a_stated_value_tells_the_part_by_name_the_value_and_why(client_of, officer, state):
    value = state("B10.held", 2, first="2016-03-01", last="2016-12-31")
    told = client_of(officer).get(f"/evidence/traces/{value.made_by_id}/").content.decode()
    assert '<a href="/assessment/item/B10/#B10-held">B10 会议：开会</a>' in told
    for words in ("会议记录可查", "2016-03-01", "满分"):
        assert words in told


def test_who_may_not_see_the_score_is_led_nowhere(client_of, administrator, state):
    value = state("B10.held", 2, first="2016-03-01")
    told = client_of(administrator).get(f"/evidence/traces/{value.made_by_id}/").content.decode()
    assert "B10 会议：开会" in told
    assert "/assessment/" not in told


@pytest.mark.parametrize("words", ["B10", "会议", "开会"])
def test_an_item_is_found_by_its_code_its_name_and_its_parts(reach_of, officer, small, words):
    hits = [hit for found in search(words, reach_of(officer)) for hit in found.hits]
    assert "/assessment/item/B10/" in [hit.url for hit in hits]


def test_the_neighbour_finds_no_item(reach_of, outsider, small):
    assert not search("开会", reach_of(outsider))


def test_an_indicator_that_a_standard_names_and_nobody_declares_is_not_kept(county):
    scope = Scope((county.pk,), Period.year(2016), date(2016, 6, 1))
    assert isinstance(figures.compute("nobody.nothing", scope)[county.pk], NotKept)


#: What the shipped standard asks of records that no room keeps yet: until then a person states the value.
AWAITED = {
    "archives.pieces_missing",
    "assistance.file_errors",
    "assistance.fund_use_rate",
    "bargaining.congresses_missing",
    "bargaining.contract_rate",
    "bargaining.private_congress_rate",
    "bargaining.state_congress_rate",
    "bargaining.wage_contract_rate",
    "bargaining.women_contract_rate",
    "documents.full_committee_meetings",
    "documents.joint_meetings",
    "documents.leader_instructions",
    "documents.party_government_documents",
    "documents.standing_committee_topics",
    "honours.contests_held",
    "members.members_entered_rate",
    "outreach.media_reports",
    "outreach.publicity_items",
    "services.case_files_missing",
    "services.merchants_signed",
    "unions.bodies_missing",
    "unions.township_chair_rate",
    "unions.township_federation_rate",
    "unions.township_standard_rate",
    "work.trainings_held",
}


def test_an_indicator_of_the_shipped_standard_is_declared_by_a_room_or_known_to_be_awaited():
    standard = library.read(library.shipped("reference") or "")
    named = {part.figure for item in standard.items for part in item.parts if part.figure}
    assert named - set(figures.addresses()) == AWAITED
