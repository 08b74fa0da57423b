"""Putting papers to an item on the screen: what is kept, what is named, and their order."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.committees import services
from apps.committees.attachments import BROKEN, ENCRYPTED, MOST_BYTES, NOT_OURS, TOO_LARGE
from apps.committees.enums import MeetingState
from apps.committees.models import Meeting
from tests.committees.factories import SETTLED, make_committee, make_meeting
from tests.committees.test_attachments import pdf_of, picture
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db


def at(name: str, row: Any) -> str:
    return reverse(f"committees:{name}", args=[row.pk])


def open_it(meeting: Meeting, by: User) -> None:
    now, rows = timezone.now(), Meeting.objects.filter(pk=meeting.pk)
    rows.update(state=MeetingState.CALLED, called_at=now, called_by=by, **SETTLED)
    rows.update(state=MeetingState.OPENED, opened_at=now, opened_by=by)


def upload(client: Client, item: Any, *files: tuple[str, bytes]) -> Any:
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(at("attachments", item), {"papers": sent}, follow=True)


class TestUpload:
    def test_several_at_once(self, secretary: User, sign_in: SignIn) -> None:
        item = make_meeting(make_committee()).items.get()
        page = upload(
            sign_in(secretary),
            item,
            ("현황.pdf", pdf_of(3)),
            ("약도.png", picture()),
            ("조례.hwp", b"hwp"),
        )
        kept = item.attachments.values_list("order", "name", "pages")
        assert list(kept) == [(1, "현황.pdf", 3), (2, "약도.png", 1), (3, "조례.hwp", None)]
        assert "파일 3개를 붙였습니다: 현황.pdf, 약도.png, 조례.hwp" in page.text
        assert "회의자료에 4쪽이 묶입니다." in page.text
        meeting = sign_in(secretary).get(at("meeting", item.meeting)).text
        assert meeting.index("현황.pdf") < meeting.index("약도.png") < meeting.index("조례.hwp")

    def test_a_bad_one_is_named_and_the_others_stay(self, secretary: User, sign_in: SignIn) -> None:
        item = make_meeting(make_committee()).items.get()
        page = upload(
            sign_in(secretary),
            item,
            ("암호.pdf", pdf_of(2, "1234")),
            ("현황.pdf", pdf_of(3)),
            ("깨진.pdf", pdf_of(2)[:200]),
            ("설치.exe", b"MZ"),
            ("현황 사본.pdf", pdf_of(3)),
        )
        assert page.context["form"].errors["papers"] == [
            f"암호.pdf: {ENCRYPTED}",
            f"깨진.pdf: {BROKEN}",
            f"설치.exe: {NOT_OURS}",
            "현황 사본.pdf: 이 안건에 이미 있는 파일입니다.",
        ]
        assert "나머지 파일은 붙였습니다: 현황.pdf" in page.text
        assert [paper.name for paper in item.attachments.all()] == ["현황.pdf"]
        assert "message--success" not in page.text

    def test_one_too_large_is_named(self, secretary: User, sign_in: SignIn) -> None:
        item = make_meeting(make_committee()).items.get()
        page = upload(sign_in(secretary), item, ("큰.pdf", bytes(MOST_BYTES + 1)))
        assert page.context["form"].errors["papers"] == [f"큰.pdf: {TOO_LARGE}"]
        assert not item.attachments.exists()

    def test_too_many_are_told_beside_the_field(self, secretary: User, sign_in: SignIn) -> None:
        """Beyond what Django takes by itself, which answers with a bare 400."""
        item = make_meeting(make_committee()).items.get()
        page = upload(sign_in(secretary), item, *((f"{n}.pdf", b"") for n in range(101)))
        assert page.context["form"].errors["papers"] == [
            "파일은 한 번에 100개까지 붙일 수 있습니다. 고른 파일 101개를 나누어 올려 주세요."
        ]
        assert not item.attachments.exists()

    def test_none_chosen_is_told(self, secretary: User, sign_in: SignIn) -> None:
        item = make_meeting(make_committee()).items.get()
        page = upload(sign_in(secretary), item)
        assert page.context["form"].errors["papers"] == ["꼭 적어야 하는 칸입니다."]

    def test_an_opened_meeting_takes_no_more(self, secretary: User, sign_in: SignIn) -> None:
        item = make_meeting(make_committee()).items.get()
        open_it(item.meeting, secretary)
        page = upload(sign_in(secretary), item, ("현황.pdf", pdf_of(1)))
        assert not item.attachments.exists()
        assert "개의한 회의의 붙임은 바꿀 수 없습니다." in page.text
        assert "파일 붙이기" not in page.text

    @pytest.mark.parametrize("who", ["viewer", "clerk"])
    def test_others_put_nothing_there(
        self, who: str, request: pytest.FixtureRequest, sign_in: SignIn
    ) -> None:
        item = make_meeting(make_committee()).items.get()
        page = upload(sign_in(request.getfixturevalue(who)), item, ("현황.pdf", pdf_of(1)))
        assert page.status_code == 403
        assert not item.attachments.exists()


class TestPapers:
    @pytest.mark.parametrize(
        ("name", "content", "kind", "way"),
        [
            ("현황.pdf", pdf_of(1), "application/pdf", "inline"),
            ("약도.html", picture(), "image/png", "inline"),
            ("표.csv", b"<script>", "application/octet-stream", "attachment"),
        ],
    )
    def test_a_paper_comes_back_as_it_was(
        self, name: str, content: bytes, kind: str, way: str, viewer: User, sign_in: SignIn
    ) -> None:
        item = make_meeting(make_committee()).items.get()
        paper = services.attach(item=item, name=name, content=content, by=viewer)
        answer = sign_in(viewer).get(at("attachment", paper))
        assert (answer.content, answer["Content-Type"]) == (content, kind)
        assert answer["Content-Disposition"].startswith(f"{way}; filename*=utf-8''")
        assert answer["X-Content-Type-Options"] == "nosniff"

    def test_a_paper_is_moved_and_deleted(self, secretary: User, sign_in: SignIn) -> None:
        item, client = make_meeting(make_committee()).items.get(), sign_in(secretary)
        one, two, three = (
            services.attach(item=item, name=f"{n}.pdf", content=pdf_of(n), by=secretary)
            for n in (1, 2, 3)
        )
        answer = client.post(at("attachment_move", three), {"way": "up"})
        assert answer.headers["Location"].endswith(f"#paper-{three.pk}-up")
        assert [paper.pk for paper in item.attachments.all()] == [one.pk, three.pk, two.pk]
        client.post(at("attachment_move", two), {"to": "1"})
        assert [paper.pk for paper in item.attachments.all()] == [two.pk, one.pk, three.pk]
        said = client.post(at("attachment_move", two), {"way": "up"}, follow=True).text
        assert "이미 맨 위에 있습니다." in said
        assert "이 파일을 안건에서 삭제할까요?" in client.get(at("attachment_delete", one)).text
        client.post(at("attachment_delete", one))
        assert [paper.pk for paper in item.attachments.all()] == [two.pk, three.pk]

    def test_one_or_many_take_as_many_questions(self, secretary: User, sign_in: SignIn) -> None:
        few, many = make_meeting(make_committee(), "가"), make_meeting(make_committee(), "가", "나")
        for meeting, papers in ((few, 1), (many, 3)):
            for item in meeting.items.all():
                for n in range(1, papers + 1):
                    services.attach(item=item, name=f"{n}.pdf", content=pdf_of(n), by=secretary)
        client, counts = sign_in(secretary), []
        for meeting in (few, many):
            for url in (at("meeting", meeting), at("attachments", meeting.items.last())):
                with CaptureQueriesContext(connection) as asked:
                    client.get(url)
                counts.append(len(asked))
                assert not any('"content"' in query["sql"] for query in asked.captured_queries)
        assert counts[:2] == counts[2:]
