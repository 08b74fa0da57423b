"""Sending out the papers of a year: who reads them, who issues them, and what stays as it was."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from html import unescape
from io import StringIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import Department, User
from apps.core.dates import today
from apps.documents.models import IssuedDocument
from apps.procurement.documents.papers import paper_of
from apps.procurement.models import (
    AnnualTarget,
    DepartmentTarget,
    MonthClosing,
    Purchase,
    Reopening,
)
from apps.procurement.services.papers import CHANGED_MEANWHILE, NO_REASON, issue_paper
from tests.conftest import SignIn, make_user
from tests.documents.worker import forget_jobs, work
from tests.procurement.factories import YEAR, make_enterprise, make_purchase

pytestmark = pytest.mark.django_db
NOTICE = "notice-03"
AT = datetime(YEAR, 4, 15, 2, tzinfo=UTC)
LATER = date(YEAR, 5, 1)


def url(name: str, *args: str | int) -> str:
    return reverse(f"procurement:{name}", args=[YEAR, *args])


def page(client: Client, name: str, *args: str | int) -> str:
    return unescape(client.get(url(name, *args)).content.decode())


def send(client: Client, which: str = NOTICE, **said: str) -> str:
    """Look at the paper and send it out, as the browser does; the page one ends on."""
    shown = page(client, "paper_issue", which)
    seen = shown.partition('name="seen" value="')[2].partition('"')[0]
    answer = client.post(url("paper_issue", which), {"seen": seen, **said}, follow=True)
    return unescape(answer.content.decode())


def printed(client: Client) -> str:
    """The first edition of the notice as its page prints it."""
    paper = page(client, "edition", NOTICE, 1).partition('<div class="paper">')[2]
    assert "구 전체 목표와 실적" in paper
    return paper.partition("</main>")[0]


@pytest.fixture
def purchase(department: Department, clerk: User) -> Purchase:
    """150,000 won in March, whose year has a target, and whose months to March are closed."""
    AnnualTarget.objects.create(year=YEAR, total=10_000_000, mall=0)
    DepartmentTarget.objects.create(year=YEAR, department=department, total=10_000_000)
    bought = make_purchase(department, make_enterprise(), clerk, purchased_on=date(YEAR, 3, 2))
    for month in (1, 2, 3):
        MonthClosing.objects.create(month=date(YEAR, month, 1), closed_at=AT, closed_by=clerk)
    return bought


def correct(purchase: Purchase, officer: User, *, finish: bool = True) -> Reopening:
    """The month is opened for a reason, and the purchase made dearer."""
    opened = Reopening.objects.create(
        closing=MonthClosing.objects.get(month=date(YEAR, 3, 1)),
        department=purchase.department,
        reason="영수증 확인",
        reopened_at=AT,
        reopened_by=officer,
    )
    purchase.amount += 1_000_000
    purchase.save()
    if finish:
        opened.finished_at, opened.finished_by = datetime(YEAR + 20, 1, 1, tzinfo=UTC), officer
        opened.save()
    return opened


def test_a_notice_is_sent_out_once_and_read_by_clerks(
    purchase: Purchase, officer: User, clerk: User, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    assert "아직 통보하지 않은 문서입니다." in page(client, "paper", NOTICE)
    assert "통보 전" in page(client, "papers")
    assert "제1판으로 통보했습니다." in send(client)
    issued = IssuedDocument.objects.get(series="notice-2016-03")
    assert (issued.number, issued.reason, issued.issued_by) == (1, "", officer)
    assert issued.paper().issued_on.startswith(f"{today().year}. ")
    again = client.get(url("paper_issue", NOTICE))
    assert again.headers["Location"] == url("edition", NOTICE, 1)

    reader = sign_in(clerk)
    shown = page(reader, "paper", NOTICE)
    assert "제1판으로 통보한 문서입니다." in shown
    assert "통보하기" not in shown
    assert url("edition", NOTICE, 1) in page(reader, "papers")
    assert "150" in page(reader, "edition", NOTICE, 1)


def test_a_double_click_sends_it_out_once(purchase: Purchase, officer: User) -> None:
    first = issue_paper(year=YEAR, which=NOTICE, reason="", at=AT, by=officer)
    second = issue_paper(year=YEAR, which=NOTICE, reason="", at=AT, by=officer)
    assert first == second
    assert IssuedDocument.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_correction_is_the_next_edition_with_its_reason(
    purchase: Purchase, officer: User, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    send(client)
    before = printed(client)
    opened = correct(purchase, officer, finish=False)
    shown = page(client, "paper", NOTICE)
    assert "다시 연 달을 먼저 마감해야 합니다: 3월 일자리과." in shown
    assert "(잠정)" in shown
    assert url("paper_issue", NOTICE) not in shown
    read = page(sign_in(purchase.created_by), "paper", NOTICE)
    assert "정정 중인 달이 있습니다: 3월 일자리과." in read
    assert "마감해야 합니다" not in read
    opened.finished_at, opened.finished_by = datetime(YEAR + 20, 1, 1, tzinfo=UTC), officer
    opened.save()

    assert "통보한 뒤에 내용이 바뀌었습니다." in page(client, "paper", NOTICE)
    assert "3월 일자리과: 영수증 확인" in page(client, "paper_issue", NOTICE)
    refused = send(client, reason=" ")
    assert IssuedDocument.objects.count() == 1
    assert "필수" in refused or "적어 주세요" in refused
    assert "제2판으로 통보했습니다." in send(client, reason="3월 일자리과: 영수증 확인")
    last = IssuedDocument.objects.get(number=2)
    assert last.reason == "3월 일자리과: 영수증 확인"
    assert last.paper().issued_on.endswith("(제2판)")
    told = page(client, "edition", NOTICE, 2)
    assert "마감 뒤의 정정" in told
    for words in ("150,000", "1,150,000", "+1,000,000", "150,000원에서 1,150,000원으로 바뀜"):
        assert words in told
    assert printed(client) == before


def test_a_changed_target_asks_for_the_last_notice_only(
    purchase: Purchase, officer: User, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    for which in ("notice-02", NOTICE):
        send(client, which)
    AnnualTarget.objects.update(total=20_000_000)
    assert url("paper_issue", NOTICE) in page(client, "paper", NOTICE)
    earlier = page(client, "paper", "notice-02")
    assert "이 달은 다시 통보하지 않아도 됩니다." in earlier
    assert url("paper_issue", "notice-02") not in earlier


def test_what_was_not_looked_at_is_not_sent_out(
    purchase: Purchase, officer: User, sign_in: SignIn
) -> None:
    answer = sign_in(officer).post(url("paper_issue", NOTICE), {"seen": "0" * 64})
    assert CHANGED_MEANWHILE in answer.content.decode()
    assert not IssuedDocument.objects.exists()
    with pytest.raises(ValidationError, match="내용이 바뀌었습니다"):
        issue_paper(year=YEAR, which=NOTICE, reason="", at=AT, by=officer, seen="0" * 64)


def test_a_month_that_may_change_is_not_sent_out(
    purchase: Purchase, officer: User, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    said = "마감하지 않은 달이 있어 통보할 수 없습니다: 4월."
    assert said in page(client, "paper", "notice-04")
    assert said in page(client, "paper_issue", "notice-04")
    answer = client.post(url("paper_issue", "notice-04"), {"seen": ""})
    assert said in answer.content.decode()
    assert not IssuedDocument.objects.exists()


def test_a_further_edition_has_a_reason(purchase: Purchase, officer: User) -> None:
    issue_paper(year=YEAR, which=NOTICE, reason="", at=AT, by=officer)
    correct(purchase, officer)
    with pytest.raises(ValidationError, match=NO_REASON):
        issue_paper(year=YEAR, which=NOTICE, reason="", at=AT, by=officer)


def test_targets_are_sent_out_again_when_they_change(
    purchase: Purchase, officer: User, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    assert "제1판으로 통보했습니다." in send(client, "targets")
    assert paper_of(YEAR, "targets", LATER).in_force is not None
    AnnualTarget.objects.update(total=12_000_000)
    assert paper_of(YEAR, "targets", LATER).in_force is None
    assert "구매 목표 변경" in page(client, "paper_issue", "targets")
    assert "제2판으로 통보했습니다." in send(client, "targets", reason="추경 반영")


def test_what_cannot_be_told_yet_is_not_found(officer: User, sign_in: SignIn) -> None:
    client = sign_in(officer)
    assert client.get(url("paper", "targets")).status_code == 404
    assert client.get(url("edition", NOTICE, 1)).status_code == 404
    with pytest.raises(ValidationError, match="목표가 아직 없습니다"):
        issue_paper(year=YEAR, which="targets", reason="", at=AT, by=officer)
    ahead = [today().year + 1, "notice-12"]
    assert client.get(reverse("procurement:paper", args=ahead)).status_code == 404


def test_who_may_not(purchase: Purchase, clerk: User, secretary: User, sign_in: SignIn) -> None:
    assert sign_in(clerk).post(url("paper_issue", NOTICE), {"seen": ""}).status_code == 403
    assert sign_in(secretary).get(url("papers")).status_code == 403
    assert not IssuedDocument.objects.exists()


@pytest.mark.parametrize(("form", "start"), [("pdf", b"%PDF-"), ("hwpx", b"PK"), ("xlsx", b"PK")])
def test_files_at_the_press_of_a_button(
    form: str, start: bytes, purchase: Purchase, clerk: User, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    answer = client.get(url(f"paper_{form}", NOTICE))
    assert answer.content.startswith(start)
    assert f".{form}" in answer.headers["Content-Disposition"]
    if form == "pdf":
        address = url("paper_pdf", NOTICE)
        assert client.get(address, {"variant": "archive"}).content != answer.content
        assert client.get(address, {"variant": "no"}).status_code == 404


def test_what_was_not_sent_out_cannot_pass_for_it(
    purchase: Purchase, officer: User, clerk: User, sign_in: SignIn
) -> None:
    """Neither a paper that never was, nor one that has changed since its edition."""

    def taken() -> tuple[str, str]:
        name = unquote(client.get(url("paper_hwpx", NOTICE)).headers["Content-Disposition"])
        return name, page(client, "paper", NOTICE)

    client = sign_in(clerk)
    name, shown = taken()
    assert "통보 (통보 전).hwpx" in name
    assert "2016. 3. 31. 기준 (통보 전)" in shown
    issue_paper(year=YEAR, which=NOTICE, reason="", at=AT, by=officer)
    assert all("통보 전" not in each for each in taken())
    correct(purchase, officer)
    name, shown = taken()
    assert "(제1판 이후 변경, 통보 전).hwpx" in name
    assert "기준 (제1판 이후 변경, 통보 전)" in shown


def test_the_list_of_a_year_that_has_nothing(viewer: User, sign_in: SignIn) -> None:
    shown = page(sign_in(viewer), "papers")
    assert "이 연도의 구매 목표가 아직 없습니다." in shown
    assert shown.count("입력할 달") == 12


def test_the_list_says_of_a_month_what_the_months_say(
    purchase: Purchase, officer: User, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    for name in ("papers", "months"):
        assert page(client, name).count('"badge badge--warning">통보 전') == 3, name
    send(client)
    for name in ("papers", "months"):
        shown = page(client, name)
        assert "통보 전" not in shown, name
        assert shown.count("뒤의 통보에 포함") == 2, name


def test_the_list_asks_the_same_for_one_notice_and_for_three(
    purchase: Purchase, officer: User, sign_in: SignIn
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(url("papers"))
        return len(found)

    client = sign_in(officer)
    client.get(url("papers"))
    issue_paper(year=YEAR, which="notice-01", reason="", at=AT, by=officer)
    before = queries()
    for month in (2, 3):
        issue_paper(year=YEAR, which=f"notice-{month:02}", reason="", at=AT, by=officer)
    assert queries() == before


def test_from_a_shell(purchase: Purchase, officer: User, tmp_path: Path) -> None:
    file = tmp_path / "paper.html"

    def render(*arguments: str) -> str:
        call_command("render", *arguments, format="html", output=file, stdout=StringIO())
        return file.read_text(encoding="utf-8")

    assert "2016년 3월 사회적경제기업 제품 구매실적 통보" in render("notice", "2016-03")
    issue_paper(year=YEAR, which=NOTICE, reason="", at=AT, by=officer)
    assert "2016. 4. 15." in render("notice", "2016-03")  # as it was sent out
    assert "구매 목표 통보" in render("targets", "2016")
    for paper, which in (("notice", "2016"), ("notice", "2016-13"), ("targets", "2015")):
        with pytest.raises(CommandError):
            render(paper, which)


@pytest.mark.django_db(transaction=True)
class TestFiles:
    @pytest.fixture(autouse=True)
    def queue(self) -> Iterator[None]:
        forget_jobs()
        yield
        forget_jobs()

    def test_what_was_sent_out_is_fetched_the_same_ever_after(
        self, purchase: Purchase, clerk: User, officer: User, sign_in: SignIn
    ) -> None:
        client = sign_in(clerk)
        issue_paper(year=YEAR, which=NOTICE, reason="", at=AT, by=officer)
        waiting = client.get(url("edition_files", NOTICE, 1)).content.decode()
        assert "파일 4개 가운데 0개를 만들었습니다." in waiting
        assert client.get(url("edition_file", NOTICE, 1, "pdf")).status_code == 404
        work()
        kept = client.get(url("edition_file", NOTICE, 1, "pdf"))
        assert kept.content.startswith(b"%PDF")
        assert client.get(url("paper_pdf", NOTICE)).content == kept.content
        correct(purchase, officer)
        assert client.get(url("edition_file", NOTICE, 1, "pdf")).content == kept.content
        assert client.get(url("paper_pdf", NOTICE)).content != kept.content


def test_another_departments_clerk_reads_the_notice_too(
    purchase: Purchase, other_department: Department, sign_in: SignIn, other_clerk: User
) -> None:
    assert "공원과" in page(sign_in(other_clerk), "paper", NOTICE)
    lost = make_user("lost")
    assert sign_in(lost).get(url("paper", NOTICE)).status_code == 403
