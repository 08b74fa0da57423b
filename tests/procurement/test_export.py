"""What is taken away comes back in unchanged: every row is known already (R52)."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from python_calamine import CalamineWorkbook

from apps.accounts.enums import Role
from apps.accounts.models import Department, User
from apps.enterprises.enums import DesignationKind
from apps.enterprises.models import Designation, Enterprise
from apps.imports.models import FileImport
from apps.imports.reading import opened
from apps.imports.registry import Outcome, importers
from apps.procurement.enums import ContractMethod, PurchaseChannel, PurchaseKind
from apps.procurement.exports import purchases_csv, purchases_xlsx
from apps.procurement.intake.columns import HEADINGS
from apps.procurement.models import Purchase
from tests.conftest import SignIn, make_user
from tests.procurement.factories import make_enterprise, make_purchase

CSV = reverse("procurement:export_csv", args=[2016])


def brought_back(content: bytes, by: User) -> Outcome:
    file = FileImport.objects.create(
        kind="purchases",
        name="목록",
        size=len(content),
        digest="0" * 64,
        uploaded_at=timezone.now(),
        uploaded_by=by,
    )
    with opened(BytesIO(content)) as sheet:
        return importers["purchases"].run(file, sheet.rows, lambda *_: None, by, True)


#: A line of text as a form takes it: any letters, none at its ends that are cut off.
LINES = st.text(
    st.characters(exclude_categories=["C", "Zl", "Zp"]) | st.sampled_from("=+-@'\"\\,;\t"),
    max_size=20,
).map(str.strip)


class ExportsComeBack(TestCase):
    """Whatever was recorded, its export adds nothing and has no fault."""

    def setUp(self) -> None:
        departments = [
            Department.objects.create(code=f"D{n}", name=name, kind="hq", position=n)
            for n, name in enumerate(("일자리과", "송중동", "=합계과"))
        ]
        ended = make_enterprise("(주)끝난가게", starts=None)
        Designation.objects.create(
            enterprise=ended,
            kind=DesignationKind.VILLAGE,
            starts=date(2000, 1, 1),
            ends=date(2001, 1, 1),
        )
        self.departments = departments
        self.firms = [
            make_enterprise("(주)행복커피", starts=date(2000, 1, 1)),
            make_enterprise("행복 커피 협동조합", starts=date(2000, 1, 1), business_number=None),
            ended,
        ]
        self.user = make_user("somebody", Role.OFFICER, department=departments[0])

    # Few lists, but long: each is read as a workbook too, in a process of its own.
    @settings(max_examples=12, deadline=None)
    @given(
        rows=st.lists(
            st.fixed_dictionaries(
                {
                    "where": st.integers(0, 2),
                    "firm": st.integers(0, 2),
                    "purchased_on": st.dates(date(2002, 1, 1), date(2026, 1, 1)),
                    "item": LINES.filter(bool),
                    "kind": st.sampled_from(PurchaseKind.values),
                    "amount": st.integers(1, 10**12),
                    "channel": st.sampled_from(PurchaseChannel.values),
                    "contract": st.sampled_from(ContractMethod.values),
                    "document_number": LINES,
                    "note": LINES,
                }
            ),
            min_size=1,
            max_size=20,
            unique_by=lambda row: (row["item"], row["purchased_on"]),
        )
    )
    def test_both_forms(self, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            fields = {key: value for key, value in row.items() if key not in ("where", "firm")}
            reason = "기간 중 계약" if row["firm"] == 2 else ""
            make_purchase(
                self.departments[row["where"]],
                self.firms[row["firm"]],
                self.user,
                override_reason=reason,
                **fields,
            )
        everything = Purchase.objects.all()
        for content in (purchases_xlsx(everything), b"".join(purchases_csv(everything))):
            outcome = brought_back(content, self.user)
            assert outcome.faults == []
            assert (outcome.rows, outcome.known, outcome.created) == (len(rows), len(rows), 0)
        assert everything.count() == len(rows)


@pytest.fixture
def firm(db: None) -> Enterprise:
    return make_enterprise("=행복커피")


def test_text_that_looks_like_a_formula_is_not_run(
    officer: User, department: Department, firm: Enterprise, sign_in: SignIn
) -> None:
    make_purchase(department, firm, officer, item="=1+1", note="'=2")
    content = sign_in(officer).get(CSV).getvalue()
    assert content.startswith(b"\xef\xbb\xbf")
    head, line = content.decode("utf-8-sig").splitlines()
    assert head == ",".join(HEADINGS)
    assert ("'=행복커피" in line, ",'=1+1," in line, ",''=2," in line) == (True, True, True)


def test_a_clerk_takes_away_what_is_found_of_the_own_department(
    clerk: User,
    department: Department,
    other_department: Department,
    firm: Enterprise,
    sign_in: SignIn,
) -> None:
    make_purchase(department, firm, clerk, item="원두")
    make_purchase(department, firm, clerk, item="빵")
    make_purchase(other_department, firm, clerk, item="원두 대량")
    response = sign_in(clerk).get(CSV, {"item": "원두"})
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = response.getvalue().decode()
    assert [line.split(",")[4] for line in text.splitlines()[1:]] == ["원두"]


def test_three_rows_take_as_many_queries_as_one(
    officer: User, department: Department, firm: Enterprise, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    counts = []
    for _ in range(2):
        make_purchase(department, firm, officer)
        make_purchase(department, firm, officer)
        with CaptureQueriesContext(connection) as queries:
            client.get(CSV).getvalue()
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_workbook_has_days_and_numbers(
    officer: User, department: Department, firm: Enterprise
) -> None:
    make_purchase(department, firm, officer, override_reason="까닭")
    sheet = CalamineWorkbook.from_filelike(BytesIO(purchases_xlsx(Purchase.objects.all())))
    head, line = sheet.get_sheet_by_index(0).to_python()
    assert tuple(head) == HEADINGS
    assert (line[0], line[6], line[11]) == (date(2016, 5, 2), 150_000, "까닭")
