"""One deed, one trace, at run time: the watch of `tests/watch.py` is on, and it sees what it should."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from henji.evidence import traces
from henji.evidence.models import Trace
from henji.lib.actors import INSTALLER
from henji.unions import commands, rules
from henji.unions.models import Union
from tests.house.commands import commands_of
from tests.house.source import house
from tests.watch import DeedWithoutItsTrace, watched


def leave(county, at):
    traces.leave(
        "unions.tried", id=traces.new_id(at), subject=county, county=county, by=INSTALLER, at=at, on=at.date()
    )


def test_every_command_in_the_source_is_watched(watched_commands):
    written = {f"{m.dotted}.{f.name}" for m in house() for f in commands_of(m)}
    assert set(watched_commands) == written


def test_a_deed_that_leaves_one_trace_passes(county):
    assert Trace.objects.of(county).count() == 1


def test_a_deed_without_a_trace_is_seen(county):
    forgetful = watched(transaction.atomic(lambda: county))
    with pytest.raises(DeedWithoutItsTrace, match="left 0 traces"):
        forgetful()


def test_a_deed_with_two_traces_is_seen(county, at):
    def talkative():
        leave(county, at)
        leave(county, at)

    with pytest.raises(DeedWithoutItsTrace, match="left 2 traces"):
        watched(transaction.atomic(talkative))()


def test_two_traces_in_one_statement_are_seen(county, at):
    def packed():
        held = Trace.objects.of(county).get()
        copies = [Trace(**_values(held) | {"id": traces.new_id(at)}) for _ in range(2)]
        Trace.objects.bulk_create(copies)

    with pytest.raises(DeedWithoutItsTrace, match="left 2 traces"):
        watched(transaction.atomic(packed))()


def _values(trace):
    return {field.attname: getattr(trace, field.attname) for field in Trace._meta.concrete_fields}


def test_a_deed_without_a_transaction_of_its_own_is_seen(county, at):
    with pytest.raises(DeedWithoutItsTrace, match="outside a transaction"):
        watched(lambda: leave(county, at))()


def test_a_failed_deed_that_keeps_its_trace_is_seen(county, at):
    def half_undone():
        with transaction.atomic():
            leave(county, at)
        raise rules.NoName("没有名称")

    with pytest.raises(DeedWithoutItsTrace, match="failed and yet left a trace"):
        watched(half_undone)()


def test_a_refusal_passes_and_leaves_nothing(county, at):
    def refused():
        leave(county, at)
        raise rules.NoName("没有名称")

    before = Trace.objects.count()
    with pytest.raises(rules.NoName):
        watched(transaction.atomic(refused))()
    assert Trace.objects.count() == before


def test_a_deed_that_the_database_refuses_passes_and_leaves_nothing(county, at):
    def refused():
        leave(county, at)
        Union.objects.create(level="county", code=county.code, path="", made_by_id=traces.new_id(at))

    before = Trace.objects.count()
    with pytest.raises(IntegrityError):
        watched(transaction.atomic(refused))()
    assert Trace.objects.count() == before


def test_a_command_that_calls_a_command_is_seen(county, at):
    def greedy():
        commands.found_union(parent=county, level="township", name="新安镇总工会", by=INSTALLER, at=at)

    with pytest.raises(DeedWithoutItsTrace, match="a command never calls a command"):
        watched(transaction.atomic(greedy))()


def test_watching_costs_no_query(county, at, django_assert_num_queries):
    def deed():
        leave(county, at)

    with django_assert_num_queries(4):  # savepoint, insert, whether it straggles, release
        watched(transaction.atomic(deed))()


@pytest.mark.django_db(transaction=True)
def test_deeds_in_two_threads_are_counted_apart(county, at):
    failures = []

    def found(name):
        try:
            commands.found_union(parent=county, level="township", name=name, by=INSTALLER, at=at)
        except Exception as failure:  # noqa: BLE001 - whatever it was, the test names it
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=found, args=(f"{n}镇总工会",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert Trace.objects.filter(deed="unions.union_founded").count() == 4
