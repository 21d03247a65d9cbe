"""同时: two officers with one link, two who accept, two who number receipts: each once, without a gap."""

from collections import Counter
from datetime import date

import pytest
from django.db import transaction

from henji.evidence.models import Trace
from henji.mutual_aid.giving import commands, rules
from henji.mutual_aid.giving.models import Receipt, Report, Roll, RollLine
from henji.mutual_aid.models import Donation
from henji.mutual_aid.tests.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(enrol, desk):
    """Two new members of the mill, on the lists."""
    held = [enrol(name, n, start_on=date(2016, 6, 1)) for n, name in enumerate(("甲一", "乙二"), 1)]
    desk.make()
    return held


def told(outcomes):
    return Counter(type(one).__name__ for one in outcomes)


def test_a_link_used_twice_at_once_reports_once_and_the_other_is_told(desk, people, mill):
    link = desk.link(mill)
    one, other = people
    outcomes = at_once(
        lambda: desk.report(mill, {one: 50}, link=link), lambda: desk.report(mill, {other: 30}, link=link)
    )
    assert told(outcomes) == {"Report": 1, "ReportMoved": 1}
    assert Report.objects.count() == 1
    assert Trace.objects.filter(deed="mutual_aid.gifts_reported").count() == 1


def test_a_report_accepted_twice_at_once_counts_once(desk, people, mill):
    report = desk.report(mill, {people[0]: 50})
    outcomes = at_once(lambda: desk.accept(report), lambda: desk.accept(report))
    assert told(outcomes) == {"Accepted": 1, "ReportMoved": 1}
    assert Donation.objects.known().count() == 1


def test_a_report_accepted_while_it_is_replaced_counts_at_most_as_one_of_them(desk, people, mill):
    report = desk.report(mill, {people[0]: 50})
    outcomes = at_once(
        lambda: desk.accept(report), lambda: desk.report(mill, {people[0]: 80}, seen=report.pk)
    )
    assert any(not isinstance(one, Exception) for one in outcomes), outcomes
    waiting = list(Report.objects.open())
    if waiting:
        desk.accept(*waiting)
    assert Donation.objects.known().count() == 1


def test_a_report_and_a_revocation_at_once_end_in_order(desk, people, mill, signed):
    link = desk.link(mill)
    outcomes = at_once(
        lambda: desk.report(mill, {people[0]: 50}, link=link),
        lambda: commands.revoke_link(link=link, **signed),
    )
    refused = [one for one in outcomes if isinstance(one, Exception)]
    assert all(isinstance(one, rules.LinkEnded) for one in refused)
    assert Report.objects.count() == 1 - len(refused)


def test_receipts_numbered_at_once_have_neither_gap_nor_double(desk, people, mill):
    slips = [desk.pay(mill, 50, number=f"回{n}") for n in range(4)]
    outcomes = at_once(*[lambda slip=slip: desk.receipt(slip) for slip in [*slips, slips[0]]])
    assert told(outcomes) == {"Receipt": 4, "ReceiptStands": 1}
    assert sorted(Receipt.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_what_is_undone_takes_its_number_back(desk, people, mill):
    first, second = desk.pay(mill, 50), desk.pay(mill, 60, number="回2")
    with transaction.atomic():
        assert desk.receipt(first).number == 1
        transaction.set_rollback(True)
    assert desk.receipt(second).number == 1
    assert desk.receipt(first).number == 2


def test_lists_made_twice_at_once_are_made_once(desk, enrol):
    enrol("甲一", 1, start_on=date(2016, 6, 1))
    outcomes = at_once(desk.make, desk.make)
    assert sorted(made.fresh for made in outcomes) == [0, 1]
    assert (Roll.objects.count(), RollLine.objects.count()) == (1, 1)
