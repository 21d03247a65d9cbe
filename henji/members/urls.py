"""Addresses of this room."""

from django.urls import path

from henji.members import views

app_name = "members"
urlpatterns = [
    path("", views.roster, name="list"),
    path("enrol/", views.enrol, name="enrol"),
    path("unplaced/", views.unplaced, name="unplaced"),
    path("unplaced/<int:pk>/", views.place, name="place"),
    path("unplaced/<int:pk>/withdraw/", views.withdraw_placing, name="withdraw_placing"),
    path("<uuid:key>/", views.person, name="person"),
    path("<uuid:key>/rows/<uuid:trace>/<int:number>/", views.row, name="row"),
    path("<uuid:key>/correct/", views.correct, name="correct"),
    path("<uuid:key>/reveal/<slug:field>/", views.reveal, name="reveal"),
]
