"""Judgments on accounts."""

import re
from datetime import datetime

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from henji.accounts.models import Post, User
from henji.accounts.powers import Role
from henji.lib.actors import Actor
from henji.lib.refusals import Refusal
from henji.lib.text import tidy
from henji.unions.models import Level, Union


class BadUsername(Refusal):
    """登录名不可用."""


class UsernameTaken(Refusal):
    """登录名已有人用."""


class WeakPassword(Refusal):
    """密码太弱."""


class OneTimeEnded(Refusal):
    """一次性密码过期."""


class NoName(Refusal):
    """没有姓名."""


class PostNotThere(Refusal):
    """职务与工会不合."""


class LastAdministrator(Refusal):
    """最后一名管理员."""


class AlreadyHeld(Refusal):
    """已任此职."""


class OwnPost(Refusal):
    """给自己任职."""


class NotHeld(Refusal):
    """职务已免: somebody else ended the post first."""


def exact_username(text: str) -> str:
    """登录名: tidied; raises BadUsername or UsernameTaken."""
    username = tidy(text).lower()
    if not re.fullmatch(r"[\w.\-·]{2,40}", username):
        raise BadUsername(_("登录名用 2 到 40 个汉字、字母或数字，不含空格"))
    if User.objects.filter(username=username).exists():
        raise UsernameTaken(_("登录名“%(name)s”已有人用，请换一个") % {"name": username})
    return username


def exact_name(text: str) -> str:
    """姓名: tidied; raises NoName."""
    name = tidy(text)
    if not name or len(name) > 50:
        raise NoName(_("请填写姓名"))
    return name


def must_be_strong(password: str, user: User) -> None:
    """Raise WeakPassword with all that is wrong."""
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise WeakPassword(" ".join(weak.messages)) from None


def must_not_have_ended(user: User, *, at: datetime) -> None:
    """Raise OneTimeEnded where the password was to be changed within some days, and was not."""
    if user.one_time_until is not None and at >= user.one_time_until:
        days = settings.ONE_TIME_PASSWORD_DAYS
        raise OneTimeEnded(_("一次性密码 %(days)s 天内有效，已经过期。请找管理员重置") % {"days": days})


#: At which levels a role can be held.
HELD_AT: dict[str, frozenset[str]] = {
    Role.ADMINISTRATOR: frozenset({Level.COUNTY}),
    Role.LEADER: frozenset({Level.COUNTY}),
    Role.OFFICER: frozenset({Level.COUNTY}),
    Role.AUDITOR: frozenset({Level.COUNTY}),
    Role.BRANCH: frozenset({Level.TOWNSHIP, Level.SECTOR, Level.PRIMARY}),
    Role.INSPECTOR: frozenset({Level.CITY, Level.PROVINCE}),
}


def must_be_held_there(role: str, union: Union) -> None:
    """Raise PostNotThere unless the role exists at the union's level."""
    if union.level not in HELD_AT[role]:
        raise PostNotThere(
            _("%(level)s没有“%(role)s”这个职务")
            % {"level": union.get_level_display(), "role": Role(role).label}
        )


def must_be_somebody_elses(user: User, by: Actor) -> None:
    """Raise OwnPost where somebody gives himself a post: keeping the accounts is no way to powers."""
    if by.id == user.pk:
        raise OwnPost(_("不能给自己任职，请另一名管理员来办；还没有第二名的，先给同事任一名"))


def must_be_of_the_same_county(user: User, union: Union) -> None:
    """Raise PostNotThere unless the union lies in the county that the user belongs to.

    Powers add up over a user's posts; a post in another county would carry them there.
    """
    if union.county_id != user.home.county_id:
        raise PostNotThere(_("%(name)s不在这个县，请在那里另开账号") % {"name": user.name})


def must_not_hold(user: User, role: str, union: Union) -> None:
    """Raise AlreadyHeld where the user serves the union in the role already."""
    if Post.objects.filter(user=user, role=role, union=union, until_on__isnull=True).exists():
        raise AlreadyHeld(_("%(name)s已任此职") % {"name": user.name})


def must_have_been_held(ended: int, post: Post) -> None:
    """Raise NotHeld where no post in force was ended."""
    if not ended:
        raise NotHeld(_("%(name)s的这个职务已经免去") % {"name": post.user.name})


def must_leave_an_administrator(union: Union, *, without: User) -> None:
    """Raise LastAdministrator where nobody else could open accounts any more."""
    # One at a time: two administrators who end each other's posts at once must not both succeed.
    Union.objects.select_for_update(no_key=True).get(pk=union.pk)
    others = Post.objects.filter(
        role=Role.ADMINISTRATOR, union=union, until_on__isnull=True, user__is_active=True
    ).exclude(user=without)
    if not others.exists():
        raise LastAdministrator(_("这是最后一名管理员，请先另任一名"))
