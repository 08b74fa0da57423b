"""A day of a department's purchase clerk: enter, correct, find, take away, remove."""

import re
from datetime import timedelta
from pathlib import Path

from django.db.models import Sum
from playwright.sync_api import Page, expect
from python_calamine import load_workbook

from apps.accounts.models import Department, User
from apps.core.dates import today
from apps.core.money import comma, percent, thousand
from apps.portal.sample.office import PASSWORD
from apps.procurement.models import DepartmentTarget, Purchase
from tests.browser.conftest import SignedIn
from tests.browser.reading import figures, row

FIRM = "다솜교육 협동조합(예시)"
LABEL = f"{FIRM} (999-66-00569)"
ITEM = "상담 창구 직무교육"
NUMBER = "문화체육과-4321"
#: A purchase takes at most so many keys besides its own text.
MOST_KEYS = 12


def own() -> Department:
    department = User.objects.get(username="clerk").department
    assert department is not None
    return department


def standing() -> dict[str, str]:
    """How the clerk's department stands by the records."""
    year = today().year
    bought = Purchase.objects.filter(department=own(), purchased_on__year=year).aggregate(
        won=Sum("amount", default=0)
    )["won"]
    target = DepartmentTarget.objects.get(department=own(), year=year).total
    return {
        "구매 목표액": f"{thousand(target)}천원",
        "구매액": f"{thousand(bought)}천원",
        "달성률": f"{percent(bought, target)}%",
        "남은 금액" if bought <= target else "초과 금액": f"{thousand(abs(target - bought))}천원",
    }


def open_standing(page: Page) -> None:
    menu = page.get_by_role("navigation", name="업무 메뉴")
    menu.get_by_role("link", name="구매 실적과 목표").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("문화체육과")


class Keys:
    """The keyboard of a page; counts the keys besides what is typed."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *names: str) -> None:
        for name in names:
            self.page.keyboard.press(name)
            self.pressed += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)


def enter_by_keyboard(page: Page) -> int:
    """Enter one's first purchase without a mouse; how many keys it took."""
    page.get_by_role("link", name="구매실적 등록").press("Enter")
    keys, firm = Keys(page), page.get_by_role("combobox", name="기업")
    expect(firm).to_be_focused()
    keys.type("ㄷㅅㄱㅇ")
    expect(page.get_by_role("option", name=FIRM, selected=True)).to_be_visible()
    keys.press("Enter")
    expect(firm).to_have_value(LABEL)
    keys.press("Tab")
    keys.type(ITEM)
    keys.press("Tab")
    keys.type("1,234,000")
    keys.press("Tab", "ArrowRight", "Tab", "ArrowRight", "Tab", "Space", "Tab")
    keys.type(NUMBER)
    keys.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("구매실적을 저장했습니다")
    return keys.pressed


def enter_the_next(page: Page) -> int:
    """Enter one more of the same firm, and one that looks like it; how many keys the first took."""
    keys, firm = Keys(page), page.get_by_role("combobox", name="기업")
    expect(firm).to_be_focused()
    expect(firm).to_have_value(LABEL)
    for item in (f"{ITEM} 2차", f"{ITEM} 3차"):
        keys.press("Tab")
        keys.type(item)
        keys.press("Tab")
        keys.type("500천원")
        keys.press("Enter")
        if item.endswith("2차"):
            expect(row(page, item)).to_contain_text("500,000")
            expect(firm).to_be_focused()
    pressed = keys.pressed // 2
    expect(page.get_by_role("alert")).to_contain_text("같은 구매로 보이는 실적이 이미 있어")
    expect(page.get_by_role("button", name="그래도 저장")).to_be_focused()
    assert not Purchase.objects.filter(item=f"{ITEM} 3차").exists()
    keys.press("Enter")
    expect(row(page, f"{ITEM} 3차")).to_contain_text("500,000")
    return pressed


def test_one_purchase_after_another_by_keyboard(signed_in: SignedIn) -> None:
    page = signed_in("clerk")
    open_standing(page)
    first = enter_by_keyboard(page)
    assert first <= MOST_KEYS
    assert enter_the_next(page) <= 4
    entered = Purchase.objects.filter(item__startswith=ITEM, created_by__username="clerk")
    assert [
        (purchase.kind, purchase.channel, purchase.contract, purchase.amount)
        for purchase in entered.exclude(document_number=NUMBER)
    ] == [("service", "direct", "private", 500_000)] * 2

    page.get_by_role("link", name=f"{ITEM} 3차 수정").click()
    page.get_by_label("금액").fill("510,000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("구매실적 등록")
    expect(row(page, f"{ITEM} 3차")).to_contain_text("510,000")


def test_what_was_typed_outlives_the_session(signed_in: SignedIn) -> None:
    page = signed_in("clerk")
    path = f"/procurement/{today().year}/purchases/new/"
    resend = page.get_by_role("button", name="그 내용 다시 보내기")
    offered = page.locator("[data-kept-what]")

    def sign_in_again(username: str) -> None:
        page.locator("[name=login]").fill(username)
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="로그인").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("구매실적 등록")

    def type_and_lose() -> None:
        page.goto(path)
        page.get_by_role("combobox", name="기업").fill(LABEL)
        page.get_by_label("구매일자").fill(str(today()))
        page.get_by_label("품목").fill(ITEM)
        page.get_by_label("금액").fill("123,000")
        for choice in ("용역", "직접구매", "수의계약"):
            page.get_by_label(choice).check()
        expect(resend).to_be_hidden()
        page.context.clear_cookies(name="sessionid")
        page.get_by_role("button", name="저장하고 다음 입력").click()

    type_and_lose()
    sign_in_again("clerk")
    page.reload()
    expect(offered).to_have_text(f"{LABEL} · {ITEM} · 123,000")
    resend.click()
    expect(row(page, ITEM)).to_contain_text("123,000")
    assert Purchase.objects.filter(item=ITEM, amount=123_000).count() == 1
    expect(resend).to_be_hidden()
    type_and_lose()
    sign_in_again("officer")  # another person at the same PC
    expect(resend).to_be_hidden()
    page.wait_for_function("sessionStorage.getItem('kept') === null")


def test_the_best_hit_is_chosen_by_enter_and_others_by_arrows(signed_in: SignedIn) -> None:
    page = signed_in("clerk")
    page.goto(f"/procurement/{today().year}/purchases/new/")
    firm, options = page.get_by_role("combobox", name="기업"), page.get_by_role("option")
    page.keyboard.type("협동")
    expect(options.nth(1)).to_be_visible()
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    second = options.nth(1).get_attribute("data-value") or ""
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(firm).to_have_value(second)
    # Enter before the firms have come takes the best of them, and sends nothing.
    firm.fill("")
    page.keyboard.type("ㄷㅅㄱㅇ")
    page.keyboard.press("Enter")
    expect(firm).to_have_value(LABEL)
    # Tab takes the only one.
    firm.fill("")
    page.keyboard.type("ㄷㅅㄱㅇ")
    expect(options).to_have_count(1)
    page.keyboard.press("Tab")
    expect(firm).to_have_value(LABEL)
    expect(page.get_by_label("품목")).to_be_focused()


def test_a_purchase_from_entry_to_removal(signed_in: SignedIn) -> None:
    page = signed_in("clerk")
    open_standing(page)
    before = standing()
    assert figures(page) == before

    assert enter_by_keyboard(page) <= MOST_KEYS
    purchase = Purchase.objects.get(document_number=NUMBER)
    assert (purchase.enterprise.name, purchase.item, purchase.amount) == (FIRM, ITEM, 1_234_000)
    assert (purchase.kind, purchase.channel, purchase.contract) == ("service", "direct", "private")
    assert (purchase.department, purchase.purchased_on) == (own(), today())
    page.get_by_role("link", name="목록으로").click()
    entered = row(page, NUMBER)
    for text in (FIRM, ITEM, "용역", "1,234,000", "직접구매", "수의계약"):
        expect(entered).to_contain_text(text)
    page.get_by_role("link", name="우리 부서 현황").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("현황")
    assert figures(page) == standing() != before

    page.get_by_role("link", name="구매실적", exact=True).click()
    page.get_by_role("link", name=f"{ITEM} 수정").click()
    amount = page.get_by_role("textbox", name="금액")
    expect(amount).to_have_value("1,234,000")
    amount.fill("1,500,000")
    page.get_by_role("button", name="저장", exact=True).click()
    expect(row(page, NUMBER)).to_contain_text("1,500,000")
    purchase.refresh_from_db()
    assert purchase.amount == 1_500_000

    search = page.get_by_role("search")
    search.get_by_label("기업").fill("ㄷㅅㄱㅇ")
    search.get_by_label("구분").select_option("용역")
    search.get_by_role("button", name="조회").click()
    found = Purchase.objects.filter(
        department=own(), enterprise__name=FIRM, kind="service", purchased_on__year=today().year
    )
    total = comma(found.aggregate(won=Sum("amount"))["won"])
    expect(page.locator("main")).to_contain_text(f"합계 {found.count()}건 {total}원")
    expect(row(page, FIRM)).to_have_count(found.count())
    assert_taken_away(page, found.count())

    page.get_by_role("link", name=f"{ITEM} 삭제").click()
    expect(page.locator("main")).to_contain_text("이 구매실적을 삭제할까요?")
    page.get_by_role("button", name="삭제").click()
    expect(page.get_by_role("status")).to_contain_text("구매실적을 삭제했습니다")
    expect(row(page, NUMBER)).to_have_count(0)
    assert not Purchase.objects.filter(document_number=NUMBER).exists()
    assert standing() == before


def assert_taken_away(page: Page, count: int) -> None:
    """The sheet holds what was found, the new purchase with it as it stands."""
    with page.expect_download() as download:
        page.get_by_role("link", name="엑셀 내려받기").click()
    assert download.value.suggested_filename == f"{today().year}년 구매실적.xlsx"
    sheet = load_workbook(Path(download.value.path())).get_sheet_by_index(0).to_python()
    assert len(sheet) == 1 + count
    (line,) = [line for line in sheet if NUMBER in line]
    assert dict(zip(sheet[0], line, strict=True)) == {
        "구매일자": today(),
        "부서": own().name,
        "기업명": FIRM,
        "사업자등록번호": "999-66-00569",
        "품목": ITEM,
        "구분": "용역",
        "금액": 1_500_000,
        "구매방법": "직접구매",
        "계약방법": "수의계약",
        "문서번호": NUMBER,
        "비고": "",
        "지정이 끝난 기업의 구매 사유": "",
    }


def fill_in(page: Page, *, firm: str, amount: str) -> None:
    """Fill in a new purchase, all but its day."""
    page.locator("main").get_by_label(re.compile("^기업")).fill(firm)
    page.get_by_label("품목").fill(ITEM)
    page.get_by_label("용역").check()
    page.get_by_label("금액").fill(amount)
    page.get_by_label("직접구매").check()
    page.get_by_label("수의계약").check()


def save(page: Page) -> None:
    page.get_by_role("button", name="저장하고 목록 보기").click()


def test_mistakes_are_named_and_nothing_typed_is_lost(signed_in: SignedIn) -> None:
    page = signed_in("clerk")
    known = Purchase.objects.count()
    later = today() + timedelta(days=7)
    page.goto(f"/procurement/{later.year}/purchases/new/")
    day, amount = page.get_by_label("구매일자"), page.get_by_label("금액")
    firm = page.get_by_role("combobox", name="기업")
    day.fill(later.isoformat())
    fill_in(page, firm="아무도 모르는 곳", amount="백만원쯤")
    save(page)
    expect(firm).to_have_accessible_description(re.compile("찾을 수 없는 기업입니다."))
    expect(amount).to_have_accessible_description(re.compile("금액은 숫자로 적어 주세요."))
    expect(firm).to_have_value("아무도 모르는 곳")
    expect(amount).to_have_value("백만원쯤")
    expect(page.get_by_label("용역")).to_be_checked()

    firm.fill(FIRM)
    amount.fill("700천원")
    save(page)
    expect(day).to_have_accessible_description(re.compile("아직 오지 않은 날입니다."))
    expect(day).to_have_value(later.isoformat())
    expect(amount).to_have_value("700천원")
    assert Purchase.objects.count() == known


def test_enters_a_purchase_without_scripts(signed_in: SignedIn) -> None:
    page = signed_in("clerk", script=False)
    open_standing(page)
    page.get_by_role("link", name="구매실적 등록").click()
    fill_in(page, firm="다솜", amount="700천원")
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("아래에서 골라 주세요.")
    page.get_by_label(FIRM).check()
    save(page)
    expect(page.get_by_role("status")).to_contain_text("구매실적을 저장했습니다")
    expect(row(page, ITEM)).to_contain_text("700,000")
    purchase = Purchase.objects.get(item=ITEM)
    assert (purchase.enterprise.name, purchase.amount) == (FIRM, 700_000)


def test_other_departments_do_not_exist_for_a_clerk(signed_in: SignedIn) -> None:
    page = signed_in("clerk")
    other = Purchase.objects.exclude(department=own()).latest("purchased_on", "pk")
    year = other.purchased_on.year
    for address in (
        f"/procurement/{year}/departments/{other.department_id}/",
        f"/procurement/{year}/purchases/{other.pk}/edit/",
        f"/procurement/{year}/purchases/{other.pk}/delete/",
    ):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 404
        expect(page.get_by_role("heading", name="찾는 화면이 없습니다")).to_be_visible()
