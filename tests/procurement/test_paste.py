"""Rows pasted from Excel: read, shown, corrected in place, saved all at once."""

from collections.abc import Iterable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import Department, User
from apps.enterprises.models import Enterprise
from apps.procurement.models import MonthClosing, Purchase, SupplierAlias
from apps.procurement.pasting import Check
from tests.conftest import SignIn
from tests.procurement.factories import make_enterprise, make_purchase

PASTE = reverse("procurement:paste", args=[2016])
LIST = reverse("procurement:list", args=[2016])
HEAD = ("구매일자", "업체명", "품명", "구분", "금액(원)", "구매방법", "계약방법")
ROW = ("2016-05-02", "행복커피", "회의용 커피", "물품", "150,000", "함께누리몰", "카드")


@pytest.fixture
def firm(db: None) -> Enterprise:
    return make_enterprise("행복커피")


def copied(*rows: Iterable[str]) -> str:
    return "".join("\t".join(row) + "\r\n" for row in rows)


def row(**cells: str) -> tuple[str, ...]:
    """A good row but for what is named."""
    names = ("day", "firm", "item", "kind", "amount", "channel", "contract")
    return tuple(cells.get(name, was) for name, was in zip(names, ROW, strict=True))


def sent(check: Check, do: str, **changed: object) -> dict[str, object]:
    """The sheet as the browser sends it back, but for what is changed."""
    grid = check.grid
    firms = {
        f"firm-{line.place}": cell.chosen or ""
        for line in grid.lines
        for cell in line.cells
        if cell.offers
    }
    return {
        "do": do,
        "key": str(grid.key),
        "rows": len(grid.lines),
        "unit": grid.unit,
        "heading": grid.headings,
        "column": grid.keys,
        "take": [line.take_value for line in grid.lines if line.take],
        **{f"c{line.place}": [cell.text for cell in line.cells] for line in grid.lines},
        **firms,
        **changed,
    }


def pasted(client: Client, *rows: Iterable[str]) -> Check:
    check: Check = client.post(PASTE, {"text": copied(*rows)}).context["check"]
    return check


def faults(check: Check) -> dict[str, str]:
    return {cell.name: cell.fault for cell in check.grid.faults}


def test_rows_are_read_shown_and_saved_at_once(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    check = pasted(client, HEAD, ROW, row(item="간식", amount="1000천원", day="16.5.3"))
    assert check.verdict == (
        "2줄이 모두 맞습니다(합계 1,150,000원). ‘저장’을 누르면 저장합니다."
    )
    assert not Purchase.objects.exists()
    response = client.post(PASTE, sent(check, "save"), follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    assert "구매실적 2건, 1,150,000원을 저장했습니다." in response.text
    later, earlier = Purchase.objects.all()
    assert (earlier.department, earlier.created_by) == (clerk.department, clerk)
    assert (earlier.enterprise, earlier.item, earlier.amount) == (firm, "회의용 커피", 150_000)
    assert (earlier.kind, earlier.channel, earlier.contract) == ("goods", "mall", "card")
    assert (later.purchased_on, later.amount) == (date(2016, 5, 3), 1_000_000)
