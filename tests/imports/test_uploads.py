"""However large a file is that somebody sends, it costs no memory and gets an answer in words."""

import tracemalloc
from collections.abc import Callable, Iterator
from io import RawIOBase
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.middleware.csrf import get_token
from django.test import RequestFactory
from django.urls import reverse

from apps.accounts.models import User
from apps.imports.models import FileImport
from socialeconomy.wsgi import application
from tests.conftest import SignIn

#: The portal itself closes connections when it likes.
pytestmark = pytest.mark.django_db(transaction=True)
NEW = reverse("imports:new", args=["purchases"])
BOUNDARY = "part"
PIECE = b"2016-05-02,firm,1000\r\n" * 3000


class Body(RawIOBase):
    """The body of a request with a file of ``pieces``, made while it is read."""

    def __init__(self, token: str, pieces: int) -> None:
        head = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n'
            f'{token}\r\n--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; '
            'filename="big.csv"\r\nContent-Type: text/csv\r\n\r\n'
        ).encode()
        tail = f"\r\n--{BOUNDARY}--\r\n".encode()
        self.length = len(head) + pieces * len(PIECE) + len(tail)
        self.parts = self._parts(head, pieces, tail)
        self.rest = b""

    def _parts(self, head: bytes, pieces: int, tail: bytes) -> Iterator[bytes]:
        yield head
        for _ in range(pieces):
            yield PIECE
        yield tail

    def read(self, size: int = -1) -> bytes:
        while len(self.rest) < size and (part := next(self.parts, b"")):
            self.rest += part
        found, self.rest = self.rest[:size], self.rest[size:]
        return found


def post(user: User, sign_in: SignIn, megabytes: int) -> tuple[str, str, int]:
    """Send a file through the portal's own entry point: status, page, most memory taken."""
    session = sign_in(user).cookies[settings.SESSION_COOKIE_NAME].value
    request = RequestFactory().get("/")
    token = get_token(request)
    secret = request.META["CSRF_COOKIE"]
    body = Body(token, megabytes * (1 << 20) // len(PIECE))
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": NEW,
        "HTTP_HOST": "testserver",
        "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
        "CONTENT_LENGTH": str(body.length),
        "HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={secret}",
        "wsgi.input": body,
    }
    setup_testing_defaults(environ)
    status = ""

    def start(code: str, headers: list[tuple[str, str]], *_: Any) -> Callable[[bytes], object]:
        nonlocal status
        status = code
        return bytes  # the old way to send, which nobody uses

    tracemalloc.start()
    response = application(environ, start)
    page = b"".join(response).decode()
    response.close()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return status, page, most


def test_a_file_of_300_megabytes_is_refused_on_the_page(clerk: User, sign_in: SignIn) -> None:
    status, page, most = post(clerk, sign_in, 300)
    assert status.startswith("200")
    assert "파일은 30MB까지 올릴 수 있습니다" in page
    assert not FileImport.objects.exists()
    assert most < 20_000_000


def test_a_file_below_the_limit_is_kept(clerk: User, sign_in: SignIn) -> None:
    status, page, most = post(clerk, sign_in, 29)
    assert (status[:3], page) == ("302", "")
    file = FileImport.objects.get()
    assert 28 << 20 < file.size < 30 << 20
    assert most < 20_000_000
    assert sum(len(part.content) for part in file.parts.all()) == file.size


def test_a_small_file_after_the_limit_is_as_any(clerk: User, sign_in: SignIn) -> None:
    client = sign_in(clerk)
    client.post(NEW, {"file": SimpleUploadedFile("작은 파일.csv", b"a,b")})
    assert FileImport.objects.get().size == 3
