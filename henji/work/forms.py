"""Forms of work."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.lib import spreadsheet
from henji.lib.forms import HenjiForm
from henji.lib.refusals import Refusal


class ParamsForm(HenjiForm):
    """附加说明: what must be said beside a workbook, such as the drive that its donations belong to."""

    def as_params(self) -> dict[str, object]:
        """What was said, as the job keeps it: ids and codes only."""
        raise NotImplementedError


class WorkbookForm(HenjiForm):
    """交表: the workbook that is handed in."""

    file = forms.FileField(
        label=gettext_lazy("Excel 表格"),
        help_text=gettext_lazy(".xlsx、.xls 或 .csv，不超过 50 MB。列的顺序和名称不限，能认出来就行。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if too_large:
            self.fields["file"].error_messages["required"] = _("文件超过 50 MB，请拆成几份再交")
        self.fields["file"].error_messages["empty"] = _("这是空文件，请重新选择")

    def clean_file(self) -> UploadedFile:
        """The file, if it is a workbook that can be read."""
        file: UploadedFile = self.cleaned_data["file"]
        try:
            spreadsheet.open_book(file).close()
        except Refusal as refusal:
            raise forms.ValidationError(refusal.words) from refusal
        file.seek(0)
        return file
