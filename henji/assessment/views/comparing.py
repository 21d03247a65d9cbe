"""The page that lays one version of a standard beside another, in words and in points."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from henji.assessment import comparing, day_cache, library, queries
from henji.assessment.cards import Scorecard
from henji.assessment.models import StandardDraft
from henji.assessment.schema import Standard
from henji.assessment.views.drafts import subject_of_draft
from henji.assessment.views.looking import carried, county_of, crumbs, day_asked
from henji.lib import clock
from henji.lib.doors import Request, door
from henji.lib.periods import Period
from henji.lib.refusals import Refusal
from henji.unions.models import Union


@dataclass(frozen=True, slots=True)
class Choice:
    """可比的版本: how the address names it, what people call it, and its text."""

    key: str
    label: str
    body: str


@door("assessment.see")
def compare(request: Request) -> HttpResponse:
    """标准对照: what differs between two versions, and a union's points under both as of a day.

    Nothing is published, and nothing that was published or signed is touched. The versions are `old` and
    `new`; without `old` it is a trial of `new` alone.
    """
    choices = {choice.key: choice for choice in _choices(request)}
    old, new = (_chosen(choices, request.GET.get(name, "")) for name in ("old", "new"))
    as_of = day_asked(request, "as_of") or Period.year(clock.today().year - 1).last_day
    as_of = min(as_of, clock.today())
    subject = subject_of_draft(request, new.subject_level) if new else None
    query = carried(request)
    context = {
        "choices": choices.values(),
        "old_key": request.GET.get("old", ""),
        "new_key": request.GET.get("new", ""),
        "old": old,
        "new": new,
        "as_of": as_of,
        "subject": subject,
        "differences": comparing.differences(old, new) if old and new else (),
        "codes_differ": bool(old and new and old.code != new.code),
        "query": query,
        "crumbs": crumbs(query, (_("考核标准"), reverse("assessment:standards") + query)),
        **_scored(subject, old, new, as_of),
    }
    return render(request, "assessment/compare.html", context)


def _choices(request: Request) -> Iterator[Choice]:
    for held in queries.standards_in(request.reach, county_of(request)):
        said = {"standard": held, "publisher": held.publisher.name}
        yield Choice(f"p{held.pk}", _("%(standard)s（%(publisher)s发布）") % said, held.body)
    if request.reach.may("assessment.draft_saved"):
        for draft in StandardDraft.objects.within(request.reach).newest_first():
            yield Choice(f"d{draft.pk}", _("草稿：%(name)s") % {"name": draft.name}, draft.body)
    for standard in library.on_the_shelf():
        label = _("附带：%(name)s %(version)s") % {"name": standard.name, "version": standard.version}
        yield Choice(f"s{standard.code}", label, library.shipped(standard.code) or "")


def _chosen(choices: dict[str, Choice], key: str) -> Standard | None:
    """The standard chosen; None where none is, or where the draft is unsound."""
    if key not in choices:
        return None
    try:
        return library.read(choices[key].body)
    except Refusal:
        return None


def _scored(
    subject: Union | None, old: Standard | None, new: Standard | None, as_of: date
) -> dict[str, object]:
    """The scorecards under both; an old version that is for unions of another level scores nothing."""
    if subject is None or new is None:
        return {}
    card = day_cache.trial(subject, new, as_of.year, as_of)
    before: Scorecard | None = None
    if old and old.subject_level == subject.level:
        before = day_cache.trial(subject, old, as_of.year, as_of)
    moves = comparing.moves(before, card)
    return {
        "card": card,
        "before": before,
        "moves": moves,
        "moved": [move for move in moves if move.by] if before else [],
        "by": card.grading.total - before.grading.total if before else None,
        "less": before.grading.total - card.grading.total if before else None,
    }
