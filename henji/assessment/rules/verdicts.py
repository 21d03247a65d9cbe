"""Judgments on what a superior gives: who may give it, within which bounds, and that it is explained."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from henji.accounts.models import Post
from henji.accounts.powers import Role
from henji.assessment import marking
from henji.assessment.models import Column
from henji.assessment.rules.values import NotInStandard
from henji.assessment.schema import bare
from henji.assessment.verdicts import Docket, Finding, Given
from henji.lib.refusals import Refusal
from henji.unions.models import Level, Union, paths_above

#: Whose column an inspector fills, by the level of the union served.
COLUMNS: Mapping[str, Column] = {Level.CITY: Column.CITY, Level.PROVINCE: Column.PROVINCE}
#: As long as a reason may be.
LONGEST_REASON = 500


class NotItsInspector(Refusal):
    """不是上级考核员: no post of an inspector of the city or the province above."""


class OfTheCounty(Refusal):
    """本县人员: nobody gives superior points to the county they serve in."""


class ScoredByInspector(Refusal):
    """考核员自评: an inspector says nothing in the county's own column."""


class DifferenceUnexplained(Refusal):
    """不同未说明: the points, or a veto, are not as the county says, and nobody says why."""


def columns_open(posts: Collection[Post], subject: Union) -> list[Column]:
    """可评的栏: those that a person with these posts fills for the union, the city's first."""
    if any(_is_within(post, subject) for post in posts):
        return []
    return [column for column in COLUMNS.values() if column in _inspected(posts, subject)]


def must_inspect(posts: Collection[Post], subject: Union, column: Column) -> None:
    """Raise OfTheCounty or NotItsInspector."""
    if any(_is_within(post, subject) for post in posts):
        raise OfTheCounty(_("您在%(county)s任职，不能给本县评分") % {"county": subject.county})
    if column not in _inspected(posts, subject):
        said = {"column": column.label, "union": subject.name}
        raise NotItsInspector(_("%(union)s的%(column)s分由该级工会的考核员评，请先任职") % said)


def must_not_inspect(posts: Collection[Post], subject: Union) -> None:
    """Raise ScoredByInspector where the self-score would be signed by an inspector from above."""
    if _inspected(posts, subject):
        raise ScoredByInspector(_("您是上级考核员，自评由县里签字"))


def _inspected(posts: Collection[Post], subject: Union) -> set[Column]:
    return {
        COLUMNS[post.union.level]
        for post in posts
        if post.role == Role.INSPECTOR
        and post.union.level in COLUMNS
        and post.union.path in paths_above(subject.path)
    }


def _is_within(post: Post, subject: Union) -> bool:
    return post.union.county_id is not None and post.union.county_id == subject.county_id


def must_judge(docket: Docket, given: Mapping[str, Given], found: Mapping[str, Finding]) -> None:
    """Every item and every veto is judged, and all differences are explained.

    Raises NotInStandard, PointsDoNotFit, DifferenceUnexplained.
    """
    items = {item.code: item for item in docket.card.items}
    vetoes = {veto.veto.code: veto.veto for veto in docket.card.vetoes}
    if items.keys() != given.keys() or vetoes.keys() != found.keys():
        raise NotInStandard(_("项目和标准对不上，请重新打开评分页"))
    for code, item in items.items():
        must_give(given[code], of=item.of, own=docket.own.points[code], name=item.name)
    for code, veto in vetoes.items():
        must_find(found[code], own=code in docket.own.vetoes, name=veto.name)


def must_give(given: Given, *, of: Decimal, own: Decimal, name: str) -> None:
    """Raise PointsDoNotFit, or DifferenceUnexplained where they are not the county's own."""
    marking.must_fit(given.points, of)
    if given.points != own:
        said = {"name": name, "own": bare(own)}
        _must_say_why(given.reason, _("“%(name)s”与自评 %(own)s 分不同，请写明理由") % said)


def must_find(finding: Finding, *, own: bool, name: str) -> None:
    """Raise DifferenceUnexplained where the county says otherwise."""
    if finding.holds != own:
        _must_say_why(finding.reason, _("“%(name)s”与自评不同，请写明理由") % {"name": name})


def _must_say_why(reason: str, refusal: str) -> None:
    if not reason.strip():
        raise DifferenceUnexplained(refusal)
