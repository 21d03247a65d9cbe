"""行摘要: what the trace of a bulk deed commits to, row by row, and how it is computed again.

A leaf covers the closed box and not what lies in it: once a person's key is destroyed nobody can read the
row any more, and the root still comes out the same.
"""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from uuid import UUID

from henji.evidence.traces import RowsRoot
from henji.members.models import Membership, Particulars

#: The box of the particulars that a row wrote; None where it wrote none.
Box = bytes | None
#: Line (32 hexadecimal digits), union, employer, first day and last of the membership that a row wrote; None
#: where it wrote none.
Joined = tuple[str, int, int | None, date | None, date | None] | None


def leaf(person: str, box: Box, joined: Joined) -> str:
    """叶: the digest of one row, and the person, in hexadecimal."""
    closed = sha256(box).hexdigest() if box else ""
    member = ""
    if joined:
        line, union, employer, start_on, end_on = joined
        member = f"{line}|{union}|{employer or ''}|{start_on or ''}|{end_on or ''}"
    return sha256(f"{person}|{closed}|{member}".encode()).hexdigest()


def rows_root(trace: UUID) -> RowsRoot:
    """重算行摘要根: the root over the rows that the trace made, as they lie in the database now.

    In the order of the workbook's rows; for rows that came from none, in the order of their lines.
    """
    return RowsRoot.over([bytes.fromhex(found) for _key, found in sorted(_leaves(trace))])


def _leaves(trace: UUID) -> Iterator[tuple[tuple[int, UUID], str]]:
    told = {row.person_id: row for row in Particulars.objects.filter(made_by=trace)}
    for row in Membership.objects.filter(made_by=trace):
        particulars = told.pop(row.person_id, None)
        joined = (row.line.hex, row.union_id, row.employer_id, row.start_on, row.end_on)
        box = bytes(particulars.box) if particulars else None
        yield (row.source_row or 0, row.line), leaf(row.person_id.hex, box, joined)
    for alone in told.values():
        yield (alone.source_row or 0, alone.line), leaf(alone.person_id.hex, bytes(alone.box), None)
