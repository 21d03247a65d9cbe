"""Nouns: persons, what is known of them, their memberships, and how these move."""

from henji.members.models.doubts import Answer, Doubt, DoubtQuerySet, Kind
from henji.members.models.mergers import Merger, MergerQuerySet
from henji.members.models.persons import (
    DerivedColumns,
    Membership,
    MembershipQuerySet,
    MemberVersion,
    Particulars,
    ParticularsQuerySet,
    Person,
    PersonQuerySet,
    Standing,
    Turn,
    Unplaced,
    UnplacedQuerySet,
)
from henji.members.models.staging import StagedMember
from henji.members.models.transfers import Stage, Transfer, TransferQuerySet

__all__ = [
    "Answer",
    "DerivedColumns",
    "Doubt",
    "DoubtQuerySet",
    "Kind",
    "MemberVersion",
    "Membership",
    "MembershipQuerySet",
    "Merger",
    "MergerQuerySet",
    "Particulars",
    "ParticularsQuerySet",
    "Person",
    "PersonQuerySet",
    "Stage",
    "StagedMember",
    "Standing",
    "Transfer",
    "TransferQuerySet",
    "Turn",
    "Unplaced",
    "UnplacedQuerySet",
]
