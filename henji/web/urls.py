"""Addresses of pages that span rooms."""

from django.urls import path
from django.views.i18n import set_language

from henji.web.views import backups, complaints, entering, first_run, keys, searching, workbench

app_name = "web"
urlpatterns = [
    path("", workbench.home, name="workbench"),
    path("duties/", workbench.duties, name="duties"),
    path("language/", set_language, name="language"),
    path("search/", searching.search, name="search"),
    path("complain/", complaints.complain, name="complain"),
    path("complaints/", complaints.complaints, name="complaints"),
    path("backups/", backups.backups, name="backups"),
    path("backups/<uuid:key>/", backups.download, name="backup"),
    path("keys/", keys.keys, name="keys"),
    path("start/", first_run.start, name="start"),
    path("found/", first_run.found, name="found"),
    path("founded/", first_run.founded, name="founded"),
    path("demo/", first_run.demo, name="demo"),
    path("demo/enter/", entering.enter, name="demo_enter"),
    path("demo/progress/", first_run.demo_progress, name="demo_progress"),
]
