"""概况: what pages show of a union's record and of an employer's profile, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from henji.lib import tags
from henji.unions import codes, queries, recording, records
from henji.unions.history import shown
from henji.unions.models import CLEARS, PROFILE_LABELS, Employer, FourClears, Office, Union
from henji.unions.rules import told as telling

Facts = Sequence[tuple[str | Promise, str]]


@dataclass(frozen=True, slots=True)
class Officer:
    """任职人: who holds an office; the phone masked, empty where there is none."""

    office: str
    label: str | Promise
    name: str
    phone: str
    more: str


@dataclass(frozen=True, slots=True)
class Record:
    """组织信息 as a page shows it: sections without anything are left out."""

    sections: Sequence[tuple[str | Promise, Facts]]
    officers: Sequence[Officer]

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been told yet."""
        return not self.sections and not self.officers


def record_of(union: Union) -> Record:
    """组织信息; two queries."""
    held = recording.held_of([union.pk])[union.pk]
    told = held.facts
    sections = []
    for title, items in records.SECTIONS:
        facts = [(item.label, item.shown(told[item.name])) for item in items if item.name in told]
        due_on = held.record.due_on if held.record else None
        if due_on and any(item.name == "elected_on" for item in items):
            facts.append((_("应换届日期"), tags.day(due_on)))
        if facts:
            sections.append((title, facts))
    officers = [_officer(office, held.holder(office)) for office in Office.values]
    return Record(sections, [officer for officer in officers if officer.name])


def _officer(office: str, told: dict[str, str]) -> Officer:
    items = records.OFFICES[office]
    words = {facet: items[facet].shown(told[facet]) if told.get(facet) else "" for facet in records.FACETS}
    more = _("，").join(filter(None, (words["time"], words["rank"])))
    return Officer(office, Office(office).label, words["name"], words["phone"], more)


def facts_of(employer: Employer) -> Facts:
    """单位概况: industry, kind, address and numbers of people, as far as they are known."""
    facts = [
        (PROFILE_LABELS[name], shown(name, getattr(employer, name)) or tags.NOTHING)
        for name in ("industry", "unit_type", "address")
    ]
    parts = [
        _("%(label)s %(n)s") % {"label": PROFILE_LABELS[name], "n": tags.number(value)}
        for name in ("women", "migrants", "dispatched")
        if (value := getattr(employer, name)) is not None
    ]
    day = tags.day(employer.counted_on) if employer.counted_on else ""
    more = [*parts, *([_("截至 %(day)s") % {"day": day}] if day else [])]
    number = tags.number(employer.workers)
    words = _("%(number)s（%(more)s）") % {"number": number, "more": _("，").join(more)} if more else number
    return [*facts, (_("职工数"), words)]


def clears_told(employer: Employer) -> Facts:
    """四清情况, as far as something is told that is asked now; one query."""
    told = queries.clears_of(employer)
    asked = [name for name in CLEARS if name not in telling.clears_not_asked(employer)]
    if told is None:
        return []
    labels = {name: FourClears._meta.get_field(name) for name in asked}
    return [
        (str(getattr(field, "verbose_name", name)), clear_shown(name, getattr(told, name)))
        for name, field in labels.items()
        if getattr(told, name)
    ]


def clear_shown(name: str, value: object) -> str:
    """One of the four clears in words."""
    listed = {"reason": codes.NO_UNION_REASON, "role": codes.ROLE_PLAYED}.get(name)
    return listed.name_of(str(value)) if listed else str(value)
