"""权限范围: what one request may see and do."""

from dataclasses import dataclass

from henji.lib.actors import Actor


@dataclass(frozen=True, slots=True)
class Reach:
    """权限范围: a value decided once per request by the accounts room and asked by every page.

    `counties` are the ids of the county federations whose rows may be read; `trees` are the paths of the
    unions below which they may be read (a township officer's tree is the township); `powers` are deed
    codes (`members.corrected`) and view powers (`members.see`); `county` is the county worked in, if
    there is just one.
    """

    actor: Actor
    counties: frozenset[int] = frozenset()
    trees: tuple[str, ...] = ()
    powers: frozenset[str] = frozenset()
    county: int | None = None

    def may(self, power: str) -> bool:
        """Whether the power is held."""
        return power in self.powers

    @property
    def whole_county(self) -> bool:
        """Whether all of the county may be seen, and not only a branch of it."""
        return "unions.whole_county" in self.powers


#: 范围之外: what somebody has who is not logged in, or holds no post.
NOWHERE = Reach(actor=Actor(0, "", ""))
