"""Words of issued papers."""

from django.db import models


class FileFormat(models.TextChoices):
    """The files an issued paper is kept as; each value is also the end of its address."""

    PDF = "pdf", "PDF"
    HWPX = "hwpx", "한글(HWPX)"
    XLSX = "xlsx", "표(XLSX)"


#: What a browser is told a file is.
MEDIA_TYPES = {
    FileFormat.PDF: "application/pdf",
    FileFormat.HWPX: "application/hwp+zip",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
