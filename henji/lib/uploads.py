"""上传: how much may be handed in."""

import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile


def clear_away(before: datetime) -> None:
    """清理: remove what lies in the clear since before the instant.

    What is handed in or written lies there until its request is over; for good, where the process is killed.
    """
    for path in Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir():
        with suppress(FileNotFoundError):  # somebody else was quicker
            if path.stat().st_mtime >= before.timestamp():
                continue
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


class Quota(FileUploadHandler):
    """上传限额: keeps nothing of the files that are more than may be handed in at once.

    The rest of the request is read, and the request says why files are missing: `henji.too_large` or
    `henji.too_many` in `request.META`.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._read = 0
        self._files = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Count the files."""
        super().new_file(*args, **kwargs)
        self._files += 1
        if self._files > settings.UPLOAD_MOST_FILES:
            self._skip("henji.too_many")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count the bytes, and hand on."""
        self._read += len(raw_data)
        if self._read > settings.UPLOAD_LIMIT:
            self._skip("henji.too_large")
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers below."""

    def _skip(self, why: str) -> None:
        if self.request is not None:
            self.request.META[why] = True
        raise SkipFile
