"""Words of issued papers."""

from django.db import models


class FileFormat(models.TextChoices):
    """The files an issued paper is kept as; ``ARCHIVE`` is PDF/A, made to be read in decades."""

    PDF = "pdf", "PDF"
    ARCHIVE = "pdfa", "보존용 PDF/A"
    HWPX = "hwpx", "한글(HWPX)"
    XLSX = "xlsx", "표(XLSX)"


#: What a browser is told a file is.
MEDIA_TYPES = {
    FileFormat.PDF: "application/pdf",
    FileFormat.ARCHIVE: "application/pdf",
    FileFormat.HWPX: "application/hwp+zip",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
