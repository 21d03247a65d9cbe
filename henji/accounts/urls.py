"""Addresses of this room."""

from django.urls import path

from henji.accounts import views

app_name = "accounts"
urlpatterns = [
    path("login/", views.log_in, name="login"),
    path("logout/", views.log_out, name="logout"),
    path("password/", views.password, name="password"),
    path("slip/", views.slip, name="slip"),
    path("users/", views.users, name="users"),
    path("users/open/", views.open_account, name="open"),
    path("users/<int:pk>/", views.user, name="user"),
    path("users/<int:pk>/give/", views.give_post, name="give"),
    path("users/<int:pk>/reset/", views.reset, name="reset"),
    path("users/<int:pk>/suspend/", views.suspend, name="suspend"),
    path("users/<int:pk>/restore/", views.restore, name="restore"),
    path("posts/<int:pk>/end/", views.end_post, name="end_post"),
]
