"""A clerk's month from Excel: paste, correct two cells, save; by keyboard, and without scripts."""

from collections.abc import Iterable

from playwright.sync_api import Locator, Page, expect

from apps.accounts.models import User
from apps.core.dates import today
from apps.procurement.models import Purchase
from tests.browser.conftest import SignedIn
from tests.browser.test_pages import violations

FIRM = "다솜교육 협동조합(예시)"
HEAD = ("구매일자", "업체명", "품명", "구분", "금액(원)", "구매방법", "계약방법")
ROWS = 50
#: As a browser hands over what was copied elsewhere.
PASTE = """text => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const to = document.activeElement;
    const pasted = new ClipboardEvent(
        "paste", {clipboardData: data, bubbles: true, cancelable: true});
    if (to.dispatchEvent(pasted) && to.matches("textarea, input")) {
        document.execCommand("insertText", false, text);
    }
}"""


def copied(rows: Iterable[Iterable[str]]) -> str:
    return "".join("\t".join(row) + "\r\n" for row in rows)


def line(number: int, *, kind: str = "물품", amount: str = "") -> tuple[str, ...]:
    day = today().isoformat()
    return (
        day,
        FIRM,
        f"붙인 품목 {number}",
        kind,
        amount or f"{number},000",
        "직접구매",
        "수의계약",
    )


def open_box(page: Page) -> None:
    page.goto(f"/procurement/{today().year}/purchases/new/")
    page.get_by_role("link", name="엑셀에서 붙여넣기").press("Enter")
    page.wait_for_url(
        "**/paste/**"
    )  # its scripts run before it has loaded, the focus is there at once
    expect(page.get_by_label("엑셀에서 복사한 내용")).to_be_focused()


def cell(page: Page, name: str) -> Locator:
    return page.get_by_role("textbox", name=name, exact=True)


def saved() -> list[tuple[str, str, int]]:
    clerk = User.objects.get(username="clerk")
    found = Purchase.objects.filter(created_by=clerk, item__startswith="붙인 품목")
    return list(found.order_by("amount").values_list("item", "kind", "amount"))


def test_fifty_rows_by_keyboard(signed_in: SignedIn) -> None:
    page = signed_in("clerk")
    open_box(page)
    rows = [line(number) for number in range(1, ROWS + 1)]
    rows[6], rows[32] = line(7, kind="밥"), line(33, amount="많이")
    page.evaluate(PASTE, copied([HEAD, *rows]))
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("50줄 가운데 48줄이 맞습니다. 2칸을 고쳐 주세요.")
    expect(alert).to_be_focused()
    assert violations(page) == []

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    kind = cell(page, "7행 구분")
    expect(kind).to_be_focused()
    expect(kind).to_have_accessible_description(
        "‘밥’은 쓸 수 없는 값입니다. 쓸 수 있는 값: 물품, 용역, 공사"
    )
    page.keyboard.press("Control+a")
    page.keyboard.type("용역")
    page.keyboard.press("ArrowRight")
    expect(cell(page, "7행 금액")).to_be_focused()
    for _ in range(26):
        page.keyboard.press("Enter")
    expect(cell(page, "33행 금액")).to_be_focused()
    page.keyboard.type("33,000")
    page.keyboard.press("Control+Enter")
    expect(page.locator("main")).to_contain_text("50줄이 모두 맞습니다(합계 1,275,000원).")
    assert saved() == []

    expect(page.get_by_role("button", name="저장")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("구매실적 50건, 1,275,000원을 저장했습니다.")
    assert saved() == [
        (f"붙인 품목 {number}", "service" if number == 7 else "goods", number * 1000)
        for number in range(1, ROWS + 1)
    ]

    open_box(page)
    page.evaluate(PASTE, copied([HEAD, line(1), line(2)]))
    expect(page.locator("main")).to_contain_text("2줄이 모두 이미 등록되어 있습니다.")
    page.get_by_role("link", name="구매실적 목록으로").click()
    page.wait_for_url("**/purchases/")


def test_a_block_spreads_over_the_cells_and_is_taken_back(signed_in: SignedIn) -> None:
    page = signed_in("clerk")
    open_box(page)
    page.evaluate(PASTE, copied([HEAD, line(1), line(2)]))
    item = cell(page, "2행 품목")
    item.focus()
    page.evaluate(PASTE, '"두 줄\r\n품목"\t용역\r\n붙인 품목 3\t공사\r\n')
    expect(item).to_have_value("두 줄 품목")
    expect(cell(page, "2행 구분")).to_have_value("용역")
    expect(cell(page, "3행 품목")).to_have_value("붙인 품목 3")
    expect(cell(page, "3행 구분")).to_have_value("공사")
    expect(cell(page, "3행 금액")).to_have_value("")
    page.keyboard.press("Control+z")
    expect(item).to_have_value("붙인 품목 2")
    expect(cell(page, "3행 품목")).to_have_value("")
    cell(page, "3행 품목").fill("붙인 품목 3")
    page.get_by_role("button", name="다시 확인").click()
    expect(page.get_by_role("alert")).to_contain_text("3줄 가운데 2줄이 맞습니다. 6칸을 고쳐")


def test_a_change_turns_the_verdict_and_leaving_is_asked(signed_in: SignedIn) -> None:
    page = signed_in("clerk")
    open_box(page)
    page.evaluate(PASTE, copied([HEAD, line(1)]))
    amount = cell(page, "1행 금액")
    amount.click()
    page.keyboard.type("5")
    expect(amount).to_have_value("5")
    expect(page.locator("[data-paste-verdict]")).to_have_text("바뀌었습니다. 다시 확인해 주세요.")
    page.keyboard.press("Escape")
    expect(amount).to_have_value("1,000")
    with page.expect_event("dialog") as asked:
        page.once("dialog", lambda dialog: dialog.accept())
        page.goto("/")
    assert asked.value.type == "beforeunload"


def test_an_empty_sheet_takes_what_is_pasted_with_its_headings(signed_in: SignedIn) -> None:
    page = signed_in("clerk")
    open_box(page)
    page.get_by_role("link", name="빈 표에 직접 입력").click()
    expect(cell(page, "1행 구매일자")).to_be_focused()
    page.evaluate(PASTE, copied([HEAD[::-1], line(1)[::-1]]))
    expect(page.locator("main")).to_contain_text("1줄이 모두 맞습니다")
    expect(cell(page, "1행 계약방법")).to_have_value("수의계약")
    expect(page.get_by_label("1열의 뜻")).to_have_value("contract")


def test_a_huge_paste_is_refused_in_words(signed_in: SignedIn) -> None:
    page = signed_in("clerk")
    open_box(page)
    page.get_by_role("button", name="표로 읽기").focus()
    page.evaluate(PASTE, copied([line(1)] * 20_000))
    expect(page.get_by_role("alert")).to_contain_text("한 번에 500줄까지 붙여 넣을 수 있습니다.")


def test_without_scripts(signed_in: SignedIn) -> None:
    page = signed_in("clerk", script=False)
    page.goto(f"/procurement/{today().year}/purchases/paste/")
    page.get_by_label("엑셀에서 복사한 내용").fill(copied([HEAD, line(1, amount="많이"), line(2)]))
    page.get_by_role("button", name="표로 읽기").click()
    page.get_by_role("button", name="저장").click()
    expect(page.get_by_role("alert")).to_contain_text("2줄 가운데 1줄이 맞습니다")
    assert saved() == []
    cell(page, "1행 금액").fill("1천원")
    page.get_by_role("button", name="저장").click()
    expect(page.get_by_role("status")).to_contain_text("구매실적 2건, 3,000원을 저장했습니다.")
    assert [amount for *_, amount in saved()] == [1000, 2000]
