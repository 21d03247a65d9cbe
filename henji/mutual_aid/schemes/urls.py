"""Addresses of aid schemes; their names are those of the room."""

from django.urls import path

from henji.mutual_aid.schemes.views import drafts, reading

urlpatterns = [
    path("", reading.schemes, name="schemes"),
    path("adopt/", reading.adopt, name="adopt_scheme"),
    path("reference/", reading.reference, name="reference_scheme"),
    path("calendar/", reading.calendar, name="calendar"),
    path("<int:pk>/", reading.scheme, name="scheme"),
    path("<int:pk>/text/", reading.text, name="scheme_text"),
    path("drafts/begin/", drafts.begin, name="begin_scheme_draft"),
    path("drafts/<uuid:key>/", drafts.draft, name="scheme_draft"),
    path("drafts/<uuid:key>/edit/<str:path>/", drafts.node, name="scheme_node"),
    path("drafts/<uuid:key>/rearrange/", drafts.rearrange, name="rearrange_scheme"),
    path("drafts/<uuid:key>/source/", drafts.source, name="scheme_source"),
    path("drafts/<uuid:key>/effect/", drafts.effect, name="scheme_effect"),
    path("drafts/<uuid:key>/publish/", drafts.publish, name="publish_scheme_draft"),
    path("drafts/<uuid:key>/discard/", drafts.discard, name="discard_scheme_draft"),
]
