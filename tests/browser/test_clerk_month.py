"""A clerk's whole month in one go: from Excel to the notice, in less than two minutes."""

import time

from playwright.sync_api import expect

from tests.browser.conftest import SignedIn
from tests.browser.test_paste import HEAD, PASTE, ROWS, cell, copied, line

#: Seconds for all of it, sign-in included (R18).
ALLOWED = 120


def test_paste_correct_stand_and_notice(signed_in: SignedIn) -> None:
    begun = time.monotonic()
    page = signed_in("clerk")
    page.get_by_role("link", name="구매 실적과 목표").click()
    bought = page.locator(".stat", has_text="구매액").first
    before = bought.inner_text()

    page.get_by_role("link", name="구매실적", exact=True).first.click()
    page.get_by_role("link", name="붙여넣기").first.click()
    expect(page.get_by_label("엑셀에서 복사한 내용")).to_be_focused()
    rows = [line(number) for number in range(1, ROWS + 1)]
    rows[3], rows[40] = line(4, kind="밥"), line(41, amount="많이")
    page.evaluate(PASTE, copied([HEAD, *rows]))
    expect(page.get_by_role("alert")).to_contain_text("2칸을 고쳐 주세요.")
    cell(page, "4행 구분").fill("용역")
    cell(page, "41행 금액").fill("41,000")
    page.get_by_role("button", name="다시 확인").click()
    expect(page.locator("main")).to_contain_text("50줄이 모두 맞습니다(합계 1,275,000원).")
    page.get_by_role("button", name="저장", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("구매실적 50건, 1,275,000원을 저장했습니다.")

    page.get_by_role("link", name="우리 부서 현황").click()
    expect(bought).not_to_have_text(before)
    page.get_by_role("link", name="통보", exact=True).first.click()
    page.get_by_role("link", name="월 실적").first.click()
    with page.expect_download() as download:
        page.get_by_role("link", name="HWPX").first.click()
    assert download.value.suggested_filename.endswith(".hwpx")
    assert download.value.path().read_bytes()[:2] == b"PK"
    assert time.monotonic() - begun < ALLOWED
