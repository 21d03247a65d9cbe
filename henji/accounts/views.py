"""Pages of accounts: logging in and out, passwords, administration."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from henji.accounts import commands, queries, slips
from henji.accounts.forms import AccountForm, LoginForm, PasswordForm, PostForm
from henji.accounts.models import User
from henji.accounts.tables import UserFilter, UserTable
from henji.evidence import telling
from henji.lib import clock
from henji.lib.doors import Request, door, forms_door
from henji.lib.listing import render_list
from henji.lib.refusals import Refusal

# Oneself

log_in = LoginView.as_view(
    template_name="accounts/login.html",
    authentication_form=LoginForm,
    extra_context={"idle_minutes": settings.SESSION_COOKIE_AGE // 60},
)
log_out = LogoutView.as_view()


@forms_door("accounts.password_changed")
def password(request: Request) -> HttpResponse:
    """修改密码: one's own; whoever came in with a one-time password gets no further before."""
    me = cast("User", request.user)
    form = PasswordForm(_sent(request), request=request, user=me)
    if request.method == "POST" and form.is_valid():
        try:
            commands.change_password(
                user=me, password=form.cleaned_data["password"], by=request.reach.actor, at=clock.now()
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            update_session_auth_hash(request, me)
            messages.success(request, _("密码已修改"))
            return redirect("web:workbench")
    return render(request, "accounts/password.html", {"form": form, "forced": me.must_change_password})


# Administration


@door("accounts.see")
def users(request: Request) -> HttpResponse:
    """账号: all of the county, with filters."""
    return render_list(
        request,
        table=UserTable,
        filterset=UserFilter,
        queryset=queries.users_in(request.reach),
        template="accounts/users.html",
        export_name=_("账号"),
    )


@forms_door("accounts.account_opened")
def open_account(request: Request) -> HttpResponse:
    """开通账号: for an officer of one of the county's unions."""
    form = AccountForm(_sent(request), reach=request.reach)
    if request.method == "POST" and form.is_valid():
        try:
            opened = commands.open_account(**form.cleaned_data, by=request.reach.actor, at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            slips.put(request.session, opened)
            return redirect("accounts:slip")
    return render(request, "accounts/open.html", {"form": form})


@never_cache
@door("accounts.see")
def slip(request: Request) -> HttpResponse:
    """密码条: the one-time password, shown once, to print and hand over."""
    return render(
        request,
        "accounts/slip.html",
        {"slip": slips.take(request.session), "days": settings.ONE_TIME_PASSWORD_DAYS},
    )


@door("accounts.see")
def user(request: Request, pk: int) -> HttpResponse:
    """账号页: the facts, the posts, what may be done, what happened."""
    return _user_page(request, _user(request, pk), PostForm(reach=request.reach))


@door("accounts.post_given", "POST")
def give_post(request: Request, pk: int) -> HttpResponse:
    """任职: let the user serve a union in a role."""
    held = _user(request, pk)
    form = PostForm(request.POST, reach=request.reach)
    if form.is_valid():
        try:
            commands.give_post(user=held, **form.cleaned_data, by=request.reach.actor, at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已任职"))
            return redirect("accounts:user", pk)
    return _user_page(request, held, form)


@door("accounts.post_ended", "POST")
def end_post(request: Request, pk: int) -> HttpResponse:
    """免职: end a post today."""
    post = get_object_or_404(queries.posts_in(request.reach), pk=pk, until_on__isnull=True)
    try:
        commands.end_post(post=post, by=request.reach.actor, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.words)
    else:
        messages.success(request, _("已免职"))
    return redirect("accounts:user", post.user_id)


@door("accounts.password_reset", "POST")
def reset(request: Request, pk: int) -> HttpResponse:
    """密码重置: a new password that works once."""
    opened = commands.reset_password(user=_user(request, pk), by=request.reach.actor, at=clock.now())
    slips.put(request.session, opened)
    return redirect("accounts:slip")


@door("accounts.account_suspended", "POST")
def suspend(request: Request, pk: int) -> HttpResponse:
    """账号停用."""
    try:
        commands.suspend_account(user=_user(request, pk), by=request.reach.actor, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.words)
    else:
        messages.success(request, _("账号已停用"))
    return redirect("accounts:user", pk)


@door("accounts.account_restored", "POST")
def restore(request: Request, pk: int) -> HttpResponse:
    """账号恢复."""
    commands.restore_account(user=_user(request, pk), by=request.reach.actor, at=clock.now())
    messages.success(request, _("账号已恢复"))
    return redirect("accounts:user", pk)


def _sent(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _user(request: Request, pk: int) -> User:
    return get_object_or_404(queries.users_in(request.reach), pk=pk)


def _user_page(request: Request, held: User, form: PostForm) -> HttpResponse:
    context = {
        "user_shown": held,
        "posts": queries.posts_ever(held),
        "form": form,
        "moments": telling.moments_of("accounts.user", str(held.pk), request.reach),
    }
    return render(request, "accounts/user.html", context)
