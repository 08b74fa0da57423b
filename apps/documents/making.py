"""The files of an issued paper, rendered once and kept."""

import hashlib
from collections.abc import Callable
from functools import partial

from apps.accounts.models import User
from apps.core.history import service
from apps.documents.enums import FileFormat
from apps.documents.hwpx import render_hwpx
from apps.documents.models import IssuedFile
from apps.documents.nodes import Document
from apps.documents.pdf import ARCHIVE, render_pdf
from apps.documents.xlsx import render_xlsx

RENDERERS: dict[str, Callable[[Document], bytes]] = {
    FileFormat.PDF: render_pdf,
    FileFormat.ARCHIVE: partial(render_pdf, variant=ARCHIVE),
    FileFormat.HWPX: render_hwpx,
    FileFormat.XLSX: render_xlsx,
}


@service
def make_file(*, pk: int, by: User) -> None:
    """Render one file and keep it, all or nothing; a file that is there already stays as it is.

    The row is locked while it is made, so that two workers never make one file twice.
    """
    file = IssuedFile.objects.select_for_update(of=("self",)).select_related("issued").get(pk=pk)
    if file.made:
        return
    content = RENDERERS[file.format](file.issued.paper())
    file.content = content
    file.size = len(content)
    file.digest = hashlib.sha256(content).hexdigest()
    file.save(update_fields=["content", "size", "digest"])
