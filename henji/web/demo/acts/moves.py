"""转移: members who changed their work, released and not yet accepted."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from henji.members import commands
from henji.members.models import Membership
from henji.unions.models import Level, Union
from henji.web.demo.stage import Stage, Step, in_2016


def steps(stage: Stage) -> Iterator[Step]:
    """Two members are released to two townships in the middle of December."""
    for nth in range(2):
        yield Step(in_2016(12, 15, 10 + nth), partial(_release, stage, nth), "会籍转出")


def _release(stage: Stage, nth: int, at: datetime) -> None:
    towns = Union.objects.filter(county=stage.county, level=Level.TOWNSHIP).order_by("path")
    held = Membership.objects.known().filter(county=stage.county, end_on__isnull=True).order_by("pk")
    leaving = held.exclude(union__parent=towns[nth]).select_related("person__county")[nth]
    commands.release(
        person=leaving.person,
        seen=leaving.pk,
        to=towns[nth],
        on=at.date(),
        reason="工作调动",
        by=stage.actor("wang"),
        at=at,
    )
