"""Judgments on papers."""

from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from henji.lib.refusals import Refusal


class NotYetHappened(Refusal):
    """未发生: the day given lies in the future."""


class NoFiles(Refusal):
    """没有附件: a paper without a file proves nothing."""


class FileEmpty(Refusal):
    """空文件: the file has no bytes."""


class FileTooLarge(Refusal):
    """文件过大."""


class FileOfOtherKind(Refusal):
    """文件类型不收: something that runs, or that nobody could read in ten years."""


#: What may be kept, by the name's ending, with what the bytes must begin with (any of them).
ACCEPTED: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "heic": (b"\x00\x00\x00",),
    "tif": (b"II*\x00", b"MM\x00*"),
    "tiff": (b"II*\x00", b"MM\x00*"),
    "ofd": (b"PK\x03\x04",),
    "docx": (b"PK\x03\x04",),
    "xlsx": (b"PK\x03\x04",),
    "doc": (b"\xd0\xcf\x11\xe0",),
    "xls": (b"\xd0\xcf\x11\xe0",),
    "wps": (b"\xd0\xcf\x11\xe0", b"PK\x03\x04"),
    "et": (b"\xd0\xcf\x11\xe0", b"PK\x03\x04"),
    "mp4": (b"\x00\x00\x00",),
}

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "heic": "image/heic",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "ofd": "application/ofd",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "wps": "application/vnd.ms-works",
    "et": "application/vnd.ms-excel",
    "mp4": "video/mp4",
}


def must_have_happened(day: date, *, today: date) -> None:
    """Raise NotYetHappened for a day in the future."""
    if day > today:
        raise NotYetHappened(_("日期 %(day)s 还没有到") % {"day": day.isoformat()})


def must_have_files(count: int) -> None:
    """Raise NoFiles where nothing is handed in."""
    if not count:
        raise NoFiles(_("请至少附一个文件"))


def media_type_of(name: str, head: bytes, size: int) -> str:
    """类型: the media type of a file that may be kept, judged by its name and its first bytes.

    Raises FileEmpty, FileTooLarge or FileOfOtherKind.
    """
    shown = name[-60:]
    if not size:
        raise FileEmpty(_("“%(name)s”是空文件，请重新选择") % {"name": shown})
    if size > settings.UPLOAD_LIMIT:
        limit = settings.UPLOAD_LIMIT // (1024 * 1024)
        raise FileTooLarge(_("“%(name)s”超过 %(limit)s MB") % {"name": shown, "limit": limit})
    ending = name.rpartition(".")[2].lower()
    if ending not in ACCEPTED:
        known = "、".join(sorted(ACCEPTED))
        raise FileOfOtherKind(_("“%(name)s”的类型不收，可用：%(known)s") % {"name": shown, "known": known})
    if not head.startswith(ACCEPTED[ending]):
        raise FileOfOtherKind(_("“%(name)s”的内容不是 %(ending)s 文件") % {"name": shown, "ending": ending})
    return MEDIA_TYPES[ending]
