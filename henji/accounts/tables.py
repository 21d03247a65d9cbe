"""The list of accounts, and how it is filtered."""

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from henji.accounts.models import User
from henji.accounts.powers import Role
from henji.lib import tongues

_STATES = (("yes", _("在用")), ("no", _("已停用")))


class UserFilter(filters.FilterSet):
    """账号筛选."""

    q = filters.CharFilter(label=_("姓名或登录名"), method="search", widget=forms.SearchInput)
    role = filters.ChoiceFilter(
        label=_("职务"), choices=Role.choices, method="serving_as", empty_label=_("全部职务")
    )
    active = filters.ChoiceFilter(label=_("状态"), choices=_STATES, method="in_use", empty_label=_("全部"))

    def search(self, users: "QuerySet[User]", _name: str, words: str) -> "QuerySet[User]":
        """Those whose name or login name holds the words."""
        return users.filter(Q(name__icontains=words) | Q(username__icontains=words))

    def serving_as(self, users: "QuerySet[User]", _name: str, role: str) -> "QuerySet[User]":
        """Those who serve in the role."""
        return users.filter(posts__role=role, posts__until_on__isnull=True).distinct()

    def in_use(self, users: "QuerySet[User]", _name: str, answer: str) -> "QuerySet[User]":
        """Those who may log in, or those who may not."""
        return users.filter(is_active=answer == "yes")


class UserTable(tables.Table):
    """账号列表."""

    name = tables.Column(
        verbose_name=_("姓名"), linkify=lambda record: reverse("accounts:user", args=[record.pk])
    )
    username = tables.Column(verbose_name=_("登录名"))
    home = tables.Column(verbose_name=_("所在工会"), order_by="home__name")
    current = tables.Column(verbose_name=_("职务"), orderable=False, empty_values=())
    is_active = tables.Column(verbose_name=_("状态"))

    def render_current(self, record: User) -> str:
        """The roles in which the person serves."""
        return tongues.listed(dict.fromkeys(post.get_role_display() for post in record.current)) or "—"  # type: ignore[attr-defined]

    def render_is_active(self, record: User) -> str:
        """Whether the person may log in, and has done so."""
        if not record.is_active:
            return str(_("已停用"))
        return str(_("未改初始密码") if record.must_change_password else _("在用"))

    value_current = render_current
    value_is_active = render_is_active
