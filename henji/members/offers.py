"""What the members' room offers: a figure, pages, searches, and what its traces tell of a person."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.evidence import timeline
from henji.evidence.addresses import shown_at
from henji.evidence.figures import Count, Figure, Figures, Ground, Missing, Ratio, Scope, indicator
from henji.evidence.searching import Hit, searchable
from henji.lib import tags
from henji.lib.reach import Reach
from henji.members import finding, queries
from henji.members.cards.offers import card_activation_rate, card_rate
from henji.members.models import Membership, Particulars
from henji.members.queries import places
from henji.members.queries.clears import clear_counted
from henji.members.queries.defects import invalid_counted
from henji.members.queries.places import Place
from henji.unions import kept
from henji.unions.queries import Workers, organised_counted, workers_around, workers_counted

__all__ = ["card_activation_rate", "card_rate"]


#: Of which unions members are counted.
_LEVELS = ("county", "township", "sector")


@indicator(gettext_lazy("会员数"), levels=_LEVELS)
def member_count(scope: Scope) -> Figures:
    """会员数: persons with a membership on the day, of each union in scope; two queries.

    A township has the members of its own unions, and those at employers that lie in it. Whoever gave no
    joining day counts as a member on any day up to the day of leaving, and is told apart. So is whoever keeps
    the membership without working (保留会籍), who is a member all the same. Source: the charter of the unions
    (工会章程), of members who retire or lose their work.
    """
    at = places.places_of(scope.unions)
    held = Membership.objects.known(scope.known_at).on(scope.as_of)
    counted, undated, kept = places.people_at(at, held, held.filter(start_on__isnull=True), held.kept())
    return {
        union: Count(counted[union], _("会员数"), _ground(place, scope), _note(undated[union], kept[union]))
        for union, place in at.items()
    }


@indicator(gettext_lazy("新增会员数"), levels=_LEVELS)
def new_members(scope: Scope) -> Figures:
    """新增会员 = members of the day who joined in the period, for the first time or again; two queries.

    Who came by a transfer joined before. Whoever gave no joining day is not among them. Source: the targets
    that superiors hand down.
    """
    first, last = scope.period.start, min(scope.as_of, scope.period.last_day)
    at = places.places_of(scope.unions)
    held = Membership.objects.known(scope.known_at).on(scope.as_of).newly_joined()
    (joined,) = places.people_at(at, held.filter(start_on__gte=first, start_on__lte=last))
    days = {"joined_from": first.isoformat(), "joined_to": last.isoformat()}
    return {
        union: Count(joined[union], _("新增会员"), _ground(place, scope, **days))
        for union, place in at.items()
    }


@indicator(gettext_lazy("职工入会率"), levels=_LEVELS)
def membership_rate(scope: Scope) -> Figures:
    """职工入会率 = members of the day ÷ workers of the union's employers, as these told; four queries.

    A township's employers are those of its own unions, and those that lie in it. Members who keep the
    membership without working are counted, and told apart. How many workers there were on an earlier day is
    not kept: the number known now is taken. Source: membership of workers, 90 % in published tables.
    """
    at = places.places_of(scope.unions)
    held = Membership.objects.known(scope.known_at).on(scope.as_of)
    members, kept = places.people_at(at, held, held.kept())
    counties = [union for union, place in at.items() if not place.branch]
    workers = workers_counted(counties) | workers_around([one.branch for one in at.values() if one.branch])
    return {
        union: _rate(place, members[union], workers.get(union), kept[union], scope)
        for union, place in at.items()
    }


@indicator(gettext_lazy("合格记录率"))
def valid_record_rate(scope: Scope) -> Figures:
    """合格记录率 = members of the day in whose record nothing lacks ÷ members of the day; two queries.

    What lacks: a phone of eleven digits, the number, a day of joining, an employer that the records know; see
    `defects`. Source: Beijing's rule on member records of 2012.
    """
    members = queries.members_counted(scope.unions, scope.as_of, known_at=scope.known_at)
    broken = invalid_counted(scope.unions, scope.as_of, known_at=scope.known_at)
    return {county: _valid(county, members[county], broken[county], scope) for county in scope.unions}


def _valid(county: int, members: int, broken: int, scope: Scope) -> Figure:
    if not members:
        return Missing(_("会员花名册，请先导入"))
    return Ratio(
        part=members - broken,
        whole=members,
        part_name=_("合格记录"),
        whole_name=_("会员数"),
        part_ground=_ground(Place(county), scope, missing="none"),
        whole_ground=_ground(Place(county), scope),
        unit="people",
    )


@indicator(gettext_lazy("职工入会率（只计合格记录）"))
def valid_membership_rate(scope: Scope) -> Figures:
    """职工入会率（只计合格记录）: `membership_rate` of members in whose record nothing lacks; three queries.

    A standard by which only valid records count names this figure instead. Source: as of `valid_record_rate`.
    """
    members = queries.members_counted(scope.unions, scope.as_of, known_at=scope.known_at)
    broken = invalid_counted(scope.unions, scope.as_of, known_at=scope.known_at)
    workers = workers_counted(scope.unions)
    return {
        county: _rate(Place(county), members[county] - broken[county], workers.get(county), 0, scope, "none")
        for county in scope.unions
    }


@indicator(gettext_lazy("单位建会率"))
def organised_rate(scope: Scope) -> Figures:
    """单位建会率 = employers at work with a union ÷ employers at work; one query.

    Which employers there are, and whether they have a union, is taken as known now. Source: the “四清”
    ledgers of Hebei's unions.
    """
    counted = organised_counted(scope.unions)
    return {
        county: _employers(scope, county, counted.get(county, (0, 0)), _("已建会的单位"), organised="yes")
        for county in scope.unions
    }


@indicator(gettext_lazy("四清台账齐全率"))
def clears_rate(scope: Scope) -> Figures:
    """四清台账齐全率 = employers of which all four are clear ÷ employers at work; two queries.

    Without a union: how many work there, where, why there is none, what is planned. With one: how many work
    there, how many are members, why the others are not, which role it plays. Which employers there are, and
    whether they have a union, is taken as known now. Source: the “四清” ledgers of Hebei's unions.
    """
    counted = clear_counted(scope.unions, scope.as_of, known_at=scope.known_at)
    return {
        county: _employers(scope, county, counted.get(county, (0, 0)), _("四清齐全的单位"), clear="yes")
        for county in scope.unions
    }


@indicator(gettext_lazy("基层组织录入率"), levels=_LEVELS)
def unions_entered_rate(scope: Scope) -> Figures:
    """基层组织录入率 = primary unions of which an organisation record is kept ÷ all of the day; two queries.

    See `kept.share`. Source: the real-name database (一库) holds organisations and members.
    """
    return kept.share(scope, "record")


def _employers(scope: Scope, county: int, sides: tuple[int, int], name: str, **asked: str) -> Figure:
    """So many of the employers at work, which the ledger shows where it is `asked` for them."""
    part, whole = sides
    if not whole:
        return Missing(_("单位名单，请先导入单位和工会"))
    known = {"known_at": scope.known_at.isoformat()} if scope.known_at else {}
    query = {"county": str(county), "as_of": scope.as_of.isoformat(), **known}
    return Ratio(
        part=part,
        whole=whole,
        part_name=name,
        whole_name=_("在营单位"),
        part_ground=Ground("members:four_clears", {**query, **asked}),
        whole_ground=Ground("members:four_clears", query),
        unit="units",
    )


def _rate(  # noqa: PLR0917 - both sides, and the note
    place: Place, members: int, workers: Workers | None, kept: int, scope: Scope, missing: str = ""
) -> Figure:
    if workers is None or not workers.number:
        return Missing(_("各单位的职工数，请在单位名单里填写"))
    silent = _("另有 %(n)s 家单位没有填职工数") % {"n": tags.number(workers.silent)}
    notes = [silent if workers.silent else "", _note(0, kept)]
    return Ratio(
        part=members,
        whole=workers.number,
        part_name=_("合格记录") if missing else _("会员数"),
        whole_name=_("各单位职工数"),
        part_ground=_ground(place, scope, **({"missing": missing} if missing else {})),
        whole_ground=Ground("unions:employers", {**place.query, "at_work": "yes"}),
        unit="people",
        note=_("；").join(filter(None, notes)),
    )


def _ground(place: Place, scope: Scope, **more: str) -> Ground:
    query = {"as_of": scope.as_of.isoformat(), **place.query, **more}
    known = {"known_at": scope.known_at.isoformat()} if scope.known_at else {}
    return Ground("members:list", query | known)


def _note(undated: int, kept: int) -> str:
    notes = []
    if undated:
        notes.append(_("含入会日期不详的 %(undated)s 人，按在会计") % {"undated": tags.number(undated)})
    if kept:
        notes.append(_("含保留会籍的 %(kept)s 人") % {"kept": tags.number(kept)})
    return _("；").join(notes)


@timeline.tells_of("members.person")
def versions_of(key: str) -> Iterable[timeline.Mention]:
    """会员信息和会籍: the deeds that wrote them, and from which row of a roster."""
    told = Particulars.objects.filter(person=UUID(key)).values_list("made_by", "source_row")
    held = Membership.objects.filter(person=UUID(key)).values_list("made_by", "source_row")
    for trace, row in sorted({*told, *held}, key=str):
        words = _("花名册第 %(row)s 行") % {"row": row} if row else ""
        yield timeline.Mention(trace, words, reverse("members:row", args=[key, trace, row]) if row else "")


@shown_at("members.person")
def person_page(key: str) -> str:
    """The page of a person."""
    return reverse("members:person", args=[key])


@shown_at("members.unplaced")
def unplaced_page(key: str) -> str:
    """The page on which a name is placed."""
    return reverse("members:place", args=[key])


@searchable(gettext_lazy("会员"), power="members.see", more="members:list", first=True)
def members(words: str, reach: Reach, most: int) -> Sequence[Hit]:
    """会员: by name, pinyin, the last places of a number, or the employer; see `finding`."""
    found = finding.found(reach, words, most)
    where = finding.where_are(found)
    return [
        Hit(row.name, person_page(str(row.person_id)), _told_apart(row, where.get(row.person_id, "")))
        for row in found
    ]


def _told_apart(row: Particulars, place: str) -> str:
    """What tells people of one name from each other, masked."""
    values = queries.opened(row)
    told = (tags.mask_id(values.get("identity", "")), tags.mask_phone(values.get("phone", "")), place)
    return " · ".join(filter(None, told))
