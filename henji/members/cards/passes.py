"""卡码: what a member's card shows to a merchant, and what whoever checks it must know.

A code holds the card's token, the second at which it ends, the key's number and a signature; nothing of the
person. It ends within minutes. Who checks it needs the public key and the cards that were stopped within a
day, both in a signed list that is good for a day: so a checker works for a day without the server.
"""

import functools
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from henji.evidence.keys import vault
from henji.lib.signing import SigningKey, as_text

#: How long a code is good, and how long the list by which codes are checked.
CODE_FOR = timedelta(minutes=5)
LIST_FOR = timedelta(days=1)
_PREFIX = "HJ1"


@dataclass(frozen=True, slots=True)
class CardCode:
    """卡码, and the instant at which it ends."""

    text: str
    ends_at: datetime


@functools.cache
def signing_key() -> SigningKey:
    """The key of this installation, read once per process."""
    return SigningKey.at(settings.CARD_KEY)


def code_of(token: str, at: datetime, key: SigningKey) -> CardCode:
    """卡码 of the card at the instant."""
    ends_at = at + CODE_FOR
    said = f"{_PREFIX}.{key.number}.{token}.{int(ends_at.timestamp())}"
    return CardCode(f"{said}.{key.sign(said)}", ends_at)


def checking_list(stopped: Iterable[str], at: datetime, key: SigningKey) -> Mapping[str, str]:
    """核验名单: the public key and the digests of the tokens that are no good, signed and dated.

    The body is text, so that what is read is what was signed; instants are seconds since 1970.
    """
    body = json.dumps(
        {
            "issued": int(at.timestamp()),
            "ends": int((at + LIST_FOR).timestamp()),
            "keys": {key.number: as_text(key.public)},
            "stopped": sorted(map(digest_of, stopped)),
        },
        separators=(",", ":"),
    )
    return {"body": body, "key": key.number, "signature": key.sign(body)}


def digest_of(token: str) -> str:
    """摘要 of a token: 32 hexadecimal digits of its SHA-512; from it nobody makes a code."""
    return hashlib.sha512(token.encode()).hexdigest()[:32]


def link_mark(token: str) -> str:
    """链接印记: without it the token, which merchants see, does not open the holder's page."""
    return vault().blind("card link", token)


def drawn(text: str) -> SafeString:
    """二维码: the text as a drawing that stands in a page."""
    drawing = segno.make(text, error="m", micro=False).svg_inline(border=3, omitsize=True, light="#fff")
    return mark_safe(drawing)  # noqa: S308 - black and white squares, whatever the text
