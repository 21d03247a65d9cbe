"""Forms that span rooms: the first run, and what is too much."""

from typing import Any

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from henji.accounts import rules as accounts
from henji.lib import lockbox
from henji.lib.forms import HenjiForm, refuse
from henji.lib.refusals import Refusal
from henji.unions import rules as unions

_PLACES: dict[type[Refusal], str] = {
    unions.NotACountyCode: "code",
    unions.AlreadyFounded: "code",
    unions.NoName: "name",
    accounts.BadUsername: "username",
    accounts.UsernameTaken: "username",
    accounts.NoName: "person",
}


class FoundingForm(HenjiForm):
    """首次建立."""

    name = forms.CharField(
        label=_("县总工会名称"),
        max_length=100,
        widget=forms.TextInput(attrs={"placeholder": _("如 正定县总工会")}),
    )
    code = forms.CharField(
        label=_("区划代码"),
        max_length=6,
        help_text=_("6 位数字，本县身份证号的前 6 位"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    person = forms.CharField(label=_("您的姓名"), max_length=50)
    username = forms.CharField(
        label=_("登录名"),
        max_length=40,
        help_text=_("汉字、字母或数字都可以"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )

    def refuse(self, refusal: Refusal) -> None:
        """Put the refusal where it belongs."""
        refuse(self, refusal, _PLACES.get(type(refusal)))


class BackupForm(HenjiForm):
    """备份: the passphrase, twice, because nobody can ask for it again."""

    passphrase = forms.CharField(
        label=_("备份口令"),
        help_text=_("至少 12 个字，不要用登录密码。可以用一句只有您知道的话"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("再输入一次"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self) -> dict[str, Any]:
        """The same twice."""
        held = super().clean() or {}
        if not self.errors and held["passphrase"] != held["again"]:
            self.add_error("again", _("两次输入的口令不一样，请再输入一次"))
        return held

    def refuse(self, refusal: Refusal) -> None:
        """Put the refusal where it belongs."""
        weak = isinstance(refusal, lockbox.PassphraseTooWeak)
        refuse(self, refusal, "passphrase" if weak else None)


class ComplaintForm(HenjiForm):
    """减负意见."""

    text = forms.CharField(
        label=_("什么地方太麻烦"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("一句话就行。本单位领导会看到，连同您的姓名和所在页面"),
    )
    page = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)

    def clean_page(self) -> str:
        """The page, if it is one of ours."""
        page: str = self.cleaned_data["page"]
        is_ours = page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
        return page if is_ours else ""
