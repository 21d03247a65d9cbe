"""Forms of evidence: keeping a paper, and a backlog of them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.evidence import addresses, queries
from henji.evidence.commands import Draft, Offered
from henji.evidence.guessing import Guess, guess
from henji.evidence.kinds import Kind
from henji.evidence.models import Paper
from henji.evidence.rules import (
    ACCEPTED,
    FileEmpty,
    FileOfOtherKind,
    FileTooLarge,
    NoFiles,
    NoReason,
    NotYetHappened,
)
from henji.lib.forms import DayField, HenjiForm, refuse
from henji.lib.rebasing import SharedForm
from henji.lib.refusals import Refusal
from henji.lib.text import tidy

MEGABYTE = 1024 * 1024
_PLACES: dict[type[Refusal], str] = {
    NotYetHappened: "on",
    NoFiles: "attached",
    FileEmpty: "attached",
    FileOfOtherKind: "attached",
    FileTooLarge: "attached",
    NoReason: "reason",
}


class _SeveralFiles(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, UploadedFile], name: str) -> Any:
        return files.getlist(name)


class FilesField(forms.FileField):
    """附件: one file or several."""

    widget = _SeveralFiles

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("文件"))
        super().__init__(**options)
        self.widget.attrs["accept"] = ",".join(f".{ending}" for ending in ACCEPTED)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """The files, in the order in which they were chosen. Whether they may be kept is a rule's to say."""
        if not data:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return list(data)


@dataclass(frozen=True, slots=True)
class Choice:
    """选项: something that a paper may be filed about."""

    address: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """一组选项 under its heading."""

    name: str
    choices: tuple[Choice, ...]

    @property
    def is_open(self) -> bool:
        """Whether something in it is chosen."""
        return any(choice.is_chosen for choice in self.choices)


class _AboutForm(HenjiForm):
    """A form about papers, with what they are to prove."""

    about = forms.MultipleChoiceField(
        label=gettext_lazy("用来证明"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("可选多项，也可以先不选"),
    )

    def __init__(self, *args: Any, county: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = addresses.choices(county)  # type: ignore[attr-defined]

    @property
    def groups(self) -> list["Group"]:
        """What a paper could be filed about, under headings; those with something chosen stand open."""
        chosen = set(self["about"].value() or ())
        return [
            Group(name, tuple(Choice(address, label, address in chosen) for address, label in listed))
            for name, listed in self.fields["about"].choices  # type: ignore[attr-defined]
        ]

    def refuse(self, refusal: Refusal) -> None:
        """Put the refusal where it belongs."""
        refuse(self, refusal, _PLACES.get(type(refusal)))


class _FilesForm(_AboutForm):
    """A form with files, above the fields that their names may fill in, and what they are to prove.

    `stopped` says why not all that was sent has been read.
    """

    attached = FilesField()
    field_order: Sequence[str] = ("attached",)

    def __init__(self, *args: Any, stopped: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._stopped = stopped
        if stopped:
            self.fields["attached"].error_messages["required"] = stopped

    def clean_attached(self) -> list[UploadedFile]:
        """All of the files that were sent, or none."""
        if self._stopped:
            raise forms.ValidationError(self._stopped)
        files: list[UploadedFile] = self.cleaned_data["attached"]
        return files

    @property
    def limit(self) -> int:
        """How many megabytes may be handed in together."""
        return settings.UPLOAD_LIMIT // MEGABYTE

    @property
    def most(self) -> int:
        """How many files may be handed in together."""
        return settings.UPLOAD_MOST_FILES

    def offered(self) -> list[Offered]:
        """The files as the commands take them."""
        return [Offered(file.name or "", file) for file in self.cleaned_data["attached"]]


def too_large_words() -> str:
    """What is said of files that are too large together."""
    limit = settings.UPLOAD_LIMIT // MEGABYTE
    return _("文件超过 %(limit)s MB，没有收下。请分几次存，或压缩后再存") % {"limit": limit}


def too_many_words() -> str:
    """What is said of too many files."""
    return _("一次最多 %(most)s 个文件，没有收下。请分几次存") % {"most": settings.UPLOAD_MOST_FILES}


class _FactsForm(_AboutForm):
    """What a paper is."""

    kind = forms.ChoiceField(
        label=gettext_lazy("种类"), choices=[("", gettext_lazy("请选择")), *Kind.choices]
    )
    on = DayField(label=gettext_lazy("文件日期"), help_text=gettext_lazy("落款、拍摄或开会的那一天"))
    title = forms.CharField(
        label=gettext_lazy("标题"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("不填就用文件名"),
    )
    number = forms.CharField(
        label=gettext_lazy("文号"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("如 正工字〔2016〕5号")}),
    )


class PaperForm(_FactsForm, _FilesForm):
    """文件存档."""

    field_order = ("attached", "kind", "on", "title", "number", "about")

    def clean(self) -> dict[str, Any]:
        """A title left empty is read from the first file's name."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not values.get("title") and values.get("attached"):
            values["title"] = guess(values["attached"][0].name or "").title
        return values


class CorrectPaperForm(_FactsForm, SharedForm):
    """文件更正: what the paper really is, and why it was not said so before."""

    reason = forms.CharField(label=gettext_lazy("更正原因"), max_length=200)
    field_order = ("kind", "on", "title", "number", "reason", "about")

    def __init__(self, *args: Any, paper: Paper, **kwargs: Any) -> None:
        as_it_is = {field: getattr(paper, field) for field in ("kind", "on", "title", "number")}
        as_it_is["about"] = queries.addresses_of(paper)
        super().__init__(*args, county=paper.county, initial=as_it_is, **kwargs)
        self.fields["title"].required = True
        self.fields["title"].help_text = ""
        self._keep_offering(as_it_is["about"])

    def _keep_offering(self, held: Sequence[str]) -> None:
        """What the paper proves may belong to a standard that is offered no more."""
        about: Any = self.fields["about"]
        offered = {address for _name, listed in about.choices for address, _label in listed}
        if missing := [(address, address) for address in held if address not in offered]:
            about.choices = [*about.choices, (_("原来注明的"), missing)]


class EndForm(HenjiForm):
    """删除或销毁: what cannot be undone asks for a reason and for a word to be typed."""

    reason = forms.CharField(label=gettext_lazy("原因"), max_length=200)
    typed = forms.CharField(max_length=10, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args: Any, word: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._word = word
        self.fields["typed"].label = _("请写“%(word)s”两个字确认") % {"word": word}

    def clean_typed(self) -> str:
        """The very word."""
        if tidy(self.cleaned_data["typed"]) != self._word:
            raise forms.ValidationError(_("请写“%(word)s”两个字") % {"word": self._word})
        return self._word


class ExportForm(HenjiForm):
    """名单导出: what for."""

    reason = forms.CharField(
        label=gettext_lazy("用途"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "export-reasons"}),
    )


def filled_in(typed: Mapping[str, str], told: Guess, *, before: Guess | None) -> dict[str, Any]:
    """预填: what was typed; elsewhere what the name tells.

    What still is as the name of an earlier file told it was not typed by anybody.
    """
    fresh, stale = asdict(told), asdict(before) if before else {}
    return {
        field: value if (value := typed.get(field)) and value != str(stale.get(field)) else guessed
        for field, guessed in fresh.items()
    }


class BacklogForm(_FilesForm):
    """补录: the files of a backlog, and what they all prove."""


class RowForm(HenjiForm):
    """补录清单中的一行: one file of a backlog and the paper it is."""

    name = forms.CharField(widget=forms.HiddenInput)
    on = DayField(label=gettext_lazy("文件日期"))
    kind = forms.ChoiceField(
        label=gettext_lazy("种类"), choices=[("", gettext_lazy("请选择")), *Kind.choices]
    )
    title = forms.CharField(label=gettext_lazy("标题"), max_length=200)
    number = forms.CharField(label=gettext_lazy("文号"), max_length=60, required=False)


RowFormSet = forms.formset_factory(RowForm, extra=0, max_num=100, absolute_max=100)


def rows_guessed(names: Sequence[str]) -> Any:
    """清单: a row for each file, filled in as far as its name tells."""
    guesses = [(name, guess(name)) for name in names[: RowFormSet.max_num]]
    initial = [
        {"name": name, "on": told.on, "kind": told.kind, "title": told.title, "number": told.number}
        for name, told in guesses
    ]
    return RowFormSet(initial=initial, prefix="row")


def drafts_of(form: BacklogForm, rows: Any) -> list[Draft] | None:
    """The papers to keep; None, and a word above the form, where files and rows do not go together."""
    offered = form.offered()
    if [file.name for file in offered] != [row.get("name") for row in rows.cleaned_data]:
        form.add_error("attached", _("文件和清单对不上，请重新选择文件"))
        return None
    return [
        Draft(
            kind=row["kind"],
            on=row["on"],
            title=row["title"],
            number=row["number"],
            files=[file],
            about=form.cleaned_data["about"],
        )
        for file, row in zip(offered, rows.cleaned_data, strict=True)
    ]
