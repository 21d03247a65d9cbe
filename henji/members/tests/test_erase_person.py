"""个人信息删除: the words go and cannot come back; days, money and seals stay."""

from datetime import date, timedelta

import pytest
from django.db import connection

from henji.evidence.models import Trace, Words
from henji.members import commands, leaves, queries, rules
from henji.members.commands.erasing import ERASED_NAME
from henji.members.deeds import Deed
from henji.members.models import Merger, Particulars, StagedMember, Turn
from henji.members.rules import moving
from henji.members.tests.rosters import number_of
from henji.members.tests.turns import latest
from henji.work import jobs

NAME, PHONE = "欧阳采薇", "13912345678"


@pytest.fixture
def erase(leader, actor, at):
    """个人信息删除 by 陈主席."""

    def erase(person, reason="本人要求", later=5):
        when = at + timedelta(hours=later)
        return commands.erase_person(person=person, reason=reason, by=actor(leader), at=when)

    return erase


def everything_in_the_database():
    """Every value of every text column of every table, and every blob, as one string."""
    with connection.cursor() as cursor:
        said = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            said += [
                str(value) for row in cursor.fetchall() for value in row if isinstance(value, str | bytes)
            ]
    return "\n".join(said)


def test_no_word_of_the_person_is_left_anywhere(enrol, import_rows, erase, county, officer, actor, at):
    import_rows([(NAME, number_of(1), PHONE, "正定县新厂有限公司", "2015-03-01", "", "")])
    person = queries.holder_of(number_of(1))
    index = queries.blind_identity(number_of(1))
    tail = Particulars.objects.get(person=person).phone_tail
    card = queries.card(person)
    commands.correct_person(
        person=person,
        seen=card.seen,
        name=NAME,
        phone="13900000000",
        employer=None,
        start_on=None,
        end_on=None,
        by=actor(officer),
        at=at + timedelta(hours=1),
    )
    commands.reveal(
        person=person, field="phone", reason=f"联系{NAME}", by=actor(officer), at=at + timedelta(hours=2)
    )
    before = everything_in_the_database()
    assert all(word in before for word in (NAME, index, tail, "ou yang cai wei"))
    erase(person)
    after = everything_in_the_database()
    assert [
        word for word in (NAME, PHONE, number_of(1), index, tail, "ou yang cai wei") if word in after
    ] == []


def test_every_seal_still_verifies(import_rows, erase, county):
    job = import_rows(
        [(NAME, number_of(1), PHONE, "", "", "", ""), ("王会员", number_of(2), "", "", "", "", "")]
    )
    trace = Trace.objects.get(pk=job.trace_id)
    erase(queries.holder_of(number_of(1)))
    sealed = leaves.rows_root(trace.pk)
    assert (sealed.count, sealed.root) == (trace.rows_count, trace.rows_root)


def test_the_trace_of_the_erasure_names_nobody(enrol, erase, leader):
    person = enrol(NAME)
    erase(person)
    trace = Trace.objects.get(deed=Deed.ERASED)
    assert (trace.subject_id, trace.by_name, trace.facts) == (str(person.pk), "陈主席", {"records": 1})
    assert list(Words.objects.values_list("text", flat=True)) == ["本人要求"]


def test_days_and_counts_stay(enrol, erase, county):
    person = enrol(NAME)
    before = queries.members_counted([county.pk], date(2016, 5, 1))
    erase(person)
    assert queries.members_counted([county.pk], date(2016, 5, 1)) == before
    assert queries.names_of([person.pk]) == {person.pk: ERASED_NAME}


def test_the_page_says_so_and_shows_nothing(enrol, erase, client_of, officer):
    person = enrol(NAME, phone=PHONE, address="正定镇中山路 1 号")
    erase(person)
    page = client_of(officer).get(f"/members/{person.pk}/").content.decode()
    assert ERASED_NAME in page
    assert [word for word in (NAME, "139", "中山路") if word in page] == []
    for name in ("correct", "merge"):
        assert f"/members/{person.pk}/{name}/" not in page


def test_nothing_more_is_told_or_corrected_and_nobody_is_erased_twice(enrol, erase, officer, actor, at):
    person = enrol(NAME)
    erase(person)
    person.refresh_from_db()
    with pytest.raises(rules.Erased):
        commands.reveal(person=person, field="phone", reason="核对", by=actor(officer), at=at)
    with pytest.raises(rules.Erased):
        erase(person)


def test_the_membership_can_still_end(enrol, erase, officer, actor, at):
    person = enrol(NAME)
    erase(person)
    commands.end_membership(
        person=person,
        seen=latest(person).pk,
        ending=Turn.LEFT,
        on=at.date(),
        by=actor(officer),
        at=at + timedelta(hours=6),
    )
    assert latest(person).ended_by == Turn.LEFT


def test_the_same_number_begins_a_record_of_its_own(enrol, erase, import_rows, at):
    first = enrol(NAME)
    erase(first)
    import_rows([(NAME, number_of(1), "", "", "", "", "")], at=at + timedelta(hours=6))
    second = queries.holder_of(number_of(1))
    assert second is not None
    assert second != first


def test_two_who_were_erased_do_not_collide(enrol, erase):
    erase(enrol(NAME))
    erase(enrol("王会员", 2), later=6)


def test_an_import_that_was_checked_before_brings_nothing_back(enrol, erase, hand_in, officer, at):
    person = enrol(NAME)
    job = hand_in([(NAME, number_of(1), PHONE, "", "", "", "")])
    jobs.run_here(job, at=at + timedelta(hours=1))
    assert StagedMember.objects.filter(job=job, person=person.pk).exists()
    erase(person)
    assert not StagedMember.objects.filter(job=job, person=person.pk).exists()
    job.refresh_from_db()
    jobs.say_yes(job, asker=officer, post="干事")
    jobs.run_here(job, at=at + timedelta(hours=6))
    assert NAME not in everything_in_the_database()


def test_folded_records_go_too(enrol, erase, officer, actor, at):
    kept, folded = enrol(NAME), enrol("欧阳彩薇", 2)
    seen = queries.card(kept).seen, queries.card(folded).seen
    commands.merge(
        kept=kept,
        folded=folded,
        seen=seen,
        reason="同一个人",
        by=actor(officer),
        at=at + timedelta(hours=1),
    )
    erase(kept)
    assert "彩薇" not in everything_in_the_database()
    assert Merger.objects.get().id_index == ""
    assert queries.holder_of(number_of(2)) is None


def test_whoever_is_being_transferred_is_not_erased_before_the_answer(
    enrol, erase, neighbour, officer, actor, at
):
    person = enrol(NAME)
    commands.release(
        person=person, seen=latest(person).pk, to=neighbour, on=at.date(), by=actor(officer), at=at
    )
    with pytest.raises(moving.InTransfer):
        erase(person)


def test_the_page_asks_for_a_reason_and_the_word(enrol, client_of, leader, officer):
    person = enrol(NAME)
    address = f"/members/{person.pk}/erase/"
    assert client_of(officer).get(address).status_code == 403
    client = client_of(leader)
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": "本人要求", "typed": "是"}).status_code == 200
    assert client.post(address, {"reason": "本人要求", "typed": "删除"}).status_code == 302
    person.refresh_from_db()
    assert person.key is None
