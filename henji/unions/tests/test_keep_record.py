"""What is known of a union is kept version by version; who holds its offices lies closed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from henji.evidence.models import Trace
from henji.evidence.rules import NotYetHappened
from henji.evidence.versions import Outdated
from henji.lib import credit_code
from henji.lib.refusals import Refusal
from henji.unions import commands, history, profiles, recording, records, rules
from henji.unions.deeds import Deed
from henji.unions.models import Level, OfficeHolder, UnionRecord
from henji.unions.rules import told as telling

PHONE = "13800138000"
UNION_CODE = "81130123000000123B"
CHAIR = {"name": "赵主席", "phone": PHONE, "time": "1", "rank": "副科"}


@pytest.fixture
def union(township, actor, officer, at):
    return commands.found_union(
        parent=township, level=Level.PRIMARY, name="常山纺织工会", by=actor(officer), at=at
    )


@pytest.fixture
def keep(union, actor, officer, at):
    """王干事 keeps the record, as it was seen when nothing else is said, an hour after the last time."""

    def keep(facts=(), holders=(), **more):
        held = recording.held_of([union.pk])[union.pk].record
        given = {"seen": held and held.pk, "by": actor(officer), "at": at + timedelta(hours=_times(union))}
        return commands.keep_record(union=union, facts=dict(facts), holders=dict(holders), **given | more)

    return keep


def test_what_is_told_is_kept_and_what_was_told_before_too(keep, union):
    keep({"approved_by": "正定镇总工会", "carried_yuan": Decimal("1200.50"), "has_contract": "2016-05-01"})
    keep({"approved_by": "县总工会", "has_contract": ""})
    first, second = UnionRecord.objects.order_by("pk")
    assert first.line == second.line
    assert (first.unmade_by_id, second.known_to) == (second.made_by_id, None)
    assert records.flat(first) == {
        "approved_by": "正定镇总工会",
        "carried_yuan": Decimal("1200.50"),
        "has_contract": "2016-05-01",
    }
    assert records.flat(second) == {"approved_by": "县总工会", "has_contract": ""}


def test_the_day_of_the_next_election_is_reckoned_and_never_asked(keep, union):
    keep({"elected_on": date(2016, 2, 29), "term_years": 3})
    assert UnionRecord.objects.known().get().due_on == date(2019, 2, 28)
    assert "due_on" not in {item.name for item in records.ITEMS}


def test_the_code_of_a_record_is_the_unions(keep, union):
    code = UNION_CODE[:17] + _check(UNION_CODE[:17])
    keep({"union_code": code})
    union.refresh_from_db()
    assert union.credit_code == code


def _times(union):
    return 1 + UnionRecord.objects.filter(union=union).count()


def _check(seventeen):
    return next(sign for sign in "0123456789ABCDEFGHJKLMNPQRTUWXY" if _is_valid(seventeen + sign))


def _is_valid(code):
    try:
        credit_code.must_be_valid(code)
    except credit_code.NotACreditCode:
        return False
    return True


def test_an_employers_code_is_not_a_unions():
    with pytest.raises(telling.NotAUnionCode, match="以 81 或 89 开头"):
        telling.exact_union_code("91350100M000100Y43")
    assert telling.exact_union_code("") == ""


def test_who_holds_an_office_is_nowhere_in_clear(keep, union):
    keep(holders={"chair": CHAIR})
    assert recording.held_of([union.pk])[union.pk].holder("chair") == CHAIR
    with connection.cursor() as cursor:
        cursor.execute("SELECT box, key FROM unions_officeholder")
        assert not any(word.encode() in bytes(row[0]) for row in cursor for word in (PHONE, "赵主席"))
    facts = Trace.objects.get(deed=Deed.RECORD_KEPT).facts
    assert facts == {"items": ["chair"]}
    assert profiles.record_of(union).officers[0].phone == "138****8000"


def test_the_same_person_keeps_the_key_and_another_one_has_a_key_of_the_own(keep):
    keep(holders={"chair": CHAIR})
    keep(holders={"chair": CHAIR | {"phone": "13900139000"}})
    keep(holders={"chair": {"name": "钱主席"}})
    first, second, third = (bytes(row.key) for row in OfficeHolder.objects.order_by("pk"))
    assert first == second != third


def test_an_office_can_fall_vacant(keep, union):
    keep(holders={"chair": CHAIR, "vice": {"name": "孙副主席"}})
    keep(holders={"chair": {}})
    assert [row.office for row in OfficeHolder.objects.known()] == ["vice"]
    latest, _first = history.record_steps_of(union)
    assert ("主席姓名", "赵主席", "—") in [(c.label, c.before, c.after) for c in latest.changes]


def test_the_history_masks_phones(keep, union):
    keep(holders={"chair": CHAIR})
    keep(holders={"chair": CHAIR | {"phone": "13900139000"}})
    latest, _first = history.record_steps_of(union)
    assert [(c.label, c.before, c.after) for c in latest.changes] == [
        ("主席电话", "138****8000", "139****9000")
    ]


def test_nothing_is_overwritten_in_silence(keep):
    keep({"bank": "正定农信社"})
    with pytest.raises(Outdated):
        keep({"bank": "县农行"}, seen=None)


def test_what_says_nothing_new_is_refused(keep):
    keep({"bank": "正定农信社"}, {"chair": CHAIR})
    with pytest.raises(rules.NothingChanged):
        keep({"bank": "正定农信社"}, {"chair": CHAIR})


def test_an_election_lies_behind_us(keep):
    with pytest.raises(NotYetHappened):
        keep({"elected_on": date(2030, 1, 1)})


def test_a_closed_union_has_no_new_record(keep, union, actor, officer, at):
    commands.close_union(union=union, closed_on=at.date(), by=actor(officer), at=at)
    with pytest.raises(rules.UnionClosed):
        keep({"bank": "正定农信社"})


def test_a_phone_is_told_to_whoever_says_why(keep, union, actor, officer, at):
    keep(holders={"chair": CHAIR})
    holder = OfficeHolder.objects.get()
    signed = {"by": actor(officer), "at": at + timedelta(hours=2)}
    with pytest.raises(telling.NoReason):
        commands.reveal_phone(holder=holder, reason=" ", **signed)
    assert commands.reveal_phone(holder=holder, reason="通知开会", **signed) == PHONE
    trace = Trace.objects.get(deed=Deed.PHONE_REVEALED)
    assert (trace.subject_id, trace.facts, trace.words.text) == (
        str(union.pk),
        {"office": "chair"},
        "通知开会",
    )


def test_there_is_nothing_to_tell_without_a_phone(keep, actor, officer, at):
    keep(holders={"chair": {"name": "赵主席"}})
    with pytest.raises(telling.NotFilled):
        commands.reveal_phone(holder=OfficeHolder.objects.get(), reason="通知开会", by=actor(officer), at=at)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("congress", "第三届", 3),
        ("congress", "12", 12),
        ("term_years", "5年", 5),
        ("term_years", "三", 3),
        ("has_contract", "有", ""),
        ("has_contract", "2016.5.1", "2016-05-01"),
        ("has_contract", "无", None),
        ("home_level", "县模范", "21"),
        ("home_level", "自评很好", "自评很好"),
        ("carried_yuan", "0", Decimal("0.00")),
        ("account", "5010 1234-5678", "501012345678"),
    ],
)
def test_an_item_is_read_as_people_write_it(name, text, value):
    item = next(item for item in records.ITEMS if item.name == name)
    assert item.parse(text) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("congress", "好几届"),
        ("term_years", "99"),
        ("has_contract", "正在谈"),
        ("approved_by", "=cmd|' /C calc'!A0"),
        ("approved_by", "会" * 101),
        ("approved_by", "电话13800138000"),
        ("account", "无账号"),
        ("carried_yuan", "很多"),
    ],
)
def test_an_item_that_cannot_be_read_is_refused_in_words(name, text):
    item = next(item for item in records.ITEMS if item.name == name)
    with pytest.raises(Refusal, match=r"[\u4e00-\u9fff]"):
        item.parse(text)


def test_what_is_written_reads_the_same_again():
    told = {
        "elected_on": date(2016, 5, 1),
        "term_years": 5,
        "carried_yuan": Decimal("0.00"),
        "has_wage": "",
        "has_women": "2016-05-01",
        "home_level": "21",
    }
    assert records.read(records.written(told)) == told
