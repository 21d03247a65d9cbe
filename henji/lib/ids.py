"""编号: names for things that are numbered before they are written."""

import secrets
from datetime import datetime
from uuid import UUID


def new(at: datetime) -> UUID:
    """编号: a fresh identifier that sorts by the instant given (RFC 9562, version 7).

    The instant is passed in: a deed recorded at some moment is numbered by that moment.
    """
    stamp = int(at.timestamp() * 1000)
    value = (stamp & 0xFFFF_FFFF_FFFF) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)
