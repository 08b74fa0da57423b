"""The secretary's whole way: the members, a meeting from its call to its minutes, what is left."""

from collections import Counter
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from apps.committees.enums import MeetingState, RecusalKind, Verdict
from apps.committees.models import Meeting, Resolution
from apps.core.dates import today
from tests.browser.conftest import WIDE, SignedIn
from tests.browser.reading import facts, row, unbroken
from tests.browser.test_room import TABLET, tick
from tests.committees.test_attachments import pdf_of
from tests.documents.worker import forget_jobs, work

TITLE = "연말 정기회의"
ITEMS = ("마을기업 공간임대보증금 지원연장", "통합지원센터 위탁 연장", "공공구매 실적")


def paper(page: Page, link: str) -> str:
    """The text of the PDF behind a link, made once."""
    address = page.get_by_role("link", name=link).get_attribute("href")
    answer = page.request.get(str(address))
    sheets = PdfReader(BytesIO(answer.body())).pages
    return unbroken("".join(sheet.extract_text() for sheet in sheets))


def fill_item(page: Page, number: int, title: str, summary: str) -> None:
    item = page.get_by_role("group", name=f"안건 {number}", exact=True)
    item.get_by_label("안건명").fill(title)
    item.get_by_label("제안자").fill("사회적경제과장")
    item.get_by_label("안건 설명").fill(summary)


def prepare(page: Page) -> Meeting:
    """From the menu to a called meeting of today with a paper to its first item."""
    menu = page.get_by_role("navigation", name="업무 메뉴")
    if not menu.is_visible():
        page.get_by_role("button", name="메뉴").click()
    menu.get_by_role("link", name="위원회와 회의").click()
    page.locator("main").get_by_role("link", name="활성화위원회(예시)").click()
    page.wait_for_load_state()
    offices = page.get_by_role("table", name="위원 명단").locator("tbody td:nth-child(2)")
    assert Counter(offices.all_inner_texts()) == {
        "위원장": 1,
        "부위원장": 1,
        "위원(당연직)": 3,
        "위원(위촉직)": 9,
    }

    day = today()
    page.get_by_role("link", name="회의 준비").click()
    page.get_by_label("회의명").fill(TITLE)
    page.get_by_label("개최 월").fill(f"{day:%Y-%m}")
    page.get_by_label("개최일").fill(f"{day:%Y-%m-%d}")
    page.get_by_label("시작 시각").fill("14:00")
    page.get_by_label("장소").fill("구청 4층 기획상황실")
    page.get_by_role("button", name="저장").click()
    expect(page.get_by_role("alert")).to_contain_text("안건을 하나 이상 적어 주세요.")
    expect(page.get_by_label("회의명")).to_have_value(TITLE)
    fill_item(page, 1, ITEMS[0], "□ 제안이유\n○ 두 기업의 지원기간이 끝남")
    fill_item(page, 2, ITEMS[1], "○ 위탁기간을 한 해 늘림")
    fill_item(page, 3, ITEMS[2], "○ 부서별 실적")
    page.get_by_role("group", name="안건 3").get_by_label("구분").select_option("보고")
    page.get_by_role("button", name="저장").click()
    expect(page.get_by_role("status")).to_contain_text("회의와 안건을 저장했습니다.")
    meeting = Meeting.objects.get(title=TITLE)
    assert tuple(meeting.items.values_list("title", flat=True)) == ITEMS
    assert facts(page)["개의 정족수"].startswith("재적 14명, 개의 8명 이상")
    assert "8명이 출석하면 5명 이상" in facts(page)["의결 정족수"]

    page.get_by_role("link", name="안건 1 붙임 추가·정리").click()
    paper = {"name": "지원현황.pdf", "mimeType": "application/pdf", "buffer": pdf_of(2)}
    page.get_by_label("붙일 파일").set_input_files(paper)  # type: ignore[arg-type]  # a payload
    page.get_by_role("button", name="붙이기").click()
    expect(page.get_by_role("status")).to_contain_text("지원현황.pdf")
    page.get_by_role("link", name=f"제{meeting.number}회").click()
    page.get_by_role("button", name="소집").click()
    expect(page.get_by_role("status")).to_contain_text("회의를 소집했습니다.")
    meeting.refresh_from_db()
    assert str(meeting.called_by) in facts(page)["상태"]
    return meeting


def send_papers(page: Page, meeting: Meeting) -> None:
    """The notice, the calendar file, and the agenda book a worker binds."""
    with page.expect_download() as calendar:
        page.get_by_role("link", name="달력 파일(ics)").click()
    assert "STATUS:CONFIRMED" in calendar.value.path().read_text()
    assert unbroken(ITEMS[0]) in paper(page, "개최 통지 PDF")
    page.get_by_role("link", name="회의 서류").click()
    forget_jobs()
    page.get_by_role("button", name="회의자료 PDF 만들기").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    assert work() == 0
    page.reload()
    text = paper(page, "회의자료 PDF")
    for words in (*ITEMS, *meeting.committee.members.values_list("post", flat=True)):
        assert unbroken(words) in text
    page.goto(f"/committees/meetings/{meeting.pk}/")


def hold(page: Page, meeting: Meeting) -> None:
    """Nine of fourteen; one recused, one late, one gone; a tie corrected, a result taken back."""
    page.get_by_role("link", name="회의 진행 화면").click()
    bar = page.locator(".room-bar__sentence")
    tick(page, meeting, 0)
    expect(bar).to_contain_text("재적 14명 중 1명 출석 (과반수 8명), 7명이 더 와야 합니다")
    expect(page.get_by_role("button", name="개의")).to_be_disabled()
    tick(page, meeting, *range(1, 9))
    expect(bar).to_contain_text("개의 가능: 재적 14명 중 9명 출석 (과반수 8명)")
    page.get_by_role("button", name="개의").click()

    page.get_by_text("제척·기피·회피", exact=True).click()
    page.get_by_role("combobox", name="위원").select_option(index=7)
    page.get_by_label("사유").fill("지원받는 기업의 대표")
    page.get_by_role("button", name="이 안건에서 빠짐").click()
    expect(bar).to_contain_text("의결 가능: 재적 13명 중 8명 출석 (과반수 7명)")
    expect(page.locator(".room-bar")).to_contain_text("제척·기피·회피 1명 제외")
    said = page.locator(".judgement")
    page.get_by_label("찬성", exact=True).fill("4")
    page.get_by_label("반대", exact=True).fill("4")
    expect(said).to_contain_text("부결: 출석 8명 중 찬성 4명 (과반수 5명), 가부동수는 부결")
    expect(page.get_by_label("원안가결")).to_be_disabled()
    page.get_by_label("찬성", exact=True).fill("6")
    page.get_by_label("반대", exact=True).fill("2")
    expect(said).to_contain_text("가결: 출석 8명 중 찬성 6명")
    expect(page.get_by_label("부결")).to_be_disabled()
    page.get_by_label("원안가결").check()
    page.get_by_role("button", name="결과 기록").click()
    results = page.locator(".room-item__result")
    expect(results).to_contain_text("재적 13명 · 출석 8명 · 찬성 6 · 반대 2")
    page.get_by_role("button", name="결과 취소").click()
    expect(results).to_have_count(0)
    page.get_by_role("button", name="이의 없음(전원 찬성)").click()
    expect(results).to_contain_text("찬성 8 · 반대 0")

    tick(page, meeting, 9)
    expect(bar).to_contain_text("10명 출석")
    page.get_by_role("button", name="나감").first.click()
    expect(bar).to_contain_text("의결 가능: 재적 14명 중 9명 출석 (과반수 8명)")
    page.get_by_role("button", name="이의 없음(전원 찬성)").click()
    expect(results).to_have_count(2)
    page.get_by_label("접수").check()
    page.get_by_role("button", name="결과 기록").click()
    expect(results).to_have_count(3)
    page.get_by_role("button", name="산회").click()
    expect(page.get_by_role("button", name="다시 열기")).to_be_visible()


def finish(page: Page) -> None:
    """The minutes confirmed, the results on paper, and what is to be done."""
    page.locator(".room-bar").get_by_role("link", name="회의록").click()
    page.get_by_role("link", name="회의록 쓰기").click()
    drafted = page.get_by_label("회의록").input_value()
    assert "재적위원 14명 중 10명 출석" in drafted
    assert "지원받는 기업의 대표" in drafted
    page.get_by_role("button", name="저장").click()
    page.get_by_role("link", name="확정", exact=True).click()
    page.get_by_role("button", name="확정").click()
    expect(page.locator("main")).to_contain_text("확정")
    page.get_by_role("navigation", name="현재 위치").get_by_role("link").last.click()
    page.get_by_role("link", name="회의 서류").click()
    assert "찬성8명" in paper(page, "PDF 회의 결과 통지")
    page.get_by_role("navigation", name="현재 위치").get_by_role("link").last.click()
    page.get_by_role("link", name="할 일 추가").click()
    page.get_by_label("할 일").fill("심의 결과 통지")
    page.get_by_label("맡은 곳").fill("사회적경제과")
    page.get_by_role("button", name="저장").click()
    expect(row(page, "심의 결과 통지")).to_contain_text("사회적경제과")
    expect(page.locator("main")).to_contain_text("마치지 않은 할 일이 1건입니다.")


@pytest.mark.parametrize("size", [WIDE, TABLET], ids=["desk", "tablet"])
def test_a_meeting_from_its_call_to_its_minutes(size: tuple[int, int], signed_in: SignedIn) -> None:
    page = signed_in("secretary", size)
    meeting = prepare(page)
    send_papers(page, meeting)
    hold(page, meeting)
    finish(page)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CONFIRMED
    rows = Resolution.objects.filter(item__meeting=meeting).order_by("item__order")
    assert [(row.verdict, row.in_office, row.in_favor) for row in rows] == [
        (Verdict.CARRIED, 13, 8),
        (Verdict.CARRIED, 14, 9),
        (Verdict.HEARD, 14, 0),
    ]
    recusal = meeting.items.earliest("order").recusals.get()
    assert (recusal.kind, recusal.reason) == (RecusalKind.EXCLUDED, "지원받는 기업의 대표")
