"""Writing the plan in a browser: levels of a line, preview, drafts, two at once, another order."""

import pytest
from playwright.sync_api import Locator, Page, expect

from apps.plans.enums import SectionKey
from apps.plans.models import FocusArea, Plan, PlanSection, Task, TextDraft
from tests.browser.conftest import SignedIn

YEAR = 2031


@pytest.fixture
def section(portal: object) -> PlanSection:
    """A section of a plan that is still being written."""
    plan = Plan.objects.create(year=YEAR, title=f"{YEAR}년 계획", issuer="사회적경제과")
    area = FocusArea.objects.create(plan=plan, number=1, title="분야")
    for number, title in enumerate(("첫째 과제", "둘째 과제"), 1):
        Task.objects.create(area=area, number=number, title=title)
    return PlanSection.objects.create(
        plan=plan, key=SectionKey.BASIS, title="추진근거", body="□ 조례"
    )


def kept(page: Page) -> None:
    """Nothing is on its way to the server any more when the test ends."""
    expect(page.locator(".autosave")).to_contain_text("임시 저장됨")


def opened(signed_in: SignedIn, section: PlanSection, who: str = "officer") -> Page:
    page = signed_in(who)
    page.goto(f"/plans/{YEAR}/sections/{section.pk}/edit/")
    return page


def body(page: Page) -> Locator:
    return page.get_by_label("내용", exact=True)


def test_lines_are_levelled_as_they_are_typed(signed_in: SignedIn, section: PlanSection) -> None:
    page = opened(signed_in, section)
    box = body(page)
    box.press("End")
    box.press("Enter")
    expect(box).to_have_value("□ 조례\n□ ")
    box.press("Tab")
    box.press_sequentially("제5조")
    expect(box).to_have_value("□ 조례\n○ 제5조")
    box.press("ControlOrMeta+a")
    box.press("Tab")
    expect(box).to_have_value("○ 조례\n- 제5조")
    box.press("ControlOrMeta+z")
    expect(box).to_have_value("□ 조례\n○ 제5조")
    box.press("ControlOrMeta+End")
    box.press("Shift+Tab")
    box.press("Enter")
    expect(box).to_have_value("□ 조례\n□ 제5조\n□ ")
    box.press("Enter")
    expect(box).to_have_value("□ 조례\n□ 제5조\n")
    page.get_by_role("button", name="글머리 ※").click()
    expect(box).to_have_value("□ 조례\n□ 제5조\n※ ")
    expect(box).to_be_focused()
    box.press("Escape")
    box.press("Tab")
    expect(box).not_to_be_focused()
    kept(page)


def test_the_paper_follows_what_is_typed(signed_in: SignedIn, section: PlanSection) -> None:
    page = opened(signed_in, section)
    paper = page.locator("#preview .doc")
    expect(paper).to_contain_text("조례")
    body(page).fill("□ 새로 적는 글 {{없는 수치}}")
    expect(paper).to_contain_text("새로 적는 글")
    expect(page.locator("#preview")).to_contain_text("없는 수치 이름입니다: 없는 수치")
    kept(page)
    section.refresh_from_db()
    assert section.body == "□ 조례"


def test_what_was_typed_is_found_again(signed_in: SignedIn, section: PlanSection) -> None:
    page = opened(signed_in, section)
    body(page).fill("□ 쓰다 만 글")
    kept(page)
    page.goto("/")
    page.goto(f"/plans/{YEAR}/sections/{section.pk}/edit/")
    expect(body(page)).to_have_value("□ 조례")
    page.get_by_role("link", name="불러오기").click()
    expect(body(page)).to_have_value("□ 쓰다 만 글")
    page.get_by_role("button", name="저장", exact=True).click()
    page.wait_for_url("**/sections/")
    section.refresh_from_db()
    assert section.body == "□ 쓰다 만 글"


def test_an_earlier_draft_is_not_typed_over(signed_in: SignedIn, section: PlanSection) -> None:
    page = opened(signed_in, section)
    body(page).fill("□ 먼저 쓰다 만 글")
    kept(page)
    page.goto("/")
    page.goto(f"/plans/{YEAR}/sections/{section.pk}/edit/")
    body(page).press_sequentially("가")
    expect(page.locator(".autosave")).to_contain_text("불러오기")
    assert TextDraft.objects.get().values["body"] == ["□ 먼저 쓰다 만 글"]
    page.get_by_role("button", name="버리기").click()
    expect(page.locator("form.draft")).to_have_count(0)
    kept(page)
    assert "가" in body(page).input_value()
    assert TextDraft.objects.get().values["body"] == [body(page).input_value()]


def test_a_lost_session_keeps_the_text_on_the_page(
    signed_in: SignedIn, section: PlanSection
) -> None:
    page = opened(signed_in, section)
    body(page).fill("□ 잃으면 안 되는 글")
    page.context.clear_cookies()
    page.get_by_role("button", name="저장", exact=True).click()
    expect(page.locator(".autosave")).to_contain_text("저장하지 못했습니다")
    expect(body(page)).to_have_value("□ 잃으면 안 되는 글")


def test_both_texts_stand_side_by_side(signed_in: SignedIn, section: PlanSection) -> None:
    first, second = opened(signed_in, section), opened(signed_in, section, "admin")
    body(first).fill("□ 첫째의 글")
    body(second).fill("□ 둘째의 글")
    first.get_by_role("button", name="저장", exact=True).click()
    first.wait_for_url("**/sections/")
    second.get_by_role("button", name="저장", exact=True).click()
    expect(second.locator(".conflict del")).to_have_text("첫째의")
    expect(second.locator(".conflict ins")).to_have_text("둘째의")
    second.get_by_role("button", name="내가 적은 내용 저장").click()
    second.wait_for_url("**/sections/")
    section.refresh_from_db()
    assert section.body == "□ 둘째의 글"


def test_a_task_moves_by_keyboard_and_by_mouse(signed_in: SignedIn, section: PlanSection) -> None:
    page = signed_in("officer")
    page.goto(f"/plans/{YEAR}/order/")
    page.get_by_role("button", name="1-2 둘째 과제 위로").press("Enter")
    moved = page.get_by_role("button", name="1-1 둘째 과제 위로")
    expect(moved).to_be_focused()
    rows = page.locator("[data-order=task] > li")
    expect(rows.nth(0)).to_contain_text("둘째 과제")
    rows.nth(1).locator(".order__handle").drag_to(rows.nth(0), target_position={"x": 40, "y": 3})
    expect(page.get_by_role("status")).to_contain_text("자리를 옮겼습니다")
    expect(rows.nth(0)).to_contain_text("1-1 첫째 과제")
