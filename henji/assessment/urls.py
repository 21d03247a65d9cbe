"""Addresses of this room."""

from django.urls import path

from henji.assessment.views import cards, printing, signing, standards, values

app_name = "assessment"
urlpatterns = [
    path("", cards.scorecard, name="scorecard"),
    path("item/<slug:code>/", cards.item, name="item"),
    path("value/<str:part>/", values.state, name="value"),
    path("print/", printing.printed, name="print"),
    path("export/", printing.exported, name="export"),
    path("sign/", signing.sign, name="sign"),
    path("signed/", signing.signed_scores, name="signed_scores"),
    path("signed/<int:pk>/", signing.signed_score, name="signed"),
    path("signed/<int:pk>/print/", signing.signed_printed, name="signed_print"),
    path("standards/", standards.standards, name="standards"),
    path("standards/adopt/", standards.adopt, name="adopt"),
    path("standards/publish/", standards.publish, name="publish"),
    path("standards/reference/text/", standards.reference_text, name="reference_text"),
    path("standards/<int:pk>/text/", standards.text, name="standard_text"),
]
