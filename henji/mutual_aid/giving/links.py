"""名单链接: what a link looks like. Without its mark, which only we can make, it opens nothing."""

from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.crypto import constant_time_compare

from henji.evidence.keys import vault
from henji.mutual_aid.giving.models import RollLink


def mark_of(link: RollLink) -> str:
    """印记: 32 hexadecimal digits over the link, its list and its end; another list's or day's differ."""
    return vault().blind("roll link", f"{link.pk}.{link.roll_id}.{int(link.ends_at.timestamp())}")


def is_ours(link: RollLink, mark: str) -> bool:
    """Whether the mark is the link's own."""
    return constant_time_compare(mark, mark_of(link))


def path_of(link: RollLink) -> str:
    """The link's address within the site."""
    return f"{reverse('mutual_aid:roll_by_link')}?{urlencode({'link': link.pk.hex, 'mark': mark_of(link)})}"


def named(text: str) -> UUID | None:
    """The id of a link that an address names; None where it is none."""
    try:
        return UUID(hex=text)
    except ValueError:
        return None
