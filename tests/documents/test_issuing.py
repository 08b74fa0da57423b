"""An issued paper is kept as it left the office."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from apps.accounts.models import User
from apps.documents import codec, issuing
from apps.documents.enums import FileFormat
from apps.documents.figures import IssuedFigure
from apps.documents.making import make_file
from apps.documents.models import IssuedDocument, IssuedFile
from apps.documents.nodes import Document, Heading, Outline
from tests.documents.paper import PLAN

pytestmark = pytest.mark.django_db
NOW = datetime(2016, 4, 1, 9, tzinfo=UTC)
SALES = IssuedFigure(
    "공공구매 실적", 2016, 1_200_000_000, "원", "1,200,000천원", how="구매실적의 합", url="/p/"
)
#: Too little to take long.
SMALL = Document("작은 문서", "일자리과", (Heading(1, "근거", "Ⅰ"), Outline.of("□ 조례 제5조")))


def issue(by: User, document: Document = SMALL, reason: str = "") -> IssuedDocument:
    return issuing.issue(
        series="plan-2016", document=document, figures=(SALES,), reason=reason, at=NOW, by=by
    )


def refused(change: Callable[[], object]) -> bool:
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        change()
    return True


def test_it_comes_back_as_it_was(officer: User) -> None:
    issued = IssuedDocument.objects.get(pk=issue(officer, PLAN).pk)
    assert issued.paper() == PLAN
    assert issued.shown_figures() == (SALES,)
    assert issued.digest == codec.digest_of(PLAN.to_json())
    assert (issued.title, issued.number, issued.issued_by) == (PLAN.title, 1, officer)
    assert {file.format for file in issued.files.all()} == set(FileFormat)


def test_a_paper_kept_before_a_node_had_a_new_field_still_opens(officer: User) -> None:
    """What a later version adds to the nodes has a default; old papers do without it."""
    kept = SMALL.to_json()
    del kept["subtitle"], kept["nodes"][0]["number"]
    assert Document.from_json(kept) == Document(
        "작은 문서", "일자리과", (Heading(1, "근거"), SMALL.nodes[1])
    )


def test_a_paper_that_is_not_what_was_issued_is_not_opened(officer: User) -> None:
    issued = issue(officer)
    issued.document["title"] = "다른 문서"
    with pytest.raises(ValueError, match="digest"):
        issued.paper()


def test_editions_are_numbered_and_later_ones_say_why(officer: User) -> None:
    issue(officer)
    second = issue(officer, reason="금액 정정")
    assert (second.number, str(second)) == (2, "작은 문서 (제2판)")
    with pytest.raises(IntegrityError, match="has_a_reason"), transaction.atomic():
        issue(officer)
    assert IssuedDocument.objects.count() == 2


def test_nothing_issued_is_changed_or_removed(officer: User) -> None:
    issued = issue(officer)
    rows = IssuedDocument.objects.all()
    assert refused(lambda: rows.update(title="다른 제목"))
    assert refused(lambda: rows.update(document={}))
    assert refused(lambda: IssuedFile.objects.all().delete())
    assert refused(issued.delete)
    other = issuing.issue(series="budget-2016", document=SMALL, at=NOW, by=officer)
    assert refused(lambda: issued.files.update(issued=other))
    assert IssuedDocument.objects.get(pk=issued.pk).title == SMALL.title


def test_a_file_is_made_once_and_stays_byte_for_byte(officer: User) -> None:
    file = issue(officer).files.get(format=FileFormat.PDF)
    make_file(pk=file.pk, by=officer)
    file.refresh_from_db()
    assert bytes(file.content or b"").startswith(b"%PDF")
    assert file.size == len(file.content or b"")
    made = IssuedFile.objects.filter(pk=file.pk)
    assert refused(lambda: made.update(content=b"another"))
    assert refused(lambda: made.update(content=None, size=None, digest=""))
    make_file(pk=file.pk, by=officer)
    assert made.get().digest == file.digest


def test_a_file_is_whole_or_not_there(officer: User) -> None:
    files = issue(officer).files.filter(format=FileFormat.PDF)
    with pytest.raises(IntegrityError, match="whole_or_not_there"), transaction.atomic():
        files.update(content=b"half", size=4)


def test_the_history_names_who_issued_and_keeps_no_copy_of_the_content(officer: User) -> None:
    issued = issue(officer)
    event = issued.events.get()  # type: ignore[attr-defined]  # pghistory's
    assert event.pgh_context.metadata["user"] == officer.pk
    assert event.digest == issued.digest
    assert not hasattr(event, "document")
