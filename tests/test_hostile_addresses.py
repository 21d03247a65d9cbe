"""离谱的地址: whatever is typed into the address of a page, it answers in words and never breaks."""

import re
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from henji.accounts.powers import POWERS, Role
from tests.access import ROWS, pages
from tests.house.source import house
from tests.world import World

#: Days and instants at the ends of what a calendar holds, and beyond; numbers that fit nowhere, and what
#: looks like one and is none; words of another tongue.
VALUES = (
    "0001-01-01",
    "9999-12-31",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59.999999-12:00",
    "-1",
    "99999999999999999999",
    "9" * 5000,
    "²",
    "'; DROP TABLE members_person; --",
    "\ud800",
)
#: What any page looks for in its address by name.
ASKED = frozenset(
    name
    for module in house()
    for name in re.findall(r"""GET(?:\.get(?:list)?\(|\[)["'](\w+)["']""", module.text)
)
READ = sorted(name for name, row in ROWS.items() if row.reads is not None)
#: Who reads a page, if they may; inspectors last, who see several counties.
READERS = (Role.LEADER, Role.OFFICER, Role.ADMINISTRATOR, Role.BRANCH, Role.INSPECTOR)


class Reader:
    """来人: somebody who may read a page."""

    def __init__(self, name: str, world: World, homes: dict[str, Any], appoint: Any) -> None:
        row = ROWS[name]
        row.given(world)
        self._url = reverse(name, kwargs=row.of(world))
        power = row.power or pages()[name].power  # type: ignore[attr-defined]
        role = next(role for role in READERS if power in POWERS[role])
        self._client = Client(raise_request_exception=False)
        user = appoint("来人", role, homes.get(role, world.county))
        self._client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def read(self, query: dict[str, str]) -> tuple[int, str]:
        """The status, and the page; of a file its length, once it has been read."""
        answer = self._client.get(f"{self._url}?{urlencode(query, errors='surrogatepass')}")
        if answer.streaming:
            return answer.status_code, str(len(answer.getvalue()))
        return answer.status_code, answer.content.decode(errors="replace")


@pytest.fixture
def reader(request, county, township, city, appoint):
    """Somebody before the page of this test."""
    homes = {Role.BRANCH: township, Role.INSPECTOR: city}
    return Reader(request.param, World(county, township, appoint), homes, appoint)


@pytest.mark.parametrize("reader", READ, indirect=True)
def test_no_query_breaks_a_page(reader):
    _status, plain = reader.read({})
    own = sorted(set(re.findall(r'<(?:input|select)[^>]* name="(\w+)"', plain)))
    everything = [dict.fromkeys({*own, *ASKED}, value) for value in VALUES]
    one_by_one = [{name: value} for name, value in zip(own, cycle(VALUES), strict=False)]
    broken = [
        (query, status) for query in everything + one_by_one if (status := reader.read(query)[0]) >= 500
    ]
    assert not broken
