"""Putting a figure into a plan's text, with a mouse and without JavaScript."""

from playwright.sync_api import Page, expect

from apps.core.dates import today
from apps.plans.enums import SectionKey
from apps.plans.models import PlanSection
from tests.browser.conftest import NARROW, SignedIn
from tests.plans.factories import make_plan


def open_text(page: Page) -> None:
    """The form of the chapter that looks back on this year, in a plan of the next."""
    plan = make_plan(today().year + 1)
    section = PlanSection.objects.create(plan=plan, key=SectionKey.RESULTS, title="지난해 실적")
    page.goto(f"/plans/{plan.year}/sections/{section.pk}/edit/")


def test_a_figure_goes_in_at_the_cursor_and_prints_in_the_preview(signed_in: SignedIn) -> None:
    page = signed_in("officer")
    open_text(page)
    text = page.locator("[name=body]")
    text.fill("□ 목표액 달성")
    text.press("Home")
    for _ in "□ 목표액":
        text.press("ArrowRight")
    page.get_by_text("수치 넣기").click()
    page.get_by_label("수치 찾기").fill("ㄱㄱㄱㅁㅁㅍ")
    expect(page.locator("[data-insert]")).to_have_count(2)
    page.get_by_role("button", name=f"공공구매 목표액: {today().year}년").click()
    expect(text).to_have_value("□ 목표액{{전년 공공구매 목표액}} 달성")
    expect(page.locator("#preview")).to_contain_text("목표액1,200,000천원 달성")
    text.press("ControlOrMeta+z")
    expect(text).to_have_value("□ 목표액 달성")


def test_the_draft_of_last_years_results_is_read_before_it_is_saved(signed_in: SignedIn) -> None:
    page = signed_in("officer", NARROW)
    open_text(page)
    page.get_by_role("button", name="지난해 실적으로 초안 만들기").click()
    expect(page.get_by_text("아직 저장하지 않았습니다.")).to_be_visible()
    page.get_by_role("button", name="저장", exact=True).click()
    expect(page.get_by_text("공공구매 실적:").first).to_contain_text("천원")
    expect(page.get_by_text("이 글에 쓰인 수치")).to_be_visible()


def test_without_javascript_the_names_are_there_to_copy(signed_in: SignedIn) -> None:
    page = signed_in("officer", script=False)
    open_text(page)
    page.get_by_text("수치 넣기").click()
    expect(page.get_by_text("{{공공구매 목표액}}", exact=True)).to_be_visible()
