"""名单编号: how a line of a list is known again when the list comes back as a workbook."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.crypto import constant_time_compare

from henji.evidence.keys import vault
from henji.mutual_aid.giving.models import RollLine
from henji.mutual_aid.models import Drive


@dataclass(frozen=True, slots=True)
class Listed:
    """名单上的人, and the employer whose list it is."""

    person: UUID
    employer: int


def line_key(line: int) -> str:
    """名单编号: by which a line of a list is known when its workbook comes back: "1234-9f86d081"."""
    return f"{line}-{vault().blind('roll line', str(line))[:8]}"


def line_of(key: str) -> int | None:
    """The id of the line whose key it is; None where it is nobody's."""
    number, _dash, _mark = key.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) <= 18):
        return None
    return int(number) if constant_time_compare(key, line_key(int(number))) else None


def lines_named(drive: Drive, lines: Collection[int]) -> dict[int, Listed]:
    """名单上的人 of the drive's lines, by their ids, also of lines that ended since; one query."""
    held = RollLine.objects.filter(drive=drive, pk__in=lines)
    rows = held.values_list("pk", "person", "roll__employer")
    return {pk: Listed(person, employer) for pk, person, employer in rows}
