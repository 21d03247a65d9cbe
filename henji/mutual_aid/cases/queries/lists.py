"""Lists: applications, notices, meetings and batches, within reach."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, QuerySet

from henji.lib.reach import Reach
from henji.members.models import Membership
from henji.members.queries import mergers
from henji.mutual_aid.cases.models import (
    AidCaseVersion,
    AidCaseVersionQuerySet,
    Meeting,
    Notice,
    PaymentBatch,
    State,
)
from henji.mutual_aid.cases.queries.one import applicants, masked_name


def cases_in(reach: Reach) -> AidCaseVersionQuerySet:
    """救助申请 within reach as they stand now, with what lists show; `member_name` is the applicant's."""
    return _named(AidCaseVersion.objects.known().within(reach)).select_related("county", "notice")


def _named(rows: AidCaseVersionQuerySet) -> AidCaseVersionQuerySet:
    return rows.annotate(member_name=mergers.name_of("case__person")).select_related("case")


def postable(reach: Reach, county: int) -> AidCaseVersionQuerySet:
    """待公示, the oldest first."""
    return _at(reach, county, State.VISITED)


def decidable(reach: Reach, county: int, day: date) -> AidCaseVersionQuerySet:
    """可审批: on notice that is over before the day, with nothing left to answer; the oldest first."""
    held = _at(reach, county, State.POSTED).filter(notice__ends_on__lt=day)
    return held.filter(open_doubts=0, open_objections=0)


def payable(reach: Reach, county: int) -> AidCaseVersionQuerySet:
    """待支付, the oldest first."""
    return _at(reach, county, State.APPROVED)


def _at(reach: Reach, county: int, state: State) -> AidCaseVersionQuerySet:
    return cases_in(reach).filter(county=county, state=state).order_by("applied_on", "line")


def notices_in(reach: Reach) -> QuerySet[Notice]:
    """公示 of the counties in reach, the latest first; with how many applications (`number_of_cases`)."""
    held = Notice.objects.filter(county__in=reach.counties).select_related("county")
    return held.annotate(number_of_cases=Count("cases__line", distinct=True)).order_by("-pk")


def notices_running(day: date) -> QuerySet[Notice]:
    """公示中 on the day, of every county here: anybody may read them."""
    held = Notice.objects.filter(starts_on__lte=day, ends_on__gte=day).select_related("county")
    return held.order_by("-starts_on", "-pk")


def meetings_in(reach: Reach) -> QuerySet[Meeting]:
    """常务会议 of the counties in reach, the latest first; aid is the county's to know, not a branch's."""
    held = Meeting.objects.filter(county__in=reach.counties if reach.whole_county else ())
    return held.select_related("county", "minutes").order_by("-held_on", "-pk")


def batches_in(reach: Reach) -> QuerySet[PaymentBatch]:
    """支付批次 of the counties in reach, the latest first; they are the county's to know."""
    held = PaymentBatch.objects.filter(county__in=reach.counties if reach.whole_county else ())
    return held.select_related("county").annotate(number_of_orders=Count("orders")).order_by("-pk")


@dataclass(frozen=True, slots=True)
class Line:
    """公示的一行: what anybody may read of an application: the name in part, and nothing of the illness."""

    name: str
    unit: str
    category: str
    amount_yuan: Decimal | None


def lines_of(notice: Notice) -> list[Line]:
    """公示的行, in the order of the applications' numbers; three queries."""
    held = AidCaseVersion.objects.known().filter(notice=notice).select_related("case")
    rows = list(held.order_by("case__number"))
    names = applicants(rows)
    open_now = Membership.objects.known().filter(person__in=[row.case.person_id for row in rows])
    units = {
        one.person_id: one.where
        for one in open_now.select_related("employer", "unplaced").order_by("start_on")
    }
    return [
        Line(
            masked_name(names[row.line]),
            units.get(row.case.person_id, ""),
            row.category_name,
            row.proposed_yuan,
        )
        for row in rows
    ]


def last_phone(county: int) -> str:
    """监督电话 of the county's latest notice; empty before there was one."""
    return Notice.objects.filter(county=county).order_by("-pk").values_list("phone", flat=True).first() or ""


def decided_at(meeting: Meeting) -> AidCaseVersionQuerySet:
    """会议所议的申请, as the meeting left them."""
    held = AidCaseVersion.objects.filter(meeting=meeting, made_by=meeting.made_by)
    return _named(held).order_by("case__number")
