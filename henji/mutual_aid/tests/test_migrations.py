"""迁移: what was on record before drives and subsidies had versions is their first version afterwards."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from henji.mutual_aid import queries
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
