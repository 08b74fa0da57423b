"""A paper is looked through when it comes."""

from io import BytesIO
from typing import Any, Literal

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image, ImageFile
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    PdfObject,
    RectangleObject,
)

from apps.accounts.models import User
from apps.committees import services
from apps.committees.attachments import BROKEN, EMPTY, ENCRYPTED, NOT_OURS
from apps.committees.binding import try_out
from apps.committees.enums import AttachmentKind, MeetingState
from apps.committees.models import AgendaItem, Attachment, Meeting
from tests.committees.factories import SETTLED, make_committee, make_meeting

pytestmark = pytest.mark.django_db


def pdf_of(pages: int, password: str = "") -> bytes:
    writer, out = PdfWriter(), BytesIO()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if password:
        writer.encrypt(password)
    writer.write(out)
    return out.getvalue()


def locked(revision: Literal[4, 6]) -> bytes:
    """A PDF anybody may open, encrypted by AES (``6``: of 256 bits)."""
    out = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out, encryption=pikepdf.Encryption(owner="1234", user="", R=revision))
    return out.getvalue()


def odd(key: str, value: PdfObject) -> bytes:
    """A PDF whose second page has an entry that no page can be laid over with."""
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(595, 842)
    writer.add_blank_page(595, 842)[NameObject(key)] = value
    writer.write(out)
    return out.getvalue()


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def item() -> AgendaItem:
    return make_meeting(make_committee()).items.get()


@pytest.mark.parametrize(
    ("name", "content", "kind", "pages"),
    [
        ("현황.pdf", pdf_of(3), AttachmentKind.PDF, 3),
        ("이름없음", pdf_of(1), AttachmentKind.PDF, 1),
        ("약도.png", picture(), AttachmentKind.IMAGE, 1),
        ("조례.hwp", b"\xd0\xcf\x11\xe0 hwp", AttachmentKind.OTHER, None),
    ],
)
def test_a_paper_is_known_by_its_content(
    item: AgendaItem, officer: User, name: str, content: bytes, kind: str, pages: int | None
) -> None:
    services.attach(item=item, name=name, content=content, by=officer)
    kept = item.attachments.get()
    assert (kept.kind, kept.pages, bytes(kept.content)) == (kind, pages, content)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("빈.pdf", b"", EMPTY),
        ("암호.pdf", pdf_of(2, "1234"), ENCRYPTED),
        ("보안.pdf", locked(4), ENCRYPTED),
        ("보안.pdf", locked(6), ENCRYPTED),
        ("깨진.pdf", pdf_of(2)[:200], BROKEN),
        ("비스듬히.pdf", odd("/Rotate", NumberObject(45)), BROKEN),
        ("크기 없음.pdf", odd("/MediaBox", RectangleObject((0, 0, 0, 842))), BROKEN),
        ("자원 없음.pdf", odd("/Resources", NumberObject(1)), BROKEN),
        ("쪽지.pdf", odd("/Annots", ArrayObject([NumberObject(1)])), BROKEN),
        ("가짜.pdf", b"hello", BROKEN),
        ("깨진.png", picture()[:60], BROKEN),
        ("설치.exe", b"MZ\x90", NOT_OURS),
    ],
)
def test_what_nobody_could_open_is_named_at_once(
    item: AgendaItem, officer: User, name: str, content: bytes, said: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        services.attach(item=item, name=name, content=content, by=officer)
    assert refused.value.messages == [said]
    assert not Attachment.objects.exists()


def test_a_picture_that_breaks_off_is_named_beside_a_lenient_reader(
    item: AgendaItem, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WeasyPrint, once it has drawn a paper, lets Pillow take broken pictures."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(ValidationError, match="손상되어"):
        services.attach(item=item, name="깨진.png", content=picture()[:60], by=officer)
    assert ImageFile.LOAD_TRUNCATED_IMAGES


def test_what_pages_share_is_tried_out_once() -> None:
    """A font of 300 pages is not copied 300 times."""
    copies = []

    class Font(DictionaryObject):
        def clone(self, *args: Any, **kwargs: Any) -> DictionaryObject:
            copies.append(self)
            return super().clone(*args, **kwargs)

    writer = PdfWriter()
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(Font())})
    for _ in range(3):
        resources = DictionaryObject({NameObject("/Font"): fonts})
        writer.add_blank_page(595, 842)[NameObject("/Resources")] = resources
    try_out(writer.pages)
    assert len(copies) == 1


def test_nobody_waits_for_the_meeting_while_a_paper_is_looked_through(
    item: AgendaItem, officer: User
) -> None:
    with CaptureQueriesContext(connection) as asked, pytest.raises(ValidationError):
        services.attach(item=item, name="깨진.pdf", content=pdf_of(2)[:200], by=officer)
    assert not [query for query in asked.captured_queries if "FOR UPDATE" in query["sql"]]


def test_the_same_paper_is_put_there_once(item: AgendaItem, officer: User) -> None:
    services.attach(item=item, name="현황.pdf", content=pdf_of(1), by=officer)
    with pytest.raises(ValidationError, match="이미 있는 파일"):
        services.attach(item=item, name="현황 사본.pdf", content=pdf_of(1), by=officer)


def test_papers_are_put_in_order_and_taken_away(item: AgendaItem, officer: User) -> None:
    rows = [
        services.attach(item=item, name=f"{pages}.pdf", content=pdf_of(pages), by=officer)
        for pages in (1, 2, 3)
    ]
    services.order_attachments(item=item, keys=[rows[2].pk, rows[0].pk], by=officer)
    assert [row.name for row in item.attachments.listed()] == ["3.pdf", "1.pdf", "2.pdf"]
    services.detach(attachment=rows[0], by=officer)
    assert [row.name for row in item.attachments.listed()] == ["3.pdf", "2.pdf"]


def test_an_opened_meeting_keeps_its_papers(item: AgendaItem, officer: User) -> None:
    kept = services.attach(item=item, name="현황.pdf", content=pdf_of(1), by=officer)
    for state, before in ((MeetingState.CALLED, SETTLED), (MeetingState.OPENED, {})):
        stamp = {f"{state}_at": "2016-01-20T14:00+09:00", f"{state}_by": officer}
        Meeting.objects.update(state=state, **stamp, **before)
    with pytest.raises(ValidationError, match="개의한 회의의 붙임"):
        services.detach(attachment=kept, by=officer)
    assert item.attachments.exists()
