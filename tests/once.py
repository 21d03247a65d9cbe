"""一次即可: which tests are run on each database, and which are measured.

A test that asks for no database says the same beside any: `make test` runs it once, beside SQLite. Whether it
asks is told by its fixtures, never by hand. Tests that start an installation of their own bring its database
along, whatever the others run on.

Tests of the house as a whole, here in `tests/`, come by many lines without asking what they do: they count
for nothing in the coverage of the domain, and need not be slowed down by it.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

WHOLE = Path(__file__).parent
#: What pytest-django opens the database with.
_OPENS = "_django_db_helper"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """Mark them, before anything is chosen by its marks."""
    for item in items:
        if asks_for_a_database(item):
            item.add_marker("database")
        if WHOLE in item.path.parents:
            item.add_marker("no_cover")


def asks_for_a_database(item: pytest.Item) -> bool:
    """Whether one of its fixtures opens the database, or its own mark."""
    return _OPENS in getattr(item, "fixturenames", ()) or item.get_closest_marker("django_db") is not None


def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest) -> None:
    """Refuse a database to a test that did not say that it wants one: it would be tried on SQLite alone."""
    if fixturedef.argname == _OPENS and not request.node.get_closest_marker("database"):
        pytest.fail(f"{request.node.nodeid} asks for a database by the way: name `db` among its arguments")
