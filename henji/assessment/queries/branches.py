"""Questions about unions below a county that are scored: which papers and deeds of the county are theirs."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from henji.accounts.models import Post
from henji.evidence.doings import Done
from henji.evidence.papers import Filed
from henji.unions.models import Employer, Level, Union, under

#: What papers about unions are filed under.
UNION = "unions.union"


@dataclass(frozen=True, slots=True)
class Branch:
    """一支: a union below a county with those below it, its employers, and who has served it when.

    A paper is its own if it is filed about one of its unions, or was filed by somebody who served it then; a
    deed, if it was done to one of its unions or employers, or by such a person.
    """

    unions: frozenset[str]
    employers: frozenset[str]
    posts: tuple[tuple[int, date, date | None], ...]

    def filed(self, paper: Filed, named: Collection[str]) -> bool:
        """Whether the paper, which names these unions, is its own."""
        return not self.unions.isdisjoint(named) or self._served(paper.by, paper.filed_on)

    def did(self, deed: Done) -> bool:
        """Whether the deed is its own."""
        things = {UNION: self.unions, "unions.employer": self.employers}.get(deed.to, frozenset())
        return deed.subject in things or self._served(deed.by, deed.recorded_on)

    def _served(self, person: int, day: date) -> bool:
        return any(
            user == person and since <= day and (until is None or day < until)
            for user, since, until in self.posts
        )


def branches_of(unions: Iterable[Union]) -> Mapping[int, Branch]:
    """各支, by union; counties are none. Three queries, none where there are only counties."""
    below = [union for union in unions if union.level != Level.COUNTY]
    paths = [union.path for union in below]
    if not paths:
        return {}
    held = Union.objects.below(*paths).values_list("path", "pk")
    employers = Employer.objects.filter(under(paths, "union__") | under(paths, "township__"))
    at_work = list(employers.values_list("union__path", "township__path", "pk"))
    posts = list(
        Post.objects.filter(under(paths, "union__")).values_list(
            "union__path", "user", "since_on", "until_on"
        )
    )
    unions_held = list(held)
    return {
        union.pk: Branch(
            frozenset(str(pk) for path, pk in unions_held if path.startswith(union.path)),
            frozenset(
                str(pk)
                for own, at, pk in at_work
                if any(path and path.startswith(union.path) for path in (own, at))
            ),
            tuple((user, since, until) for path, user, since, until in posts if path.startswith(union.path)),
        )
        for union in below
    }
