"""Questions about records that were put together: whom a record stands for."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, Expression, F, OuterRef, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce

from henji.members.models import Merger, MergerQuerySet, Particulars, Person, PersonQuerySet


def current(persons: PersonQuerySet) -> PersonQuerySet:
    """Those of the persons whose records were not folded into others."""
    return persons.filter(~Exists(Merger.objects.known().filter(folded=OuterRef("pk"))))


def kept_for(person: Person) -> Person | None:
    """保留的记录: the record that the person's was folded into, if it was."""
    held = Merger.objects.known().filter(folded=person).select_related("kept").first()
    return held.kept if held else None


def folded_into(person: Person) -> MergerQuerySet:
    """并入的记录: the mergers by which others were folded into the person's record."""
    return Merger.objects.known().filter(kept=person).select_related("folded", "made_by").order_by("pk")


def kept_of(folded: Collection[UUID], known_at: datetime | None = None) -> dict[UUID, UUID]:
    """The record kept for each of those that were folded; the others are left out."""
    held = Merger.objects.known(known_at).filter(folded__in=folded)  # asks nothing where there are none
    return dict(held.values_list("folded", "kept"))


def folded_of(kept: Collection[UUID]) -> dict[UUID, UUID]:
    """The record kept for each one that was folded into one of these."""
    return dict(Merger.objects.known().filter(kept__in=kept).values_list("folded", "kept"))


def called_alike(person: Person, name: str, *, most: int = 10) -> list[Particulars]:
    """同名记录: others of the county with the very same name, some of whom may be the same person."""
    known = Particulars.objects.known().filter(county=person.county_id, name=name)
    return list(known.exclude(person=person).select_related("person").order_by("pk")[:most])


def standing_for(persons: QuerySet[Any], known_at: datetime | None = None) -> QuerySet[Any]:
    """The ids of the records kept for those of the persons that were folded, as a subquery."""
    return Merger.objects.known(known_at).filter(folded__in=persons).values("kept")


def folded_for(person: OuterRef) -> QuerySet[Any]:
    """The ids of the records folded into the person's, as a subquery."""
    return Merger.objects.known().filter(kept=person).values("folded")


def as_one(person: str = "person") -> Expression:
    """同一人: of a row that names a person, the record that stands for the person now."""
    kept = Merger.objects.known().filter(folded=OuterRef(person)).values("kept")[:1]
    return Coalesce(Subquery(kept), F(person), output_field=UUIDField())


def name_of(person: str = "person") -> Expression:
    """姓名 of the person whom a row names, whichever of the person's records it names."""
    known = Particulars.objects.known()
    own = known.filter(person=OuterRef(person)).values("name")[:1]
    kept = Merger.objects.known().filter(folded=OuterRef(OuterRef(person))).values("kept")
    return Coalesce(Subquery(own), Subquery(known.filter(person__in=kept).values("name")[:1]))


def folded_numbers() -> dict[str, int]:
    """The county of each record that was folded, by the blind index of its number."""
    return dict(Merger.objects.known().values_list("id_index", "county_id"))
