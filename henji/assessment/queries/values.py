"""Questions about values stated by hand."""

from datetime import date
from uuid import UUID

from henji.assessment.models import StatedValue, StatedValueQuerySet
from henji.unions.models import Union


def values_about(subject: Union, standard: str, part: str) -> StatedValueQuerySet:
    """人工取值: all that was ever stated for the union about the part or veto, the latest first."""
    held = StatedValue.objects.about(subject.pk, standard, part)
    return held.select_related("made_by", "unmade_by").order_by("-known_from", "-from_on")


def values_overlapping(
    subject: Union, standard: str, part: str, first: date, last: date | None
) -> StatedValueQuerySet:
    """重叠的取值: those believed now that hold on any of the days, the latest first."""
    return values_about(subject, standard, part).known().overlapping(first, last)


def values_of_item(subject: int, code: str) -> list[StatedValue]:
    """项目的人工取值: each value stated about a part of the item, once, under the trace that stated it."""
    held = StatedValue.objects.filter(subject=subject, part__startswith=f"{code}.").select_related("made_by")
    # What an overlapping value left of an older one was written by the same deed, but not stated by it.
    return [value for value in held if value.made_by.subject_id == str(value.pk)]


def line_of(subject: Union, standard: str, part: str) -> UUID | None:
    """线号: what names all that was stated for the union about the part."""
    return values_about(subject, standard, part).values_list("line", flat=True).first()
