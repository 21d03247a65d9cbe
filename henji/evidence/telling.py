"""讲述: a thing's timeline as pages draw it, with `components/timeline.html`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from henji.evidence import naming, timeline
from henji.evidence.models import Trace
from henji.evidence.timeline import Mention
from henji.lib.reach import Reach


@dataclass(frozen=True, slots=True)
class Moment:
    """时刻: one deed in the life of a thing. `url` leads to the trace, where it may be seen."""

    on: date
    at: datetime
    what: str
    who: str
    note: str
    url: str
    past: bool
    places: tuple[Mention, ...] = ()


def moments_of(kind: str, key: str, reach: Reach) -> list[Moment]:
    """时间线: what happened to the thing, the latest first.

    `kind` is the model's label in lower case, such as `members.person`. Whoever asks has found the thing
    within the reach. Costs as many queries for a hundred deeds as for one.
    """
    entries = timeline.of(kind, str(key))
    corrected = {entry.trace.supersedes_id for entry in entries}
    opens = reach.may("evidence.see_traces")
    return [
        moment_of(entry.trace, places=places, past=entry.trace.pk in corrected, opens=opens)
        for entry in entries
        if (places := _seen(entry.mentions, reach)) or not entry.mentions
    ]


def _seen(mentions: Iterable[Mention], reach: Reach) -> tuple[Mention, ...]:
    return tuple(mention for mention in mentions if reach.whole_county or not mention.county_only)


def moment_of(
    trace: Trace, *, places: tuple[Mention, ...] = (), past: bool = False, opens: bool = True
) -> Moment:
    """时刻: one trace, as pages draw it."""
    said = trace.words.text if hasattr(trace, "words") else ""
    return Moment(
        on=trace.on,
        at=trace.at,
        what=naming.deed_name(trace.deed),
        who=who_did(trace),
        note=said,
        url=reverse("evidence:trace", args=[trace.pk]) if opens else "",
        past=past,
        places=tuple(mention for mention in places if mention.row),
    )


def who_did(trace: Trace) -> str:
    """经办人: name and post, as they were then."""
    return f"{trace.by_name}（{trace.by_post}）" if trace.by_post else trace.by_name
