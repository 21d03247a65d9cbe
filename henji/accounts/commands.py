"""Deeds: opening accounts, giving and ending posts, passwords."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from axes.utils import reset as forget_guesses
from django.db import transaction
from django.utils.timezone import localdate

from henji.accounts import rules
from henji.accounts.deeds import Deed
from henji.accounts.models import Post, User
from henji.accounts.powers import Role
from henji.evidence import traces
from henji.lib.actors import Actor
from henji.unions.models import Union
from henji.unions.rules import must_stand

#: Letters and digits that nobody confuses when reading them aloud.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Opened:
    """开通的账号: the user and the password to hand over, shown once. It works once, for some days."""

    user: User
    password: str


@transaction.atomic
def open_account(
    *, username: str, name: str, home: Union, roles: Sequence[str], by: Actor, at: datetime
) -> Opened:
    """账号开通: open an account for an officer of the home union with posts there.

    Raises BadUsername, UsernameTaken, NoName, PostNotThere, UnionClosed.
    """
    must_stand(home)
    trace = traces.new_id(at)
    user = User(username=rules.exact_username(username), name=rules.exact_name(name), home=home)
    user.made_by_id = trace
    password = _fresh_password()
    user.set_password(password)
    user.password_given_at = at
    user.save()
    for role in dict.fromkeys(roles):
        _give(user, role, home, trace, at)
    traces.leave(
        Deed.ACCOUNT_OPENED,
        id=trace,
        subject=user,
        county=home.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"roles": [str(role) for role in roles]},
    )
    return Opened(user, password)


@transaction.atomic
def give_post(*, user: User, role: str, union: Union, by: Actor, at: datetime) -> Post:
    """任职: let the user serve the union in the role from today.

    Raises OwnPost, PostNotThere, UnionClosed, AlreadyHeld.
    """
    rules.must_be_somebody_elses(user, by)
    rules.must_be_of_the_same_county(user, union)
    rules.must_not_hold(user, role, union)
    trace = traces.new_id(at)
    post = _give(user, role, union, trace, at)
    traces.leave(
        Deed.POST_GIVEN,
        id=trace,
        subject=user,
        county=union.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"role": str(role), "union": union.pk},
    )
    return post


@transaction.atomic
def end_post(*, post: Post, by: Actor, at: datetime) -> Post:
    """免职: end the post today. Raises LastAdministrator, NotHeld."""
    if post.role == Role.ADMINISTRATOR:
        rules.must_leave_an_administrator(post.union, without=post.user)
    trace = traces.new_id(at)
    held = Post.objects.filter(pk=post.pk, until_on__isnull=True)
    rules.must_have_been_held(held.update(until_on=localdate(at), ended_by=trace), post)
    post.refresh_from_db(fields=["until_on", "ended_by"])
    traces.leave(
        Deed.POST_ENDED,
        id=trace,
        subject=post.user,
        county=post.union.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"role": post.role, "union": post.union_id},
    )
    return post


@transaction.atomic
def reset_password(*, user: User, by: Actor, at: datetime) -> Opened:
    """密码重置: give the user a new password that works once; a lock-out for guessing is lifted."""
    forget_guesses(username=user.username)
    password = _fresh_password()
    user.set_password(password)
    user.must_change_password, user.password_given_at = True, at
    user.save(update_fields=["password", "must_change_password", "password_given_at"])
    _leave(Deed.PASSWORD_RESET, user, by, at)
    return Opened(user, password)


@transaction.atomic
def change_password(*, user: User, password: str, by: Actor, at: datetime) -> User:
    """密码修改: set the password that the user chose. Raises WeakPassword.

    Guesses at the old one are forgotten.
    """
    rules.must_be_strong(password, user)
    forget_guesses(username=user.username)
    user.set_password(password)
    user.must_change_password, user.password_given_at = False, None
    user.save(update_fields=["password", "must_change_password", "password_given_at"])
    _leave(Deed.PASSWORD_CHANGED, user, by, at)
    return user


@transaction.atomic
def suspend_account(*, user: User, by: Actor, at: datetime) -> User:
    """账号停用: let the user no longer log in. Raises LastAdministrator."""
    for post in user.posts.filter(role=Role.ADMINISTRATOR, until_on__isnull=True).select_related("union"):
        rules.must_leave_an_administrator(post.union, without=user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    _leave(Deed.ACCOUNT_SUSPENDED, user, by, at)
    return user


@transaction.atomic
def restore_account(*, user: User, by: Actor, at: datetime) -> User:
    """账号恢复: let the user log in again."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    _leave(Deed.ACCOUNT_RESTORED, user, by, at)
    return user


def _leave(deed: Deed, user: User, by: Actor, at: datetime) -> None:
    county = user.home.county
    traces.leave(deed, id=traces.new_id(at), subject=user, county=county, by=by, at=at, on=localdate(at))


def _give(user: User, role: str, union: Union, trace: UUID, at: datetime) -> Post:
    rules.must_be_held_there(role, union)
    must_stand(union)
    return Post.objects.create(user=user, union=union, role=role, since_on=localdate(at), made_by_id=trace)


def _fresh_password() -> str:
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))
