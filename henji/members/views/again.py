"""What was asked in a dialog and refused is asked again on a page, with what was typed."""

from django.http import HttpResponse
from django.shortcuts import render

from henji.lib.doors import Request
from henji.members.forms import WhyForm


def asked_again(request: Request, form: WhyForm, title: str, back: str) -> HttpResponse:
    """再问: the form that was refused, to be sent again; `back` leads to where the dialog was."""
    return render(request, "members/why.html", {"form": form, "title": title, "back": back})
