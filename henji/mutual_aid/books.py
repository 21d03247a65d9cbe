"""名册对照: what the lines of a donation book mean against the record.

A line is on record where a gift was first written the same way. A line that is not, although its giver has
a gift from which neither day nor receipt tells it apart, is neither taken in nor passed over: it comes back.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.lookups import Exact, IsNull

from henji.members.models import Membership, Particulars
from henji.members.queries import mergers
from henji.members.rules import Place
from henji.mutual_aid.models import Donation, DonationQuerySet, Drive, Giver, StagedDonation
from henji.work.models import Job, Verdict

#: So many names stand in one IN (…).
_AT_ONCE = 5000
UNDATED = Value(value=False)


def members_called(
    county: int, wanted: Collection[tuple[Place, str]], *, day: date
) -> dict[tuple[Place, str], UUID]:
    """按单位内姓名认人: for each place and name the one member of the day who is called so there.

    Where several are called so, or nobody, there is no answer. A place may be an employer, a union, or a
    name that a roster gave and the records do not hold.
    """
    found: dict[tuple[str, str], set[UUID]] = {}
    for where, name, person in _called(county, sorted({name for _place, name in wanted}), day):
        found.setdefault((where, name), set()).add(person)
    there = {pair: found.get((_where(pair[0]), pair[1]), set()) for pair in wanted}
    return {pair: next(iter(persons)) for pair, persons in there.items() if len(persons) == 1}


def _called(county: int, names: Sequence[str], day: date) -> Iterator[tuple[str, str, UUID]]:
    """Everybody of these names who is a member on the day, under each place where one may look."""
    for first in range(0, len(names), _AT_ONCE):
        called = Particulars.objects.known().filter(county=county, name__in=names[first : first + _AT_ONCE])
        name_of = dict(called.values_list("person", "name"))
        held = Membership.objects.known().on(day).filter(person__in=called.values("person"))
        for row in held.select_related("unplaced"):
            named = row.unplaced.name if row.unplaced else ""
            for place in {Place(row.union_id), Place(row.union_id, row.employer_id, named)}:
                yield _where(place), name_of[row.person_id], row.person_id


def _where(place: Place) -> str:
    if place.employer:
        return f"e{place.employer}"
    return f"n{place.named}" if place.named else f"u{place.union}"


@dataclass(frozen=True, slots=True)
class Unnamed:
    """待确认的捐款: the version on record of a gift whose giver was not known."""

    version: int
    line: UUID


def on_record(drive: Drive, keys: Collection[str]) -> dict[str, Unnamed | None]:
    """已登记的捐款: those of the gifts that were written before, whatever has become of them since.

    With the version that waits for its giver's name, where there is one. The keys are given, and not
    compared in the database: freshly written tables mislead its planner.
    """
    written = Donation.objects.filter(drive=drive, gift_key__in=keys)
    found: dict[str, Unnamed | None] = dict.fromkeys(written.values_list("gift_key", flat=True))
    for gift in written.known().filter(giver=Giver.UNKNOWN):
        found[gift.gift_key] = Unnamed(gift.pk, gift.line)
    return found


def indistinct(staged: QuerySet[StagedDonation], drive: Drive) -> QuerySet[StagedDonation]:
    """分不清的行: whose giver has a gift on record that day and receipt do not tell apart."""
    alike = _not_told_apart(Donation.objects.known().filter(drive=drive))
    no_unit = IsNull(OuterRef("employer"), rhs=True)
    same_unit = Q(employer=None) | Q(employer=OuterRef("employer")) | no_unit
    folded = mergers.folded_for(OuterRef(OuterRef("person")))
    # One question each: gifts of a person or of another would be sought through the whole drive.
    by_person = alike.filter(person=OuterRef("person"))
    by_folded = alike.filter(person__in=folded)
    by_giver = alike.filter(same_unit, giver_key=OuterRef("giver_key"))
    return staged.filter(Exists(by_person) | Exists(by_folded) | Exists(by_giver))


def _not_told_apart(gifts: DonationQuerySet) -> DonationQuerySet:
    no_day, no_receipt = Exact(OuterRef("dated"), UNDATED), Exact(OuterRef("receipt"), Value(""))
    same_day = Q(dated=False) | Q(given_on=OuterRef("given_on")) | no_day
    same_receipt = Q(receipt="") | Q(receipt=OuterRef("receipt")) | no_receipt
    return gifts.filter(same_day, same_receipt)


def gifts_like(rows: Sequence[StagedDonation], drive: Drive) -> dict[int, Donation]:
    """相近的捐款: for each row a gift of its giver, of the same day where there is one; two queries."""
    gifts = Donation.objects.known().filter(drive=drive).order_by("given_on", "id")
    persons = {row.person for row in rows if row.person}
    folded = mergers.folded_of(persons)
    by_person = list(gifts.filter(person__in={*persons, *folded}))
    by_giver = list(gifts.filter(giver_key__in={row.giver_key for row in rows}))
    held: dict[object, list[Donation]] = {}
    for gift in by_person:
        held.setdefault(gift.person_id, []).append(gift)
        if gift.person_id in folded:
            held.setdefault(folded[gift.person_id], []).append(gift)
    for gift in by_giver:
        held.setdefault(gift.giver_key, []).append(gift)
    theirs = {row.number: held.get(row.person, []) + held.get(row.giver_key, []) for row in rows}
    return {
        row.number: next((gift for gift in found if gift.given_on == row.given_on), found[0])
        for row in rows
        if (found := theirs[row.number])
    }


def fresh(job: Job) -> QuerySet[StagedDonation]:
    """新增的行 of a book."""
    return StagedDonation.objects.filter(job=job, verdict=Verdict.NEW)


def naming(job: Job) -> QuerySet[StagedDonation]:
    """确认捐款人的行 of a book."""
    return StagedDonation.objects.filter(job=job, verdict=Verdict.CHANGED)


def sums_by_unit(job: Job) -> dict[int | None, Decimal]:
    """新增金额 of a book by paying unit; None for what names none that is on record."""
    sums = fresh(job).values("employer").annotate(fen=Sum("amount_fen")).order_by("employer")
    return {row["employer"]: Decimal(row["fen"]).scaleb(-2) for row in sums}
