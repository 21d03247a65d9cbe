"""交来的表: workbooks go through the same import that people use."""

from datetime import datetime
from io import BytesIO
from typing import Any

from henji.web.demo.stage import Stage, StoryBroken
from henji.work import intake as intakes
from henji.work.models import State


def take_in(
    stage: Stage, intake: intakes.Intake[Any], book: BytesIO, name: str, at: datetime, **params: object
) -> None:
    """Hand in, check and promote; raises StoryBroken where it does not end well."""
    job = intakes.take_in(
        intake,
        book,
        file_name=name,
        county=stage.county,
        asker=stage.users["wang"],
        post=stage.actor("wang").post,
        at=at,
        params=params,
    )
    if job.state != State.DONE:
        raise StoryBroken(job.problem)
