"""Work that a worker does apart from any request (found by procrastinate under this name)."""

from procrastinate.contrib.django import app

from apps.core.tasks import RETRY
from apps.documents.models import IssuedFile


@app.task(name="documents.make_files", retry=RETRY)
def make_files(issued: int) -> None:
    """Make the files of an issued paper that are not there yet, each for itself.

    A file that cannot be made does not keep the others from being made; the job then fails and is
    tried again.
    """
    from apps.documents.making import make_file  # the renderers are large; only a worker needs them

    missing = IssuedFile.objects.filter(issued=issued, digest="").select_related(
        "issued__issued_by"
    )
    failed: list[Exception] = []
    for file in missing.listed():
        try:
            make_file(pk=file.pk, by=file.issued.issued_by)
        except Exception as error:
            failed.append(error)
    if failed:
        raise ExceptionGroup(f"files of issued paper {issued}", failed)
