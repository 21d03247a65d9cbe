"""What looks across counties: the list in docs/security.md, walked by somebody of another county."""

import re
from datetime import timedelta
from importlib import import_module

import pytest
from django.urls import reverse

from henji.members import commands as members
from henji.members.cards.tests import test_bank, test_following
from henji.members.jobs import roster as rosters
from henji.members.models import Membership, StagedMember
from henji.members.tests.rosters import HEADS, number_of, workbook_of
from henji.work.intake import take_in
from tests.house.source import ROOT

NAME, PHONE = "欧阳采薇", "13912345678"


@pytest.fixture
def person(county, township, officer, actor, at):
    """A member of the county, of whom the neighbour knows the number and nothing else."""
    told = {"name": NAME, "identity": number_of(1), "phone": PHONE, "county": county}
    return members.enrol(**told, start_on=at.date(), by=actor(officer), at=at)


@pytest.fixture
def release(person, neighbour, officer, actor, at):
    """会籍转出 of the person to the neighbour."""

    def release():
        held = Membership.objects.known().get(person=person)
        deed = {"person": person, "seen": held.pk, "to": neighbour, "on": at.date()}
        return members.release(**deed, by=actor(officer), at=at)

    return release


def test_the_list_names_what_there_is():
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    section = page.partition("## What looks across counties")[2].partition("\n## ")[0]
    listed = re.findall(r"^\|[^|]+\| `([\w.]+)` \|", section, re.MULTILINE)
    assert set(listed) == set(WALKED)
    for code in listed:
        module, _, name = code.rpartition(".")
        assert hasattr(import_module(f"henji.{module}"), name), code


def words_of(response):
    assert response.status_code == 200
    return response.content.decode()


def tells_nothing(words, *allowed):
    told = [word for word in (NAME, PHONE, "139****5678", "正定县", "新安镇") if word in words]
    return set(told) <= set(allowed)


def test_enrolling_answers_held_elsewhere(person, client_of, outsider):
    form = {"name": "王会员", "identity": number_of(1)}
    words = words_of(client_of(outsider).post(reverse("members:enrol"), form))
    assert "已在其他县（区）登记" in words
    assert tells_nothing(words)


def test_a_roster_answers_held_elsewhere(person, neighbour, outsider, at):
    row = ("王会员", number_of(1), "", "", "", "", "")
    job = take_in(
        rosters,
        workbook_of([row], HEADS),
        file_name="花名册.xlsx",
        county=neighbour,
        asker=outsider,
        post="干事",
        at=at,
    )
    staged = StagedMember.objects.get(job=job)
    assert "已在其他县（区）登记" in staged.reason
    assert tells_nothing(f"{staged.reason}{staged.name}")
    assert staged.person is None


def test_whoever_releases_sees_the_names_of_counties_alone(person, neighbour, outsider, client_of, actor, at):
    told = {"name": "王会员", "identity": number_of(2), "county": neighbour}
    own = members.enrol(**told, by=actor(outsider), at=at)
    words = words_of(client_of(outsider).get(reverse("members:release", args=[own.pk])))
    assert "正定县总工会" in words
    assert tells_nothing(words, "正定县")


def test_asking_tells_who_holds_the_member_who_asks_and_the_asker_nothing(
    person, client_of, officer, outsider
):
    asker = client_of(outsider)
    asked = asker.post(reverse("members:ask"), {"name": "王会员", "identity": number_of(1)}, follow=True)
    assert tells_nothing(words_of(asked))
    assert tells_nothing(words_of(asker.get(reverse("members:transfers"))))
    words = words_of(client_of(officer).get(reverse("members:transfers")))
    assert "井陉县总工会" in words
    assert "王会员" not in words


def test_a_transfer_tells_its_two_sides_and_nobody_else(release, client_of, outsider, appoint, county, at):
    transfer = release()
    page = reverse("members:transfer", args=[transfer.line])
    words = words_of(client_of(outsider).get(page))
    assert number_of(1)[-4:] in words
    assert number_of(1) not in words
    assert tells_nothing(words, NAME, "正定县")


def test_the_former_county_is_told_what_was_there(release, person, client_of, officer, outsider, actor, at):
    transfer = release()
    later = {"by": actor(outsider), "at": at + timedelta(hours=1)}
    members.accept(transfer=transfer, employer=None, on=at.date(), **later)
    words = words_of(client_of(officer).get(reverse("members:person", args=[person.pk])))
    assert "井陉县" not in words
    assert tells_nothing(words, NAME, "正定县")


def test_a_superior_sees_masks(person, client_of, inspector):
    client = client_of(inspector)
    words = words_of(client.get(reverse("members:person", args=[person.pk])))
    assert NAME in words
    assert PHONE not in words
    shown = client.post(reverse("members:reveal", args=[person.pk, "phone"]), {"reason": "核对"})
    assert shown.status_code == 403


def test_nobody_else_finds_the_person(person, client_of, outsider):
    assert client_of(outsider).get(reverse("members:person", args=[person.pk])).status_code == 404
    for words in (NAME, number_of(1), "ouyang"):
        found = client_of(outsider).get(reverse("members:list"), {"q": words})
        assert str(person.pk) not in words_of(found)


WALKED = {
    "members.queries.holder_of": test_enrolling_answers_held_elsewhere,
    "members.judging.RosterJudge": test_a_roster_answers_held_elsewhere,
    "members.queries.transfers.counties_besides": test_whoever_releases_sees_the_names_of_counties_alone,
    "members.queries.transfers.transfers_in": test_a_transfer_tells_its_two_sides_and_nobody_else,
    "members.queries.asking.asked_of": test_asking_tells_who_holds_the_member_who_asks_and_the_asker_nothing,
    "members.queries.transfers.former_member": test_the_former_county_is_told_what_was_there,
    "members.cards.queries.numbers_taken": (
        test_bank.test_a_number_that_a_card_of_another_county_has_comes_back_and_nothing_more_is_said
    ),
    "members.cards.following.gone_along": (
        test_following.test_the_former_county_sees_its_own_card_and_nothing_of_the_other
    ),
    "accounts.queries.reach_of": test_a_superior_sees_masks,
}
