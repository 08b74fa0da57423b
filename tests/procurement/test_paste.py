"""Rows pasted from Excel: read, shown, corrected in place, saved all at once."""

from collections.abc import Iterable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import Department, User
from apps.core.forms import TAKEN_MEANWHILE
from apps.enterprises.models import Enterprise
from apps.procurement.forms.paste import Grid
from apps.procurement.intake.pasting import Check
from apps.procurement.intake.reading import Intake
from apps.procurement.models import MonthClosing, Purchase, SupplierAlias
from apps.rules.enums import StatuteKind
from apps.rules.models import RuleValue, Statute
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
        "shown": grid.reading,
        "asked": " ".join(check.large),
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
    assert check.verdict == ("2줄이 모두 맞습니다(합계 1,150,000원). ‘저장’을 누르면 저장합니다.")
    second = {cell.key: (cell.text, cell.read) for cell in check.grid.lines[1].cells}
    assert second["amount"] == ("1000천원", "1,000,000원")
    assert second["purchased_on"] == ("2016-05-03", "")
    assert second["contract"] == ("소액구매(카드)", "")
    assert not Purchase.objects.exists()
    response = client.post(PASTE, sent(check, "save"), follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    assert "구매실적 2건, 1,150,000원을 저장했습니다." in response.text
    later, earlier = Purchase.objects.all()
    assert (earlier.department, earlier.created_by) == (clerk.department, clerk)
    assert (earlier.enterprise, earlier.item, earlier.amount) == (firm, "회의용 커피", 150_000)
    assert (earlier.kind, earlier.channel, earlier.contract) == ("goods", "mall", "card")
    assert (later.purchased_on, later.amount) == (date(2016, 5, 3), 1_000_000)


def test_columns_in_any_order_without_headings(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    rows = [(ROW[4], ROW[2], ROW[1], ROW[0], ROW[3]), ("20,000", "다과", *row()[1::-1], "용역")]
    check = pasted(client, *rows)
    assert check.grid.keys == ["amount", "item", "enterprise", "purchased_on", "kind"]
    assert "구매방법·계약방법 열이 없어 ‘기타’로 저장합니다. 아래에서 고를 수 있습니다." in (
        check.remarks
    )
    client.post(PASTE, sent(check, "save", **{"fill-channel": "나라장터"}))
    purchases = Purchase.objects.order_by("pk").values_list("item", "channel", "contract")
    assert list(purchases) == [("회의용 커피", "nara", "other"), ("다과", "nara", "other")]


def test_the_meaning_of_a_column_can_be_changed(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    head = ("구매일자", "업체명", "알 수 없는 제목", "구분", "금액")
    check = pasted(client, head, ROW[:5])
    keys = check.grid.keys
    item = keys.index("") if "" in keys else keys.index("item")
    meant = ["item" if place == item else key for place, key in enumerate(keys)]
    check = client.post(PASTE, sent(check, "check", column=meant)).context["check"]
    assert (check.wrong, check.grid.keys.count("item")) == (False, 1)
    assert check.right[0].item == "회의용 커피"
    unused = ["" if key == "item" else key for key in check.grid.keys]
    check = client.post(PASTE, sent(check, "check", column=unused)).context["check"]
    assert "쓰지 않는 열: 알 수 없는 제목" in check.remarks
    assert faults(check) == {"1행 품목": "꼭 적어야 하는 칸입니다."}


def test_two_columns_of_one_meaning_are_refused(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    check = pasted(client, (*HEAD, "비고"), (*ROW, "정례 회의"))
    twice = ["item" if key == "note" else key for key in check.grid.keys]
    answer = client.post(PASTE, sent(check, "save", column=twice))
    assert "품목 열이 둘 이상입니다." in answer.text
    assert not Purchase.objects.exists()


@pytest.mark.parametrize(
    ("cells", "where", "message"),
    [
        ({"day": "2015-12-31"}, "1행 구매일자", "2016년 구매만 여기에 넣을 수 있습니다."),
        ({"day": "2016-02-30"}, "1행 구매일자", "달력에 없는 날짜입니다."),
        ({"day": "2016-03-02"}, "1행 구매일자", "2016년 3월은 마감되었습니다."),
        ({"firm": "없는회사"}, "1행 기업명", "등록된 사회적경제기업이 아닙니다."),
        ({"item": ""}, "1행 품목", "꼭 적어야 하는 칸입니다."),
        ({"amount": "많이"}, "1행 금액", "금액을 읽을 수 없습니다."),
        ({"kind": "밥"}, "1행 구분", "쓸 수 있는 값: 물품, 용역, 공사"),
    ],
)
def test_one_bad_cell_is_marked_in_place_and_nothing_is_saved(
    cells: dict[str, str],
    where: str,
    message: str,
    clerk: User,
    officer: User,
    firm: Enterprise,
    sign_in: SignIn,
) -> None:
    MonthClosing.objects.create(
        month=date(2016, 3, 1), closed_at="2016-04-05T00:00:00Z", closed_by=officer
    )
    client = sign_in(clerk)
    check = pasted(client, HEAD, row(**cells), row(item="간식"))
    answer = client.post(PASTE, sent(check, "save"))
    check = answer.context["check"]
    assert list(faults(check)) == [where]
    assert message in faults(check)[where]
    assert "2줄 가운데 1줄이 맞습니다. 1칸을 고쳐 주세요." in answer.text
    (cell,) = check.grid.faults
    assert f'id="{cell.anchor}" aria-invalid="true"' in " ".join(answer.text.split())
    assert f'href="#{cell.anchor}"' in answer.text
    assert f'value="{cell.text}"' in answer.text
    assert not Purchase.objects.exists()


def test_a_bad_cell_is_corrected_and_all_is_saved(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    check = pasted(client, HEAD, row(amount="많이"), row(item="간식"))
    mended = sent(check, "save", c0=list(row(amount="70,000")))
    assert client.post(PASTE, mended).status_code == 302
    assert set(Purchase.objects.values_list("amount", flat=True)) == {70_000, 150_000}


def test_another_unit_is_shown_before_it_is_saved(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    held = client.post(PASTE, sent(pasted(client, HEAD, ROW), "save", unit="천원"))
    assert "합계 150,000,000원" in held.text
    assert "금액의 단위나 열의 뜻이 바뀌어 아직 저장하지 않았습니다." in held.text
    assert not Purchase.objects.exists()
    client.post(PASTE, sent(held.context["check"], "save"))
    assert Purchase.objects.get().amount == 150_000_000


def test_another_meaning_of_a_column_is_shown_before_it_is_saved(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    check = pasted(client, (*HEAD, "실제 금액"), (*ROW, "20,000"))
    keys = [
        "amount" if place == 7 else "" if key == "amount" else key
        for place, key in enumerate(check.grid.keys)
    ]
    held = client.post(PASTE, sent(check, "save", column=keys))
    assert "합계 20,000원" in held.text
    assert not Purchase.objects.exists()


def test_a_bad_row_can_be_left_out(clerk: User, firm: Enterprise, sign_in: SignIn) -> None:
    client = sign_in(clerk)
    check = pasted(client, HEAD, row(amount="많이"), row(item="간식"))
    client.post(PASTE, sent(check, "save", take=["1"]))
    assert Purchase.objects.get().item == "간식"


def test_a_firm_nobody_can_tell_is_asked_for_once_and_remembered(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    meant = make_enterprise("행복커피 강북점")
    make_enterprise("행복커피 수유점")
    client = sign_in(clerk)
    rows = [row(firm="행복커피 북점"), row(firm="행복커피 북점", item="간식")]
    check = pasted(client, HEAD, *rows)
    assert faults(check) == {
        "1행 기업명": "어느 기업인지 아래에서 골라 주세요.",
        "2행 기업명": "1행에서 기업을 골라 주세요.",
    }
    assert meant.pk in dict(check.grid.lines[0].cell("enterprise").offers)
    stranger = make_enterprise("모르는 회사")
    check = client.post(PASTE, sent(check, "save", **{"firm-0": stranger.pk})).context["check"]
    assert len(check.grid.faults) == 2
    answer = client.post(PASTE, sent(check, "check", **{"firm-0": meant.pk}))
    assert f'value="{meant.pk}" selected' in answer.text
    check = answer.context["check"]
    assert not check.wrong
    assert not SupplierAlias.objects.exists()
    client.post(PASTE, sent(check, "save"))
    assert set(Purchase.objects.values_list("enterprise", "item")) == {
        (meant.pk, "회의용 커피"),
        (meant.pk, "간식"),
    }
    alias = SupplierAlias.objects.get()
    assert (alias.enterprise, alias.department) == (meant, clerk.department)
    again = pasted(client, HEAD, row(firm="행복커피 북점", item="다른 것"))
    assert not again.wrong


def test_the_firm_chosen_is_taken_where_another_has_the_same_name_and_none_a_number(
    clerk: User, sign_in: SignIn
) -> None:
    twins = [make_enterprise("두 가게", business_number=None) for _ in range(2)]
    Enterprise.objects.filter(pk=twins[1].pk).update(address="강북구 도봉로 7")
    client = sign_in(clerk)
    answer = client.post(PASTE, {"text": copied(HEAD, row(firm="두 가게"))})
    assert "두 가게 (강북구 도봉로 7)</option>" in answer.text
    client.post(PASTE, sent(answer.context["check"], "save", **{"firm-0": twins[1].pk}))
    assert Purchase.objects.get().enterprise == twins[1]


def test_what_a_name_means_is_not_remembered_of_a_row_left_out(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    meant = make_enterprise("행복커피 강북점")
    make_enterprise("행복커피 수유점")
    client = sign_in(clerk)
    check = pasted(client, HEAD, row(firm="행복커피 북점"), row(item="간식"))
    snack = {"c1": list(row(item="간식\0")), "firm-0": meant.pk}
    client.post(PASTE, sent(check, "save", take=["1"], **snack))
    assert Purchase.objects.get().item == "간식"
    assert not SupplierAlias.objects.exists()


def test_doubles_are_left_out_until_they_are_ticked(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    assert clerk.department is not None
    make_purchase(clerk.department, firm, clerk, purchased_on=date(2016, 5, 2), item="회의용 커피")
    client, snack = sign_in(clerk), row(item="간식", amount="20,000")
    answer = client.post(PASTE, {"text": copied(HEAD, ROW, snack, snack, row(amount="9,000"))})
    check = answer.context["check"]
    assert "4줄 가운데 2줄이 맞습니다" in answer.text
    assert "2줄은 겹치는 것 같아 뺐습니다." in answer.text
    remarks = [line.remark for line in check.grid.lines]
    assert "이미 등록된 구매입니다" in remarks[0]
    assert remarks[1:] == ["", "2행과 같습니다.", ""]
    ticked = [line.take_value for line in check.grid.lines[:3]]
    assert client.post(PASTE, sent(check, "save", take=ticked)).status_code == 302
    items = sorted(Purchase.objects.values_list("item", flat=True))
    assert items == ["간식", "간식", "회의용 커피", "회의용 커피"]


def test_doubles_and_lines_of_sums_left_out_are_told_apart(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    check = pasted(client, HEAD, ROW, ROW, ROW, ("합계", "", "", "", "450,000"))
    out = "2줄은 겹치는 것 같아, 1줄은 합계로 보여 뺐습니다."
    assert check.left_out.startswith(out)
    again = client.post(PASTE, sent(check, "check")).context["check"]
    assert again.left_out.startswith(out)


def test_what_is_recorded_already_is_said_plainly(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    snack = row(item="간식", amount="20,000")
    client.post(PASTE, sent(pasted(client, HEAD, ROW, snack), "save"))
    answer = client.post(
        PASTE, {"text": copied(HEAD, ROW, snack, snack, ("합계", "", "", "", "1"))}
    )
    check = answer.context["check"]
    assert "새로 저장할 것이 없습니다. 3줄이 모두 이미 등록되어 있습니다." in answer.text
    assert not check.wrong
    assert "겹치는 것 같아" not in answer.text
    assert f'<a href="{LIST}">구매실적 목록으로</a>' in answer.text
    more = client.post(PASTE, sent(check, "check", take=["0d"])).context["check"]
    assert more.verdict.startswith("4줄 가운데 1줄이 맞습니다")


def test_a_purchase_entered_in_other_words_is_a_likely_double(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    assert clerk.department is not None
    make_purchase(clerk.department, firm, clerk, purchased_on=date(2016, 5, 2), item="커피 원두")
    check = pasted(sign_in(clerk), HEAD, ROW, row(amount="150,001"))
    first, second = check.grid.lines
    assert first.remark == "같은 기업에서 같은 금액으로 산 것이 있습니다: 2016. 5. 2. 커피 원두"
    assert (first.take, second.take) == (False, True)


@pytest.mark.parametrize(("day", "take"), [("2016-05-05", False), ("2016-05-06", True)])
def test_the_office_says_how_many_days_apart_purchases_are_alike(
    day: str, take: bool, clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    assert clerk.department is not None
    statute = Statute.objects.create(name="구매 지침", kind=StatuteKind.OFFICE)
    RuleValue.objects.create(
        key="procurement.double_days",
        label="비슷한 구매로 보는 날수",
        value=3,
        unit="일",
        valid_from=date(2016, 1, 1),
        statute=statute,
    )
    make_purchase(clerk.department, firm, clerk, purchased_on=date(2016, 5, 2), item="커피 원두")
    (line,) = pasted(sign_in(clerk), HEAD, row(day=day)).grid.lines
    assert line.take is take


def test_a_month_closed_meanwhile_refuses_all(clerk: User, officer: User, firm: Enterprise) -> None:
    intake = Intake(user=clerk, today=date(2016, 6, 1))
    check = Check(Grid.pasted([HEAD, ROW], intake.columns), intake, 2016, date(2016, 6, 1))
    MonthClosing.objects.create(
        month=date(2016, 5, 1), closed_at="2016-06-05T00:00:00Z", closed_by=officer
    )
    assert check.save(clerk) is None
    assert "2016년 5월은 마감되었습니다." in check.problems[0]
    assert not Purchase.objects.exists()


def test_a_key_somebody_else_has_used_saves_nothing(
    clerk: User, officer: User, firm: Enterprise, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    data = sent(pasted(client, HEAD, ROW), "save")
    assert clerk.department is not None
    make_purchase(clerk.department, firm, officer, item="다른 것", entry_key=data["key"])
    again = {**data, "c0": list(row(amount="1,000"))}
    assert TAKEN_MEANWHILE in client.post(PASTE, again).text
    assert Purchase.objects.count() == 1


def test_a_double_that_came_meanwhile_is_shown_before_it_is_saved(
    clerk: User, officer: User, firm: Enterprise, sign_in: SignIn
) -> None:
    assert clerk.department is not None
    client = sign_in(clerk)
    check = pasted(client, HEAD, ROW, row(item="간식", amount="20,000"))
    make_purchase(
        clerk.department, firm, officer, purchased_on=date(2016, 5, 2), item="회의용 커피"
    )
    shown = client.post(PASTE, sent(check, "save"))
    assert "1줄은 겹치는 것 같아 뺐습니다." in shown.text
    assert Purchase.objects.count() == 1
    client.post(PASTE, sent(shown.context["check"], "save"))
    items = sorted(Purchase.objects.values_list("item", flat=True))
    assert items == ["간식", "회의용 커피"]


def test_a_sheet_sent_twice_is_saved_once(clerk: User, firm: Enterprise, sign_in: SignIn) -> None:
    client = sign_in(clerk)
    data = sent(pasted(client, HEAD, ROW), "save")
    client.post(PASTE, data)
    again = client.post(PASTE, data, follow=True)
    assert Purchase.objects.count() == 1
    assert "같은 화면을 두 번 보내 한 번만 저장했습니다." in again.text


def test_a_purchase_of_a_firm_whose_designation_ended_asks_for_the_reason(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    firm.designations.update(ends=date(2016, 1, 31))
    client = sign_in(clerk)
    check = pasted(client, HEAD, ROW)
    assert list(faults(check)) == ["1행 지정이 끝난 기업의 구매 사유"]
    client.post(PASTE, sent(check, "save", c0=[*ROW, "계약이 지정 기간에 시작"]))
    assert Purchase.objects.get().override_reason == "계약이 지정 기간에 시작"


def test_an_official_names_the_department_of_each_row(
    officer: User, other_department: Department, firm: Enterprise, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    check = pasted(client, HEAD, ROW)
    assert faults(check) == {"1행 부서": "꼭 적어야 하는 칸입니다."}
    answer = client.post(PASTE, {"text": copied(HEAD, ROW, row(amount="많이"))})
    assert "부서 열에 적은 것이 없습니다." in answer.text
    assert [cell.name for cell in answer.context["check"].first_faults] == ["2행 금액"]
    client.post(PASTE, sent(check, "save", **{"fill-department": other_department.name}))
    assert Purchase.objects.get().department == other_department


def test_a_clerk_enters_nothing_for_another_department(
    clerk: User, other_department: Department, firm: Enterprise, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    check = pasted(client, (*HEAD, "부서"), (*ROW, other_department.name))
    assert "이 부서의 구매는 등록할 수 없습니다." in faults(check)["1행 부서"]
    client.post(PASTE, sent(check, "save"))
    assert not Purchase.objects.exists()


def test_titles_sums_and_the_unit_of_the_amounts_are_understood(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    head = tuple(name.replace("(원)", "(천원)") for name in HEAD)
    check = pasted(
        client, ("2016년 구매 내역",), head, row(amount="150"), ("합계", "", "", "", "150")
    )
    assert check.grid.unit == "천원"
    assert "맨 위 2줄은 제목으로 보고 뺐습니다." in check.remarks
    client.post(PASTE, sent(check, "save"))
    assert Purchase.objects.get().amount == 150_000


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "꼭 적어야 하는 칸입니다."),
        ("\t\t\r\n", "붙여 넣은 줄이 없습니다."),
        (copied(*[ROW] * 506), "한 번에 500줄까지 붙여 넣을 수 있습니다."),
        (copied(["x"] * 21), "20열까지 붙여 넣을 수 있습니다."),
    ],
)
def test_what_is_no_table_is_refused_beside_the_box(
    text: str, message: str, clerk: User, sign_in: SignIn
) -> None:
    response = sign_in(clerk).post(PASTE, {"text": text})
    assert message in response.context["form"].errors["text"][0]
    assert message in response.text


def test_five_hundred_rows_are_read_and_saved(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    rows = [(*row(item=f"품목 {number}"), *["비고"] * 13) for number in range(500)]
    check = pasted(client, (*HEAD, *["칸"] * 13), *rows)
    client.post(PASTE, sent(check, "save"))
    assert Purchase.objects.count() == 500


def test_lines_are_added_and_an_empty_sheet_saves_nothing(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    check = pasted(client, HEAD, ROW)
    assert len(client.post(PASTE, sent(check, "more")).context["grid"].lines) == 11
    empty = client.post(PASTE, sent(check, "save", c0=[""] * len(ROW)))
    assert "저장할 줄이 없습니다." in empty.text
    assert client.get(PASTE, {"blank": "1"}).text.count('name="c9"') == 10
    assert not Purchase.objects.exists()


def test_a_form_of_rubbish_is_an_empty_sheet(clerk: User, sign_in: SignIn) -> None:
    rubbish = {
        "do": "save",
        "rows": "²",
        "column": ["evil"],
        "heading": ["x"],
        "key": "?",
        "unit": "?",
    }
    assert "저장할 줄이 없습니다." in sign_in(clerk).post(PASTE, rubbish).text


def test_large_amounts_are_asked_about_once(clerk: User, firm: Enterprise, sign_in: SignIn) -> None:
    client = sign_in(clerk)
    check = pasted(client, HEAD, ROW, row(item="원두"))
    cells = [cell.text.replace("150,000", "150,000,000") for cell in check.grid.lines[1].cells]
    held = client.post(PASTE, sent(check, "save", c1=cells))
    asked = held.context["check"]
    assert "금액이 큰 줄 1개: 2행 150,000,000원. " in held.text
    assert 'value="2:150000000"' in held.text
    assert not Purchase.objects.exists()
    client.post(PASTE, sent(asked, "save"))
    assert Purchase.objects.count() == 2


def test_who_has_no_department_cannot_paste(clerk: User, sign_in: SignIn) -> None:
    clerk.department = None
    clerk.save()
    assert sign_in(clerk).get(PASTE).status_code == 403


def test_queries_do_not_grow_with_the_rows(clerk: User, firm: Enterprise, sign_in: SignIn) -> None:
    client = sign_in(clerk)
    counts = []
    for rows in (1, 1, 30):
        with CaptureQueriesContext(connection) as seen:
            pasted(client, HEAD, *(row(item=f"품목 {number}") for number in range(rows)))
        counts.append(len(seen))
    assert counts[1] == counts[2]


def test_what_is_recorded_may_stand_in_a_closed_month(
    clerk: User, officer: User, firm: Enterprise, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    client.post(PASTE, sent(pasted(client, HEAD, ROW), "save"))
    MonthClosing.objects.create(
        month=date(2016, 5, 1), closed_at="2016-06-05T00:00:00Z", closed_by=officer
    )
    check = pasted(client, HEAD, ROW, row(item="새것", amount="70"))
    assert [line.take for line in check.grid.filled] == [False, True]
    assert list(faults(check)) == ["2행 구매일자"]
