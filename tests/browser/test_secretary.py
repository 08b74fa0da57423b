"""A day of the committee's secretary: know the members, prepare a meeting, call it."""

from collections import Counter

from playwright.sync_api import Page, expect

from apps.committees.models import Committee, Meeting
from apps.core.dates import today
from tests.browser.conftest import SignedIn
from tests.browser.reading import facts, printed, row, unbroken

ITEMS = ("마을기업 공간임대보증금 지원연장", "통합지원센터 위탁 연장")


def fill_item(page: Page, number: int, title: str, summary: str) -> None:
    item = page.get_by_role("group", name=f"안건 {number}", exact=True)
    item.get_by_label("안건명").fill(title)
    item.get_by_label("제안자").fill("사회적경제과장")
    item.get_by_label("안건 설명").fill(summary)


def test_prepares_prints_and_calls_a_meeting(signed_in: SignedIn) -> None:
    year = today().year
    page = signed_in("secretary")
    menu = page.get_by_role("navigation", name="업무 메뉴")
    menu.get_by_role("link", name="위원회와 회의").click()
    page.locator("main").get_by_role("link", name="(예시)").click()
    committee = Committee.objects.get(name__endswith="(예시)")
    expect(page.get_by_role("heading", level=1)).to_have_text(committee.name)
    page.wait_for_load_state()
    offices = page.get_by_role("table", name="위원 명단").locator("tbody td:nth-child(2)")
    assert Counter(offices.all_inner_texts()) == {
        "위원장": 1,
        "부위원장": 1,
        "위원(당연직)": 3,
        "위원(위촉직)": 9,
    }

    page.get_by_role("link", name="회의 준비").click()
    page.get_by_label("회의명").fill("연말 정기회의")
    page.get_by_label("개최 월").fill(f"{year}-12")
    page.get_by_label("개최일").fill(f"{year}-12-15")
    page.get_by_label("시작 시각").fill("14:00")
    page.get_by_label("장소").fill("구청 4층 기획상황실")
    page.get_by_role("button", name="저장").click()
    expect(page.get_by_role("alert")).to_contain_text("안건을 하나 이상 적어 주세요.")
    expect(page.get_by_label("회의명")).to_have_value("연말 정기회의")
    expect(page.get_by_label("개최일")).to_have_value(f"{year}-12-15")
    expect(page.get_by_label("시작 시각")).to_have_value("14:00")
    assert not Meeting.objects.filter(title="연말 정기회의").exists()

    fill_item(page, 1, ITEMS[0], "□ 제안이유\n○ 두 기업의 지원기간이 끝남")
    fill_item(page, 2, ITEMS[1], "○ 위탁기간을 한 해 늘림")
    page.get_by_role("button", name="저장").click()
    expect(page.get_by_role("status")).to_contain_text("회의와 안건을 저장했습니다.")
    meeting = Meeting.objects.get(title="연말 정기회의")
    assert tuple(meeting.items.values_list("title", flat=True)) == ITEMS
    expect(page.get_by_role("heading", name=f"안건 2. {ITEMS[1]}")).to_be_visible()
    quorum = f"재적 14명, 개의 8명 이상({year}. 12. 15. 기준)"
    assert facts(page)["개의 정족수"] == quorum
    assert "8명이 출석하면 5명 이상" in facts(page)["의결 정족수"]

    text = unbroken(printed(page, "회의자료 PDF"))
    for words in (*ITEMS, *committee.members.values_list("post", flat=True)):
        assert unbroken(words) in text
    assert text.count("위원(예시)") == 14

    assert facts(page)["상태"] == "작성 중"
    page.get_by_role("button", name="소집").click()
    expect(page.get_by_role("status")).to_contain_text("회의를 소집했습니다.")
    assert facts(page)["상태"].startswith("소집")
    meeting.refresh_from_db()
    assert meeting.is_called
    assert str(meeting.called_by) in facts(page)["상태"]
    page.get_by_role("navigation", name="현재 위치").get_by_role("link", name="(예시)").click()
    expect(row(page, "연말 정기회의", f"{year}. 12. 15.")).to_contain_text("소집")
