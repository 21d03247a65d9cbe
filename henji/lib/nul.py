"""空字符: no text of ours holds a NUL; PostgreSQL takes none, and what sends one is no person."""

from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

NUL = "\0"


def no_nul(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer 400 to a request whose address, cookies or fields hold a NUL."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if any(NUL in text for text in _texts(request)):
            return render(request, "400.html", status=400)
        return get_response(request)

    return middleware


def _texts(request: HttpRequest) -> Iterator[str]:
    yield request.path
    yield from request.COOKIES.values()
    for fields in (request.GET, request.POST):
        for name, values in fields.lists():
            yield name
            yield from map(str, values)
