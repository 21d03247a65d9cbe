"""Addresses of this room."""

from django.urls import path

from henji.unions import views

app_name = "unions"
urlpatterns = [
    path("", views.tree, name="tree"),
    path("found/", views.found, name="found"),
    path("<int:pk>/", views.union, name="union"),
    path("employers/", views.employers, name="employers"),
    path("employers/register/", views.register, name="register"),
    path("employers/<int:pk>/", views.employer, name="employer"),
]
