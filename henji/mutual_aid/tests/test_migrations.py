"""迁移: what was on record becomes what later releases keep: first versions, and the opening of the books."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from henji.mutual_aid import commands, queries
from henji.mutual_aid.ledger import chart
from henji.mutual_aid.ledger.models import Kind, Voucher
from henji.mutual_aid.ledger.posting import balance
from henji.mutual_aid.ledger.tests.agreeing import must_agree
from henji.mutual_aid.models import Subsidy

BEFORE, AFTER = [("mutual_aid", "0001_initial")], [("mutual_aid", "0003_subsidy_versions")]

pytestmark = pytest.mark.django_db(transaction=True)


def migrate(to):
    executor = MigrationExecutor(connection)
    executor.migrate(to)
    return executor.loader.project_state(to).apps


@pytest.fixture
def before(drive, grant):
    """The tables as they were, with a drive and its subsidy; and as all of them are, again."""
    grant("500000")
    yield migrate(BEFORE)
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())


def test_what_is_there_becomes_the_first_version(before, drive, at, signed):
    held = before.get_model("mutual_aid", "Subsidy").objects.get()
    migrate(AFTER)
    version = queries.version_of(drive)
    terms = ("name", "collects_from", "collects_to", "aid_from", "aid_to", "counted_on", "county_id")
    assert [getattr(version, name) for name in terms] == [getattr(drive, name) for name in terms]
    assert (version.known_from, version.known_to, version.made_by_id) == (at, None, drive.made_by_id)
    subsidy = Subsidy.objects.known().get(pk=held.pk)
    assert (subsidy.granted_yuan, subsidy.granted_on) == (Decimal(500000), date(2016, 12, 1))
    assert (subsidy.known_from, subsidy.made_by_id) == (at, held.made_by_id)
    assert subsidy.line is not None


@pytest.fixture
def unposted():
    """Takes the books away, and brings them back from what is on record."""
    yield lambda: (migrate([("mutual_aid", "0004_row_conflicts")]), migrate(leaves()))
    migrate(leaves())


def leaves():
    return MigrationExecutor(connection).loader.graph.leaf_nodes()


def test_what_was_on_record_opens_the_books(unposted, take, give, grant, pay, enrol, mill, signed, county):
    take(("集体", "", "常山纺织", 500, "", ""), ("集体", "", "恒山机械", 70, "", ""))
    gift = give(employer=mill, receipt="收1")
    told = {"amount_yuan": Decimal(80), "given_on": date(2016, 12, 5), "receipt": "收1", "reason": "抄错"}
    commands.correct_donation(donation=gift, **told, **signed)
    grant("5000")
    paid = pay(enrol())
    before = balances(county)
    unposted()
    assert balances(county) == before
    vouchers = Voucher.objects.order_by("year", "number")
    assert [voucher.label for voucher in vouchers] == ["2016-0001", "2016-0002", "2017-0001", "2017-0002"]
    assert {voucher.kind for voucher in vouchers} == {Kind.OPENING}
    commands.withdraw_aid(payment=paid, reason="重复", **signed)
    must_agree(county)


def balances(county):
    return {account: balance(county, account, date(2017, 1, 6)) for account in chart.ACCOUNTS}
