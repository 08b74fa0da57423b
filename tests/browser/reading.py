"""What somebody reads off a page."""

from io import BytesIO

from playwright.sync_api import Locator, Page
from pypdf import PdfReader


def figures(page: Page) -> dict[str, str]:
    """The figures in the boxes of a page, each with its unit, by their labels."""
    page.wait_for_load_state()
    boxes = page.locator("main .stat").all()
    return {
        box.locator(".stat__label").inner_text(): box.locator(".stat__value").inner_text()
        for box in boxes
    }


def facts(page: Page) -> dict[str, str]:
    """The key facts of a page by their labels."""
    page.wait_for_load_state()
    pairs = page.locator("main .facts > div").all()
    return {pair.locator("dt").inner_text(): pair.locator("dd").inner_text() for pair in pairs}


def row(page: Page, *texts: str) -> Locator:
    """The rows of the page's tables that hold all the texts."""
    rows = page.locator("main").get_by_role("row")
    for text in texts:
        rows = rows.filter(has_text=text)
    return rows


def printed(page: Page, button: str) -> str:
    """The text of the PDF that the button opens, line by line."""
    page.get_by_role("link", name=button).click()
    page.wait_for_url("**/*.pdf")
    answer = page.request.get(page.url)
    page.go_back()
    assert answer.headers["content-type"] == "application/pdf"
    sheets = PdfReader(BytesIO(answer.body())).pages
    return "\n".join(sheet.extract_text() for sheet in sheets)


def unbroken(text: str) -> str:
    """Without spaces and line ends, which a page sets as it needs."""
    return "".join(text.split())
