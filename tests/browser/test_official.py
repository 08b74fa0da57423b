"""A day of the official who carries the plan: read it, correct it, confirm it, print it."""

from playwright.sync_api import Page, expect

from apps.documents.models import IssuedDocument
from apps.plans.models import BudgetLine, Plan, Task
from tests.browser.conftest import SignedIn
from tests.browser.reading import facts, figures, printed, row

TITLE = "2016년도 사회적경제 활성화 추진계획"
AREAS = [
    "1. 사회적경제 활성화 지역기반 인프라 구축",
    "2. 사회적경제조직 발굴 및 육성",
    "3. 사회적경제 시장 활성화 및 사회적경제기업 판로 지원",
    "4. 사회적경제 인식 확산",
    "5. 민관협력 파트너십 및 거버넌스 강화",
]
TASK = "마을기업 육성 및 지원"


def open_plan(page: Page) -> None:
    page.get_by_role("navigation", name="업무 메뉴").get_by_role("link", name="추진계획").click()
    page.get_by_role("link", name=TITLE, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def start_revision(page: Page, reason: str) -> None:
    """The plan is confirmed: open it again, from any of its screens."""
    page.get_by_label("계획 화면").get_by_role("link", name="확정과 발행").click()
    page.get_by_role("link", name="수정 시작").click()
    page.get_by_label("수정 사유").fill(reason)
    page.get_by_role("button", name="수정 시작").click()
    expect(page.get_by_role("status")).to_contain_text("수정을 시작했습니다.")


def test_reads_the_plan_and_edits_a_task(signed_in: SignedIn) -> None:
    page = signed_in("officer")
    main = page.locator("main")
    open_plan(page)
    expect(page.get_by_role("link", name="개요 수정")).to_have_count(0)
    start_revision(page, "과제 목적 보완")
    assert facts(page)["비전"] == "지속가능한 사회적경제 생태계 조성"
    assert "질적 성장 및 사회적경제 활성화" in facts(page)["목표"]
    assert figures(page)["과제"] == "13개"
    assert main.get_by_role("heading", level=2).all_inner_texts() == ["비전과 목표", *AREAS]
    tasks = main.locator("tbody").get_by_role("link")
    expect(tasks).to_have_count(13)

    page.get_by_role("link", name=TASK).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"2-2 {TASK}")
    expect(main).to_contain_text("주민이 이끄는 마을기업을 찾아 키워")
    read = facts(page)
    assert read["추진근거"] == "2016년도 행정자치부 마을기업 육성사업 시행지침"
    assert read["추진기간"] == "2016. 1월 ~ 12월"
    assert read["소요예산"] == "50,000천원 (국비 25,000천원, 시비 12,500천원, 구비 12,500천원)"
    assert read["2017. 1."] == "마을기업 사업비 정산과 검토"
    expect(main).to_contain_text("대상기업: 협동조합함께웃는가게, 강북행복한돌봄협동조합")

    purpose = "주민이 스스로 만든 마을기업이 세 해 안에 자립하도록 돕는다."
    page.get_by_role("link", name="과제 수정").click()
    page.get_by_label("추진목적").fill(purpose)
    page.get_by_role("button", name="저장", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("저장했습니다.")
    expect(main).to_contain_text(purpose)
    assert Task.objects.get(area__plan__year=2016, title=TASK).purpose == purpose

    page.get_by_role("navigation", name="현재 위치").get_by_role("link", name="2016년").click()
    page.get_by_role("link", name="월별 일정").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2016년 사업별 월별 일정")
    chart = main.get_by_role("table")
    expect(chart).to_contain_text("동북4구 연계")
    months = [tr.get_by_role("cell").count() for tr in chart.get_by_role("row").all()]
    assert [count for count in months if count] == [12] * 13


def test_corrects_the_budget_and_prints_it(signed_in: SignedIn) -> None:
    page = signed_in("officer")
    open_plan(page)
    start_revision(page, "마을기업 사업비 정정")
    assert "50,206" in printed(page, "계획서 PDF")
    assert "50,206" in printed(page, "예산 보고서 PDF")
    page.get_by_role("link", name=TASK).click()
    row(page, "신규 마을기업 사업비 지원", "구비").get_by_role("link").click()
    amount = page.get_by_role("textbox", name="금액(원)")
    line = BudgetLine.objects.get(task__area__plan__year=2016, task__title=TASK, source="district")

    amount.fill("-14,000,000")
    page.get_by_role("button", name="저장", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("금액")
    expect(amount).to_have_accessible_description("0 이상의 값을 입력해 주세요.")
    expect(amount).to_have_value("-14,000,000")
    line.refresh_from_db()
    assert line.amount == 12_500_000

    amount.fill("14,000천원")
    page.get_by_role("button", name="저장", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("저장했습니다.")
    line.refresh_from_db()
    assert line.amount == 14_000_000
    assert figures(page) == {
        "구비": "51,706천원",
        "모든 재원 (확정·예상)": "505,206천원",
        "공모에 선정될 때만": "50,000천원",
    }
    for tab, where, figure in (
        ("세부사업별", "마을기업 육성지원", "14,000"),
        ("세부사업별", "계", "51,706"),
        ("과제별", TASK, "51,500"),
        ("재원별", "구비", "51,706"),
    ):
        page.get_by_role("link", name=tab, exact=True).click()
        expect(page.get_by_role("link", name=tab, exact=True)).to_have_attribute(
            "aria-current", "page"
        )
        expect(row(page, where).filter(has_text=figure).first).to_be_visible()

    budget = printed(page, "예산 보고서 PDF")
    assert "51,706" in budget
    assert "50,206" not in budget
    assert "162,500" in budget, "no figure is broken over two lines"


def test_corrects_a_confirmed_plan_into_its_second_edition(signed_in: SignedIn) -> None:
    page = signed_in("officer")
    main = page.locator("main")
    open_plan(page)
    start_revision(page, "비전 보완")
    page.get_by_role("link", name="개요 수정").click()
    page.get_by_label("비전").fill("이웃과 함께 자라는 사회적경제")
    page.get_by_role("button", name="저장", exact=True).click()
    expect(main).to_contain_text("이웃과 함께 자라는 사회적경제")

    page.get_by_label("계획 화면").get_by_role("link", name="확정과 발행").click()
    page.get_by_role("link", name="수정 대비표").click()
    expect(main.locator("ins").first).to_contain_text("이웃과 함께 자라는")
    page.get_by_label("계획 화면").get_by_role("link", name="확정과 발행").click()
    page.get_by_role("link", name="확정하기").click()
    expect(main).to_contain_text("점검")
    page.get_by_role("button", name="제2판으로 확정").click()
    expect(page.get_by_role("status")).to_contain_text("확정하고 발행했습니다.")
    expect(main.get_by_role("progressbar", name="파일 만들기")).to_be_visible()
    expect(main).to_contain_text("이웃과 함께 자라는 사회적경제")
    page.get_by_label("계획 화면").get_by_role("link", name="확정과 발행").click()
    expect(row(page, "제2판", "비전 보완")).to_have_count(1)
    expect(row(page, "제1판", "최초 발행")).to_have_count(1)
    assert IssuedDocument.objects.filter(series="plan-2016").count() == 2
    assert Plan.objects.get(year=2016).state == "confirmed"
