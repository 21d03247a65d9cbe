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

from henji.evidence import addresses
from henji.evidence.commands import Draft, Offered
from henji.evidence.guessing import Guess, guess
from henji.evidence.kinds import Kind
from henji.evidence.rules import ACCEPTED, FileEmpty, FileOfOtherKind, FileTooLarge, NoFiles, NotYetHappened
from henji.lib.forms import DayField, HenjiForm, refuse
from henji.lib.refusals import Refusal

MEGABYTE = 1024 * 1024
_PLACES: dict[type[Refusal], str] = {
    NotYetHappened: "on",
    NoFiles: "attached",
    FileEmpty: "attached",
    FileOfOtherKind: "attached",
    FileTooLarge: "attached",
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


class _FilesForm(HenjiForm):
    """A form with files, above the fields that their names may fill in, and what they are to prove."""

    attached = FilesField()
    about = forms.MultipleChoiceField(
        label=gettext_lazy("用来证明"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("可选多项，也可以先不选"),
    )

    def __init__(self, *args: Any, county: int, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = addresses.choices(county)  # type: ignore[attr-defined]
        if too_large:
            self.fields["attached"].error_messages["required"] = too_large_words()

    @property
    def limit(self) -> int:
        """How many megabytes may be handed in together."""
        return settings.UPLOAD_LIMIT // MEGABYTE

    @property
    def groups(self) -> list["Group"]:
        """What a paper could be filed about, under headings; those with something chosen stand open."""
        chosen = set(self["about"].value() or ())
        return [
            Group(name, tuple(Choice(address, label, address in chosen) for address, label in listed))
            for name, listed in self.fields["about"].choices  # type: ignore[attr-defined]
        ]

    def offered(self) -> list[Offered]:
        """The files as the commands take them."""
        return [Offered(file.name or "", file) for file in self.cleaned_data["attached"]]

    def refuse(self, refusal: Refusal) -> None:
        """Put the refusal where it belongs."""
        refuse(self, refusal, _PLACES.get(type(refusal)))


def too_large_words() -> str:
    """What is said of files that are too large together."""
    limit = settings.UPLOAD_LIMIT // MEGABYTE
    return _("文件超过 %(limit)s MB，没有收下。请分几次存，或压缩后再存") % {"limit": limit}


class PaperForm(_FilesForm):
    """文件存档."""

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
    field_order = ("attached", "kind", "on", "title", "number", "about")

    def clean(self) -> dict[str, Any]:
        """A title left empty is read from the first file's name."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not values.get("title") and values.get("attached"):
            values["title"] = guess(values["attached"][0].name or "").title
        return values


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
    if [file.name for file in offered] != [row["name"] for row in rows.cleaned_data]:
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
