"""单位名单检查: each row against the employers registered, and against the rows above it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from henji.evidence.rules import NotYetHappened, must_have_happened
from henji.lib.refusals import Refusal
from henji.unions import queries, rules
from henji.unions.models import Employer, Level
from henji.unions.planting import EmployerLine, Grove
from henji.web.employers import COLUMNS, line_of, line_told, says_no_union
from henji.web.models import StagedEmployer
from henji.work.intake import Judged, Row, Rows
from henji.work.models import Job, Verdict

_LABELS = {column.name: column.label for column in COLUMNS}
#: Beside which column a refusal stands; where none is said, beside the union's.
_FIELDS: dict[type[Refusal], str] = {
    rules.NotATownship: "township",
    rules.FoundedOtherwise: "founded_on",
    NotYetHappened: "founded_on",
}


@dataclass(frozen=True, slots=True)
class Known:
    """已知单位: what is held of an employer, and the number of the row above that says so, if one does."""

    line: EmployerLine
    row: int | None


class EmployersJudge:
    """单位名单检查: new, known already, or told otherwise. Asks nothing more once it is made."""

    def __init__(self, job: Job, staged: Iterable[StagedEmployer]) -> None:
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
        for row in staged:
            self._grove.reserve(line_of(row))
            self._know(Known(line_of(row), row.number))

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
        if known is None:
            self._grove.reserve(line)
            self._know(Known(line, row.number))
            return self._staged(row, Verdict.NEW, line)
        field = _told_otherwise(line, known.line)
        if not field and known.line.union and says_no_union(row.values):
            field = "union"
        if field:
            return self._rejected(row, field, _differs(known, field))
        return self._staged(row, Verdict.SAME, line)

    def _settled(self, row: Row, known: Known | None) -> EmployerLine:
        told = line_told(row.values, union_held=known.line.union if known else "")
        if told.founded_on:
            must_have_happened(told.founded_on, today=self._today)
        return self._grove.settled(told)

    def _know(self, known: Known) -> None:
        self._by_name[known.line.name] = known
        if known.line.credit_code:
            self._by_code[known.line.credit_code] = known

    def _staged(self, row: Row, verdict: Verdict, line: EmployerLine) -> StagedEmployer:
        return StagedEmployer(job=self._job, number=row.number, verdict=verdict, **asdict(line))

    def _rejected(self, row: Row, field: str, reason: str) -> StagedEmployer:
        return StagedEmployer(
            job=self._job, number=row.number, verdict=Verdict.REJECTED, field=field, reason=reason[:200]
        )


def _line_held(employer: Employer) -> EmployerLine:
    union = employer.union
    above = union.parent if union and union.parent and union.parent.level == Level.TOWNSHIP else None
    township = employer.township or above
    return EmployerLine(
        name=employer.name,
        credit_code=employer.credit_code,
        township=township.name if township else "",
        union=union.name if union else "",
        industry=employer.industry,
        workers=employer.workers,
        founded_on=union.founded_on if union else None,
    )


def _told_otherwise(told: EmployerLine, known: EmployerLine) -> str:
    """The first field, also the name, in which the row says something else; what is empty says nothing."""
    was = asdict(known)
    return next((f for f, value in asdict(told).items() if value not in ("", None, was[f])), "")


def _differs(known: Known, field: str) -> str:
    label = _LABELS[field]
    if known.row:
        words = _("与第 %(row)s 行是同一单位，%(label)s不同，请只留一行")
        return words % {"row": known.row, "label": label}
    value = asdict(known.line)[field]
    if value in ("", None):
        words = _("单位已登记，没有登记%(label)s。导入不改动已登记的单位，请核对")
        return words % {"label": label}
    words = _("单位已登记，%(label)s是“%(value)s”，与表里不同。导入不改动已登记的单位，请核对")
    return words % {"label": label, "value": value}


def _code_taken(holder: Known) -> str:
    if holder.row:
        return _("与第 %(row)s 行的信用代码相同，单位名称不同，请核对") % {"row": holder.row}
    return _("该信用代码已登记给“%(name)s”，请核对") % {"name": holder.line.name}
