"""The agenda book: attachments bound in over the pages kept for them, by a worker."""

from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader, PdfWriter, Transformation
from pypdf.annotations import FreeText
from pypdf.generic import DictionaryObject, NameObject, NumberObject

from apps.accounts.models import User
from apps.committees import services
from apps.committees.documents.book import bound_book
from apps.committees.models import AgendaBook, Attachment, Meeting
from apps.committees.queries.books import book_progress
from apps.documents.nodes import Document, Note, PageBreak
from apps.documents.pdf import render_pdf
from tests.committees.factories import SETTLED, make_committee, make_meeting, make_roster
from tests.committees.test_attachments import picture
from tests.conftest import SignIn
from tests.documents.worker import forget_jobs, work

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def queue(transactional_db: None) -> Iterator[None]:
    forget_jobs()
    yield
    forget_jobs()


def report(*words: str, turned: int = 0) -> bytes:
    """A PDF with a page for each of the words."""
    nodes = [node for word in words for node in (Note(word), PageBreak())][:-1]
    writer = PdfWriter(clone_from=BytesIO(render_pdf(Document("현황", "부서", tuple(nodes)))))
    for page in writer.pages:
        page.rotate(turned)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.fixture
def meeting(secretary: User) -> Meeting:
    """Two items; to the first a report of two pages and a sheet of figures, to the second a map."""
    committee = make_committee()
    make_roster(committee)
    meeting = make_meeting(committee, "보증금 지원연장", "위탁 연장", **SETTLED)
    first, second = meeting.items.order_by("order")
    services.attach(item=first, name="현황.pdf", content=report("첫째쪽", "둘째쪽"), by=secretary)
    services.attach(item=first, name="집계.hwp", content=b"\xd0\xcf\x11\xe0", by=secretary)
    services.attach(item=second, name="약도.png", content=picture(), by=secretary)
    services.attach(item=second, name="가로.pdf", content=report("가로쪽", turned=90), by=secretary)
    return meeting


def pages(content: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]


def at(name: str, meeting: Meeting) -> str:
    return reverse(f"committees:{name}", args=[meeting.pk])


def test_attachments_stand_behind_their_items_and_in_the_contents(meeting: Meeting) -> None:
    told: list[tuple[int, int]] = []
    book = bound_book(meeting, lambda *counts: told.append(counts))
    cover, contents, _, roster, first, *bound = pages(book)
    laid = [pages for pages, done in told if not done]
    assert laid == sorted(laid)
    assert laid[-1] >= 4
    assert [done for _, done in told if done] == [1, 2, 3, 4]
    assert "회의자료상반기정기회의2016.1.20." in cover
    assert "붙임1-1현황.pdf" in contents
    assert "붙임2-2가로.pdf" in contents
    assert "재적14명" in roster
    assert "집계.hwp-별도파일" in first
    one, two, second, map_, across = bound
    assert "첫째쪽" in one
    assert "붙임1-1현황.pdf(1/2쪽)-5-" in one
    assert "둘째쪽" in two
    assert "붙임1-1현황.pdf(2/2쪽)-6-" in two
    assert "위탁연장" in second
    assert "-7-" in second
    assert "현황.pdf" not in second
    assert "-8-" in map_
    assert "가로쪽" in across
    for place, name in ((5, "1-1현황.pdf"), (8, "2-1약도.png"), (9, "2-2가로.pdf")):
        assert contents.split(name)[1].lstrip(".").startswith(str(place))


def test_a_reader_still_hears_and_finds_the_books_own_pages(meeting: Meeting) -> None:
    """Tags, language and title stay; a bookmark an item and a file. The claim to PDF/UA goes."""
    book = PdfReader(BytesIO(bound_book(meeting, print)))
    root: Any = book.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "ko"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/Metadata" not in root
    tagged = set(root["/StructTreeRoot"]["/ParentTree"]["/Nums"][::2])
    assert tagged > {page["/StructParents"] for page in book.pages}
    below_title: Any = book.outline[1:][0]
    marks = list(chain.from_iterable(m if isinstance(m, list) else [m] for m in below_title))
    assert [(mark.title, book.get_destination_page_number(mark)) for mark in marks[3:]] == [
        ("안건 1 보증금 지원연장", 4),
        ("붙임 1-1 현황.pdf", 5),
        ("안건 2 위탁 연장", 7),
        ("붙임 2-1 약도.png", 8),
        ("붙임 2-2 가로.pdf", 9),
    ]


def test_a_page_lies_upright_inside_the_body_of_its_own(meeting: Meeting) -> None:
    """The report's page is turned as its reader sees it, and stands clear of the book's number."""
    page = PdfReader(BytesIO(bound_book(meeting, print))).pages[-1]
    drawn = page.get_contents()
    assert drawn is not None
    *_, placed = drawn.get_data().split(b"/Artifact BMC")
    numbers = [float(number) for number in placed.split(b" cm ")[0].split()[1:]]
    turned = Transformation(tuple(numbers))  # type: ignore[arg-type]  # six numbers
    assert abs(numbers[0]) < 0.001
    assert numbers[1] < 0
    corners = [turned.apply_on(corner) for corner in ((0, 0), (595.28, 841.89))]
    assert all(56 < x < 539 for x, _ in corners)
    assert all(56 < y < 760 for _, y in corners)


def test_what_is_small_is_not_blown_up(meeting: Meeting) -> None:
    page = PdfReader(BytesIO(bound_book(meeting, print))).pages[-2]
    drawn = page.get_contents()
    assert drawn is not None
    *_, placed = drawn.get_data().split(b"/Artifact BMC")
    assert placed.split()[1:5] == [b"1.00000", b"0.00000", b"0.00000", b"1.00000"]


def test_a_seal_put_on_a_page_is_bound_in_with_it(secretary: User) -> None:
    meeting = make_meeting(make_committee(), **SETTLED)
    writer = PdfWriter(clone_from=BytesIO(report("날인본")))
    writer.add_annotation(0, FreeText(text="SEAL", rect=(50, 50, 200, 100)))
    note = writer.pages[0]["/Annots"][0].get_object()  # type: ignore[index]  # an array
    stamp = PdfReader(BytesIO(report("직인생략"))).pages[0]
    form = stamp.get_contents()
    assert form is not None
    own = form.flate_encode()
    own[NameObject("/Subtype")] = NameObject("/Form")
    own[NameObject("/BBox")] = stamp.mediabox
    own[NameObject("/Resources")] = stamp["/Resources"]
    kept = writer._add_object(own.clone(writer))
    note[NameObject("/AP")] = DictionaryObject({NameObject("/N"): kept})
    note[NameObject("/F")] = NumberObject(4)
    out = BytesIO()
    writer.write(out)
    services.attach(item=meeting.items.get(), name="날인.pdf", content=out.getvalue(), by=secretary)
    assert "직인생략" in pages(bound_book(meeting, print))[-1]


def test_a_file_that_cannot_be_bound_is_named(meeting: Meeting) -> None:
    Attachment.objects.filter(name="현황.pdf").update(content=b"%PDF-1.7 lost")
    with pytest.raises(ValueError, match="붙임 1-1 현황"):
        bound_book(meeting, print)


def test_a_worker_binds_the_book_and_the_page_hands_it_out(
    meeting: Meeting, secretary: User, sign_in: SignIn
) -> None:
    client = sign_in(secretary)
    assert client.get(at("meeting_agenda", meeting)).headers["Location"] == at("papers", meeting)
    assert "붙임 4쪽을 묶어" in client.get(at("papers", meeting)).content.decode()
    client.post(at("book_make", meeting))
    waiting = client.get(at("papers_book", meeting)).content.decode()
    assert "이어서 붙임 4쪽을 묶습니다." in waiting
    AgendaBook.objects.update(laid=4, done=1)
    with CaptureQueriesContext(connection) as asked:
        waiting = client.get(at("papers_book", meeting)).content.decode()
    assert not any("committees_member" in query["sql"] for query in asked)  # no agenda is made
    assert "붙임 4쪽 가운데 1쪽을 묶었습니다." in waiting
    assert "62%" in waiting
    assert "data-hx-get" in waiting
    work()
    book = AgendaBook.objects.get()
    assert (book.done, book.whole, book.asked_by) == (4, 4, secretary)
    assert (
        "붙임 4쪽을 묶은 회의자료가 있습니다." in client.get(at("papers", meeting)).content.decode()
    )
    response = client.get(at("meeting_agenda", meeting))
    assert response.headers["Content-Type"] == "application/pdf"
    assert "가로쪽" in pages(response.content)[-1]


def test_a_book_made_before_the_agenda_changed_is_not_handed_out(
    meeting: Meeting, secretary: User, sign_in: SignIn
) -> None:
    services.ask_for_book(meeting=meeting, by=secretary)
    work()
    services.detach(attachment=Attachment.objects.get(name="약도.png"), by=secretary)
    client = sign_in(secretary)
    assert client.get(at("meeting_agenda", meeting)).headers["Location"] == at("papers", meeting)
    assert "다시 만들어 주세요" in client.get(at("papers", meeting)).content.decode()
    with CaptureQueriesContext(connection) as asked:
        client.post(at("book_make", meeting))
    assert not any('"content" FROM' in query["sql"] for query in asked)  # nor is the old one read


def test_a_book_that_could_not_be_made_says_so(
    meeting: Meeting, secretary: User, sign_in: SignIn
) -> None:
    services.ask_for_book(meeting=meeting, by=secretary)
    Attachment.objects.filter(name="현황.pdf").update(content=b"%PDF-1.7 lost")
    work()
    progress = book_progress(meeting)
    assert progress is not None
    assert progress.stopped
    page = sign_in(secretary).get(at("papers", meeting)).content.decode()
    assert "붙임을 묶지 못했습니다." in page
    assert "회의자료 PDF 다시 만들기" in page


def test_without_papers_there_is_nothing_to_bind(secretary: User, sign_in: SignIn) -> None:
    meeting = make_meeting(make_committee())
    client = sign_in(secretary)
    page = client.post(at("book_make", meeting), follow=True).content.decode()
    assert "묶을 붙임이 없습니다." in page
    assert not AgendaBook.objects.exists()


def test_a_reader_does_not_have_it_made(meeting: Meeting, viewer: User, sign_in: SignIn) -> None:
    client = sign_in(viewer)
    assert "회의자료 PDF 만들기" not in client.get(at("papers", meeting)).content.decode()
    assert client.post(at("book_make", meeting)).status_code == 403
    assert not AgendaBook.objects.exists()


def test_hangul_names_what_only_the_pdf_binds_in(
    meeting: Meeting, viewer: User, sign_in: SignIn
) -> None:
    response = sign_in(viewer).get(at("agenda_hwpx", meeting))
    with ZipFile(BytesIO(response.content)) as file:
        text = file.read("Contents/section0.xml").decode()
    assert "붙임 1-1 현황.pdf: 2쪽은 회의자료 PDF에 묶입니다." in text
    assert "집계.hwp" in text
