"""合格记录: what lacks in members' records, counted, listed by union, and told to whoever can mend it."""

import importlib
from datetime import date
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from henji.evidence import figures
from henji.lib.periods import Period
from henji.members import commands, queries
from henji.members.defects import Defect, defects
from henji.members.models import Particulars
from henji.members.queries.defects import lacks
from henji.members.tests.rosters import number_of
from henji.unions.models import Union

PHONE = "13812345678"
HEADS = ("姓名", "身份证号", "手机号", "工作单位", "入会日期")


@pytest.fixture
def figure_of(county):
    def figure_of(address="members.valid_record_rate", **more):
        scope = figures.Scope((county.pk,), Period.year(2016), date(2016, 6, 1), **more)
        return figures.compute(address, scope)[county.pk]

    return figure_of


@pytest.fixture
def total(client_of, officer):
    """How many rows a ground shows."""
    return lambda ground: client_of(officer).get(ground.url).context["listing"].total


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"identity": number_of(1), "phone": PHONE}, 0),
        ({"identity": number_of(1)}, Defect.NO_PHONE),
        ({"identity": number_of(1), "phone": "0311-88881234"}, Defect.ODD_PHONE),
        ({"identity": number_of(1), "phone": "12345678901"}, Defect.ODD_PHONE),
        ({"identity": "", "phone": PHONE}, Defect.ODD_NUMBER),
        ({}, Defect.NO_PHONE | Defect.ODD_NUMBER),
    ],
)
def test_what_lacks_in_a_persons_particulars(values, found):
    assert defects(values) == found


@given(st.dictionaries(st.sampled_from(["identity", "phone", "name"]), st.text(max_size=20)))
def test_every_defect_has_its_bit_and_nothing_else(values):
    found = defects(values)
    assert 0 <= found <= sum(Defect)
    assert not (found & Defect.NO_PHONE and found & Defect.ODD_PHONE)


def test_a_record_is_valid_when_nothing_lacks(import_rows, employ, figure_of, total):
    unit = employ().name
    import_rows(
        [
            ("好会员", number_of(1), PHONE, unit, "2015-03-01"),
            ("缺手机", number_of(2), "", unit, "2015-03-01"),
            ("错手机", number_of(3), "0311-8888", unit, "2015-03-01"),
            ("缺日期", number_of(4), PHONE, unit, ""),
            ("待归属", number_of(5), PHONE, "没有这家厂", "2015-03-01"),
            ("都缺了", number_of(6), "", "没有这家厂", ""),
        ],
        heads=HEADS,
    )
    figure = figure_of()
    assert (figure.part, figure.whole) == (1, 6)
    assert (total(figure.part_ground), total(figure.whole_ground)) == (1, 6)


@pytest.mark.parametrize(
    ("missing", "number"),
    [("any", 5), ("none", 1), ("phone", 2), ("odd_phone", 1), ("number", 0), ("start", 2), ("place", 2)],
)
def test_the_list_finds_what_lacks(import_rows, employ, client_of, officer, missing, number):
    unit = employ().name
    import_rows(
        [
            ("好会员", number_of(1), PHONE, unit, "2015-03-01"),
            ("缺手机", number_of(2), "", unit, "2015-03-01"),
            ("错手机", number_of(3), "0311-8888", unit, "2015-03-01"),
            ("缺日期", number_of(4), PHONE, unit, ""),
            ("待归属", number_of(5), PHONE, "没有这家厂", "2015-03-01"),
            ("都缺了", number_of(6), "", "没有这家厂", ""),
        ],
        heads=HEADS,
    )
    assert client_of(officer).get(f"/members/?missing={missing}").context["listing"].total == number


def test_what_is_mended_counts_at_once_and_not_before(enrol, figure_of, actor, officer, at):
    person = enrol(phone="")
    figure = figure_of()
    assert (figure.part, figure.whole) == (0, 1)
    card = queries.card(person)
    commands.correct_person(
        person=person,
        seen=card.seen,
        name="李会员",
        employer=None,
        start_on=card.latest.start_on,
        end_on=None,
        phone=PHONE,
        by=actor(officer),
        at=at.replace(hour=20),
    )
    assert figure_of().part == 1
    assert figure_of(known_at=at.replace(hour=12)).part == 0


def test_of_nobody_there_is_nothing_to_say(figure_of):
    assert isinstance(figure_of(), figures.Missing)


def test_where_the_standard_says_so_only_valid_records_count(enrol, employ, figure_of, total):
    employer = employ(workers=4)
    enrol(serial=1, phone=PHONE, employer=employer)
    enrol(serial=2, employer=employer)
    figure = figure_of("members.valid_membership_rate")
    assert (figure.part, figure.whole) == (1, 4)
    assert total(figure.part_ground) == 1
    assert figure_of("members.membership_rate").part == 2


def test_what_lacks_is_listed_union_by_union(enrol, county, reach_of, officer, outsider, at):
    enrol(serial=1, phone=PHONE)
    enrol(serial=2, start_on=None)
    (row,) = lacks(reach_of(officer), county, at.date())
    assert (row.union, row.members, row.valid, row.phone, row.undated) == (
        Union.objects.get(pk=county.pk),
        2,
        1,
        1,
        1,
    )
    assert lacks(reach_of(outsider), county, at.date()) == []


def test_counties_cost_no_more_queries_than_one(enrol, county, neighbour, django_assert_num_queries):
    enrol(serial=1)
    scope = figures.Scope((county.pk, neighbour.pk), Period.year(2016), date(2016, 6, 1))
    with django_assert_num_queries(2):
        figures.compute("members.valid_record_rate", scope)


def test_rows_from_before_are_filled_by_the_migration(enrol, monkeypatch):
    enrol(serial=1)
    enrol(serial=2, phone=PHONE)
    Particulars.objects.update(defects=0)
    migration = importlib.import_module("henji.members.migrations.0009_defects")
    monkeypatch.setattr(migration, "PART", 1)
    migration.fill(apps, SimpleNamespace(connection=connection))
    assert sorted(Particulars.objects.values_list("defects", flat=True)) == [0, Defect.NO_PHONE]
