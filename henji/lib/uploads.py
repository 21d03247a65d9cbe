"""上传: how much may be handed in."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload


class Quota(FileUploadHandler):
    """上传限额: stops reading a request that is larger than may be handed in.

    The form then finds no file, and the request says why (`request.META["henji.too_large"]`).
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._read = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count, and hand on."""
        self._read += len(raw_data)
        if self._read > settings.UPLOAD_LIMIT and self.request is not None:
            self.request.META["henji.too_large"] = True
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers below."""
