"""密码条: a one-time password on its way from the deed to the eyes of whoever hands it over, once.

The session holds it closed, so that the database never has it in the clear.
"""

from base64 import b64decode, b64encode
from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase

from henji.accounts.commands import Opened
from henji.evidence.keys import vault
from henji.lib.vault import BoxBroken, Sealed

_PLACE = "accounts.slip"


@dataclass(frozen=True, slots=True)
class Slip:
    """密码条: whose account, and the password that works once."""

    name: str
    username: str
    password: str


def put(session: SessionBase, opened: Opened) -> None:
    """放入: keep the password for the next page."""
    user = opened.user
    sealed = vault().seal({"name": user.name, "username": user.username, "password": opened.password})
    session[_PLACE] = [b64encode(part).decode() for part in (sealed.box, sealed.key)]


def take(session: SessionBase) -> Slip | None:
    """取出: the slip that was put there; None the second time."""
    held = session.pop(_PLACE, None)
    if held is None:
        return None
    box, key = map(b64decode, held)
    try:
        return Slip(**vault().open(Sealed(box, key)))
    except BoxBroken:
        return None
