"""Forms of accounts: logging in, passwords, opening accounts, giving posts."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from henji.accounts import rules
from henji.accounts.models import User
from henji.accounts.powers import Role
from henji.lib import clock
from henji.lib.forms import HenjiForm, name_what_lacks, refuse
from henji.lib.reach import Reach
from henji.lib.refusals import Refusal
from henji.lib.text import tidy
from henji.unions import queries as unions
from henji.unions.models import Union
from henji.unions.rules import UnionClosed

#: What an administrator of a county can give; inspectors belong to the city or the province.
_ROLES = [(role.value, role.label) for role in Role if role != Role.INSPECTOR]
_PLACES: dict[type[Refusal], str] = {
    rules.BadUsername: "username",
    rules.UsernameTaken: "username",
    rules.NoName: "name",
    rules.PostNotThere: "role",
    rules.AlreadyHeld: "role",
    rules.OwnPost: "role",
    UnionClosed: "union",
    rules.WeakPassword: "password",
}
#: Where the form that opens an account has another field for it.
_PLACES_OPENING: dict[type[Refusal], str] = {rules.PostNotThere: "roles", UnionClosed: "home"}


class LoginForm(AuthenticationForm):
    """登录."""

    error_messages = {
        "invalid_login": _("登录名或密码不对"),
        "inactive": _("这个账号已经停用，请找管理员"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("登录名")
        self.fields["password"].label = _("密码")
        name_what_lacks(self.fields.values())

    def confirm_login_allowed(self, user: Any) -> None:
        """Whose one-time password has ended does not come in with it."""
        super().confirm_login_allowed(user)
        try:
            rules.must_not_have_ended(user, at=clock.now())
        except Refusal as refusal:
            raise forms.ValidationError(refusal.words) from refusal

    def clean_username(self) -> str:
        """The login name as it is kept."""
        return tidy(self.cleaned_data["username"]).lower()


class PasswordForm(HenjiForm):
    """修改密码."""

    old = forms.CharField(
        label=_("现在的密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label=_("新密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("至少 10 位，不要全是数字，不要用常见密码或姓名"),
    )
    again = forms.CharField(
        label=_("再写一遍新密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._request, self._user = request, user

    def clean_old(self) -> str:
        """The present password. Wrong ones count as guesses, as they do when one logs in."""
        old: str = self.cleaned_data["old"]
        if authenticate(self._request, username=self._user.username, password=old) is None:
            raise forms.ValidationError(_("现在的密码不对"))
        return old

    def clean(self) -> dict[str, Any]:
        """Both writings of the new password are equal, and it is new."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if "password" in values and "again" in values and values["password"] != values["again"]:
            self.add_error("again", _("两次写的不一样"))
        if "password" in values and values["password"] == values.get("old"):
            self.add_error("password", _("新密码要和现在的不同"))
        return values

    def refuse(self, refusal: Refusal) -> None:
        """Put the refusal where it belongs."""
        refuse(self, refusal, _PLACES.get(type(refusal)))


class AccountForm(HenjiForm):
    """开通账号."""

    name = forms.CharField(label=_("姓名"), max_length=50)
    username = forms.CharField(
        label=_("登录名"),
        max_length=40,
        help_text=_("汉字、字母或数字都可以，以后不能改"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    home = forms.ModelChoiceField(label=_("所在工会"), queryset=Union.objects.none(), empty_label=_("请选择"))
    roles = forms.MultipleChoiceField(
        label=_("职务"),
        choices=_ROLES,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["home"].queryset = unions.unions_in(reach).standing()  # type: ignore[attr-defined]

    def refuse(self, refusal: Refusal) -> None:
        """Put the refusal where it belongs."""
        refuse(self, refusal, {**_PLACES, **_PLACES_OPENING}.get(type(refusal)))


class PostForm(HenjiForm):
    """任职."""

    role = forms.ChoiceField(label=_("职务"), choices=[("", _("请选择")), *_ROLES])
    union = forms.ModelChoiceField(label=_("工会"), queryset=Union.objects.none(), empty_label=_("请选择"))

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["union"].queryset = unions.unions_in(reach).standing()  # type: ignore[attr-defined]

    def refuse(self, refusal: Refusal) -> None:
        """Put the refusal where it belongs."""
        refuse(self, refusal, _PLACES.get(type(refusal)))
