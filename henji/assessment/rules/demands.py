"""Judgments on evidence: what of all that was found meets a demand, and what may be asked about it."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.assessment.finds import Answer, Find, Gap, Question, Slot
from henji.assessment.schema import Demand
from henji.evidence.kinds import Kind
from henji.lib.periods import Period

MONTHS = {"year": 12, "quarter": 3, "month": 1}
#: Papers by which something is decided: they are not younger than what was then done.
DECIDING = frozenset({Kind.OFFICIAL_DOCUMENT, Kind.MINUTES, Kind.INSTRUCTION, Kind.APPROVAL})

#: What was found for each demand of a part.
Found = Iterable[tuple[Demand, Collection[Find]]]


def slots(found: Found, period: Period, *, as_of: date, filing_days: int) -> tuple[Slot, ...]:
    """佐证要求 of a part: how each stands, as of the day.

    What is filed or recorded more than `filing_days` after its day is asked about.
    """
    found = list(found)
    done_on = _last_done(found, period)
    return tuple(
        slot(demand, finds, period, as_of=as_of, filing_days=filing_days, done_on=done_on)
        for demand, finds in found
    )


def _last_done(found: Found, period: Period) -> date | None:
    days = (find.on for demand, finds in found if demand.deed for find in finds if find.on in period)
    return max(days, default=None)


def slot(
    demand: Demand,
    finds: Collection[Find],
    period: Period,
    *,
    as_of: date,
    filing_days: int,
    done_on: date | None = None,
) -> Slot:
    """佐证要求: how many of what was found meet the demand in the period.

    What is wanted each quarter or month is counted in each by itself: twelve papers of one month do not
    make a year. What is standing holds whenever it was issued. `done_on` is the last day of the deeds that
    stand beside the demand.
    """
    if demand.period == "standing":
        answers = tuple(Answer(find) for find in _in_order(finds))
        return _slot(demand, [(period, len(answers))], answers, as_of)
    answers = tuple(
        Answer(find, tuple(_questions(demand, find, period, filing_days, done_on)))
        for find in _in_order(finds)
    )
    spans = _spans(period, MONTHS[demand.period])
    counted = [(span, sum(answer.find.on in span for answer in answers)) for span in spans]
    return _slot(demand, counted, answers, as_of)


def _in_order(finds: Iterable[Find]) -> list[Find]:
    return sorted(finds, key=lambda find: (find.on, find.recorded_on, find.paper or 0, str(find.trace)))


def _slot(
    demand: Demand, counted: list[tuple[Period, int]], answers: tuple[Answer, ...], as_of: date
) -> Slot:
    gaps = tuple(
        Gap(_name(demand, span), demand.number - number, is_ahead=span.start > as_of)
        for span, number in counted
        if number < demand.number
    )
    wanted = demand.number * len(counted)
    return Slot(demand, wanted, wanted - sum(gap.lacking for gap in gaps), gaps, answers)


def _name(demand: Demand, span: Period) -> str:
    match demand.period:
        case "quarter":
            return str(_QUARTERS[(span.start.month - 1) // 3])
        case "month":
            return _("%(n)s 月") % {"n": span.start.month}
    return ""


_QUARTERS = (
    gettext_lazy("第一季度"),
    gettext_lazy("第二季度"),
    gettext_lazy("第三季度"),
    gettext_lazy("第四季度"),
)


def _questions(
    demand: Demand, find: Find, period: Period, filing_days: int, done_on: date | None
) -> Iterator[Question]:
    is_within = find.on in period
    if not is_within:
        yield Question.OUT_OF_PERIOD
    elif find.late or (find.recorded_on - find.on).days > filing_days:
        yield Question.FILED_LATE
    is_younger = demand.kind in DECIDING and done_on is not None and find.on > done_on
    if find.on >= period.end or (is_within and is_younger):
        yield Question.DATED_AFTER


def _spans(period: Period, months: int) -> list[Period]:
    spans, start = [], period.start
    while start < period.end:
        ahead = start.year * 12 + start.month - 1 + months
        end = min(date(ahead // 12, ahead % 12 + 1, 1), period.end)
        spans.append(Period(start, end))
        start = end
    return spans
