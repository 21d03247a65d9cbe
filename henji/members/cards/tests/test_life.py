"""A card from the application to its end."""

import pytest
from django.db import connection

from henji.evidence.models import Trace
from henji.members import commands as members
from henji.members import queries as people
from henji.members.cards import commands, moving, queries, rules
from henji.members.cards.models import Card, State
from henji.members.cards.tests.conftest import card_number
from henji.members.deeds import Deed
from henji.members.rules.moving import ReasonMissing
from henji.members.tests.rosters import number_of
from henji.work import queries as work


def test_a_card_goes_from_the_application_to_the_counter_and_back(office, hire):
    person = hire()
    (card,) = office.hand_out(person)
    assert (card.state, card.tail) == (State.ISSUED, card_number(1)[-4:])
    office.step(lambda card, **more: commands.activate(county=card.county, cards=[card], **more), card)
    office.step(commands.lose, office.card(person))
    office.step(commands.find, office.card(person))
    assert office.card(person).state == State.ACTIVATED
    again = office.step(commands.replace, office.card(person))
    old = Card.objects.known().get(line=card.line)
    assert (old.state, office.card(person).line) == (State.REPLACED, again)
    assert (office.card(person).replaces, office.card(person).state) == (card.line, State.APPLIED)
    assert office.card(person).token != card.token


def test_every_deed_on_a_card_commits_to_what_it_wrote(office, hire):
    office.hand_out(hire(1), hire(3))
    made = Trace.objects.filter(deed__startswith="members.card", rows_count__gt=0)
    assert made.count() == 5
    for trace in made:
        assert moving.rows_root(trace.pk).root == trace.rows_root


def test_a_person_carries_one_card(office, hire):
    person = hire()
    office.apply(person)
    with pytest.raises(rules.CardedAlready):
        office.apply(person)
    assert Card.objects.count() == 1


def test_whoever_has_left_applies_for_no_card(office, hire, at):
    person = hire()
    left = at.date()
    card = people.card(person)
    members.correct_person(
        person=person,
        seen=card.seen,
        name=card.known.name,
        employer=card.latest.employer,
        start_on=card.latest.start_on,
        end_on=left,
        **office.signed,
    )
    with pytest.raises(rules.NotAMember):
        office.apply(person)


def test_a_consent_is_to_a_text_that_was_there(office, hire, county):
    person, signed = hire(), office.signed
    for consent, on, refusal in (
        ("2015-9", office.on, rules.ConsentUnknown),
        ("2016-1", office.on.replace(year=2015), rules.ConsentTooEarly),
        ("2016-1", office.on.replace(year=2017), rules.InFuture),
    ):
        with pytest.raises(refusal):
            commands.apply(county=county, persons=[person.pk], consent=consent, consented_on=on, **signed)


def test_the_check_says_what_is_wrong_and_sends_the_others_on(office, hire):
    good, bare = hire(1), hire(3, phone="0311-88012345")
    lone = hire(5, employer=None)
    office.apply(good, bare, lone)
    checked = office.check()
    assert (checked.passed, checked.failed) == (1, 2)
    assert office.card(good).state == State.CHECKED
    assert (office.card(bare).state, office.card(bare).faults) == (State.APPLIED, "phone")
    assert "手机号" in rules.faults_in_words(office.card(bare).faults)
    assert office.card(lone).faults == "unit"


def test_where_nobody_passes_there_is_no_batch(office, hire):
    office.apply(hire(phone=""))
    checked = office.check()
    assert (checked.batch, checked.failed) == (None, 1)
    with pytest.raises(rules.NothingToSend):
        commands.check(county=office.county, cards=[], template="reference", **office.signed)


def test_whoever_takes_the_consent_back_before_the_file_goes_out_is_not_in_it(office, hire):
    person, other = hire(1), hire(3)
    office.apply(person, other)
    batch = office.check().batch
    office.step(commands.withdraw_consent, office.card(person))
    assert office.card(person).state == State.CLOSED
    commands.export(batch=batch, reason="送银行开卡", **office.signed)
    assert Trace.objects.get(deed=Deed.CARD_FILE_EXPORTED).facts["cards"] == 1


def test_whoever_takes_the_consent_back_later_leaves_a_card_to_be_closed(office, hire, reach_of, officer):
    person = hire()
    (card,) = office.hand_out(person)
    office.step(commands.withdraw_consent, card)
    with pytest.raises(rules.ConsentWithdrawn):
        office.step(commands.replace, office.card(person))
    assert work.open_duties(reach_of(officer)).filter(awaits=Deed.CARD_CLOSED).count() == 1
    office.step(commands.close, office.card(person), words="本人撤回同意")
    assert not work.open_duties(reach_of(officer)).filter(awaits=Deed.CARD_CLOSED).exists()


def test_what_leads_nowhere_is_refused_in_words(office, hire):
    person = hire()
    office.apply(person)
    with pytest.raises(rules.NotNow, match="有 1 张卡的状态是“待校验”，不能办“会员卡发放”"):
        commands.hand_out(county=office.county, cards=[office.card(person)], on=office.on, **office.signed)


def test_no_step_comes_before_the_one_before_it(office, hire):
    (card,) = office.hand_out(hire())
    early = {"county": office.county, "cards": [card], "on": card.issued_on.replace(day=1), **office.signed}
    with pytest.raises(rules.OutOfOrder):
        commands.activate(**early)


def test_whoever_acts_on_what_somebody_else_has_moved_is_told(office, hire):
    person = hire()
    (seen,) = office.hand_out(person)
    office.step(commands.lose, office.card(person))
    with pytest.raises(rules.CardMoved):
        office.step(commands.lose, seen)


def test_the_number_is_told_for_a_reason_and_nowhere_in_clear(office, hire):
    person = hire()
    (card,) = office.hand_out(person)
    told = commands.reveal_number(card=card, reason="柜台核对", **office.signed)
    assert told == card_number(1)
    assert queries.masked_number(card) == "6222********0001"
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM members_card")
        assert card_number(1) not in str(cursor.fetchall())
    assert card_number(1) not in str(list(Trace.objects.values_list("facts", flat=True)))


def test_without_the_holders_key_nobody_reads_the_number(office, hire):
    person = hire()
    office.hand_out(person)
    type(person).objects.filter(pk=person.pk).update(key=None)
    assert queries.number_of(office.card(person)) == ""
    assert number_of(1)


def test_what_was_ticked_off_by_mistake_waits_for_its_holder_again(office, hire):
    person = hire()
    (card,) = office.hand_out(person)
    with pytest.raises(ReasonMissing):
        office.step(commands.withdraw_hand_out, card, words="")
    office.step(commands.withdraw_hand_out, card, words="签领表看错了一行")
    assert (office.card(person).state, office.card(person).issued_on) == (State.MADE, None)
    assert office.card(person).tail == card.tail
    trace = Trace.objects.get(deed=Deed.CARD_HAND_OUT_WITHDRAWN)
    assert trace.words.text == "签领表看错了一行"
    commands.hand_out(county=office.county, cards=[office.card(person)], **office.signed, on=office.on)
    activate = {"county": office.county, "cards": [office.card(person)]}
    commands.activate(**activate, **office.signed, on=office.on)
    with pytest.raises(rules.NotNow):
        office.step(commands.withdraw_hand_out, office.card(person), words="激活了的卡已在用")
