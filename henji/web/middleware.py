"""What happens to what no page caught."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from henji.lib.refusals import Refusal


class RefusalsInWords:
    """拒绝的话: a refusal that no form caught is shown as its one sentence, where the user came from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Show the refusal; let every other exception pass."""
        if not isinstance(exception, Refusal):
            return None
        if request.method == "POST":
            messages.error(request, exception.words)
            return redirect(request.path)
        return render(request, "refused.html", {"words": exception.words}, status=409)
