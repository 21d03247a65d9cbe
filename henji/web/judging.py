"""单位名单检查: each row against the employers registered, and against the rows above it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from henji.evidence.rules import NotYetHappened, must_have_happened
from henji.lib.codelists import CodeList
from henji.lib.refusals import Refusal
from henji.unions import codes, queries, recording, rules
from henji.unions.models import PROFILE, Employer, Level, Union
from henji.unions.planting import EmployerLine, Grove
from henji.unions.rules import told as telling
from henji.web.employers import COLUMNS, line_of, line_told, says_no_union, staged
from henji.web.models import StagedEmployer
from henji.work.intake import Judged, Row, Rows
from henji.work.models import Job, Verdict

_LABELS = {column.name: column.label for column in COLUMNS}
#: Beside which column a refusal stands; where none is said, beside the union's.
_FIELDS: dict[type[Refusal], str] = {
    rules.NotATownship: "township",
    rules.FoundedOtherwise: "founded_on",
    NotYetHappened: "founded_on",
    telling.CountedInFuture: "counted_on",
    telling.PartsExceedWhole: "workers",
}
#: What an employer that is registered may not be said to be otherwise, not even where nothing is said yet.
_FIXED = ("name", "credit_code", "township", "union", "founded_on")
_OPEN = ("", None)
#: Of which codes words are doubted that are none.
_CODED = {"industry": codes.INDUSTRY, "unit_type": codes.UNIT_TYPE}


@dataclass(frozen=True, slots=True)
class Known:
    """已知单位: what is held of an employer, and the number of the row above that says so, if one does."""

    line: EmployerLine
    row: int | None


@dataclass(frozen=True, slots=True)
class KnownUnion:
    """已知工会: what is told of a union and of its officers, and which row above said it."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    holders: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)


class EmployersJudge:
    """单位名单检查: new, known already, or told otherwise. Asks nothing more once it is made.

    What is open in the record of an employer or a union is filled; what is said there is not changed, but for
    numbers of people that are told of a later day.
    """

    def __init__(self, job: Job, taken: Iterable[StagedEmployer]) -> None:
        self._job = job
        self._today: date = localdate(job.asked_at)
        self._grove = Grove(job.county)
        self._by_name: dict[str, Known] = {}
        self._by_code: dict[str, Known] = {}
        held = queries.employers_of(job.county).select_related("union__parent")
        known = {employer.pk: Known(_line_held(employer), None) for employer in held}
        for one in known.values():
            self._know(one)
        for name, employer in queries.former_names(job.county.pk).items():
            self._by_name.setdefault(name, known[employer])
        self._unions = _unions_held(job.county)
        for row in taken:
            line = line_of(row)
            if row.verdict == Verdict.NEW:
                self._grove.reserve(line)
                self._know(Known(line, row.number))
            self._know_union(line, row.number)

    def judge(self, rows: Rows) -> Judged[StagedEmployer]:
        """One staged row for each."""
        return Judged([self._one(row) for row in rows])

    def _one(self, row: Row) -> StagedEmployer:
        known = self._by_name.get(row.values["name"])
        try:
            line = self._settled(row, known)
        except Refusal as refusal:
            return self._rejected(row, _FIELDS.get(type(refusal), "union"), refusal.words)
        of_code = self._by_code.get(line.credit_code)
        if of_code and of_code.line.name != line.name:
            return self._rejected(row, "credit_code", _code_taken(of_code))
        if known and (wrong := _told_otherwise(line, known) or _denied(row, known)):
            return self._rejected(row, wrong, _differs(known, wrong))
        union = self._unions.get(line.union, KnownUnion())
        if wrong := _union_told_otherwise(line, union):
            return self._rejected(row, wrong, _union_differs(union, wrong))
        if known is None:
            self._grove.reserve(line)
            self._know(Known(line, row.number))
        verdict = _verdict(line, known, union)
        self._know_union(line, row.number)
        return self._staged(row, verdict, line)

    def _settled(self, row: Row, known: Known | None) -> EmployerLine:
        told = line_told(row.values, union_held=known.line.union if known else "")
        if told.founded_on:
            must_have_happened(told.founded_on, today=self._today)
        said = {name: getattr(told, name) for name in PROFILE}
        telling.exact_profile(said if known is None else _over(known.line, said), today=self._today)
        telling.must_run_in_order(told.facts, today=self._today)
        return self._grove.settled(told)

    def _know(self, known: Known) -> None:
        self._by_name[known.line.name] = known
        if known.line.credit_code:
            self._by_code[known.line.credit_code] = known

    def _know_union(self, line: EmployerLine, row: int) -> None:
        held = self._unions.get(line.union, KnownUnion())
        told = _entries(line.facts, line.holders)
        rows = {name: row for name in told if name not in _entries(held.facts, held.holders)}
        if told:
            holders = {**held.holders, **line.holders}
            self._unions[line.union] = KnownUnion(
                {**held.facts, **line.facts}, holders, {**held.rows, **rows}
            )

    def _staged(self, row: Row, verdict: Verdict, line: EmployerLine) -> StagedEmployer:
        strange = [name for name, listed in _CODED.items() if not _is_code(getattr(line, name), listed)]
        reason = _("；").join(
            _("%(label)s“%(words)s”不在代码表里，按原文登记")
            % {"label": _LABELS[name], "words": getattr(line, name)}
            for name in strange
        )
        return StagedEmployer(
            job=self._job,
            number=row.number,
            verdict=verdict,
            field=strange[0] if strange else "",
            reason=reason[:200],
            **staged(line),
        )

    def _rejected(self, row: Row, field: str, reason: str) -> StagedEmployer:
        return StagedEmployer(
            job=self._job, number=row.number, verdict=Verdict.REJECTED, field=field, reason=reason[:200]
        )


def _unions_held(county: Union) -> dict[str, KnownUnion]:
    names = {union.pk: union.name for union in Union.objects.filter(county=county)}
    return {
        names[key]: KnownUnion(held.facts, {office: held.holder(office) for office in held.holders})
        for key, held in recording.held_of(names).items()
    }


def _line_held(employer: Employer) -> EmployerLine:
    union = employer.union
    above = union.parent if union and union.parent and union.parent.level == Level.TOWNSHIP else None
    township = employer.township or above
    return EmployerLine(
        name=employer.name,
        credit_code=employer.credit_code,
        township=township.name if township else "",
        union=union.name if union else "",
        founded_on=union.founded_on if union else None,
        **telling.profile_of(employer),
    )


def _is_code(value: str, listed: CodeList) -> bool:
    return not value or listed.knows(value)


def _over(known: EmployerLine, told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: getattr(known, name) if value in _OPEN else value for name, value in told.items()}


def _told_otherwise(told: EmployerLine, known: Known) -> str:
    """The first field, also the name, in which the row says something else; what is empty says nothing."""
    moving = telling.counted_later(told.counted_on, known.line.counted_on)
    for name in (*_FIXED, *PROFILE):
        value, was = getattr(told, name), getattr(known.line, name)
        fills = name not in _FIXED and not known.row and (was in _OPEN or name in moving)
        if value not in (*_OPEN, was) and not fills:
            return name
    return ""


def _denied(row: Row, known: Known) -> str:
    return "union" if known.line.union and says_no_union(row.values) else ""


def _entries(facts: Mapping[str, Any], holders: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """What is told of a union and its officers, by the name of the column."""
    closed = {f"{office}_{facet}": words for office, told in holders.items() for facet, words in told.items()}
    return {**facts, **closed}


def _union_told_otherwise(line: EmployerLine, union: KnownUnion) -> str:
    held = _entries(union.facts, union.holders)
    told = _entries(line.facts, line.holders)
    return next((name for name, value in told.items() if held.get(name, value) != value), "")


def _verdict(line: EmployerLine, known: Known | None, union: KnownUnion) -> Verdict:
    if known is None:
        return Verdict.NEW
    more = (
        any(getattr(line, name) not in (*_OPEN, getattr(known.line, name)) for name in PROFILE)
        or _entries(line.facts, line.holders).keys() - _entries(union.facts, union.holders).keys()
    )
    return Verdict.CHANGED if more else Verdict.SAME


def _differs(known: Known, name: str) -> str:
    label = _LABELS[name]
    if known.row:
        words = _("与第 %(row)s 行是同一单位，%(label)s不同，请只留一行")
        return words % {"row": known.row, "label": label}
    value = getattr(known.line, name)
    if value in _OPEN:
        words = _("单位已登记，没有登记%(label)s。导入不改动已登记的单位，请核对")
        return words % {"label": label}
    words = _("单位已登记，%(label)s是“%(value)s”，与表里不同。导入不改动已登记的单位，请核对")
    shown = _CODED[name].name_of(value) if name in _CODED else value
    return words % {"label": label, "value": shown}


def _union_differs(union: KnownUnion, name: str) -> str:
    if name in union.rows:
        words = _("第 %(row)s 行也写了这个工会，%(label)s不同，请核对")
        return words % {"row": union.rows[name], "label": _LABELS[name]}
    words = _("这个工会已登记的%(label)s与表里不同。导入不改动已登记的工会，请在工会页更正")
    return words % {"label": _LABELS[name]}


def _code_taken(holder: Known) -> str:
    if holder.row:
        return _("与第 %(row)s 行的信用代码相同，单位名称不同，请核对") % {"row": holder.row}
    return _("该信用代码已登记给“%(name)s”，请核对") % {"name": holder.line.name}
