"""Forms of schemes: what was seen, and the text itself."""

from django import forms
from django.utils.translation import gettext_lazy

from henji.lib.forms import HenjiForm
from henji.lib.plain_yaml import LONGEST
from henji.mutual_aid.schemes.editing import LISTS


class SeenForm(HenjiForm):
    """看过的草稿: what a button acts on; nothing is typed."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class RearrangeForm(SeenForm):
    """增删移: what to do with which node of a draft; nothing is typed."""

    do = forms.ChoiceField(choices=[(do, do) for do in ("add", "remove", "up", "down")])
    node = forms.CharField(max_length=40)
    below = forms.ChoiceField(choices=[(name, name) for name in LISTS], required=False)


class SourceForm(SeenForm):
    """方案原文: the text of a draft."""

    text = forms.CharField(
        label=gettext_lazy("方案原文"),
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 30, "wrap": "off", "spellcheck": "false", "autocomplete": "off", "class": "code"}
        ),
    )

    def clean_text(self) -> str:
        """With the line ends that we keep."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")
