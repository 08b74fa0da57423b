"""No upload takes more room than the largest file we read."""

from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from apps.imports.kinds import WEB


class BoundedUpload(TemporaryFileUploadHandler):
    """Keeps a file on disk while its form is looked at, up to the limit.

    A larger file is received to its end, so that the browser gets to read our answer, but nothing
    of it is kept: the form is given an empty file that has the true size.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= WEB.size:
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        if file_size <= WEB.size:
            return super().file_complete(file_size)
        self.file.close()
        return UploadedFile(BytesIO(), self.file_name, self.content_type, file_size)
