"""派生栏: what stands beside the box, wherever particulars are written, and that it tells no digits."""

import importlib
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from henji.evidence import keys
from henji.members import commands, queries
from henji.members.derived import FEMALE, MALE, NOTHING, Derived, derived, id_tail, phone_tail
from henji.members.models import Particulars, Person, StagedMember
from henji.members.tests.rosters import number_of
from henji.work import jobs

LI = ("李会员", number_of(1), "13812345678")
HEADS = ("姓名", "身份证号", "手机号")
MIGRATION = importlib.import_module("henji.members.migrations.0004_derived_columns")
LATER = importlib.import_module("henji.members.migrations.0009_defects")


def held(row) -> Derived:
    return Derived(*(getattr(row, name) for name in Derived._fields))


def of_li(phone="13812345678"):
    return derived({"name": "李会员", "identity": number_of(1), "phone": phone})


def test_it_tells_spelling_sex_year_and_tails():
    assert of_li()[:2] == ("li hui yuan", "lhy")
    assert of_li()[4:] == (MALE, 1985, 0)
    assert derived({"identity": number_of(2)}).sex == FEMALE
    assert (of_li().id_tail, of_li().phone_tail) == (id_tail(number_of(1)[-4:]), phone_tail("5678"))


@pytest.mark.parametrize(
    "values", [{}, {"name": "", "identity": "", "phone": ""}, {"identity": "12x", "phone": "110"}]
)
def test_what_cannot_be_told_stays_empty(values):
    assert derived(values)._replace(defects=0) == NOTHING


def test_a_tail_is_told_by_letters_which_only_this_installation_can_compute(tmp_path):
    here = id_tail("1234")
    assert len(here) == 8
    assert here.isalpha()
    assert here not in {phone_tail("1234"), id_tail("1235"), id_tail("123X")}
    assert id_tail("123x") == id_tail("123X")
    with keys.kept_at(tmp_path / "other.json"):
        assert id_tail("1234") != here


def test_a_roster_fills_it(import_rows):
    import_rows([LI], heads=HEADS)
    assert held(Particulars.objects.get()) == of_li()


def test_a_roster_that_changes_the_phone_fills_it_from_all_that_is_known(import_rows, at):
    import_rows([LI], heads=HEADS)
    import_rows([(*LI[:2], "13900000000")], heads=HEADS, at=at + timedelta(days=1))
    before, after = Particulars.objects.order_by("known_from")
    assert held(before) == of_li()
    assert held(after) == of_li("13900000000")
    import_rows([("李惠", LI[1], "")], heads=HEADS, at=at + timedelta(days=2))
    assert Particulars.objects.known().get().phone_tail == phone_tail("0000")


def test_enrolling_and_correcting_fill_it(enrol, officer, actor, at):
    person = enrol("曾会员", 1, phone="13812345678")
    assert held(Particulars.objects.get()) == derived(
        {"name": "曾会员", "identity": number_of(1), "phone": "13812345678"}
    )
    card = queries.card(person)
    commands.correct_person(
        person=person,
        seen=card.seen,
        name="仇会员",
        identity=number_of(2),
        employer=None,
        start_on=card.latest.start_on,
        end_on=None,
        by=actor(officer),
        at=at,
    )
    after = Particulars.objects.known().get()
    assert (after.pinyin, after.sex) == ("qiu hui yuan", FEMALE)
    assert after.id_tail == id_tail(number_of(2))
    assert after.phone_tail == phone_tail("5678")


def blank(model) -> None:
    model.objects.update(**NOTHING._asdict())


def test_rows_from_before_are_filled_by_the_migration(import_rows, hand_in, at, monkeypatch):
    import_rows([LI, ("王会员", number_of(2), "")], heads=HEADS)
    job = hand_in([(*LI[:2], "13900000000"), ("赵会员", number_of(4), "")], heads=HEADS)
    jobs.run_here(job)
    expected = [{row.pk: held(row) for row in model.objects.all()} for model in (Particulars, StagedMember)]
    blank(Particulars)
    blank(StagedMember)
    monkeypatch.setattr(MIGRATION, "PART", 1)
    MIGRATION.fill(apps, SimpleNamespace(connection=connection))
    LATER.fill(apps, SimpleNamespace(connection=connection))
    assert expected == [
        {row.pk: held(row) for row in model.objects.all()} for model in (Particulars, StagedMember)
    ]


def test_rows_whose_key_is_gone_stay_empty(import_rows):
    import_rows([LI, ("王会员", number_of(2), "")], heads=HEADS)
    blank(Particulars)
    Person.objects.filter(particulars__name="李会员").update(key=None)
    MIGRATION.fill(apps, SimpleNamespace(connection=connection))
    assert held(Particulars.objects.get(name="李会员")) == NOTHING
    assert Particulars.objects.get(name="王会员").initials == "why"
