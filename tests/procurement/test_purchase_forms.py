"""Entering, changing and removing a purchase through the screens."""

from datetime import date

import pytest
from django.urls import reverse

from apps.accounts.models import Department, User
from apps.core.forms import CHANGED_MEANWHILE
from apps.enterprises.enums import EndReason
from apps.enterprises.models import Enterprise
from apps.procurement.models import Purchase, SupplierAlias
from tests.conftest import SignIn
from tests.procurement.factories import make_enterprise, make_purchase, typed

CREATE = reverse("procurement:create", args=[2016])
LIST = reverse("procurement:list", args=[2016])


@pytest.fixture
def firm(db: None) -> Enterprise:
    return make_enterprise("행복커피")


def edit_url(purchase: Purchase) -> str:
    return reverse("procurement:edit", args=[purchase.purchased_on.year, purchase.pk])


def delete_url(purchase: Purchase) -> str:
    return reverse("procurement:delete", args=[purchase.purchased_on.year, purchase.pk])


def test_clerk_enters_a_purchase_of_the_own_department(
    clerk: User, other_department: Department, firm: Enterprise, sign_in: SignIn
) -> None:
    data = typed(department=str(other_department.pk), list="1")
    response = sign_in(clerk).post(CREATE, data, follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    assert "구매실적을 저장했습니다: 행복커피 · 회의용 커피 · 150,000원" in response.text
    purchase = Purchase.objects.get()
    assert (purchase.department, purchase.created_by) == (clerk.department, clerk)
    assert (purchase.enterprise, purchase.amount) == (firm, 150_000)
    assert (purchase.purchased_on, purchase.channel) == (date(2016, 5, 2), "mall")
    assert (purchase.document_number, purchase.note) == ("일자리과-123", "정례 회의")
    assert purchase.override_reason == ""


def test_official_enters_a_purchase_of_any_department(
    officer: User, other_department: Department, firm: Enterprise, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    client.post(CREATE, typed(department=str(other_department.pk)))
    assert Purchase.objects.get().department == other_department
    assert "꼭 적어야 하는 칸입니다." in client.post(CREATE, typed()).text
    assert Purchase.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("enterprise", "없는회사", "찾을 수 없는 기업입니다."),
        ("enterprise", "", "꼭 적어야 하는 칸입니다."),
        ("enterprise", "문닫은가게", "2016. 3. 31.에 폐업·해산한 기업입니다."),
        (
            "enterprise",
            "보통회사",
            "2016. 5. 2.까지 사회적경제기업으로 지정된 적이 없는 기업",
        ),
        (
            "enterprise",
            "나중회사",
            "2016. 5. 2.까지 사회적경제기업으로 지정된 적이 없는 기업",
        ),
        ("purchased_on", "2015-12-31", "2016년 구매일자만 적을 수 있습니다."),
        ("purchased_on", "2016-02-30", "날짜는 2016-01-31처럼 적어 주세요."),
        ("amount", "0", "금액은 1원 이상이어야 합니다."),
        ("amount", "-5000", "금액은 1원 이상이어야 합니다."),
        ("amount", "99999999999999999999", "이하"),
        ("amount", "9,999,999,999,999,999", "금액이 너무 큽니다."),
        ("amount", "십만원", "금액은 숫자로 적어 주세요."),
        ("item", "", "꼭 적어야 하는 칸입니다."),
        ("kind", "", "꼭 적어야 하는 칸입니다."),
        ("channel", "자판기", "올바르게 선택해 주세요."),
    ],
)
def test_bad_input_is_named_beside_its_field_and_nothing_is_lost(
    field: str, value: str, message: str, clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    make_enterprise("문닫은가게", closed_on=date(2016, 3, 31))
    make_enterprise("보통회사", starts=None)
    make_enterprise("나중회사", starts=date(2016, 5, 3))
    data = typed(**{field: value})
    response = sign_in(clerk).post(CREATE, data)
    assert response.status_code == 200
    form = response.context["form"]
    assert list(form.errors) == [field]
    assert message in form.errors[field][0]
    assert f'id="id_{field}_error"' in response.text
    assert len(form.errors[field]) == 1
    for name in ("purchased_on", "enterprise", "item", "amount", "document_number", "note"):
        assert f'value="{data[name]}"' in response.text or data[name] == ""
    assert not Purchase.objects.exists()


def test_a_day_that_has_not_come_is_refused(clerk: User, firm: Enterprise, sign_in: SignIn) -> None:
    url = reverse("procurement:create", args=[2099])
    response = sign_in(clerk).post(url, typed(purchased_on="2099-12-31"))
    assert response.context["form"].errors == {
        "purchased_on": ["아직 오지 않은 날입니다. 구매한 날을 적어 주세요."]
    }
    assert 'value="2099-12-31"' in response.text
    assert not Purchase.objects.exists()


def test_every_fault_is_named_at_once(clerk: User, firm: Enterprise, sign_in: SignIn) -> None:
    data = typed(enterprise="없는회사", amount="많이", purchased_on="2015-01-01")
    form = sign_in(clerk).post(CREATE, data).context["form"]
    assert set(form.errors) == {"enterprise", "amount", "purchased_on"}


def test_an_unknown_firm_and_a_day_to_come_are_told_in_one_round(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    url = reverse("procurement:create", args=[2099])
    data = typed(enterprise="없는회사", purchased_on="2099-12-31")
    assert set(sign_in(clerk).post(url, data).context["form"].errors) == {
        "enterprise",
        "purchased_on",
    }


def test_a_form_sent_twice_is_saved_once(clerk: User, firm: Enterprise, sign_in: SignIn) -> None:
    client = sign_in(clerk)
    opened = client.get(CREATE)
    key = str(opened.context["form"]["entry_key"].value())
    assert f'name="entry_key" value="{key}"' in opened.text
    client.post(CREATE, typed(entry_key=key))
    again = client.post(CREATE, typed(entry_key=key), follow=True)
    assert again.redirect_chain == [(CREATE, 302)]
    assert "같은 화면을 두 번 보내 한 번만 저장했습니다: 행복커피 · 회의용 커피" in again.text
    assert Purchase.objects.count() == 1
    other = str(client.get(CREATE).context["form"]["entry_key"].value())
    client.post(CREATE, typed(entry_key=other, amount="160,000"))
    assert Purchase.objects.count() == 2


def test_a_form_sent_again_remembers_no_name_again(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    bread, client = make_enterprise("늘푸른빵집"), sign_in(clerk)
    key = str(client.get(CREATE).context["form"]["entry_key"].value())
    choice = {"enterprise": "늘푸른빵짐가게", "choice": str(bread.pk)}
    client.post(CREATE, typed(entry_key=key, **choice))
    SupplierAlias.objects.get().delete()
    client.post(CREATE, typed(entry_key=key, **choice))
    assert not SupplierAlias.objects.exists()


def test_two_people_do_not_save_over_each_other(
    clerk: User, officer: User, firm: Enterprise, sign_in: SignIn
) -> None:
    assert clerk.department is not None
    purchase = make_purchase(clerk.department, firm, clerk)
    client = sign_in(clerk)
    seen = client.get(edit_url(purchase)).context["form"]["seen"].value()
    Purchase.objects.filter(pk=purchase.pk).update(item="먼저 고친 품목")
    late = client.post(edit_url(purchase), typed(seen=seen, item="나중 품목"))
    assert CHANGED_MEANWHILE in late.text
    assert 'value="나중 품목"' in late.text
    assert "내가 적은 내용 저장" in late.text
    purchase.refresh_from_db()
    assert purchase.item == "먼저 고친 품목"


def test_it_is_said_that_what_another_changed_is_kept(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    assert clerk.department is not None
    purchase = make_purchase(clerk.department, firm, clerk)
    client = sign_in(clerk)
    seen = client.get(edit_url(purchase)).context["form"]["seen"].value()
    Purchase.objects.filter(pk=purchase.pk).update(amount=160_000)
    saved = client.post(edit_url(purchase), typed(seen=seen, amount="150,000"), follow=True)
    assert "다른 사람이 고친 칸은 그 사람이 고친 내용 그대로 두었습니다." in saved.text
    assert Purchase.objects.get().amount == 160_000
    seen = client.get(edit_url(purchase)).context["form"]["seen"].value()
    again = client.post(edit_url(purchase), typed(seen=seen, amount="170,000"), follow=True)
    assert "다른 사람이 고친 칸" not in again.text


def test_a_conflict_names_the_firm_only_where_another_was_typed(
    clerk: User, officer: User, firm: Enterprise, sign_in: SignIn
) -> None:
    assert clerk.department is not None
    other, client = make_enterprise("다른 가게"), sign_in(clerk)
    purchase = make_purchase(clerk.department, firm, officer)
    form = client.get(edit_url(purchase)).context["form"]
    Purchase.objects.filter(pk=purchase.pk).update(item="먼저 품목")
    data = typed(seen=form["seen"].value(), item="나중 품목", enterprise=form["enterprise"].value())
    late = client.post(edit_url(purchase), data).context["form"]
    assert "기업" not in [difference.label for difference in late.conflict]
    late = client.post(edit_url(purchase), data | {"enterprise": other.name}).context["form"]
    (shown,) = [each for each in late.conflict if each.label == "기업"]
    assert firm.name in "".join(piece.text for piece in shown.saved)


def test_several_firms_are_offered_and_one_is_picked(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    bread = make_enterprise("행복빵집")
    client = sign_in(clerk)
    offered = client.post(CREATE, typed(enterprise="행복")).text
    assert "적은 내용만으로는 기업을 정할 수 없습니다." in offered
    for enterprise in (firm, bread):
        assert f'<input type="radio" name="choice" value="{enterprise.pk}"' in offered
        assert f"{enterprise.name} ({enterprise.dashed_number})" in offered
    assert 'value="회의용 커피"' in offered
    assert not Purchase.objects.exists()
    client.post(CREATE, typed(enterprise="행복", choice=str(bread.pk)))
    assert Purchase.objects.get().enterprise == bread


def test_a_pick_that_no_longer_fits_what_is_typed_does_not_count(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    bread = make_enterprise("행복빵집")
    sign_in(clerk).post(CREATE, typed(enterprise="행복커피", choice=str(bread.pk)))
    assert Purchase.objects.get().enterprise == firm


def test_a_firm_whose_designation_had_ended_needs_a_reason(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    designation = firm.designations.get()
    designation.ended_on, designation.end_reason = date(2016, 4, 30), EndReason.REVOKED
    designation.save()
    client = sign_in(clerk)
    assert 'type="hidden" name="override_reason"' in client.get(CREATE).text
    warned = client.post(CREATE, typed())
    assert list(warned.context["form"].errors) == ["override_reason"]
    assert "행복커피는 2016. 4. 30.에 사회적기업(인증) 지정이 끝났습니다." in warned.text
    assert 'type="text" name="override_reason"' in warned.text
    assert not Purchase.objects.exists()
    client.post(CREATE, typed(override_reason="계약은 지정이 끝나기 전에 맺음"))
    purchase = Purchase.objects.get()
    assert purchase.override_reason == "계약은 지정이 끝나기 전에 맺음"
    assert "지정 종료" in client.get(LIST).text
    assert 'type="text" name="override_reason"' in client.get(edit_url(purchase)).text


def test_no_reason_is_kept_where_none_is_needed(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    sign_in(clerk).post(CREATE, typed(override_reason="그냥"))
    assert Purchase.objects.get().override_reason == ""


def test_the_last_day_of_a_designation_and_of_a_firm_still_counts(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    firm.designations.update(ended_on=date(2016, 5, 2), end_reason=EndReason.CLOSED)
    firm.closed_on = date(2016, 5, 2)
    firm.save()
    sign_in(clerk).post(CREATE, typed())
    assert Purchase.objects.get().override_reason == ""


def test_clerk_changes_a_purchase(clerk: User, firm: Enterprise, sign_in: SignIn) -> None:
    assert clerk.department is not None
    purchase = make_purchase(clerk.department, firm, clerk)
    client = sign_in(clerk)
    shown = client.get(edit_url(purchase)).text
    assert f'value="행복커피 ({firm.dashed_number})"' in shown
    assert 'value="150,000"' in shown
    again = f"행복커피 ({firm.dashed_number})"
    client.post(edit_url(purchase), typed(enterprise=again, amount="98천원", item="원두"))
    purchase.refresh_from_db()
    assert (purchase.amount, purchase.item, purchase.enterprise) == (98_000, "원두", firm)


def test_a_bad_change_changes_nothing(clerk: User, firm: Enterprise, sign_in: SignIn) -> None:
    assert clerk.department is not None
    purchase = make_purchase(clerk.department, firm, clerk)
    response = sign_in(clerk).post(edit_url(purchase), typed(amount="0", item="원두"))
    assert list(response.context["form"].errors) == ["amount"]
    assert 'value="원두"' in response.text
    purchase.refresh_from_db()
    assert (purchase.amount, purchase.item) == (150_000, "복사용지")


def test_official_moves_a_purchase_to_the_right_department(
    officer: User,
    department: Department,
    other_department: Department,
    firm: Enterprise,
    sign_in: SignIn,
) -> None:
    purchase = make_purchase(department, firm, officer)
    sign_in(officer).post(edit_url(purchase), typed(department=str(other_department.pk)))
    purchase.refresh_from_db()
    assert purchase.department == other_department


def test_a_clerk_never_moves_a_purchase_to_another_department(
    clerk: User, other_department: Department, firm: Enterprise, sign_in: SignIn
) -> None:
    assert clerk.department is not None
    purchase = make_purchase(clerk.department, firm, clerk)
    sign_in(clerk).post(edit_url(purchase), typed(department=str(other_department.pk)))
    purchase.refresh_from_db()
    assert (purchase.department, purchase.item) == (clerk.department, "회의용 커피")


def test_removing_asks_first(clerk: User, firm: Enterprise, sign_in: SignIn) -> None:
    assert clerk.department is not None
    purchase = make_purchase(clerk.department, firm, clerk)
    client = sign_in(clerk)
    asked = client.get(delete_url(purchase))
    assert "이 구매실적을 삭제할까요? 2016. 5. 2. 행복커피 · 복사용지 · 150,000원" in asked.text
    assert Purchase.objects.count() == 1
    assert "구매실적을 삭제했습니다" in client.post(delete_url(purchase), follow=True).text
    assert not Purchase.objects.exists()


def test_removing_once_more_says_that_it_is_gone(
    clerk: User, other_department: Department, firm: Enterprise, sign_in: SignIn
) -> None:
    assert clerk.department is not None
    own, others = (
        make_purchase(whose, firm, clerk) for whose in (clerk.department, other_department)
    )
    Purchase.objects.filter(pk=others.pk).delete()
    client = sign_in(clerk)
    client.post(delete_url(own))
    for again in (client.get, client.post):
        response = again(delete_url(own), follow=True)
        assert response.redirect_chain == [(LIST, 302)]
        assert "이미 삭제한 구매실적입니다." in response.text
    assert client.post(delete_url(others)).status_code == 404


def test_a_purchase_changed_meanwhile_is_not_removed(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    assert clerk.department is not None
    purchase = make_purchase(clerk.department, firm, clerk)
    client = sign_in(clerk)
    seen = client.get(delete_url(purchase)).context["seen"]
    purchase.amount = 1_500_000
    purchase.save()
    refused = client.post(delete_url(purchase), {"seen": seen})
    assert "다른 사람이 이 구매실적을 수정해서 삭제하지 않았습니다." in refused.text
    assert "행복커피 · 복사용지 · 1,500,000원" in refused.text
    assert Purchase.objects.exists()
    client.post(delete_url(purchase), {"seen": refused.context["seen"]})
    assert not Purchase.objects.exists()


def test_a_purchase_is_found_only_in_its_own_year(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    assert clerk.department is not None
    purchase = make_purchase(clerk.department, firm, clerk)
    client = sign_in(clerk)
    for name in ("edit", "delete"):
        url = reverse(f"procurement:{name}", args=[2017, purchase.pk])
        assert client.post(url, typed()).status_code == 404
    assert Purchase.objects.get().item == "복사용지"


def test_others_may_not_write(
    clerk: User,
    other_clerk: User,
    viewer: User,
    secretary: User,
    nobody: User,
    firm: Enterprise,
    sign_in: SignIn,
) -> None:
    assert clerk.department is not None
    purchase = make_purchase(clerk.department, firm, clerk)
    for user, stranger in ((other_clerk, 404), (viewer, 403), (secretary, 403), (nobody, 403)):
        client = sign_in(user)
        for url in (edit_url(purchase), delete_url(purchase)):
            assert client.get(url).status_code == stranger
            assert client.post(url, typed()).status_code == stranger
    for user in (viewer, secretary, nobody):
        assert sign_in(user).post(CREATE, typed()).status_code == 403
    assert Purchase.objects.get().item == "복사용지"


def test_a_clerk_without_department_has_nowhere_to_enter(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    clerk.department = None
    clerk.save()
    assert sign_in(clerk).post(CREATE, typed()).status_code == 403
    assert not Purchase.objects.exists()
