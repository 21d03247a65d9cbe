"""Nouns: users and their posts."""

from datetime import date, datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from henji.accounts.powers import Role
from henji.lib.actors import Actor
from henji.unions.models import Union


class User(AbstractBaseUser):
    """账号: a person who logs in. What they may do comes from their posts."""

    username = models.CharField(_("登录名"), max_length=40, unique=True)
    name = models.CharField(_("姓名"), max_length=50)
    home = models.ForeignKey(
        Union, on_delete=models.PROTECT, related_name="+", verbose_name=_("所在单位工会")
    )
    is_active = models.BooleanField(_("在用"), default=True)
    must_change_password = models.BooleanField(_("须改密码"), default=True)
    password_given_at = models.DateTimeField(_("一次性密码发放时间"), null=True)
    made_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("登记痕迹")
    )

    objects = BaseUserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = pgettext_lazy("one", "账号")

    def __str__(self) -> str:
        return self.name

    @property
    def one_time_until(self) -> datetime | None:
        """When the one-time password ends; None where there is none."""
        if not self.must_change_password or self.password_given_at is None:
            return None
        return self.password_given_at + timedelta(days=settings.ONE_TIME_PASSWORD_DAYS)

    def as_actor(self, posts: str = "") -> Actor:
        """The value that signs deeds; `posts` are the names of the posts held."""
        return Actor(self.pk, self.name, posts)


class PostQuerySet(models.QuerySet["Post"]):
    """任职集."""

    def held_on(self, day: date) -> Self:
        """Those in force on the day; nobody serves a union that has been closed."""
        begun = self.filter(since_on__lte=day).filter(Q(until_on__isnull=True) | Q(until_on__gt=day))
        return begun.filter(Q(union__closed_on__isnull=True) | Q(union__closed_on__gt=day))


class Post(models.Model):
    """任职: that a user serves a union in a role, from a day, up to and without another."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts")
    union = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="posts", verbose_name=_("工会"))
    role = models.CharField(_("职务"), max_length=20, choices=Role.choices)
    since_on = models.DateField(_("自"))
    until_on = models.DateField(_("至"), null=True)
    made_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("登记痕迹")
    )
    ended_by = models.ForeignKey(
        "evidence.Trace",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("免职痕迹"),
    )

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("任职")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "union", "role"],
                condition=Q(until_on__isnull=True),
                name="post_held_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.union} {self.get_role_display()}"
