"""Questions about who sees to which item."""

from collections.abc import Mapping

from django.db.models import Q

from henji.assessment.models import Charge, ChargeQuerySet
from henji.unions.models import Union


def charges_of(subject: Union, standard: str, year: int) -> Mapping[str, Charge]:
    """责任分工: by the item's code, who sees to it for the union in the year. Costs one query."""
    held = _standing().of_year([subject.pk], year).filter(standard=standard)
    return {charge.item: charge for charge in held}


def people_of(subject: Union, standard: str, year: int) -> Mapping[str, str]:
    """责任人 by the item's code, by name. Costs one query."""
    return {item: charge.person.name for item, charge in charges_of(subject, standard, year).items()}


def charge_of(subject: Union, standard: str, year: int, item: str) -> Charge | None:
    """项目的分工: who sees to the item, if anybody."""
    return _standing().of_year([subject.pk], year).filter(standard=standard, item=item).first()


def charges_upon(user: int, subjects: frozenset[int], year: int) -> list[Charge]:
    """我的项目: the items of the unions that the user sees to or stands in for, the earliest day first."""
    held = _standing().of_year(subjects, year).filter(Q(person=user) | Q(deputy=user))
    return list(held.order_by("due_on", "item"))


def charges_ever(subject: int, item: str) -> ChargeQuerySet:
    """分工经过: all that was ever said about who sees to the union's item."""
    return Charge.objects.filter(subject=subject, item=item).select_related("person", "deputy")


def _standing() -> ChargeQuerySet:
    return Charge.objects.known().select_related("person", "deputy", "made_by")
