"""A file on its way through the screens: what a person sends, presses and reads."""

from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from apps.imports import working
from apps.imports.models import FileImport
from apps.imports.progress import work_on
from tests.imports.files import csv_file

NEW = reverse("imports:new", args=["purchases"])
LIST = reverse("imports:list")
HEAD = ["구매일자", "기업명", "품목", "구분", "금액", "전화"]
GOOD = [
    ["2016-05-02", "행복커피", "원두", "물품", "150,000", ""],
    ["2016-05-03", "행복커피", "강의", "용역", "300,000", "급함"],
]
BAD = ["2016-05-04", "행복커피", "간판", "공사", "모름", ""]
Rows = Sequence[Sequence[str]]


def send(client: Client, content: bytes, name: str = "11월 구매.csv", **fields: Any) -> Any:
    return client.post(NEW, {"file": SimpleUploadedFile(name, content), **fields})


def sent(client: Client, rows: Rows, **fields: Any) -> FileImport:
    """A file that was sent in and checked."""
    response = send(client, csv_file([HEAD, *rows]), **fields)
    file = FileImport.objects.latest("pk")
    assert response.headers["Location"] == detail(file)
    return checked(file)


def checked(file: FileImport) -> FileImport:
    working.check(pk=file.pk, by=file.uploaded_by)
    file.refresh_from_db()
    return file


def decide(client: Client, name: str, file: FileImport, **fields: Any) -> str:
    """What the page says after a button was pressed, and the job it asked for was done."""
    response = client.post(reverse(f"imports:{name}", args=[file.pk]), fields)
    if response.status_code == 200:
        return response.content.decode()
    assert response.headers["Location"] == detail(file)
    if name == "commit" and work_on(file):
        working.commit(pk=file.pk, by=file.uploaded_by)
    file.refresh_from_db()
    return page(client, file)


def detail(file: FileImport) -> str:
    return reverse("imports:detail", args=[file.pk])


def page(client: Client, file: FileImport) -> str:
    response = client.get(detail(file))
    assert response.status_code == 200
    return response.content.decode()
