"""版本沿革: what was believed of a person, version by version, and what each one changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from henji.lib import tags
from henji.members import queries
from henji.members.details import DETAILS
from henji.members.models import Membership, Particulars, Person

Row = Particulars | Membership


@dataclass(frozen=True, slots=True)
class Said:
    """所载: a value as it is, to compare, and as a page may show it."""

    label: str | Promise
    clear: str
    shown: str


Face = Mapping[str, Said]


@dataclass(frozen=True, slots=True)
class Change:
    """一处改动, as a page may show it."""

    label: str | Promise
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """一个版本: what it says otherwise than the one before it on its line."""

    row: Row
    changes: tuple[Change, ...]
    is_first: bool

    @property
    def is_membership(self) -> bool:
        """Whether it is a version of a membership."""
        return isinstance(self.row, Membership)


def steps_of(person: Person) -> list[Step]:
    """版本沿革: every version of what is known of the person, the latest first; two queries."""
    told = person.particulars.select_related("made_by", "person").order_by("known_from", "id")
    held = person.memberships.select_related("made_by", "union", "employer", "unplaced")
    before: dict[UUID, Face] = {}
    steps = []
    for row in (*told, *held.order_by("known_from", "id")):
        face = face_of(row)
        steps.append(Step(row, changes(before.get(row.line, {}), face), row.line not in before))
        before[row.line] = face
    return sorted(steps, key=lambda step: step.row.known_from, reverse=True)


def face_of(row: Row) -> Face:
    """What the version says."""
    return _particulars(row) if isinstance(row, Particulars) else _membership(row)


def changes(before: Face, after: Face) -> tuple[Change, ...]:
    """What is said otherwise; told by the clear values, shown by the masked ones."""
    return tuple(_changes(before, after))


def _changes(before: Face, after: Face) -> Iterable[Change]:
    nothing = Said("", "", "")
    for name in {**before, **after}:
        old, new = before.get(name, nothing), after.get(name, nothing)
        if old.clear != new.clear:
            yield Change(new.label or old.label, old.shown or tags.NOTHING, new.shown or tags.NOTHING)


def _particulars(row: Particulars) -> Face:
    values = queries.opened(row)
    details = {
        detail.name: Said(detail.label, values[detail.name], detail.shown(values[detail.name]))
        for detail in DETAILS
        if values.get(detail.name)
    }
    return {"name": Said(_("姓名"), row.name, row.name), **details}


def _membership(row: Membership) -> Face:
    said = {
        "union": (_("所属工会"), row.union.name),
        "employer": (_("工作单位"), row.where + (_("（待归属）") if row.unplaced else "")),
        "start_on": (_("入会日期"), tags.day(row.start_on) if row.start_on else ""),
        "end_on": (_("离会日期"), tags.day(row.end_on) if row.end_on else ""),
    }
    return {name: Said(label, words, words) for name, (label, words) in said.items()}


def since(person: Person, seen: queries.Seen) -> tuple[Change, ...]:
    """别人的更正: what has been said otherwise since somebody saw these versions."""
    card = queries.card(person)
    told = person.particulars.filter(pk=seen.particulars).select_related("person")
    held = person.memberships.filter(pk=seen.membership).select_related("union", "employer", "unplaced")
    before = {name: said for row in (*told, *held) for name, said in face_of(row).items()}
    return changes(before, {**face_of(card.known), **face_of(card.latest)})
