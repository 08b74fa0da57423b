"""Every page: axe finds nothing, nothing is blocked by the content security policy, no page is
wider than a phone."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse
from playwright.sync_api import Page

from apps.accounts.models import User
from apps.documents.models import IssuedDocument
from apps.plans.models import Plan
from apps.procurement.models import MonthClosing, Purchase
from apps.reports.services import revise_plan
from tests.browser.conftest import NARROW, WIDE, SignedIn
from tests.test_access import TABLE
from tests.world import YEAR

AXE = Path(__file__).with_name("axe.min.js").read_text(encoding="utf-8")
#: Not pages: files, parts of pages, and what only sends one on.
FILES = (
    "committees:attachment",
    "committees:meeting_calendar",
    "committees:papers_book",
    "enterprises:export",
    "procurement:export",
    "procurement:export_csv",
    "procurement:home",
    "plans:figure_options",
    "procurement:suppliers",
    "imports:progress",
    "procurement:edition_file",
    "procurement:edition_files",
    "reports:edition_file",
    "reports:edition_files",
    "account_inactive",
)
OFFICERS = [
    name
    for name, row in TABLE.items()
    if "officer" in row.get.split()
    and not name.endswith(("_pdf", "_hwpx", "_xlsx", "_agenda"))
    and name not in FILES
]
FORMS = [name for name in OFFICERS if TABLE[name].post and not name.endswith("_delete")]
#: The officer's pages are many: in parts, so that the tests' workers share them.
PARTS = 8
VISITS = [
    *(("officer", OFFICERS[part::PARTS]) for part in range(PARTS)),
    ("clerk", ["portal:home", "procurement:list", "procurement:create"]),
    ("secretary", ["portal:home", "committees:list"]),
    ("viewer", ["portal:home", "procurement:district"]),
]


def sample_address(name: str) -> str:
    """The address on the first record of each kind that the sample has."""
    first: dict[str | int, int] = {
        str(model._meta.model_name): model._default_manager.order_by("pk").values_list("pk")[0][0]
        for config in apps.get_app_configs()
        if config.name.startswith("apps.")
        for model in config.get_models()
        if not hasattr(model, "pgh_tracked_model") and model._default_manager.exists()
    }
    args: list[str | int] = [first.get(a, a) for a in TABLE[name].args]
    if "purchase" in TABLE[name].args:
        args[0] = Purchase.objects.get(pk=first["purchase"]).purchased_on.year
    if name == "procurement:month_reopen":
        closed = MonthClosing.objects.latest("month").month
        args = [closed.year, closed.month]
    if name == "procurement:edition":
        sent = IssuedDocument.objects.filter(series__startswith="notice-").earliest("issued_at")
        _, year, month = sent.series.split("-")
        args = [year, f"notice-{month}", sent.number]
    return reverse(name, args=args)


def open_again() -> None:
    """The sample's plan is confirmed: open it for a correction, or no page edits it."""
    officer = User.objects.get(username="officer")
    revise_plan(plan=Plan.objects.get(year=YEAR), reason="정정", by=officer)


#: Pages answer to another width before they are drawn again.
NEXT_FRAME = "new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))"


EMPTIED = """form => {
    for (const box of form.querySelectorAll("input[type=text], textarea")) box.value = "";
}"""


def violations(page: Page) -> list[str]:
    """What axe finds, each with the first place it is at."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{rule['id']}: {rule['help']} at {json.dumps(rule['nodes'][0]['target'])}"
        for rule in found["violations"]
    ]


@pytest.mark.parametrize(("who", "names"), VISITS)
def test_every_page_is_accessible(who: str, names: list[str], signed_in: SignedIn) -> None:
    page = signed_in(who)
    open_again()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("response", lambda r: complaints.append(r.url) if r.status >= 400 else None)
    for name in names:
        address = sample_address(name)
        page.goto(address)
        complaints += [f"{address} {found}" for found in violations(page)]
        page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
        page.evaluate(NEXT_FRAME)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > NARROW[0]:
            complaints.append(f"{address} is {width}px wide on a phone")
        complaints += [f"{address} (phone) {found}" for found in violations(page)]
        page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    assert complaints == []


@pytest.mark.parametrize("names", [FORMS[part::PARTS] for part in range(PARTS)])
def test_forms_with_errors_are_accessible(names: list[str], signed_in: SignedIn) -> None:
    page = signed_in("officer")
    open_again()
    complaints: list[str] = []
    for name in names:
        address = sample_address(name)
        page.goto(address)
        form = page.locator("main form:has(.field):has(button[type=submit].button--primary)")
        if not form.count():
            continue
        form.first.evaluate(EMPTIED)
        with page.expect_navigation():
            form.first.locator("button[type=submit].button--primary").click()
        complaints += [f"{address} {found}" for found in violations(page)]
    assert complaints == []


def test_signing_in_is_accessible(signed_in: SignedIn) -> None:
    page = signed_in("officer")
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    complaints = violations(page)
    page.get_by_role("button", name="로그인").click()
    page.wait_for_load_state()
    assert [*complaints, *violations(page)] == []


def test_year_of_the_table_is_in_the_sample(signed_in: SignedIn) -> None:
    page = signed_in("officer")
    page.goto(reverse("plans:detail", args=[YEAR]))
    assert "50,206" in page.locator("main").inner_text()
