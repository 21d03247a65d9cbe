"""更正与作废: the pages that every record of money, and every drive, has alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from henji.evidence.versions import Outdated, VersionQuerySet
from henji.lib import clock
from henji.lib.doors import Request
from henji.lib.forms import refuse
from henji.lib.refusals import Refusal
from henji.mutual_aid.forms import SeenForm, WithdrawForm
from henji.mutual_aid.views.looking import current, seen, sent, told
from henji.mutual_aid.wording import in_words

#: What a form asks besides the record itself.
_BESIDES = frozenset({"version", "reason"})
#: Takes the version that was seen, and by name what the form tells, by whom and at what instant.
Deed = Callable[..., object]


@dataclass(frozen=True, slots=True)
class Thing:
    """所更正的: all its versions, its page, and beside which field a refusal stands."""

    line: VersionQuerySet[Any]
    back: str
    beside: Mapping[type[Refusal], str]


def correct(request: Request, thing: Thing, kind: type[SeenForm], do: Deed, title: str) -> HttpResponse:
    """更正: the form holds what is on record now."""
    asked = kind.base_fields.keys() - _BESIDES

    def form_of(typed: QueryDict | None) -> SeenForm:
        now = current(thing.line)
        return kind(typed, initial={"version": now.pk, **{name: getattr(now, name) for name in asked}})

    done = _("已更正，原来的记录仍可查看")
    return put_right(request, thing, form_of, do, said={"done": done, "title": title})


def withdraw(request: Request, thing: Thing, do: Deed, title: str) -> HttpResponse:
    """作废: it should not have been written down."""

    def form_of(typed: QueryDict | None) -> SeenForm:
        return WithdrawForm(typed, initial={"version": current(thing.line).pk})

    said = {"done": _("已作废，记录仍可查看"), "title": title}
    return put_right(request, thing, form_of, do, said=said, template="mutual_aid/withdraw.html")


def put_right(
    request: Request,
    thing: Thing,
    form_of: Callable[[QueryDict | None], SeenForm],
    do: Deed,
    *,
    said: Mapping[str, str],
    template: str = "mutual_aid/correct.html",
) -> HttpResponse:
    """Do the deed upon the version that its reader saw; whoever comes too late keeps what they typed."""
    form = form_of(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            do(seen(thing.line, form), **told(form), by=request.reach.actor, at=clock.now())
        except Outdated as refusal:
            form = form.rebased(form_of(None), refusal)
        except Refusal as refusal:
            refuse(form, refusal, thing.beside.get(type(refusal)))
        else:
            messages.success(request, said["done"])
            return redirect(thing.back)
    now = current(thing.line)
    context = {"form": form, "now": now, "words": in_words(now), "back": thing.back, **said}
    return render(request, template, context)
