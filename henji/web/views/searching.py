"""查找: over everything that the person may see."""

import re

from django.http import HttpResponse
from django.shortcuts import redirect, render

from henji.evidence import searching
from henji.lib import identity
from henji.lib.doors import Request, door
from henji.lib.text import tidy

_NUMBER = re.compile(r"\d{15}|\d{17}[\dXx]")


@door("unions.see")
def search(request: Request) -> HttpResponse:
    """查找: what the rooms find, a few of each kind.

    Whoever an identity number names opens at once, so that the number does not stay in the address.
    """
    words = tidy(request.GET.get("q", ""))[:100]
    is_number = _NUMBER.fullmatch(words.replace(" ", "")) is not None
    groups = searching.search(words, request.reach)
    if is_number and sum(len(group.hits) for group in groups) == 1:
        return redirect(groups[0].hits[0].url)
    shown = identity.mask(words) if is_number else words
    return render(request, "web/search.html", {"words": shown, "groups": groups})
