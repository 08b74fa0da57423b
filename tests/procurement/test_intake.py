"""Rows from outside become purchases by the rules of the form."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from apps.accounts.enums import Role
from apps.accounts.models import Department, User
from apps.enterprises.enums import DesignationKind
from apps.enterprises.models import Designation, Enterprise
from apps.imports.columns import guess
from apps.imports.registry import Fault, Raw
from apps.procurement.eligibility import Record, needs_reason, terms_of
from apps.procurement.intake.reading import Intake, doubles, record
from apps.procurement.intake.staging import Draft
from apps.procurement.models import MonthClosing, Purchase, Reopening
from apps.procurement.services import check_purchase
from tests.conftest import make_user
from tests.procurement.factories import make_enterprise, make_purchase

TODAY = date(2016, 5, 20)
GOOD: dict[str, Raw] = {
    "purchased_on": "2016-05-02",
    "department": "일자리과",
    "enterprise": "행복커피",
    "item": "원두",
    "kind": "물품",
    "amount": "150,000",
    "channel": "함께누리몰",
    "contract": "수의계약",
    "document_number": "일자리과-12",
    "note": "",
}


@pytest.fixture
def firm(db: None) -> Enterprise:
    return make_enterprise("(주)행복커피")


def read(user: User, into: Department | None = None, **cells: Raw) -> Draft | list[Fault]:
    intake = Intake(user=user, department=into, today=TODAY)
    return intake.read({**GOOD, **cells}, 7)


def taken(user: User, into: Department | None = None, **cells: Raw) -> Draft:
    found = read(user, into, **cells)
    assert isinstance(found, Draft), found
    return found


def faults(user: User, into: Department | None = None, **cells: Raw) -> dict[str, str]:
    found = read(user, into, **cells)
    assert isinstance(found, list)
    assert {fault.row for fault in found} == {7}
    return {fault.column: fault.message for fault in found}


def test_a_good_row(officer: User, department: Department, firm: Enterprise) -> None:
    draft = taken(officer)
    assert draft == (
        *(7, department.pk, date(2016, 5, 2), firm.pk, "원두", "goods", 150_000),
        *("mall", "private", "일자리과-12", "", ""),
    )


def test_the_firm_by_number(officer: User, department: Department, firm: Enterprise) -> None:
    Enterprise.objects.filter(pk=firm.pk).update(business_number="1234567891")
    for cell in ("1234567891", "123-45-67891", 1234567891, 1234567891.0):
        assert taken(officer, enterprise=None, business_number=cell).enterprise == firm.pk


def test_all_that_is_wrong_is_said_at_once(
    officer: User, department: Department, firm: Enterprise
) -> None:
    bad: dict[str, Any] = dict.fromkeys(GOOD, "?!") | {"item": None, "document_number": "가" * 51}
    assert set(faults(officer, **bad)) == set(GOOD) - {"note"}


def test_a_sheet_without_the_way_it_was_bought(
    officer: User, department: Department, firm: Enterprise
) -> None:
    intake = Intake(user=officer, today=TODAY)
    short = {key: cell for key, cell in GOOD.items() if key not in ("channel", "contract")}
    draft = intake.read(short, 2)
    assert isinstance(draft, Draft)
    assert (draft.channel, draft.contract) == ("other", "other")
    assert faults(officer, channel=None) == {"channel": "꼭 적어야 하는 칸입니다."}


def test_the_unit_of_the_column(officer: User, department: Department, firm: Enterprise) -> None:
    draft = Intake(user=officer, today=TODAY).read(GOOD, 2, "천원")
    assert isinstance(draft, Draft)
    assert draft.amount == 150_000_000


def test_a_clerk_enters_only_the_own_department(
    clerk: User, department: Department, other_department: Department, firm: Enterprise
) -> None:
    assert taken(clerk, department=None).department == department.pk
    assert taken(clerk, department="JOB").department == department.pk
    assert "일자리과의 구매만" in faults(clerk, department="공원과")["department"]
    with pytest.raises(PermissionDenied):
        Intake(user=clerk, department=other_department, today=TODAY)


def test_who_may_not_enter_purchases_reads_nothing(viewer: User, nobody: User) -> None:
    for user in (viewer, nobody):
        with pytest.raises(PermissionDenied):
            Intake(user=user, today=TODAY)


def test_departments_that_come_and_go(
    officer: User, department: Department, firm: Enterprise
) -> None:
    Department.objects.filter(pk=department.pk).update(valid_to=date(2015, 12, 31))
    assert "2016년에는 없는 부서" in faults(officer)["department"]
    department.refresh_from_db()
    assert "2016년에 없는 부서" in faults(officer, department)["department"]
    assert taken(officer, department, purchased_on="2015-12-31").department == department.pk
    new = Department.objects.create(code="JOB2", name="일자리과", kind="hq")
    assert taken(officer).department == new.pk
    assert taken(officer, purchased_on="2016-01-02", department="job2").department == new.pk
    Department.objects.filter(pk=department.pk).update(valid_to=None)
    assert "이름이 같은 부서" in faults(officer)["department"]
    assert taken(officer, department="JOB2").department == new.pk
    assert "등록된 부서가 아닙니다." in faults(officer, department="없는과")["department"]


def test_a_closed_month_but_where_it_is_open_again(
    officer: User, department: Department, other_department: Department, firm: Enterprise
) -> None:
    closing = MonthClosing.objects.create(
        month=date(2016, 5, 1), closed_at=timezone.now(), closed_by=officer
    )
    Reopening.objects.create(
        closing=closing,
        department=other_department,
        reason="누락",
        reopened_at=timezone.now(),
        reopened_by=officer,
    )
    intake = Intake(user=officer, today=TODAY)
    said = intake.closed(taken(officer))
    assert "2016년 5월은 마감되었습니다. 구청 담당자가" in said
    assert "담당자에게" not in said  # who reads it may be the one
    assert set(faults(officer, item="")) == {"item", "purchased_on"}
    assert not intake.closed(taken(officer, department="공원과"))
    assert not intake.closed(taken(officer, purchased_on="2016-04-30"))


def test_firms_nobody_can_tell_become_questions(officer: User, department: Department) -> None:
    firms = [make_enterprise("다온상회"), make_enterprise("다온상회")]
    intake = Intake(user=officer, today=TODAY)
    for row in (2, 3):
        found = intake.read({**GOOD, "enterprise": "다온 상회"}, row)
        assert isinstance(found, list)
        (fault,) = found
        assert (fault.row, fault.column, fault.value) == (row, "enterprise", "다온 상회")
        assert "어느 기업인지 정할 수 없습니다." in fault.message
    (question,) = intake.questions
    assert (question.name, question.rows) == ("다온 상회", 2)
    assert {key for key, _ in question.offers} == {firm.pk for firm in firms}


def test_rows_whose_firm_only_the_name_or_only_the_number_told_are_counted(
    officer: User, department: Department, firm: Enterprise
) -> None:
    number = "123-45-67891"
    other = make_enterprise("늘푸른청소", business_number=number.replace("-", ""))
    intake = Intake(user=officer, today=TODAY)
    for row, name, digits in (
        (2, firm.name, "123-45-67890"),
        (3, firm.name, "123-45-67890"),
        (4, "없는가게", number),
        (5, other.name, number),
        (6, "", number),
    ):
        found = intake.read({**GOOD, "enterprise": name, "business_number": digits}, row)
        assert isinstance(found, Draft)
    assert intake.remarks == [
        "번호가 맞지 않아 이름으로 찾음 2줄",
        "등록된 기업명이 아니어서 번호로 찾음 1줄",
    ]


def test_name_and_number_of_different_firms_are_a_question_of_their_own(
    officer: User, department: Department, firm: Enterprise
) -> None:
    make_enterprise("늘푸른청소", business_number="1234567891")
    intake = Intake(user=officer, today=TODAY)
    intake.read({**GOOD, "enterprise": "행복커피", "business_number": "123-45-67891"}, 2)
    (question,) = intake.questions
    assert question.name == "행복커피 123-45-67891"


def test_a_firm_nobody_knows(officer: User, department: Department, firm: Enterprise) -> None:
    unknown = faults(officer, enterprise="제삼의회사")
    assert "등록된 사회적경제기업이 아닙니다." in unknown["enterprise"]
    assert faults(officer, enterprise=None) == {"enterprise": "꼭 적어야 하는 칸입니다."}
    by_number = faults(officer, enterprise="", business_number="999-99-99999")
    assert list(by_number) == ["business_number"]


def test_a_designation_that_ended_needs_a_reason(officer: User, department: Department) -> None:
    firm = make_enterprise("오래된가게", starts=None)
    Designation.objects.create(
        enterprise=firm,
        kind=DesignationKind.VILLAGE,
        starts=date(2014, 1, 1),
        ends=date(2015, 12, 31),
    )
    found = faults(officer, enterprise="오래된가게")
    assert list(found) == ["override_reason"]
    assert "마을기업 지정이 끝났습니다." in found["override_reason"]
    given_ = taken(officer, enterprise="오래된가게", override_reason="계약 기간 중 만료")
    assert given_.override_reason == "계약 기간 중 만료"
    kept = taken(
        officer, enterprise="오래된가게", override_reason="필요 없음", purchased_on="2015-12-31"
    )
    assert kept.override_reason == ""


def test_columns_are_known_by_names_of_the_office(
    officer: User, department: Department, firm: Enterprise
) -> None:
    intake = Intake(user=officer, today=TODAY)
    row = (
        "150,000",
        "원두",
        "행복커피",
        "일자리과",
        "물품",
        "2016. 5. 2.",
        "수의계약",
        "함께누리몰",
    )
    layout = guess([row, row], intake.columns)
    assert layout.keys == (
        *("amount", "item", "enterprise", "department", "kind", "purchased_on"),
        *("contract", "channel"),
    )
    assert intake.lacking(layout) == []
    assert intake.lacking(layout.changed({"2": "", "3": "", "4": ""})) == ["구분", "부서", "기업명"]
    own = Intake(user=officer, department=department, today=TODAY)
    assert own.lacking(layout.changed({"3": ""})) == []


def test_columns_are_known_where_some_cells_are_odd(
    officer: User, department: Department, firm: Enterprise
) -> None:
    make_enterprise("나눔인쇄", business_number="1234567891")
    rows = [
        ("2016-11-15", "행복커피", "1234567891", "원두", "물품", "500,000"),
        ("16.11.16", "모르는집", "123-45-67891", "책자", "물품", "770"),
        ("42691", "나눔인쇄", "1234567891", "상자", "물품", "500,000"),
    ]
    layout = guess(rows, Intake(user=officer, department=department, today=TODAY).columns)
    assert layout.keys == (
        *("purchased_on", "enterprise", "business_number"),
        *("item", "kind", "amount"),
    )


def test_doubles_are_told_and_recorded_all_the_same(
    officer: User, department: Department, firm: Enterprise
) -> None:
    make_purchase(department, firm, officer, item="있던 것", amount=10, document_number="가-1")
    intake = Intake(user=officer, today=TODAY)
    rows = [
        {**GOOD},
        {**GOOD, "amount": "150000원", "note": "다른 말"},
        {**GOOD, "document_number": "일자리과-13"},
        {**GOOD, "item": "있던 것", "amount": 10, "document_number": "가-1"},
    ]
    drafts = [
        draft for n, row in enumerate(rows, 2) if isinstance(draft := intake.read(row, n), Draft)
    ]
    found, alike = doubles(drafts, apart=0)
    assert (list(found), list(alike)) == ([3, 5], [])
    assert found[3] == "2행과 같습니다."
    assert found[5] == "이미 등록된 구매입니다(입력자 officer 님)."
    assert Purchase.objects.count() == 1
    assert record(drafts=drafts, by=officer) == 4
    assert Purchase.objects.filter(created_by=officer).count() == 5


def test_rows_are_recorded_once_for_each_key(
    officer: User, clerk: User, department: Department, firm: Enterprise
) -> None:
    key = uuid4()
    drafts = [taken(officer), taken(officer, item="빵")._replace(row=8)]
    assert record(drafts=drafts, by=officer, entry_key=key) == 2
    assert record(drafts=drafts, by=officer, entry_key=key) == 0
    assert Purchase.objects.count() == 2
    event = Purchase.objects.order_by("pk")[0].events.get()  # type: ignore[attr-defined]  # pghistory's
    assert (event.pgh_label, event.pgh_context.metadata["user"]) == ("insert", officer.pk)


@pytest.mark.parametrize("text", ["가\t나", "가\n나", "가\\나", "\\N", "가\r나", "\\.", "'=1"])
def test_any_text_is_recorded_as_it_is(
    text: str, officer: User, department: Department, firm: Enterprise
) -> None:
    draft = taken(officer)._replace(item=text, note=text)
    record(drafts=[draft, draft._replace(row=8, item="다음")], by=officer)
    purchase = Purchase.objects.order_by("pk")[0]
    assert (purchase.item, purchase.note) == (text, text)


class TheSameRuleAsTheForm(TestCase):
    """Whatever a firm's record is, a row counts just as the form's purchase does."""

    def setUp(self) -> None:
        self.department = Department.objects.create(code="A", name="가과", kind="hq")
        self.user = make_user("somebody", Role.OFFICER, department=self.department)

    @settings(max_examples=40, deadline=None)
    @given(
        day=st.dates(date(2014, 1, 1), TODAY),
        closed=st.none() | st.dates(date(2014, 1, 1), TODAY),
        terms=st.lists(
            st.tuples(
                st.sampled_from(DesignationKind.values), st.integers(0, 800), st.integers(0, 500)
            ),
            max_size=3,
            unique_by=lambda term: term[0],
        ),
        reason=st.sampled_from(["", "까닭"]),
    )
    def test_agree(
        self, day: date, closed: date | None, terms: list[tuple[str, int, int]], reason: str
    ) -> None:
        firm = make_enterprise("행복커피", starts=None, closed_on=closed)
        for kind, after, length in terms:
            starts = date(2014, 1, 1) + timedelta(days=after)
            Designation.objects.create(
                enterprise=firm, kind=kind, starts=starts, ends=starts + timedelta(days=length)
            )
        cells = {**GOOD, "department": "가과", "purchased_on": day, "override_reason": reason}
        read = Intake(user=self.user, today=TODAY).read(cells, 2)
        purchase = Purchase(
            department=self.department,
            enterprise=firm,
            purchased_on=day,
            override_reason=reason,
        )
        try:
            check_purchase(purchase, today=TODAY)
        except ValidationError as error:
            said = {key: texts[0] for key, texts in error.message_dict.items()}
            assert {
                fault.column: fault.message for fault in read if isinstance(fault, Fault)
            } == said
        else:
            assert isinstance(read, Draft)
            assert read.override_reason == purchase.override_reason


def test_the_last_designation_is_the_one_named() -> None:
    terms = terms_of(
        [
            (date(2010, 1, 1), date(2012, 1, 1), DesignationKind.VILLAGE),
            (date(2011, 1, 1), date(2013, 1, 1), DesignationKind.COOP),
            (date(2020, 1, 1), None, DesignationKind.SOCIAL),
        ]
    )
    firm = Record("행복", None, terms)
    assert "2013. 1. 1.에 협동조합(일반) 지정이" in needs_reason(firm, date(2015, 1, 1))
    assert needs_reason(firm, date(2013, 1, 1)) == ""
    assert needs_reason(firm, date(2021, 1, 1)) == ""
