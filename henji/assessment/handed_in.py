"""交来的标准: the text of a standard from the file that somebody hands in, YAML or workbook."""

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from henji.assessment import dumping
from henji.assessment.reading import LONGEST, StandardUnreadable
from henji.assessment.sheets import reading

#: A character takes up to four bytes.
_MOST_BYTES = 4 * LONGEST


def text_of(file: "UploadedFile[bytes]") -> str:
    """标准原文: the text as it stands, or what the workbook says, as text.

    Raises StandardUnreadable, WorkbookRefused, WorkbookUnsound.
    """
    if (file.name or "").lower().endswith((".yaml", ".yml", ".txt")):
        return _text(file)
    return dumping.dump(reading.read(file))


def _text(file: "UploadedFile[bytes]") -> str:
    if (file.size or 0) > _MOST_BYTES:
        raise StandardUnreadable(_("文件过大，考核标准一般不超过几十 KB"))
    try:
        return str(file.read(), "utf-8-sig")
    except UnicodeDecodeError:
        raise StandardUnreadable(_("文件不是 UTF-8 文本，请另存为 UTF-8 后再上传")) from None
