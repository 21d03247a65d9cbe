"""首次建立: the county federation and its first administrator, together or not at all.

Two deeds of two rooms, composed here because neither room may do the other's.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from henji.accounts import commands as accounts
from henji.accounts.commands import Opened
from henji.accounts.powers import Role
from henji.lib.actors import INSTALLER
from henji.lib.refusals import Refusal
from henji.unions import commands as unions
from henji.unions import queries

#: A small county starts with one person; posts are given to others as they come.
FIRST_ROLES = (Role.ADMINISTRATOR, Role.LEADER, Role.OFFICER)


class AlreadyStarted(Refusal):
    """已经启用: the first-run page founds one county, once."""


def found(*, code: str, name: str, username: str, person: str, at: datetime, first: bool = False) -> Opened:
    """首次建立: found the county and open its first account; returns the account with its password.

    With `first`, only where no county has been founded: two people who press the button together found one
    county. Raises AlreadyStarted and what the two deeds raise.
    """
    with _alone(), transaction.atomic():
        if first and queries.any_county():
            raise AlreadyStarted(_("这里已经建立了县总工会，请直接登录"))
        county = unions.found_county(code=code, name=name, by=INSTALLER, at=at)
        return accounts.open_account(
            username=username, name=person, home=county, roles=FIRST_ROLES, by=INSTALLER, at=at
        )


@contextmanager
def _alone() -> Iterator[None]:
    """One founding at a time, on every database; released when its transaction is through."""
    with (settings.DATA / "found.lock").open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
