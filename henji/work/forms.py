"""Forms of work."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.lib import spreadsheet, tongues
from henji.lib.columns import Column
from henji.lib.forms import HenjiForm
from henji.lib.refusals import Refusal
from henji.lib.xlsx_package import MIB
from henji.unions.models import Union, UnionQuerySet


class ParamsForm(HenjiForm):
    """附加说明: what must be said beside a workbook, such as the drive that its donations belong to."""

    def as_params(self) -> dict[str, object]:
        """What was said, as the job keeps it: ids and codes only."""
        raise NotImplementedError


class MatchingForm(HenjiForm):
    """列对照: what each head of a file is to be taken for.

    `heads` are places, what to call each, and what it is taken for now.
    """

    remember = forms.BooleanField(
        required=False, initial=True, label=gettext_lazy("记住改过的列名，下次照此对照")
    )

    def __init__(
        self, data: Any, *, heads: Iterable[tuple[int, str, str]], columns: Sequence[Column], sender: Union
    ) -> None:
        super().__init__(data)
        self.fields["remember"].help_text = _("只为“%(union)s”交来的表记住") % {"union": sender.name}
        self._columns = columns
        self._fields: dict[str, int] = {}
        choices = [("", _("不导入")), *((column.name, column.label) for column in columns)]
        for place, label, now in heads:
            self._fields[f"place-{place}"] = place
            self.fields[f"place-{place}"] = forms.ChoiceField(
                choices=choices, required=False, label=label, initial=now
            )

    @property
    def places(self) -> dict[str, int]:
        """Where each column stands, as it was chosen."""
        chosen = ((self.cleaned_data.get(field), place) for field, place in self._fields.items())
        return {name: place for name, place in chosen if name}

    def clean(self) -> dict[str, Any]:
        """Each column once, and every mandatory one."""
        taken: dict[str, str] = {}
        for field in self._fields:
            name = self.cleaned_data.get(field)
            if name and name in taken:
                words = _("和“%(other)s”选了同一栏，请改一个") % {"other": self.fields[taken[name]].label}
                self.add_error(field, words)
            elif name:
                taken[name] = field
        missing = [column.label for column in self._columns if column.mandatory and column.name not in taken]
        if missing:
            words = _("还缺必填的%(labels)s：哪一列是，就在那一列选上") % {"labels": tongues.listed(missing)}
            self.add_error(None, words)
        return self.cleaned_data


class WorkbookForm(HenjiForm):
    """交表: the workbook that is handed in."""

    file = forms.FileField(
        label=gettext_lazy("Excel 表格"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )
    sender = forms.ModelChoiceField(
        label=gettext_lazy("哪个工会交来的"),
        queryset=Union.objects.none(),
        required=False,
        help_text=gettext_lazy("列名对照按交表的工会记住。不选就按本县记。"),
    )

    def __init__(
        self, *args: Any, senders: UnionQuerySet | None, too_large: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer(senders)
        most = {"most": settings.UPLOAD_LIMIT // MIB}
        self.fields["file"].help_text = (
            _(".xlsx、.xls 或 .csv，不超过 %(most)s MB。列的顺序和名称不限，能认出来就行。") % most
        )
        if too_large:
            self.fields["file"].error_messages["required"] = _("文件超过 %(most)s MB，请拆成几份再交") % most
        self.fields["file"].error_messages["empty"] = _("这是空文件，请重新选择")

    def _offer(self, senders: UnionQuerySet | None) -> None:
        if senders is None:
            del self.fields["sender"]
            return
        field = self.fields["sender"]
        field.queryset = senders  # type: ignore[attr-defined]  # a ModelChoiceField
        field.empty_label = _("本县自己的表")  # type: ignore[attr-defined]

    def clean_file(self) -> UploadedFile:
        """The file, if it is a workbook that can be read."""
        file: UploadedFile = self.cleaned_data["file"]
        try:
            spreadsheet.open_book(file, limits=settings.IMPORT_LIMITS).close()
        except Refusal as refusal:
            raise forms.ValidationError(refusal.words) from refusal
        file.seek(0)
        return file
