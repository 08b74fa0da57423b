"""No upload takes more room than the largest file we read."""

from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from apps.imports.kinds import WEB


class BoundedUpload(FileUploadHandler):
    """Stands before the handlers that keep a file, and gives them no more than the limit.

    A larger file is received to its end, so that the browser gets to read our answer, but nothing
    more of it is kept: the form is given an empty file that has the true size.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start + len(raw_data) <= WEB.size else None

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        if file_size <= WEB.size:
            return None
        return UploadedFile(BytesIO(), self.file_name, self.content_type, file_size)
