"""What a trace holds, and what it never holds."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from henji.evidence import traces
from henji.evidence.kinds import Kind
from henji.evidence.models import Trace, Words
from henji.evidence.traces import NamesInFacts, OutsideTransaction, RowsRoot
from henji.lib import merkle
from henji.lib.actors import INSTALLER


@pytest.fixture
def leave(county, at):
    """Leave a trace about the county."""

    def leave(**more):
        given = {"county": county, "by": INSTALLER, "at": at, "on": date(2016, 5, 31)}
        with transaction.atomic():
            return traces.leave("evidence.tried", subject=county, **{"id": traces.new_id(at)} | given | more)

    return leave


def test_a_trace_says_who_did_what_to_what_and_when(leave, county, officer, actor, at):
    trace = Trace.objects.get(pk=leave(by=actor(officer)).pk)
    assert (trace.deed, trace.subject_kind, trace.subject_id) == (
        "evidence.tried",
        "unions.union",
        str(county.pk),
    )
    assert (trace.county, trace.county_name) == (county.pk, "正定县总工会")
    assert (trace.by_id, trace.by_name, trace.by_post) == (officer.pk, "王干事", "干事")
    assert (trace.on, trace.at) == (date(2016, 5, 31), at)


def test_a_trace_keeps_the_name_that_its_county_had(leave, county):
    trace = leave()
    county.name = "正定新区总工会"
    county.save()
    assert Trace.objects.get(pk=trace.pk).county_name == "正定县总工会"


def test_a_superiors_deed_has_no_county(leave):
    trace = leave(county=None)
    assert (trace.county, trace.county_name) == (None, "")


@pytest.mark.django_db(transaction=True)
def test_no_trace_is_left_outside_a_transaction(county, at):
    before = Trace.objects.count()
    with pytest.raises(OutsideTransaction):
        traces.leave(
            "evidence.tried", id=uuid4(), subject=county, county=county, by=INSTALLER, at=at, on=at.date()
        )
    assert Trace.objects.count() == before


def test_words_can_be_given_and_stand_beside_the_trace(leave):
    trace = leave(words="按会议纪要更正")
    assert Words.objects.get(trace=trace).text == "按会议纪要更正"
    assert not Words.objects.filter(trace=leave()).exists()


def test_a_bulk_trace_commits_to_its_rows(leave):
    leaves = [bytes([n]) * 32 for n in range(5)]
    trace = Trace.objects.get(pk=leave(rows=RowsRoot.over(leaves)).pk)
    assert trace.rows_count == 5
    root = bytes.fromhex(trace.rows_root)
    assert all(merkle.verify(leaf, n, 5, merkle.proof(leaves, n), root) for n, leaf in enumerate(leaves))


def test_a_correction_points_at_what_it_corrects(leave):
    first = leave()
    assert list(first.superseded_by.all()) == []
    second = leave(supersedes=first.pk)
    assert list(first.superseded_by.all()) == [second]


def test_the_latest_recorded_stands_at_the_top(leave, at):
    early, late = leave(at=at.replace(hour=8)), leave(at=at.replace(hour=10))
    found = traces.all_traces().filter(deed="evidence.tried").newest_first()
    assert list(found) == [late, early]


def test_traces_of_other_counties_are_told_apart(leave, county, neighbour):
    held = leave()
    assert held in Trace.objects.in_counties(frozenset({county.pk}))
    assert held not in Trace.objects.in_counties(frozenset({neighbour.pk}))


# Facts


def test_facts_are_ids_counts_amounts_days_and_codes(leave):
    line = UUID(int=7)
    trace = leave(
        facts={
            "read": 2000,
            "new": True,
            "paid": Decimal("50.00"),
            "line": line,
            "from": date(2016, 1, 1),
            "at": datetime(2016, 1, 1, tzinfo=UTC),
            "kind": Kind.PHOTO,
            "ids": [1, 2],
            "by_kind": {Kind.PHOTO: 3},
            "file": "ab" * 32,
            "none": None,
        }
    )
    assert Trace.objects.get(pk=trace.pk).facts == {
        "read": 2000,
        "new": True,
        "paid": "50.00",
        "line": str(line),
        "from": "2016-01-01",
        "at": "2016-01-01T00:00:00+00:00",
        "kind": "photo",
        "ids": [1, 2],
        "by_kind": {"photo": 3},
        "file": "ab" * 32,
        "none": None,
    }


@pytest.mark.parametrize(
    "secret",
    [
        "李会员",
        "130123199001010011",
        "13012319900101001X",
        "13012319900101001x",
        "130123900101001",
        "id 130123199001010011.",
        "13812345678",
        "6222021234567890",
        130123199001010011,
        13812345678,
        -13812345678,
        "x" * 201,
        3.14,
        b"bytes",
        object(),
    ],
)
@pytest.mark.parametrize("wrapped", [lambda s: s, lambda s: [s], lambda s: {"a": [{"b": s}]}])
def test_facts_never_hold_a_name_a_number_or_anything_unknown(leave, secret, wrapped):
    before = Trace.objects.count()
    with pytest.raises(NamesInFacts) as refused:
        leave(facts={"what": wrapped(secret)})
    assert str(secret) not in str(refused.value)
    assert Trace.objects.count() == before


@pytest.mark.parametrize("key", ["李会员", "130123199001010011", 130123199001010011])
def test_names_are_not_smuggled_in_as_keys(leave, key):
    with pytest.raises(NamesInFacts):
        leave(facts={"paid": {key: 50}})


@given(st.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True), st.sampled_from(["", " ", "-", "/", "，"]))
def test_no_identity_number_passes_whatever_stands_around_it(number, around):
    with pytest.raises(NamesInFacts):
        traces._plain(f"{around}{number}{around}")


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1))
def test_no_chinese_word_passes(word):
    with pytest.raises(NamesInFacts):
        traces._plain(word)


# Identifiers


def test_the_id_is_known_before_the_trace_is_left(leave, at):
    known = traces.new_id(at)
    assert leave(id=known).pk == known
