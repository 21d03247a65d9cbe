"""Addresses: one line a room."""

from django.urls import include, path

urlpatterns = [
    path("", include("henji.web.urls")),
    path("accounts/", include("henji.accounts.urls")),
    path("evidence/", include("henji.evidence.urls")),
    path("unions/", include("henji.unions.urls")),
    path("work/", include("henji.work.urls")),
    path("members/", include("henji.members.urls")),
    path("mutual-aid/", include("henji.mutual_aid.urls")),
    path("assessment/", include("henji.assessment.urls")),
]
