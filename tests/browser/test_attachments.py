"""Papers to an agenda item: several at once, a broken one, their order by keys and by drag."""

from playwright.sync_api import Page, expect

from apps.committees.models import AgendaItem, Meeting
from tests.browser.conftest import SignedIn
from tests.committees.test_attachments import pdf_of, picture

NAMES = ("지원현황.pdf", "현장사진.png", "조례.hwp")


def order(page: Page) -> list[str]:
    page.wait_for_load_state()
    return page.locator(".order__name").all_inner_texts()


def test_papers_are_put_there_and_put_in_order(signed_in: SignedIn) -> None:
    page = signed_in("secretary")
    item = AgendaItem.objects.filter(meeting__in=Meeting.objects.filter(state="draft"))[0]
    page.goto(f"/committees/meetings/{item.meeting_id}/")
    page.get_by_role("link", name=f"안건 {item.order} 붙임 추가·정리").click()
    contents = (pdf_of(3), picture(), b"hwp")
    files = [
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        for name, content in (*zip(NAMES, contents, strict=True), ("암호.pdf", pdf_of(1, "1")))
    ]
    page.get_by_label("붙일 파일").set_input_files(files)  # type: ignore[arg-type]  # payloads
    page.get_by_role("button", name="붙이기").click()
    expect(page.get_by_role("alert")).to_contain_text("암호.pdf: 암호나 보안 설정이 걸린 PDF")
    assert order(page) == [f"{place}. {name}" for place, name in enumerate(NAMES, 1)]

    page.get_by_role("button", name="현장사진.png 위로").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("자리를 옮겼습니다.")
    expect(page.get_by_role("button", name="현장사진.png 위로")).to_be_focused()
    assert order(page) == ["1. 현장사진.png", "2. 지원현황.pdf", "3. 조례.hwp"]

    page.locator(".order__handle").nth(2).drag_to(page.locator(".order > li").nth(0))
    expect(page.locator(".order__name").first).to_have_text("1. 조례.hwp")
    kept = item.attachments.values_list("name", flat=True)
    assert list(kept) == ["조례.hwp", "현장사진.png", "지원현황.pdf"]
