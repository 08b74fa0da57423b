"""The official's spring and month: targets from the survey, a month closed and opened again."""

import re

import pytest
from playwright.sync_api import expect

from apps.core.dates import today
from apps.procurement.models import DepartmentTarget, MonthClosing
from apps.procurement.queries.due import last_month
from tests.browser.conftest import SignedIn


def amount(text: str | None) -> int:
    return int((text or "").replace(",", "").strip())


@pytest.mark.parametrize("script", [True, False])
def test_the_sums_follow_what_is_typed(signed_in: SignedIn, *, script: bool) -> None:
    page = signed_in("officer", script=script)
    page.goto(f"/procurement/{today().year}/targets/")
    total, gap = page.locator("[data-sum=total]"), page.locator("[data-gap=total]")
    before, ahead = amount(total.text_content()), amount(gap.text_content())
    box = page.locator("tbody input[name$=-total]").first
    old = amount(box.input_value())
    box.fill("1억원")
    page.locator("[name=total]").fill("1,300,000천원")
    if not script:
        page.get_by_role("button", name="다시 계산").click()
    expect(total).to_have_text(f"{before - old + 100_000_000:,}")
    expect(gap).to_have_text(f"{ahead - old + 100_000_000 - (1_300_000_000 - before + ahead):,}")
    kept = DepartmentTarget.objects.filter(year=today().year)
    assert sum(kept.values_list("total", flat=True)) == before

    page.get_by_role("button", name="수요조사 금액으로 채우기").click()
    expect(page.get_by_text("아직 저장하지 않았습니다.")).to_be_visible()
    expect(box).not_to_have_value("1억원")
    page.get_by_role("button", name="저장", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("구매 목표를 저장했습니다.")


def test_a_month_is_closed_and_opened_again_for_one_department(signed_in: SignedIn) -> None:
    month = last_month(today())
    page = signed_in("officer")
    page.goto(f"/procurement/{month.year}/months/")
    page.get_by_role("link", name=f"{month.month}월", exact=True).click()
    expect(page.locator("#reminder")).to_have_value(re.compile("입력을 마치지 않은 부서: "))
    page.get_by_role("link", name="마감하기").click()
    page.get_by_role("button", name="마감", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("마감했습니다.")
    assert MonthClosing.objects.filter(month=month).exists()

    page.get_by_role("link", name="문화체육과(예시) 다시 열기").click()
    page.get_by_label("다시 여는 사유").fill("영수증을 늦게 받음")
    page.get_by_role("button", name="다시 열기").click()
    expect(page.get_by_role("status")).to_contain_text("다시 열었습니다: 문화체육과(예시).")

    own = signed_in("clerk")
    expect(own.locator("main")).to_contain_text(f"{month.month}월 정정하고 다시 마감하기")
    own.get_by_role("link", name=re.compile("구매실적 정정: 영수증을 늦게 받음")).click()
    own.get_by_role("button", name="다시 마감").click()
    expect(own.get_by_role("status")).to_contain_text("다시 마감했습니다.")
