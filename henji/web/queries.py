"""Questions that span rooms: what a person sees first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Count, Max, Min
from django.urls import reverse
from django.utils.translation import gettext as _

from henji.assessment import queries as assessment
from henji.evidence import naming
from henji.evidence.queries import traces_since
from henji.lib.reach import Reach
from henji.members.models import Person
from henji.mutual_aid.models import Drive
from henji.unions.models import Employer, Union
from henji.work import queries as work
from henji.work.models import Job, State

#: How many of each are shown; the list page has the rest.
MOST = 8


@dataclass(frozen=True, slots=True)
class Owed:
    """待办: one kind of deed that is owed, how often, and by when first."""

    name: str
    count: int
    by_on: date
    is_late: bool
    url: str


def owed(reach: Reach, today: date) -> list[Owed]:
    """待办: what is owed, by kind of deed, the most urgent first."""
    rows = work.open_duties(reach).order_by().values("awaits").annotate(n=Count("pk"), first=Min("by_on"))
    return [
        Owed(
            name=naming.deed_name(row["awaits"]),
            count=row["n"],
            by_on=row["first"],
            is_late=row["first"] < today,
            url=f"{reverse('web:duties')}?awaits={row['awaits']}",
        )
        for row in rows.order_by("first")
    ]


def jobs_going(reach: Reach) -> list[Job]:
    """任务: those that run, or wait for somebody's word."""
    going = (State.QUEUED, State.RUNNING, State.READY)
    return list(work.jobs_in(reach).filter(state__in=going)[:MOST])


@dataclass(frozen=True, slots=True)
class News:
    """近日: one kind of deed done since yesterday, by whom, how often, and when last."""

    name: str
    who: str
    count: int
    at: datetime
    url: str


def news(reach: Reach, today: date) -> list[News]:
    """近日: what was recorded yesterday and today, the latest first."""
    since = today - timedelta(days=1)
    done = traces_since(reach, since).order_by().values("deed")
    rows = done.annotate(
        n=Count("pk"), last=Max("at"), who=Min("by_name"), people=Count("by_name", distinct=True)
    )
    return [
        News(
            name=naming.deed_name(row["deed"]),
            who=row["who"] if row["people"] == 1 else _("%(n)s 人") % {"n": row["people"]},
            count=row["n"],
            at=row["last"],
            url=_traces_url(since=since.isoformat(), deed=row["deed"]),
        )
        for row in rows.order_by("-last", "deed")[:MOST]
    ]


def _traces_url(**query: str) -> str:
    return f"{reverse('evidence:traces')}?{urlencode(query)}"


@dataclass(frozen=True, slots=True)
class Step:
    """起步: one of the first things that a county does here."""

    label: str
    words: str
    url: str
    done: bool


def first_steps(reach: Reach, county: Union) -> list[Step]:
    """起步: what a new county does first, in order; empty once all of it is done, or for who may not."""
    steps = [step for power, step in _steps(county) if reach.may(power)]
    return steps if any(not step.done for step in steps) else []


def _steps(county: Union) -> Iterator[tuple[str, Step]]:
    yield (
        "unions.employers_imported",
        Step(
            _("导入单位和工会"),
            _("一张单位名单，乡镇和基层工会一起建好"),
            reverse("work:hand_in", args=["web.employers"]),
            Employer.objects.filter(county=county).exists(),
        ),
    )
    yield (
        "members.roster_imported",
        Step(
            _("导入会员花名册"),
            _("各工会报来的表直接交，列名列序不限"),
            reverse("work:hand_in", args=["members.roster"]),
            Person.objects.filter(county=county).exists(),
        ),
    )
    yield (
        "mutual_aid.drive_opened",
        Step(
            _("设立一日捐活动"),
            _("写明募集期和救助期，再导入捐款名册"),
            reverse("mutual_aid:open_drive"),
            Drive.objects.filter(county=county).exists(),
        ),
    )
    yield (
        "assessment.standard_published",
        Step(
            _("采用考核标准"),
            _("先用参考标准，以后可以换成上级的"),
            reverse("assessment:standards"),
            assessment.published(county) is not None,
        ),
    )
