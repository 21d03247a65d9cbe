"""What the members' room offers: a figure, pages, searches, and what its traces tell of a person."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.evidence import timeline
from henji.evidence.addresses import shown_at
from henji.evidence.figures import Count, Figures, Ground, Scope, indicator
from henji.evidence.searching import Hit, searchable
from henji.lib import tags
from henji.lib.reach import Reach
from henji.members import queries
from henji.members.models import Membership, Particulars


@indicator("会员数")
def member_count(scope: Scope) -> Figures:
    """会员数: persons with a membership on the day, of each county federation in scope; two queries.

    Whoever gave no joining day counts as a member on any day up to the day of leaving, and is told apart.
    """
    counted = queries.members_counted(scope.unions, scope.as_of, known_at=scope.known_at)
    undated = queries.undated_counted(scope.unions, scope.as_of, known_at=scope.known_at)
    return {
        county: Count(number, _("会员数"), _ground(county, scope), _note(undated.get(county, 0)))
        for county, number in counted.items()
    }


def _ground(county: int, scope: Scope) -> Ground:
    return Ground("members:list", {"as_of": scope.as_of.isoformat(), "county": str(county)})


def _note(undated: int) -> str:
    return (
        _("含入会日期不详的 %(undated)s 人，按在会计") % {"undated": tags.number(undated)} if undated else ""
    )


@timeline.tells_of("members.person")
def versions_of(key: str) -> Iterable[timeline.Mention]:
    """会员信息和会籍: the deeds that wrote them, and from which row of a roster."""
    told = Particulars.objects.filter(person=UUID(key)).values_list("made_by", "source_row")
    held = Membership.objects.filter(person=UUID(key)).values_list("made_by", "source_row")
    for trace, row in sorted({*told, *held}, key=str):
        yield timeline.Mention(trace, _("花名册第 %(row)s 行") % {"row": row} if row else "")


@shown_at("members.person")
def person_page(key: str) -> str:
    """The page of a person."""
    return reverse("members:person", args=[key])


@shown_at("members.unplaced")
def unplaced_page(key: str) -> str:
    """The page on which a name is placed."""
    return reverse("members:place", args=[key])


@searchable(gettext_lazy("会员"), power="members.see", more="members:list")
def members(words: str, reach: Reach, most: int) -> Sequence[Hit]:
    """会员: by the beginning of the name, or the whole identity number."""
    found = queries.found(reach, words).select_related("person")[:most]
    return [
        Hit(row.name, person_page(str(row.person_id)), tags.mask_id(queries.opened(row).get("identity", "")))
        for row in found
    ]
