"""Addresses of this room."""

from django.urls import path

from henji.unions import views

app_name = "unions"
urlpatterns = [
    path("", views.tree, name="tree"),
    path("list/", views.union_list, name="list"),
    path("found/", views.found, name="found"),
    path("<int:pk>/", views.union, name="union"),
    path("<int:pk>/record/", views.keep_record, name="record"),
    path("<int:pk>/reveal/<slug:office>/", views.reveal, name="reveal"),
    path("<int:pk>/close/", views.close, name="close"),
    path("<int:pk>/reopen/", views.reopen, name="reopen"),
    path("employers/", views.employers, name="employers"),
    path("employers/register/", views.register, name="register"),
    path("employers/<int:pk>/", views.employer, name="employer"),
    path("employers/<int:pk>/correct/", views.correct, name="correct"),
    path("employers/<int:pk>/clears/", views.keep_clears, name="clears"),
    path("employers/<int:pk>/organise/", views.organise, name="organise"),
]
