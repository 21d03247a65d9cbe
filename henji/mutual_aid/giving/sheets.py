"""填报表: the page on which an officer ticks who gave; what was typed stays, also when it is refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from henji.lib import money
from henji.lib.refusals import Refusal
from henji.mutual_aid.giving import rules
from henji.mutual_aid.giving.queries import Sheet, SheetRow

#: The boxes that are ticked, by person, and what stands before the person in the name of an amount's box.
TICKED, AMOUNT = "t", "a-"


@dataclass(frozen=True, slots=True)
class Typed:
    """一行: a person as the page shows them, what was typed, and what is wrong with it."""

    row: SheetRow
    name: str
    ticked: bool
    words: str
    error: str = ""

    @property
    def key(self) -> str:
        """By which the boxes of the row are named."""
        return self.row.person.hex


@dataclass(frozen=True, slots=True)
class Filled:
    """填好的表: its rows, and the gifts that it tells of as far as they can be read."""

    rows: Sequence[Typed]
    gifts: Mapping[UUID, Decimal]

    @property
    def listed(self) -> list[Typed]:
        """Those on the list."""
        return [typed for typed in self.rows if typed.row.listed]

    @property
    def others(self) -> list[Typed]:
        """Others of the employer."""
        return [typed for typed in self.rows if not typed.row.listed]

    @property
    def wrong(self) -> bool:
        """Whether something typed cannot be read."""
        return any(typed.error for typed in self.rows)


def as_held(sheet: Sheet, *, masked: bool) -> Filled:
    """填报表 as it stands: ticked is who was reported."""
    names = _names(sheet, masked=masked)
    rows = [
        Typed(
            row=row,
            name=names[row.person],
            ticked=row.reported_yuan is not None,
            words="" if row.reported_yuan is None else f"{row.reported_yuan:f}".removesuffix(".00"),
        )
        for row in sheet.rows
    ]
    return Filled(rows, {})


def as_typed(sheet: Sheet, sent: QueryDict, each: Decimal | None, *, masked: bool) -> Filled:
    """填报表 as it was sent: an amount of one's own, else that of all, else the proposed one.

    Whoever has an amount typed beside the name is ticked by that.
    """
    names, ticks = _names(sheet, masked=masked), set(sent.getlist(TICKED))
    rows: list[Typed] = []
    gifts: dict[UUID, Decimal] = {}
    for row in sheet.rows:
        words = sent.get(f"{AMOUNT}{row.person.hex}", "").strip()
        ticked = row.gave_yuan is None and (row.person.hex in ticks or bool(words))
        amount, error = _amount(words, each or row.proposed_yuan) if ticked else (None, "")
        if amount is not None:
            gifts[row.person] = amount
        rows.append(Typed(row, names[row.person], ticked, words, error))
    return Filled(rows, gifts)


def _amount(words: str, otherwise: Decimal | None) -> tuple[Decimal | None, str]:
    if not words and otherwise is not None:
        return otherwise, ""
    try:
        return money.parse(words), ""
    except Refusal as refusal:
        return None, refusal.words if words else _("请填写金额")


def _names(sheet: Sheet, *, masked: bool) -> dict[UUID, str]:
    names = {row.person: row.name for row in sheet.rows}
    return rules.masked(names) if masked else names
