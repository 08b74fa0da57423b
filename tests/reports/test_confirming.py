"""A plan is confirmed, corrected and closed, and its editions never change (R45)."""

import hashlib
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from html import unescape
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, connections
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.documents.models import IssuedDocument
from apps.documents.pages import WAITS
from apps.plans.enums import PlanState, SectionKey
from apps.plans.models import BudgetLine, Plan, PlanSection, Result, Task
from apps.reports import editions, services
from tests.conftest import SignIn
from tests.documents.worker import forget_jobs, work
from tests.plans.screen import errors
from tests.world import make_plan

YEAR = 2016
APRIL = datetime(2016, 4, 1, 9, tzinfo=UTC)
JUNE = datetime(2016, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def plan(db: None) -> Plan:
    """A plan whose section Ⅳ names a typed result."""
    plan = make_plan(YEAR)["plan"]
    assert isinstance(plan, Plan)
    PlanSection.objects.create(
        plan=plan, key=SectionKey.RESULTS, title="실적", body="○ 장터를 {{넷째 토요일 장터}} 엶"
    )
    market(6)
    return plan


def market(times: int) -> None:
    Result.objects.update_or_create(
        year=YEAR,
        name="넷째 토요일 장터",
        defaults={"value": times, "unit": "회", "source": "기록"},
    )


def confirm(plan: Plan, by: User, at: datetime = APRIL) -> IssuedDocument:
    return services.confirm_plan(plan=plan, at=at, by=by)


def correct(plan: Plan, by: User) -> IssuedDocument:
    """The second edition: another amount, another title, another count of markets."""
    services.revise_plan(plan=plan, reason="예산 정정", by=by)
    BudgetLine.objects.filter(plan=plan).update(amount=3_016_000)
    Task.objects.filter(area__plan=plan).update(title="공공구매 확대")
    market(7)
    return confirm(plan, by, JUNE)


def seen_by(client: Client) -> str:
    """What the page of confirming says was seen; nothing where it has no button."""
    page = client.get(reverse("reports:confirm", args=[YEAR])).content.decode()
    found = re.search(r'name="seen" value="([^"]+)"', page)
    return found[1] if found else ""


def post_confirm(client: Client, seen: str | None = None) -> HttpResponse:
    data = {"seen": seen_by(client) if seen is None else seen}
    return client.post(reverse("reports:confirm", args=[YEAR]), data, follow=True)  # type: ignore[return-value]


def shown(client: Client, name: str, *args: object) -> str:
    """The words of a page, without its markup."""
    response = client.get(reverse(f"reports:{name}", args=[YEAR, *args]))
    assert response.status_code == 200
    body = re.sub(r"<(script|style).*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


class TestConfirming:
    def test_it_issues_the_paper_with_its_figures_and_freezes_the_plan(
        self, plan: Plan, officer: User
    ) -> None:
        issued = confirm(plan, officer)
        plan.refresh_from_db()
        assert (plan.state, plan.confirmed_at, plan.confirmed_by) == ("confirmed", APRIL, officer)
        assert (issued.series, issued.number, issued.reason) == ("plan-2016", 1, "")
        (figure,) = issued.shown_figures()
        assert (figure.name, figure.text, figure.source) == ("넷째 토요일 장터", "6회", "기록")
        assert "장터를 6회 엶" in str(issued.paper())
        assert issued.paper().issued_on == "2016. 4. 1."
        assert not Plan.objects.editable_by(officer).exists()

    def test_a_correction_is_the_next_edition_and_leaves_the_first_as_it_was(
        self, plan: Plan, officer: User
    ) -> None:
        first = confirm(plan, officer)
        before = (first.document, first.digest)
        second = correct(plan, officer)
        assert (second.number, second.reason) == (2, "예산 정정")
        assert second.paper().issued_on == "2016. 6. 1. (제2판)"
        plan.refresh_from_db()
        assert (plan.state, plan.revision_reason) == ("confirmed", "")
        first = IssuedDocument.objects.get(pk=first.pk)
        assert (first.document, first.digest) == before
        assert "장터를 6회 엶" in str(first.paper())
        assert "장터를 7회 엶" in str(second.paper())

    def test_a_figure_without_a_value_is_named_and_nothing_is_issued(
        self, plan: Plan, officer: User
    ) -> None:
        PlanSection.objects.filter(plan=plan, key=SectionKey.RESULTS).update(
            body="○ {{전년 넷째 토요일 장터}}, {{장터 횟수}}"
        )
        with pytest.raises(ValidationError) as refused:
            confirm(plan, officer)
        assert refused.value.messages == [
            "‘전년 넷째 토요일 장터’: 2015년 값이 없습니다. 실적을 적거나 문장을 고쳐 주세요.",
            "‘장터 횟수’: 없는 수치 이름입니다. 이름을 고쳐 주세요.",
        ]
        plan.refresh_from_db()
        assert plan.state == PlanState.DRAFT
        assert not IssuedDocument.objects.exists()

    def test_no_state_is_skipped(self, plan: Plan, officer: User) -> None:
        later = datetime(2017, 1, 5, tzinfo=UTC)
        with pytest.raises(ValidationError, match="작성 중"):
            services.revise_plan(plan=plan, reason="정정", by=officer)
        with pytest.raises(ValidationError, match="작성 중"):
            services.close_plan(plan=plan, at=later, by=officer)
        confirm(plan, officer)
        with pytest.raises(ValidationError, match="‘확정’ 상태"):
            confirm(plan, officer)
        services.revise_plan(plan=plan, reason="정정", by=officer)
        with pytest.raises(ValidationError, match="수정 중"):
            services.close_plan(plan=plan, at=later, by=officer)
        assert IssuedDocument.objects.count() == 1

    @pytest.mark.parametrize(
        ("at", "closes"),
        [
            (datetime(2016, 12, 31, 14, 59, tzinfo=UTC), False),
            (datetime(2016, 12, 31, 15, 0, tzinfo=UTC), True),  # midnight in Seoul
        ],
    )
    def test_a_plan_is_closed_once_its_year_is_over(
        self, at: datetime, closes: bool, plan: Plan, officer: User
    ) -> None:
        confirm(plan, officer)
        if closes:
            closed = services.close_plan(plan=plan, at=at, by=officer)
            assert (closed.state, closed.closed_by) == ("closed", officer)
        else:
            with pytest.raises(ValidationError, match="2016년이 끝난 뒤에"):
                services.close_plan(plan=plan, at=at, by=officer)


class TestPages:
    def test_confirming_shows_first_what_will_be_frozen(
        self, plan: Plan, officer: User, sign_in: SignIn
    ) -> None:
        client = sign_in(officer)
        page = shown(client, "confirm")
        for words in (
            "제1판으로 확정",
            "넷째 토요일 장터",
            "6회",
            "officer 님",
            "Ⅰ 추진근거",
            "점검",
        ):
            assert words in page
        response = post_confirm(client)
        assert "발행했습니다" in response.content.decode()
        listed = shown(client, "issued")
        assert "최초 발행" in listed
        assert "수정 시작" in listed
        assert "확정하기" not in listed

    def test_a_plan_that_cannot_be_confirmed_says_why_and_has_no_button(
        self, plan: Plan, officer: User, sign_in: SignIn
    ) -> None:
        Result.objects.filter(name="넷째 토요일 장터").delete()
        client = sign_in(officer)
        page = shown(client, "confirm")
        assert "‘넷째 토요일 장터’: 없는 수치 이름입니다." in page
        assert "제1판으로 확정" not in page
        post_confirm(client)
        assert not IssuedDocument.objects.exists()

    def test_what_was_not_seen_is_not_confirmed(
        self, plan: Plan, officer: User, sign_in: SignIn
    ) -> None:
        client = sign_in(officer)
        seen = seen_by(client)
        Task.objects.filter(area__plan=plan).update(title="공공구매 확대")
        for old in (seen, ""):
            assert "그사이 내용이 바뀌었습니다" in post_confirm(client, old).content.decode()
            assert not IssuedDocument.objects.exists()
        post_confirm(client)
        assert "공공구매 확대" in str(IssuedDocument.objects.get().paper())

    def test_a_second_click_does_not_confirm_again(
        self, plan: Plan, officer: User, sign_in: SignIn
    ) -> None:
        client = sign_in(officer)
        seen = seen_by(client)
        post_confirm(client, seen)
        again = post_confirm(client, seen)
        assert "‘확정’ 상태라서" in again.content.decode()
        assert IssuedDocument.objects.count() == 1

    def test_editing_a_confirmed_plan_is_refused_with_the_way_on(
        self, plan: Plan, officer: User, viewer: User, sign_in: SignIn
    ) -> None:
        confirm(plan, officer)
        task = Task.objects.get(area__plan=plan)
        line = BudgetLine.objects.get(plan=plan)
        for url in (
            reverse("plans:edit", args=[YEAR]),
            reverse("plans:task_edit", args=[task.pk]),
            reverse("plans:line_delete", args=[line.pk]),
        ):
            for response in (sign_in(officer).get(url), sign_in(officer).post(url)):
                assert response.status_code == 403
                said = response.content.decode()
                assert "확정되어 고칠 수 없습니다" in said
                assert reverse("reports:issued", args=[YEAR]) in said
            other = sign_in(viewer).get(url)
            assert other.status_code == 403
            assert "권한이 없습니다" in other.content.decode()
        detail = sign_in(officer).get(reverse("plans:detail", args=[YEAR])).content.decode()
        assert reverse("plans:edit", args=[YEAR]) not in detail
        assert BudgetLine.objects.filter(pk=line.pk).exists()

    def test_a_revision_needs_a_reason(self, plan: Plan, officer: User, sign_in: SignIn) -> None:
        confirm(plan, officer)
        client, url = sign_in(officer), reverse("reports:revise", args=[YEAR])
        refused = client.post(url, {"reason": "  "})
        assert errors(refused, "reason") == ["꼭 적어야 하는 칸입니다."]
        client.post(url, {"reason": "예산 정정"})
        plan.refresh_from_db()
        assert (plan.state, plan.revision_reason) == ("revising", "예산 정정")
        assert "예산 정정" in shown(client, "issued")

    def test_closing_asks_first(self, plan: Plan, officer: User, sign_in: SignIn) -> None:
        confirm(plan, officer)
        client, url = sign_in(officer), reverse("reports:close", args=[YEAR])
        assert "마감할까요?" in shown(client, "close")
        client.post(url)
        plan.refresh_from_db()
        assert plan.state == PlanState.CLOSED
        assert "더 적거나 고칠 수 없습니다" in shown(client, "issued")

    def test_editions_are_listed_newest_first_in_pages(
        self, plan: Plan, officer: User, sign_in: SignIn
    ) -> None:
        confirm(plan, officer)
        for n in range(2, 13):
            services.revise_plan(plan=plan, reason=f"{n}번째", by=officer)
            confirm(plan, officer)
        client = sign_in(officer)
        numbers = re.findall(r"제(\d+)판", shown(client, "issued"))
        assert numbers == [str(n) for n in range(12, 2, -1)]
        url = reverse("reports:issued", args=[YEAR])
        assert "제2판" in client.get(url, {"page": 2}).content.decode()

    def test_who_confirms_sees_the_files_being_made(
        self, plan: Plan, officer: User, sign_in: SignIn
    ) -> None:
        client = sign_in(officer)
        url = reverse("reports:confirm", args=[YEAR])
        answer = client.post(url, {"seen": seen_by(client)})
        assert answer["Location"] == reverse("reports:edition", args=[YEAR, 1])
        assert "data-hx-trigger" in client.get(answer["Location"]).content.decode()

    def test_pages_of_editions_stand_under_the_plans_tabs_and_menu(
        self, plan: Plan, officer: User, sign_in: SignIn
    ) -> None:
        confirm(plan, officer)
        client, tab = sign_in(officer), reverse("reports:issued", args=[YEAR])
        for url in (f"{tab}1/", reverse("reports:compare", args=[YEAR])):
            html = client.get(url).content.decode()
            current = re.findall(r'<a href="([^"]+)" aria-current="page"', html)
            assert sorted(current) == [reverse("plans:list"), tab]

    def test_an_edition_shows_the_paper_and_figures_of_then(
        self, plan: Plan, officer: User, viewer: User, sign_in: SignIn
    ) -> None:
        confirm(plan, officer)
        correct(plan, officer)
        first, second = shown(sign_in(viewer), "edition", 1), shown(sign_in(viewer), "edition", 2)
        assert "장터를 6회 엶" in first
        assert "공공구매 활성화" in first
        assert "장터를 7회 엶" in second
        assert "수정 사유: 예산 정정" in second
        digests = IssuedDocument.objects.order_by("number").values_list("digest", flat=True)
        assert [digest in page for digest, page in zip(digests, (first, second), strict=True)] == [
            True
        ] * 2
        assert sign_in(viewer).get(reverse("reports:edition", args=[YEAR, 3])).status_code == 404

    def test_the_paper_of_a_confirmed_plan_is_the_edition(
        self, plan: Plan, officer: User, sign_in: SignIn
    ) -> None:
        confirm(plan, officer)
        market(7)
        client = sign_in(officer)
        paper = shown(client, "plan")
        assert "장터를 6회 엶" in paper
        assert "2016. 4. 1." in paper
        services.revise_plan(plan=plan, reason="횟수 정정", by=officer)
        paper = shown(client, "plan")
        assert "장터를 7회 엶" in paper
        assert "2016년도 (수정 중)" in paper

    def test_the_command_writes_the_edition(
        self, plan: Plan, officer: User, tmp_path: Path
    ) -> None:
        confirm(plan, officer)
        market(7)
        file = tmp_path / "plan.html"
        call_command("render", "plan", str(YEAR), format="html", output=file, stdout=StringIO())
        assert "장터를 6회 엶" in file.read_text(encoding="utf-8")

    def test_its_kept_file_is_taken_away_once_it_is_made(
        self, plan: Plan, officer: User, sign_in: SignIn
    ) -> None:
        issued = confirm(plan, officer)
        client, url = sign_in(officer), reverse("reports:plan_pdf", args=[YEAR])
        assert client.get(url, {"variant": "archive"}).content.startswith(b"%PDF")
        for form, kept in (("pdf", b"%PDF kept"), ("pdfa", b"%PDF archived")):
            digest = hashlib.sha256(kept).hexdigest()
            issued.files.filter(format=form).update(content=kept, size=len(kept), digest=digest)
        assert client.get(url).content == b"%PDF kept"
        assert client.get(url, {"variant": "archive"}).content == b"%PDF archived"
        services.revise_plan(plan=plan, reason="횟수 정정", by=officer)
        assert client.get(url).content not in (b"%PDF kept", b"%PDF archived")

    def test_a_file_is_not_there_before_it_is_made(
        self, plan: Plan, officer: User, sign_in: SignIn
    ) -> None:
        confirm(plan, officer)
        for form in ("pdf", "hwpx", "doc", "p\0df"):
            url = reverse("reports:edition_file", args=[YEAR, 1, form])
            assert sign_in(officer).get(url).status_code == 404


class TestComparing:
    @pytest.fixture
    def two(self, plan: Plan, officer: User) -> Plan:
        confirm(plan, officer)
        correct(plan, officer)
        plan.refresh_from_db()
        return plan

    def test_it_finds_what_was_corrected(self, two: Plan) -> None:
        found = editions.comparison(two, "1", "2")
        said = [(c.old_text, c.new_text) for place in found.places for c in place.changes]
        assert ("○ 장터를 6회 엶", "○ 장터를 7회 엶") in said
        assert any("공공구매 활성화" in old and "공공구매 확대" in new for old, new in said)
        assert any("2,016" in old and "3,016" in new for old, new in said)
        (figure,) = found.figures
        assert (figure.name, figure.old, figure.new) == ("넷째 토요일 장터", "6회", "7회")

    def test_the_page_shows_the_last_two_side_by_side(
        self, two: Plan, viewer: User, sign_in: SignIn
    ) -> None:
        response = sign_in(viewer).get(reverse("reports:compare", args=[YEAR]))
        html = response.content.decode()
        assert re.search(r"<del>.*?6회.*?</del>", html, re.DOTALL)
        assert re.search(r"<ins>.*?7회.*?</ins>", html, re.DOTALL)
        assert "(지운 글" in html

    def test_the_draft_is_compared_with_an_edition(
        self, two: Plan, officer: User, sign_in: SignIn
    ) -> None:
        services.revise_plan(plan=two, reason="이름 정정", by=officer)
        Task.objects.filter(area__plan=two).update(title="공공구매 넓히기")
        page = shown(sign_in(officer), "compare")
        assert "현재 초안" in page
        assert "공공구매 넓히기" in page

    def test_an_unknown_edition_is_said_beside_the_field(
        self, two: Plan, officer: User, sign_in: SignIn
    ) -> None:
        url = reverse("reports:compare", args=[YEAR])
        response = sign_in(officer).get(url, {"old": "9", "new": "2"})
        assert response.status_code == 200
        assert "그런 판이 없습니다." in response.content.decode()
        pdf = reverse("reports:compare_pdf", args=[YEAR])
        assert sign_in(officer).get(pdf, {"old": "9", "new": "2"}).status_code == 404

    def test_one_edition_has_nothing_to_be_compared_with(
        self, plan: Plan, officer: User, sign_in: SignIn
    ) -> None:
        confirm(plan, officer)
        client = sign_in(officer)
        assert "견줄 판이 없습니다" in shown(client, "compare")
        assert client.get(reverse("reports:compare_pdf", args=[YEAR])).status_code == 404

    def test_it_is_a_paper_too(self, two: Plan, officer: User, sign_in: SignIn) -> None:
        url = reverse("reports:compare_pdf", args=[YEAR])
        response = sign_in(officer).get(url, {"old": "1", "new": "2"})
        assert response["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF")


@pytest.mark.django_db(transaction=True)
class TestFiles:
    @pytest.fixture(autouse=True)
    def queue(self) -> Iterator[None]:
        forget_jobs()
        yield
        forget_jobs()

    def test_files_are_made_shown_and_fetched_again_the_same(
        self, plan: Plan, officer: User, sign_in: SignIn
    ) -> None:
        client = sign_in(officer)
        post_confirm(client)
        waiting = client.get(reverse("reports:edition_files", args=[YEAR, 1])).content.decode()
        assert "파일 4개 가운데 0개를 만들었습니다." in waiting
        assert 'data-hx-trigger="load delay:2s"' in waiting
        later = client.get(reverse("reports:edition_files", args=[YEAR, 1]), {"asked": "30"})
        assert 'data-hx-trigger="load delay:15s"' in later.content.decode()
        for last in (len(WAITS), "9" * 5000, "가"):
            given_up = client.get(reverse("reports:edition_files", args=[YEAR, 1]), {"asked": last})
            assert "data-hx-trigger" not in given_up.content.decode()
            assert "새로 고침" in given_up.content.decode()

        work()
        done = client.get(reverse("reports:edition_files", args=[YEAR, 1])).content.decode()
        assert "data-hx-trigger" not in done
        for form, begins in (("pdf", b"%PDF"), ("pdfa", b"%PDF"), ("hwpx", b"PK"), ("xlsx", b"PK")):
            url = reverse("reports:edition_file", args=[YEAR, 1, form])
            assert url in done
            first = client.get(url)
            assert first.content.startswith(begins)
            assert "2016" in unescape(first["Content-Disposition"])
            assert client.get(url).content == first.content

    def test_what_cannot_be_made_is_said_and_can_be_tried_again(
        self, plan: Plan, officer: User, viewer: User, sign_in: SignIn
    ) -> None:
        confirm(plan, officer)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
        page = shown(sign_in(officer), "edition", 1)
        assert "만들지 못한 파일이 있습니다" in page
        assert "다시 만들기" in page
        assert "다시 만들기" not in shown(sign_in(viewer), "edition", 1)
        url = reverse("reports:edition_again", args=[YEAR, 1])
        page = sign_in(officer).post(url, follow=True).content.decode()
        assert "파일을 다시 만들고 있습니다." in page
        assert "만들지 못한 파일" not in page

    def test_two_who_confirm_at_the_same_moment_confirm_once(
        self, plan: Plan, officer: User
    ) -> None:
        def click(_: int) -> str:
            try:
                return str(confirm(plan, officer).number)
            except ValidationError as error:
                return error.messages[0]
            finally:
                connections.close_all()

        with ThreadPoolExecutor(2) as pool:
            said = sorted(pool.map(click, range(2)))
        assert said[0] == "1"
        assert "‘확정’ 상태라서" in said[1]
        assert IssuedDocument.objects.count() == 1
