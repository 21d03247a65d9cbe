"""The page on which the officer of a township's union sees how their own union is scored."""

from django.http import HttpResponse
from django.shortcuts import render

from henji.assessment.views.looking import look, subject_of
from henji.lib.doors import Request, door


@door("assessment.see_own")
def own(request: Request) -> HttpResponse:
    """本级评分卡: the scorecard of the union whose officer one is, to be read; nothing is stated here."""
    seen = look(request)
    context = {"subject": subject_of(request), "look": seen, "card": seen.card() if seen else None}
    return render(request, "assessment/own.html", context)
