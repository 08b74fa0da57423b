"""Which firm is meant by what was typed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.core.hangul import initials
from apps.enterprises.models import Enterprise
from apps.procurement.models import Purchase, SupplierAlias
from apps.procurement.suppliers.matching import MOST_CANDIDATES, label, match
from tests.conftest import SignIn
from tests.procurement.factories import make_enterprise, make_purchase, typed

OPTIONS = reverse("procurement:suppliers")


@pytest.fixture
def firm(db: None) -> Enterprise:
    make_enterprise("행복빵집")
    make_enterprise("늘푸른청소")
    return make_enterprise("(주)행복커피")


def test_name_number_and_initials_lead_to_the_firm(firm: Enterprise) -> None:
    number = firm.business_number or ""
    for text in (
        "(주)행복커피",
        "행복커피",
        "행복 커피 주식회사",
        "ㅎㅂㅋㅍ",
        number,
        firm.dashed_number,
        label(firm),
        f"  {firm.dashed_number} ",
    ):
        assert match(text, Enterprise.objects.all()).enterprise == firm, text


def test_a_name_or_number_in_full_is_found_without_loading_every_firm(firm: Enterprise) -> None:
    for text in ("행복 커피 주식회사", firm.dashed_number, label(firm)):
        with CaptureQueriesContext(connection) as captured:
            assert match(text, Enterprise.objects.all()).enterprise == firm
        assert all(" WHERE " in query["sql"] for query in captured)


def test_an_exact_name_goes_before_longer_ones(firm: Enterprise) -> None:
    make_enterprise("행복커피 2호점")
    assert match("(주)행복커피", Enterprise.objects.all()).enterprise == firm


def test_what_fits_several_is_for_people_to_choose(firm: Enterprise) -> None:
    found = match("행복", Enterprise.objects.all())
    assert found.enterprise is None
    assert {candidate.name for candidate in found.candidates} == {"행복빵집", "(주)행복커피"}
    assert match("행복", Enterprise.objects.all(), firm.pk).enterprise == firm


def test_what_begins_with_a_letter_comes_first_and_of_it_what_was_bought_of_late(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    make_enterprise("하나행복")
    assert clerk.department is not None
    make_purchase(clerk.department, firm, clerk)
    client = sign_in(clerk)
    for text, names in (
        ("행", ["(주)행복커피", "행복빵집", "하나행복"]),
        ("ㅎ", ["(주)행복커피", "하나행복", "행복빵집"]),
        ("ㅂ", []),
    ):
        firms = client.get(OPTIONS, {"enterprise": text}).context["firms"]
        assert [each["label"].rpartition(" (")[0] for each in firms] == names


def test_two_firms_of_one_name_are_told_apart_by_their_number(firm: Enterprise) -> None:
    twin = make_enterprise("(주)행복커피")
    assert match("(주)행복커피", Enterprise.objects.all()).enterprise is None
    assert match(label(twin), Enterprise.objects.all()).enterprise == twin


def test_firms_without_a_number_are_told_apart_by_their_address(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    here, there = (
        make_enterprise("두 가게 (주)", business_number=None, address=f"강북구  {street}")
        for street in ("도봉로 7 (수유동)", "수유로 9")
    )
    for each in (here, there):
        assert match(label(each), Enterprise.objects.all()).enterprise == each
    assert match("두 가게 (주)", Enterprise.objects.all()).enterprise is None
    client = sign_in(clerk)
    assert f'data-value="{label(there)}"' in client.get(OPTIONS, {"enterprise": "두 가게"}).text
    client.post(reverse("procurement:create", args=[2016]), typed(enterprise=label(there)))
    assert Purchase.objects.get().enterprise == there


def test_a_part_of_a_name_is_offered_and_never_taken(firm: Enterprise) -> None:
    found = match("커피", Enterprise.objects.all())
    assert (found.enterprise, found.candidates) == (None, (firm,))
    assert match("커피", Enterprise.objects.all(), firm.pk).enterprise == firm


def test_nothing_like_it_offers_nothing(firm: Enterprise) -> None:
    found = match("xyz", Enterprise.objects.all(), firm.pk)
    assert (found.enterprise, found.candidates) == (None, ())


def test_typing_brings_a_short_list_of_options(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    for number in range(MOST_CANDIDATES + 2):
        make_enterprise(f"행복가게 {number}호")
    client = sign_in(clerk)
    shown = client.get(OPTIONS, {"enterprise": initials("행복커")}).text
    assert shown.count('role="option"') == 1
    assert f'data-value="{label(firm)}"' in shown
    make_enterprise("가나행복")
    many = client.get(OPTIONS, {"enterprise": "행복"}).text
    assert many.count('role="option"') == MOST_CANDIDATES
    assert "가나행복" not in many
    assert 'role="option"' not in client.get(OPTIONS, {"enterprise": " "}).text
    assert 'role="option"' not in client.get(OPTIONS, {"enterprise": "\0"}).text


def test_only_those_who_enter_purchases_are_offered_firms(
    viewer: User, secretary: User, officer: User, firm: Enterprise, sign_in: SignIn
) -> None:
    for user in (viewer, secretary):
        assert sign_in(user).get(OPTIONS, {"enterprise": "행복"}).status_code == 403
    assert "행복빵집" in sign_in(officer).get(OPTIONS, {"enterprise": "빵"}).text


def test_a_firm_picked_for_another_name_is_remembered_for_the_department(
    clerk: User, other_clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    client, create = sign_in(clerk), reverse("procurement:create", args=[2016])
    asked = client.post(create, typed(enterprise="행복한커피")).text
    assert "아래에서 골라 주세요" in asked
    client.post(create, typed(enterprise="행복한커피", choice=str(firm.pk)))
    client.post(create, typed(enterprise="행복한 커피", amount="70,000"))
    assert list(Purchase.objects.values_list("enterprise", flat=True)) == [firm.pk, firm.pk]
    sign_in(other_clerk).post(create, typed(enterprise="행복한커피"))
    assert Purchase.objects.count() == 2


def test_a_part_of_a_name_is_a_search_and_not_remembered(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    create = reverse("procurement:create", args=[2016])
    sign_in(clerk).post(create, typed(enterprise="커피", choice=str(firm.pk)))
    assert Purchase.objects.get().enterprise == firm
    assert not SupplierAlias.objects.exists()
