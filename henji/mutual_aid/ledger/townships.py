"""乡镇汇总: what a drive brought in by township and trade, and what of it was paid in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from henji.lib import tongues
from henji.members.queries.places import places_of
from henji.mutual_aid import queries as mutual_aid
from henji.mutual_aid.ledger import chart
from henji.mutual_aid.ledger.models import Kind, Posting
from henji.mutual_aid.models import DonationQuerySet, DriveVersion
from henji.unions.models import Employer, Level, Union

ZERO = Decimal("0.00")
#: So many numbers of slips stand in one cell.
_SLIPS = 3


@dataclass(frozen=True, slots=True)
class Share:
    """一行: of a township or trade the units that gave, its members and donors, the money."""

    name: str
    units: int
    members: int
    donors: int
    given_yuan: Decimal
    paid_in_yuan: Decimal
    paid_in_on: date | None
    slips: str


@dataclass(frozen=True, slots=True)
class _Unit:
    """What a unit gave, and what it paid in since the drive began."""

    given_yuan: Decimal
    paid_in_yuan: Decimal
    paid_in_on: date | None
    slips: tuple[str, ...]


def of_drive(county: Union, version: DriveVersion, as_of: date) -> Iterator[Share]:
    """各乡镇（系统）, then what belongs to none of them."""
    branches = list(county.children.filter(level__in=(Level.TOWNSHIP, Level.SECTOR)).order_by("path"))
    donors, members = mutual_aid.taking_part(places_of([one.pk for one in branches]), [version], as_of)
    whole = whole_of(county, version, as_of)
    units = _units(county, version, as_of)
    belong = _belong(branches, units)
    for one in branches:
        theirs = [units[unit] for unit in units if belong.get(unit) == one.pk]
        yield _share(one.name, members.get(one.pk, 0), donors.get(one.pk, 0), theirs)
    rest = [held for unit, held in units.items() if unit not in belong]
    left = whole.members - sum(members.values()), whole.donors - sum(donors.values())
    if rest or any(left):
        yield _share(_("县直属及未注明单位"), *left, rest)


def whole_of(county: Union, version: DriveVersion, as_of: date) -> Share:
    """合计 of the county."""
    donors, members = mutual_aid.taking_part(places_of([county.pk]), [version], as_of)
    units = _units(county, version, as_of)
    return _share(_("合计"), members.get(county.pk, 0), donors.get(county.pk, 0), list(units.values()))


def _share(name: str, members: int, donors: int, units: Iterable[_Unit]) -> Share:
    held = list(units)
    slips = [slip for unit in held for slip in unit.slips]
    shown = tongues.listed(slips[:_SLIPS]) + "…" * (len(slips) > _SLIPS)
    return Share(
        name=name,
        units=sum(unit.given_yuan > 0 for unit in held),
        members=members,
        donors=donors,
        given_yuan=sum((unit.given_yuan for unit in held), ZERO),
        paid_in_yuan=sum((unit.paid_in_yuan for unit in held), ZERO),
        paid_in_on=max((unit.paid_in_on for unit in held if unit.paid_in_on), default=None),
        slips=shown,
    )


def _units(county: Union, version: DriveVersion, as_of: date) -> dict[int | None, _Unit]:
    """By unit; None for money of which no unit is known."""
    given = mutual_aid.donations_to([version.drive_id], as_of)
    gave = dict(_sums(given))
    paid: dict[int | None, list[Posting]] = defaultdict(list)
    slips = Posting.objects.filter(
        county=county,
        account=chart.TO_PAY_IN,
        voucher__kind__in=(Kind.PAID_IN, Kind.RETURN, Kind.REVERSAL),
        on__gte=version.collects_from,
        on__lte=as_of,
    )
    for row in slips.select_related("voucher").order_by("on", "id"):
        paid[row.employer_id].append(row)
    return {unit: _unit(gave.get(unit, ZERO), paid.get(unit, [])) for unit in {**gave, **paid}}


def _sums(given: DonationQuerySet) -> Iterator[tuple[int | None, Decimal]]:
    for row in given.values("employer").order_by().annotate(total=Sum("amount_yuan")):
        yield row["employer"], row["total"]


def _unit(given: Decimal, rows: list[Posting]) -> _Unit:
    credited = [row for row in rows if row.credit_yuan > 0]
    return _Unit(
        given_yuan=given,
        paid_in_yuan=sum((row.credit_yuan - row.debit_yuan for row in rows), ZERO),
        paid_in_on=max((row.on for row in credited), default=None),
        slips=tuple(row.voucher.slip for row in credited if row.voucher.slip),
    )


def _belong(branches: Iterable[Union], units: Iterable[int | None]) -> dict[int | None, int]:
    """In which branch each unit lies: by its own union's place in the tree, else by its township."""
    found: dict[int | None, int] = {}
    held = Employer.objects.filter(pk__in=[unit for unit in units if unit]).select_related(
        "union", "township"
    )
    for employer in held:
        place = employer.union or employer.township
        for branch in branches:
            if place and place.path.startswith(branch.path):
                found[employer.pk] = branch.pk
    return found
