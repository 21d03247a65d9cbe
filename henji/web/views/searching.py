"""查找: over everything that the person may see."""

import re
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from henji.evidence import searching
from henji.lib import identity
from henji.lib.doors import Request, door
from henji.lib.text import tidy

#: The element beneath the search box.
AT_ONCE = "found"
MOST_AT_ONCE = 5
_NUMBER = re.compile(r"\d{15}|\d{17}[\dXx]")


@door("unions.see")
def search(request: Request) -> HttpResponse:
    """查找: what the rooms find, a few of each kind.

    Whoever an identity number names opens at once, so that the number does not stay in the address.
    """
    words = tidy(request.GET.get("q", ""))[:100]
    if request.headers.get("HX-Target") == AT_ONCE:
        return _at_once(request, words)
    is_number = _NUMBER.fullmatch(words.replace(" ", "")) is not None
    groups = searching.search(words, request.reach)
    if is_number and sum(len(group.hits) for group in groups) == 1:
        return redirect(groups[0].hits[0].url)
    shown = identity.mask(words) if is_number else words
    response = render(request, "web/search.html", {"words": shown, "groups": groups})
    patch_vary_headers(response, ("HX-Target",))
    return response


def _at_once(request: Request, words: str) -> HttpResponse:
    """边输边查: the first few of each kind, beneath the box while somebody types."""
    groups = searching.search(words, request.reach, MOST_AT_ONCE)
    context = {
        "asked": bool(words),
        "groups": groups,
        "count": sum(len(group.hits) for group in groups),
        "all_url": f"{reverse('web:search')}?{urlencode({'q': words})}",
    }
    response = render(request, "web/_found.html", context)
    patch_vary_headers(response, ("HX-Target",))
    return response
