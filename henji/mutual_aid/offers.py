"""What mutual aid offers to others: the two rates of 一日捐, which deeds touch a thing, where it is shown."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.evidence.addresses import provable, shown_at
from henji.evidence.figures import Figure, Figures, Ground, Missing, Ratio, Scope, indicator
from henji.evidence.searching import Hit, searchable
from henji.evidence.timeline import Mention, tells_of
from henji.evidence.versions import Version
from henji.lib import tags
from henji.lib.reach import Reach
from henji.members.queries import places
from henji.members.queries.places import Place
from henji.mutual_aid import queries
from henji.mutual_aid.funds import funds_by_county
from henji.mutual_aid.giving.offers import deeds_about_a_roll
from henji.mutual_aid.models import AidPayment, Donation, DriveVersion, Subsidy
from henji.mutual_aid.schemes.telling import COLLECTED
from henji.mutual_aid.wording import in_words

__all__ = ["deeds_about_a_roll"]

#: What papers about a drive are filed under.
DRIVE = "mutual_aid.drive"


@indicator(gettext_lazy("会员参加率"), levels=("county", "township", "sector"))
def participation_rate(scope: Scope) -> Figures:
    """会员参加率 = those of the members of the counting day who gave to the period's drives ÷ these members.

    The counting day is a datum of the drive, by default its last day of collection, unless the scheme of its
    aid year defines another; of several drives in the period the latest one's. Before that day the day asked
    about takes its place. The scheme also says whether gifts outside the days of collection count. People are
    counted, not amounts; money without a person counts nowhere here. Of a township its own members are
    counted, and the drives are its county's. Source: target of 25 % as told of the county; denominator and
    day are defined in no source found.
    """
    at = places.places_of(scope.unions)
    counties = {place.county for place in at.values()}
    drives = list(queries.drives_collecting(counties, scope.period, scope.known_at))
    days = queries.counting_days(drives, scope.as_of)
    donors, members = queries.taking_part(at, drives, scope.as_of, scope.known_at)
    about = _addresses(drives)

    def figure(union: int, place: Place) -> Figure:
        if place.county not in days:
            return Missing(_("%(year)s 年没有登记一日捐活动") % {"year": scope.period.start.year})
        day = days[place.county]
        whole = place.query | {"as_of": day.isoformat()} | _as_known(scope)
        return Ratio(
            part=donors[union],
            whole=members[union],
            part_name=_("参加捐款的会员"),
            whole_name=_("%(day)s 的会员") % {"day": day.isoformat()},
            part_ground=_ground("mutual_aid:donors", scope, place.county, place.query),
            whole_ground=Ground("members:list", whole),
            unit="people",
            note=_("按人计，同一人捐多次只计一次"),
            about=about[place.county],
        )

    return {union: figure(union, place) for union, place in at.items()}


@indicator(gettext_lazy("年度互助资金支付率"))
def payout_rate(scope: Scope) -> Figures:
    """支付率 = aid paid in the period ÷ donations to the drives whose aid year begins in the period.

    The union's subsidy is a source of its own; it is in the denominator where the scheme of the aid year says
    so, and so is the surplus of earlier years. Source: target of 65 % as told of the county; the denominator
    is defined in no source found, and is the scheme's to choose.
    """
    drives = list(queries.drives_serving(scope.unions, scope.period, scope.known_at))
    about = _addresses(drives)
    held = funds_by_county(scope, drives)
    paid = queries.paid_by_county(scope)
    zero = Decimal("0.00")

    def figure(county: int) -> Figure:
        if county not in about:
            return Missing(_("没有为 %(year)s 年救助募集的一日捐活动") % {"year": scope.period.start.year})
        return Ratio(
            part=paid.get(county, zero),
            whole=held[county].whole_yuan,
            part_name=_("已支付救助金"),
            whole_name=str(COLLECTED[held[county].defined]),
            part_ground=_ground("mutual_aid:aid", scope, county),
            whole_ground=_ground(_MONEY[held[county].defined], scope, county),
            unit="yuan",
            note=_("不含工会补贴") if held[county].defined == "donations" else _("分母按救助方案的定义"),
            about=about[county],
        )

    return {county: figure(county) for county in scope.unions}


#: Where the money is shown that is the denominator of the rate of payout.
_MONEY = {
    "donations": "mutual_aid:donations",
    "donations_and_subsidy": "mutual_aid:fund",
    "opening_and_donations": "mutual_aid:fund",
}


@indicator(gettext_lazy("工会补贴占捐款的比例"))
def subsidy_rate(scope: Scope) -> Figures:
    """补贴比例 = subsidies granted to the drives whose aid year begins in the period ÷ donations to them.

    No source defines it: the county is told of as having subsidised the fund, and the bonus is reconstructed.
    """
    drives = list(queries.drives_serving(scope.unions, scope.period, scope.known_at))
    about = _addresses(drives)
    collected = queries.collected_by_county(scope, drives)
    granted = queries.granted_by_county(scope, drives)
    zero = Decimal("0.00")

    def figure(county: int) -> Figure:
        if county not in about:
            return Missing(_("没有为 %(year)s 年救助募集的一日捐活动") % {"year": scope.period.start.year})
        return Ratio(
            part=granted.get(county, zero),
            whole=collected.get(county, zero),
            part_name=_("工会补贴"),
            whole_name=_("为本年度募集的捐款"),
            part_ground=_ground("mutual_aid:subsidies", scope, county),
            whole_ground=_ground("mutual_aid:donations", scope, county),
            unit="yuan",
            about=about[county],
        )

    return {county: figure(county) for county in scope.unions}


def _addresses(drives: Iterable[DriveVersion]) -> dict[int, tuple[str, ...]]:
    """佐证对象: of each county the drives that were counted; papers about them prove the rate."""
    found: dict[int, tuple[str, ...]] = {}
    for drive in drives:
        found[drive.county_id] = (*found.get(drive.county_id, ()), f"{DRIVE}:{drive.drive_id}")
    return found


def _ground(
    url_name: str, scope: Scope, county: int, place: Mapping[str, str] = MappingProxyType({})
) -> Ground:
    query = {
        "county": str(county),
        **place,
        "from": scope.period.start.isoformat(),
        "to": scope.period.last_day.isoformat(),
        "as_of": scope.as_of.isoformat(),
    }
    return Ground(url_name, query | _as_known(scope))


def _as_known(scope: Scope) -> dict[str, str]:
    return {"known_at": scope.known_at.isoformat()} if scope.known_at else {}


# -- which deeds touch a thing ---------------------------------------------------------------------


@tells_of("members.person")
def deeds_about_a_person(key: str) -> Iterator[Mention]:
    """The gifts and the aid of a member, through all their versions."""
    held = Q(person=UUID(key))
    for gift in Donation.objects.filter(held).select_related("drive"):
        yield from _mentions(gift, f"{gift.drive.name} {in_words(gift)}", gift_page(str(gift.line)))
    for payment in AidPayment.objects.filter(held):
        # Aid is the county's to know, not a branch's.
        yield from _mentions(payment, in_words(payment), payment_page(str(payment.line)), county_only=True)


@tells_of(DRIVE)
def deeds_about_a_drive(key: str) -> Iterator[Mention]:
    """设立、更正 of a drive, and the union's subsidies to it."""
    for version in DriveVersion.objects.filter(drive=int(key)):
        yield from _mentions(version, in_words(version))
    for subsidy in Subsidy.objects.filter(drive=int(key)):
        # So are subsidies.
        yield from _mentions(subsidy, in_words(subsidy), subsidy_page(str(subsidy.line)), county_only=True)


@tells_of("mutual_aid.gift")
def deeds_about_a_gift(line: str) -> Iterator[Mention]:
    """登记、更正、确认、作废 of one gift, whichever version each touched."""
    row = reverse("mutual_aid:donation_row", args=[line])
    for gift in Donation.objects.filter(line=UUID(line)):
        yield from _mentions(gift, in_words(gift), row if gift.source_row else "")


@tells_of("mutual_aid.aid")
def deeds_about_a_payment(line: str) -> Iterator[Mention]:
    """支付、更正、作废 of one payment of aid."""
    for payment in AidPayment.objects.filter(line=UUID(line)):
        yield from _mentions(payment, in_words(payment))


@tells_of("mutual_aid.grant")
def deeds_about_a_subsidy(line: str) -> Iterator[Mention]:
    """拨入、更正、作废 of one subsidy."""
    for subsidy in Subsidy.objects.filter(line=UUID(line)):
        yield from _mentions(subsidy, in_words(subsidy))


def _mentions(row: Version, words: str, url: str = "", *, county_only: bool = False) -> Iterator[Mention]:
    """The deed that wrote the version; and the one that ended it, where none took its place."""
    yield Mention(row.made_by_id, words, url, county_only)
    if row.unmade_by_id:
        yield Mention(row.unmade_by_id, "", url, county_only)


# -- where things are shown, and what papers may prove ---------------------------------------------


@provable(DRIVE, gettext_lazy("一日捐活动"))
def drives(county: int) -> Iterator[tuple[str, str]]:
    """一日捐活动 that papers may be filed about."""
    for drive in queries.drives_of([county]):
        yield f"{DRIVE}:{drive.pk}", drive.name


@shown_at(DRIVE)
def drive_page(key: str) -> str:
    """The page of a drive."""
    return reverse("mutual_aid:drive", args=[key])


@shown_at("mutual_aid.gift")
def gift_page(line: str) -> str:
    """The page of a gift, whichever of its versions is meant."""
    return reverse("mutual_aid:donation", args=[line])


@shown_at("mutual_aid.aid")
def payment_page(line: str) -> str:
    """The page of a payment of aid, whichever of its versions is meant."""
    return reverse("mutual_aid:payment", args=[line])


@shown_at("mutual_aid.grant")
def subsidy_page(line: str) -> str:
    """The page of a subsidy, whichever of its versions is meant."""
    return reverse("mutual_aid:subsidy", args=[line])


@shown_at("mutual_aid.donation")
def page_of_a_version(key: str) -> str:
    """The page of the gift of which the row is a version."""
    return reverse("mutual_aid:donation_version", args=[key])


@shown_at("mutual_aid.aidpayment")
def page_of_a_payments_version(key: str) -> str:
    """The page of the payment of which the row is a version."""
    return reverse("mutual_aid:payment_version", args=[key])


@shown_at("mutual_aid.subsidy")
def page_of_a_subsidys_version(key: str) -> str:
    """The page of the subsidy of which the row is a version."""
    return reverse("mutual_aid:subsidy_version", args=[key])


@shown_at("mutual_aid.publishedscheme")
def scheme_page(key: str) -> str:
    """The page of a published scheme."""
    return reverse("mutual_aid:scheme", args=[key])


@shown_at("mutual_aid.schemedraft")
def scheme_draft_page(key: str) -> str:
    """The page of a scheme in the making."""
    return reverse("mutual_aid:scheme_draft", args=[key])


@searchable(gettext_lazy("一日捐活动"), power="mutual_aid.see", more="mutual_aid:drives")
def drives_by_name(words: str, reach: Reach, most: int) -> Sequence[Hit]:
    """一日捐活动: by a part of the name, or the code."""
    found = queries.drives_of(reach.counties).filter(Q(name__icontains=words) | Q(code=words))
    return [Hit(drive.name, drive_page(str(drive.pk)), drive.code) for drive in found[:most]]


@searchable(gettext_lazy("救助金支付"), power="mutual_aid.see", more="mutual_aid:aid")
def aid_by_voucher(words: str, reach: Reach, most: int) -> Sequence[Hit]:
    """救助金支付: by the beginning of the voucher's number."""
    found = AidPayment.objects.known().within(reach).filter(voucher__startswith=words).order_by("voucher")
    return [
        Hit(payment.voucher, payment_page(str(payment.line)), tags.yuan(payment.paid_yuan))
        for payment in found[:most]
    ]


@searchable(gettext_lazy("工会补贴"), power="mutual_aid.see", more="mutual_aid:subsidies")
def subsidies_by_voucher(words: str, reach: Reach, most: int) -> Sequence[Hit]:
    """工会补贴: by the beginning of the voucher's number."""
    found = Subsidy.objects.known().within(reach).filter(voucher__startswith=words).order_by("voucher")
    return [
        Hit(subsidy.voucher, subsidy_page(str(subsidy.line)), tags.yuan(subsidy.granted_yuan))
        for subsidy in found[:most]
    ]
