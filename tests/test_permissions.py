"""What a role may do is written once, and every deed is in it."""

import pytest

from henji.accounts.models import Post
from henji.accounts.powers import DOINGS, POWERS, SIGHTS, Role, powers_of
from tests import permissions
from tests.house.source import house


def test_every_deed_of_every_room_has_its_row_and_no_row_is_without_a_deed():
    assert sorted(deed for deed, _roles in DOINGS) == sorted(permissions.deeds())


def test_a_deed_is_named_by_its_room():
    rooms = {module.room for module in house()}
    assert {code.partition(".")[0] for code in permissions.deeds()} <= rooms


def test_no_power_stands_twice():
    powers = [power for power, *_rest in (*SIGHTS, *DOINGS)]
    assert len(powers) == len(set(powers))


@pytest.mark.parametrize("power", [power for power, _name, _roles in SIGHTS])
def test_somebody_may_see_it(power):
    assert any(power in POWERS[role] for role in Role)


def test_powers_add_up():
    assert powers_of({Role.LEADER, Role.AUDITOR}) == POWERS[Role.LEADER] | POWERS[Role.AUDITOR]
    assert powers_of(set()) == frozenset()


def test_a_role_fits_into_its_column():
    assert max(map(len, Role.values)) <= (Post._meta.get_field("role").max_length or 0)


def test_the_page_is_what_the_code_says():
    written = permissions.PAGE.read_text(encoding="utf-8")
    assert written == permissions.page(), "run .venv/bin/python -m tests.permissions"
