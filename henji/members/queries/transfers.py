"""Questions about transfers, and about those who went to another county."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max, OuterRef, Subquery

from henji.lib.reach import Reach
from henji.members.models import (
    Membership,
    Particulars,
    ParticularsQuerySet,
    Person,
    Stage,
    Transfer,
    TransferQuerySet,
)
from henji.unions.models import Level, Union


def departed_from(county: int) -> TransferQuerySet:
    """转往他县: the transfers by which somebody left the county who has not come back since."""
    left = Transfer.objects.known().filter(from_county=county, stage=Stage.ACCEPTED)
    return left.exclude(to_county=county).exclude(person__county=county)


def last_known_in(county: int, departed: TransferQuerySet) -> ParticularsQuerySet:
    """What the county knew last of those who left it; what they are now, the other county knows."""
    ours = Particulars.objects.filter(county=county, person__in=departed.values("person"))
    last = ours.order_by().values("person").annotate(last=Max("pk")).values("last")
    return Particulars.objects.filter(pk__in=last)


@dataclass(frozen=True, slots=True)
class Former:
    """原会员: what a county still knows of somebody who went to another one."""

    name: str
    memberships: tuple[Membership, ...]


def former_member(reach: Reach, key: UUID) -> Former | None:
    """原会员: somebody who was a member within reach and is held by another county now; None for others."""
    held = (
        Membership.objects.known().within(reach).filter(person=key).exclude(person__county__in=reach.counties)
    )
    memberships = tuple(held.select_related("union", "employer", "unplaced").latest_first())
    known = Particulars.objects.filter(person=key, county__in=reach.counties).order_by("-pk").first()
    return Former(known.name, memberships) if memberships and known else None


def transfers_in(reach: Reach) -> TransferQuerySet:
    """会籍转移: those that the request's unions release or receive, each with the member's `name`.

    The name is today's: both sides know whom they speak of.
    """
    named = Particulars.objects.known().filter(person=OuterRef("person")).values("name")[:1]
    rows = Transfer.objects.known().within(reach).annotate(name=Subquery(named))
    return rows.select_related("from_union", "to_union", "from_county", "to_county", "employer")


def transfers_of(person: Person, reach: Reach) -> TransferQuerySet:
    """会籍转移 of the person, as far as the request may see them, the latest first."""
    return transfers_in(reach).filter(person=person).order_by("-released_on", "-pk")


def versions_of(transfer: Transfer) -> TransferQuerySet:
    """经过: what was said of the transfer, the latest first, with the deeds and their words."""
    return Transfer.objects.line_of(transfer.line).select_related("made_by__words")


def awaiting(reach: Reach) -> int:
    """待接收: how many transfers wait for an answer by the request's unions."""
    return Transfer.objects.known().open().received_by(reach).count()


def open_transfer(person: Person) -> Transfer | None:
    """The transfer of the person that waits for its answer, if there is one."""
    held = Transfer.objects.known().open().filter(person=person)
    return held.select_related("from_union", "to_union").first()


def receivers_in(county: Union) -> Iterable[Union]:
    """接收工会: the unions of the county that stand."""
    return Union.objects.filter(county=county).standing().in_tree_order()


def counties_besides(county: Union) -> Iterable[Union]:
    """其他县: the other county federations of the installation, each of which may take somebody in."""
    return Union.objects.filter(level=Level.COUNTY).standing().exclude(pk=county.pk).in_tree_order()
