"""语言: what pages speak is the reader's to choose; what is put on record is Chinese, whoever reads.

A Chinese label is its own key in the catalogue, so a word on record can be told in another language later.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

#: What stands between two posts on record.
_BETWEEN = "、"


def speaking(language: str) -> AbstractContextManager[None]:
    """用某语言: speak the language; Chinese where none is named."""
    return translation.override(language or settings.LANGUAGE_CODE)


def on_record() -> AbstractContextManager[None]:
    """入档用语: speak the language of the record, for words that will be kept."""
    return speaking("")


def listed(words: Iterable[str | Promise]) -> str:
    """并列: one after the other, as the language puts them."""
    return _("、").join(map(str, words))


def told(recorded: str) -> str:
    """转述: labels on record, such as posts, in the reader's language; what is no label stays."""
    return listed(_(word) for word in recorded.split(_BETWEEN)) if recorded else ""


def as_chosen(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """所选语言: what a cookie keeps, and Chinese where there is none, whatever the browser prefers."""

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware
