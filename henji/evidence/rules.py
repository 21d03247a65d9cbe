"""Judgments on papers."""

from collections.abc import Collection
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from henji.evidence.models import Blob, Paper
from henji.evidence.versions import Outdated
from henji.lib import tongues
from henji.lib.identity import mask_within
from henji.lib.refusals import Refusal
from henji.lib.text import tidy

#: What is shorter says nothing.
SHORTEST_REASON = 2
#: How many rows of a list that shows persons are exported at once: a township, a county; not a province.
MOST_ROWS = 200_000


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


class NothingCorrected(Refusal):
    """没有改动: a correction that leaves everything as it is."""


class NoReason(Refusal):
    """没有原因."""


class TooManyRows(Refusal):
    """行数过多: more rows than are exported at once."""


class NoWords(Refusal):
    """没有文字: nothing was said about the trace, or it has been erased already."""


class NoTitle(Refusal):
    """没有标题: the title of the paper has been erased already."""


class NoKey(Refusal):
    """没有钥匙: the file lies open, or its key has been destroyed already."""


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


def must_give_reason(text: str) -> str:
    """原因: tidied; raises NoReason."""
    reason = tidy(text)
    if not reason:
        raise NoReason(_("请写明原因"))
    return reason


def must_say_what_for(text: str) -> str:
    """用途: tidied, numbers in it masked; raises NoReason."""
    reason = tidy(text)
    if len(reason) < SHORTEST_REASON:
        raise NoReason(_("请写明导出的用途"))
    return mask_within(reason)


def must_fit(rows: int) -> None:
    """Raise TooManyRows where the list is longer than what is exported at once."""
    if rows > MOST_ROWS:
        words = _("这份名单有 %(rows)s 行，一次最多导出 %(most)s 行，请加上条件（如乡镇）分几次导出")
        raise TooManyRows(words % {"rows": f"{rows:,}", "most": f"{MOST_ROWS:,}"})


def must_be_latest(paper: Paper) -> None:
    """Raise Outdated where somebody else has corrected the paper meanwhile."""
    if Paper.objects.filter(supersedes=paper).exists():
        raise Outdated(_("这份文件刚被别人更正过，请看过新的内容再改"))


def must_differ(paper: Paper, now: Paper, about: Collection[str]) -> None:
    """Raise NothingCorrected where the paper, corrected, is what it was."""
    fields = ("kind", "on", "title", "number")
    same = all(getattr(paper, field) == getattr(now, field) for field in fields)
    if same and set(about) == set(paper.about.values_list("address", flat=True)):
        raise NothingCorrected(_("没有改动，不用更正"))


def must_have_erased(erased: int) -> None:
    """Raise NoWords where there was nothing to erase."""
    if not erased:
        raise NoWords(_("这一条没有文字，或者已经删除"))


def must_have_had_a_title(erased: int) -> None:
    """Raise NoTitle where nothing was left to erase."""
    if not erased:
        raise NoTitle(_("这份文件的标题和附件名已经删除"))


def must_have_a_key(blob: Blob) -> None:
    """Raise NoKey where the blob lies open, or its key is gone."""
    if not blob.personal:
        raise NoKey(_("这个附件不涉及个人，没有加密，不能销毁；种类选错的，请先更正种类"))
    if blob.is_destroyed:
        raise NoKey(_("这个附件已经销毁"))


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
        known = tongues.listed(sorted(ACCEPTED))
        raise FileOfOtherKind(_("“%(name)s”的类型不收，可用：%(known)s") % {"name": shown, "known": known})
    if not head.startswith(ACCEPTED[ending]):
        raise FileOfOtherKind(_("“%(name)s”的内容不是 %(ending)s 文件") % {"name": shown, "ending": ending})
    return MEDIA_TYPES[ending]
