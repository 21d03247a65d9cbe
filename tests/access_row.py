"""一页: what is said of one page in the rows of `tests/access.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.world import World

Maker = Callable[[World], Any]


def nothing(_world: World) -> dict[str, Any]:
    """No values in the address."""
    return {}


#: What a list that shows persons takes besides: a post with a reason exports it.
EXPORTS: dict[str, Any] = {
    "sends": lambda _world: {"reason": "报送上级"},
    "posts": 200,
    "post_power": "evidence.list_exported",
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """一页: how to come to the page, and what is to be found there."""

    #: The values of the address, those of a thing of the county.
    of: Maker = nothing
    #: What must be there besides.
    given: Maker = nothing
    #: What the insider sends; None where the page takes no post.
    sends: Maker | None = None
    #: What the insider gets, reading and posting; None where the page is only posted to.
    reads: int | None = 200
    posts: int = 302
    #: On a list: a word that only the county's own row has.
    shows: Maker | None = None
    #: What outsiders get; where no thing is asked for, 404 will do as well.
    outsiders: int = 404
    #: What an officer of the thing's township gets, and one of the next township.
    township: int = 200
    next_township: int = 404
    #: What an inspector of the city gets who has the power, where that is not what the county's people get.
    superior: int | None = None
    #: Whether a post that goes through the door of a deed only prepares it, or is refused.
    prepares: bool = False
    #: The power where the door does not say it, and what a post needs besides.
    power: str = ""
    post_power: str = ""

    @property
    def about_a_thing(self) -> bool:
        """Whether the address names a thing of the county."""
        return self.of is not nothing and self.outsiders == 404
