"""编号: names for things that are numbered before they are written."""

import secrets
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

#: A row's id has no more digits.
_DIGITS = 18
#: How long the last random field of an identifier is.
_RANDOM_BITS = 62


def new(at: datetime) -> UUID:
    """编号: a fresh identifier that sorts by the instant given (RFC 9562, version 7).

    The instant is passed in: a deed recorded at some moment is numbered by that moment.
    """
    stamp = int(at.timestamp() * 1000)
    value = (stamp & 0xFFFF_FFFF_FFFF) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)


def series(at: datetime) -> Iterator[str]:
    """编号列: fresh identifiers of one instant, each a random step above the one before.

    Rows written in their order reach an index at its end, not all over it (RFC 9562, section 6.2, method 2).
    As 32 hexadecimal digits: objects would take ten times as long to make.
    """
    # The highest random bit is left free, so that no sum of steps reaches the bits above.
    value = new(at).int & ~(1 << _RANDOM_BITS - 1)
    while True:
        for step in memoryview(secrets.token_bytes(4096)).cast("I"):
            yield f"{value:032x}"
            value += 1 + step


def named(text: str) -> int | None:
    """行号: the id that an address or a form names by its digits; None where no row can have it."""
    is_id = text.isascii() and text.isdigit() and len(text) <= _DIGITS
    return int(text) if is_id else None
