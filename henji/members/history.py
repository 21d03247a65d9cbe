"""版本沿革: what was believed of a person, version by version, and what each one changes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from henji.evidence.keys import vault
from henji.evidence.versions import Change
from henji.lib import tags
from henji.lib.vault import Sealed
from henji.members import queries
from henji.members.details import DETAILS
from henji.members.models import Membership, Particulars, Person, StagedMember, Standing
from henji.unions import queries as unions

Row = Particulars | Membership


@dataclass(frozen=True, slots=True)
class Said:
    """所载: a value as it is, to compare, and as a page may show it."""

    label: str | Promise
    clear: str
    shown: str


Face = Mapping[str, Said]


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
    return _told(row.name, queries.opened(row))


def _told(name: str, values: Mapping[str, str]) -> Face:
    details = {
        detail.name: Said(detail.label, values[detail.name], detail.shown(values[detail.name]))
        for detail in DETAILS
        if values.get(detail.name)
    }
    return {"name": Said(_("姓名"), name, name), **details}


def _membership(row: Membership) -> Face:
    waits = row.unplaced.name if row.unplaced else ""
    joined = _joined(row.union.name, row.where, waits, row.start_on, row.end_on)
    return {**joined, **_kept(row.standing), **_ending(row)}


def _ending(row: Membership) -> Face:
    ending = str(row.get_ended_by_display())
    return {"ended_by": Said(_("离会方式"), ending, ending)} if row.ended_by else {}


def _kept(standing: str) -> Face:
    """会籍状态, where the membership is kept without working."""
    if standing in {"", Standing.WORKING}:
        return {}
    words = str(Standing(standing).label)
    return {"standing": Said(_("会籍状态"), words, words)}


def _joined(union: str, where: str, waits: str, start_on: date | None, end_on: date | None) -> Face:
    said = {
        "union": (_("所属工会"), union),
        "employer": (_("工作单位"), waits + _("（待归属）") if waits else where),
        "start_on": (_("入会日期"), tags.day(start_on) if start_on else ""),
        "end_on": (_("离会日期"), tags.day(end_on) if end_on else ""),
    }
    return {name: Said(label, words, words) for name, (label, words) in said.items()}


def since(person: Person, seen: queries.Seen) -> tuple[Change, ...]:
    """别人的更正: what has been said otherwise since somebody saw these versions."""
    card = queries.card(person)
    told = person.particulars.filter(pk=seen.particulars).select_related("person")
    held = person.memberships.filter(pk=seen.membership).select_related("union", "employer", "unplaced")
    before = {name: said for row in (*told, *held) for name, said in face_of(row).items()}
    return changes(before, {**face_of(card.known), **face_of(card.latest)})


# -- before they are written -----------------------------------------------------------------------


def staged_changes(rows: Sequence[StagedMember]) -> list[tuple[Change, ...]]:
    """变更预览: what each staged row would say otherwise than the record does; four queries."""
    told = Particulars.objects.select_related("person").in_bulk([row.held_particulars for row in rows])
    joined = Membership.objects.select_related("union", "employer", "unplaced")
    held = joined.in_bulk([row.held_membership for row in rows])
    unions_named = unions.union_names({row.union for row in rows if row.union})
    employers_named = queries.employers_named({row.employer for row in rows if row.employer})

    def faces(row: StagedMember) -> Iterator[tuple[Face, Face]]:
        known = told.get(row.held_particulars or 0)
        if known and known.person.key and row.box:
            values = vault().open(Sealed(bytes(row.box), bytes(known.person.key)))
            yield face_of(known), _told(row.name, values)
        if row.membership_line:
            was = held.get(row.held_membership or 0)
            same_line = was if was and was.line == row.membership_line else None
            union, employer = unions_named.get(row.union or 0, ""), employers_named.get(row.employer or 0, "")
            joins = _joined(union, employer, row.named, row.start_on, row.end_on)
            ends_as_before = same_line is not None and row.end_on == same_line.end_on
            ending = _ending(same_line) if same_line and ends_as_before else {}
            after = {**joins, **_kept(row.standing), **ending}
            yield face_of(same_line) if same_line else {}, after

    return [tuple(change for pair in faces(row) for change in changes(*pair)) for row in rows]
