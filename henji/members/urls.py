"""Addresses of this room."""

from django.urls import include, path

from henji.members import views
from henji.members.views import asking, charts, clears, doubts, erasing, merging, moving, transfers

app_name = "members"
urlpatterns = [
    path("", views.roster, name="list"),
    path("enrol/", views.enrol, name="enrol"),
    path("cards/", include("henji.members.cards.urls")),
    path("unplaced/", views.unplaced, name="unplaced"),
    path("unplaced/<int:pk>/", views.place, name="place"),
    path("unplaced/<int:pk>/withdraw/", views.withdraw_placing, name="withdraw_placing"),
    path("defects/", clears.defects, name="defects"),
    path("composition/", charts.composition, name="composition"),
    path("composition/<slug:name>/", charts.chart, name="chart"),
    path("four-clears/", clears.four_clears, name="four_clears"),
    path("doubts/", doubts.doubt_list, name="doubts"),
    path("doubts/look/", doubts.look, name="look_for_doubts"),
    path("doubts/<uuid:line>/", doubts.doubt, name="doubt"),
    path("doubts/<uuid:line>/settle/", doubts.settle, name="settle_doubt"),
    path("doubts/<uuid:line>/move/", doubts.move, name="settle_by_moving"),
    path("doubts/<uuid:line>/reopen/", doubts.reopen, name="reopen_doubt"),
    path("doubts/<uuid:line>/ask/", asking.ask_for_transfer, name="ask_for_transfer"),
    path("doubts/<uuid:line>/row/", asking.roster_row, name="doubt_row"),
    path("asking/", asking.ask, name="ask"),
    path("asking/<uuid:line>/decline/", asking.decline, name="decline_asking"),
    path("transfers/", transfers.transfer_list, name="transfers"),
    path("transfers/<uuid:line>/", transfers.transfer, name="transfer"),
    path("transfers/<uuid:line>/accept/", transfers.accept, name="accept"),
    path("transfers/<uuid:line>/refuse/", transfers.refuse, name="refuse"),
    path("transfers/<uuid:line>/withdraw/", transfers.withdraw_release, name="withdraw_release"),
    path("mergers/<uuid:line>/undo/", merging.unmerge, name="unmerge"),
    path("<uuid:key>/merge/", merging.merge_with, name="merge_with"),
    path("<uuid:key>/merge/<uuid:other>/", merging.merge, name="merge"),
    path("<uuid:key>/erase/", erasing.erase, name="erase"),
    path("<uuid:key>/moves/", moving.moves, name="moves"),
    path("<uuid:key>/leave/", moving.leave, name="leave"),
    path("<uuid:key>/expel/", moving.expel, name="expel"),
    path("<uuid:key>/death/", moving.record_death, name="record_death"),
    path("<uuid:key>/standing/", moving.change_standing, name="change_standing"),
    path("<uuid:key>/rejoin/", moving.rejoin, name="rejoin"),
    path("<uuid:key>/release/", moving.release, name="release"),
    path("<uuid:key>/withdraw-turn/", moving.withdraw_turn, name="withdraw_turn"),
    path("<uuid:key>/", views.person, name="person"),
    path("<uuid:key>/rows/<uuid:trace>/<int:number>/", views.row, name="row"),
    path("<uuid:key>/correct/", views.correct, name="correct"),
    path("<uuid:key>/reveal/<slug:field>/", views.reveal, name="reveal"),
]
