"""Addresses of this room."""

from django.urls import path, register_converter

from henji.work import views


class KindConverter:
    """导入种类: a room and a name."""

    regex = r"[a-z_]+\.[a-z_]+"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(KindConverter, "kind")

app_name = "work"
urlpatterns = [
    path("jobs/", views.job_list, name="jobs"),
    path("jobs/<uuid:key>/", views.job_page, name="job"),
    path("jobs/<uuid:key>/confirm/", views.confirm, name="confirm"),
    path("jobs/<uuid:key>/cancel/", views.cancel, name="cancel"),
    path("jobs/<uuid:key>/again/", views.again, name="again"),
    path("jobs/<uuid:key>/columns/", views.columns, name="columns"),
    path("jobs/<uuid:key>/rows/", views.rows, name="rows"),
    path("jobs/<uuid:key>/rejected/", views.rejected, name="rejected"),
    path("import/<kind:kind>/", views.hand_in, name="hand_in"),
    path("import/<kind:kind>/template/", views.template, name="template"),
    path("import/<kind:kind>/columns/forget/", views.forget_columns, name="forget_columns"),
]
