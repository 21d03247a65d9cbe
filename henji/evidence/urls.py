"""Addresses of this room."""

from django.urls import path

from henji.evidence import views

app_name = "evidence"
urlpatterns = [
    path("papers/", views.papers, name="papers"),
    path("papers/keep/", views.keep, name="keep"),
    path("papers/keep/guess/", views.guess_paper, name="guess"),
    path("papers/backlog/", views.backlog, name="backlog"),
    path("papers/backlog/rows/", views.guess_rows, name="guess_rows"),
    path("papers/<int:pk>/", views.paper, name="paper"),
    path("papers/<int:pk>/correct/", views.correct, name="correct"),
    path("papers/<int:pk>/erase/", views.erase_title, name="erase_title"),
    path("files/<int:pk>/", views.file, name="file"),
    path("files/<int:pk>/destroy/", views.destroy, name="destroy"),
    path("traces/", views.traces, name="traces"),
    path("exports/", views.exports, name="exports"),
    path("traces/<uuid:pk>/", views.trace, name="trace"),
    path("traces/<uuid:pk>/erase/", views.erase_words, name="erase_words"),
]
