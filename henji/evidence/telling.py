"""讲述: a thing's timeline as pages draw it, with `components/timeline.html`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from henji.evidence import addresses, naming, timeline
from henji.evidence.models import Trace
from henji.evidence.naming import Told
from henji.evidence.timeline import Mention
from henji.lib import tongues
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
        moment_of(
            entry.trace,
            places=places,
            past=entry.trace.pk in corrected,
            # What was done of somebody in another county is told, and its trace is that county's to open.
            opens=opens and entry.trace.county in reach.counties,
        )
        for entry in entries
        if (places := _seen(entry.mentions, reach)) or not entry.mentions
    ]


def _seen(mentions: Iterable[Mention], reach: Reach) -> tuple[Mention, ...]:
    seen = (mention for mention in mentions if reach.whole_county or not mention.county_only)
    return tuple(replace(mention, url=addresses.within(reach, mention.url)) for mention in seen)


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


Storyteller = Callable[[Trace], Iterable[Told]]
_storytellers: dict[str, Storyteller] = {}


def tells(deed: str) -> Callable[[Storyteller], Storyteller]:
    """Declare the function that reads, for a trace of the deed, what its facts only name by codes.

    It lies in the room's `offers.py`: what a code stands for, and reasons, stay out of the trace.
    """

    def declare(teller: Storyteller) -> Storyteller:
        _storytellers[deed] = teller
        return teller

    return declare


def facts_of(trace: Trace, reach: Reach) -> list[Told]:
    """事实: what the room that did the deed tells of it, then the facts that this does not tell already.

    Links only where the reach may go.
    """
    teller = _storytellers.get(trace.deed)
    told = [replace(one, url=addresses.within(reach, one.url)) for one in (teller(trace) if teller else ())]
    labels = {one.label for one in told}
    return [*told, *(fact for fact in naming.facts_in_words(trace, reach) if fact.label not in labels)]


def who_did(trace: Trace) -> str:
    """经办人: name and post, as they were then."""
    who = trace.by_name if trace.by_id else tongues.told(trace.by_name)
    if not trace.by_post:
        return who
    return _("%(who)s（%(post)s）") % {"who": who, "post": tongues.told(trace.by_post)}
