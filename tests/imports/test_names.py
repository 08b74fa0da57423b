"""Names in a file that only a person can tell: asked for once, then remembered."""

from hashlib import sha256

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from apps.accounts.models import Department, User
from apps.imports.services import answer
from apps.procurement.models import Purchase, SupplierAlias
from apps.procurement.suppliers.matching import label
from tests.conftest import SignIn
from tests.imports.sending import checked, decide, page, sent
from tests.procurement.factories import make_enterprise

pytestmark = pytest.mark.django_db
ROW = ["2016-05-02", "커피창고", "원두", "물품", "90,000", ""]


def box(name: str) -> str:
    """The box in which a page asks for the firm of a name."""
    return f"name-{sha256(name.encode()).hexdigest()[:16]}"


@pytest.fixture
def client(sign_in: SignIn, clerk: User) -> Client:
    return sign_in(clerk)


def test_a_name_only_a_person_can_tell_is_asked_for_and_remembered(client: Client) -> None:
    make_enterprise("나눔인쇄소")
    make_enterprise("나눔인쇄사")
    row = ["2016-05-02", "나눔인쇄", "책자", "물품", "90,000", ""]
    file = sent(client, [row])
    question = file.found["questions"][0]
    assert (question[0], question[1]) == ("나눔인쇄", 1)
    key = question[2][0][0]
    url = reverse("imports:answers", args=[file.pk])
    assert "하나 이상 골라 주세요" in client.post(url).content.decode()
    client.post(url, {box("나눔인쇄"): key})
    file = checked(file)
    assert (file.found["faulty"], file.found["questions"]) == (0, [])
    decide(client, "commit", file)
    assert Purchase.objects.get().enterprise_id == key


def test_of_a_name_nobody_knows_the_clerk_says_which_firm_it_is(
    client: Client, department: Department
) -> None:
    firm = make_enterprise("행복커피", business_number="1234567891")
    file = sent(client, [ROW, [*ROW[:2], "필터", *ROW[3:]], [ROW[0], "-", *ROW[2:]]])
    assert file.found["questions"] == [["커피창고", 2, []]]
    text = page(client, file)
    assert "등록된 이름을 찾을 수 없는 기업" in text
    assert text.count("커피창고 (2줄)") == 1

    url = reverse("imports:answers", args=[file.pk])
    refused = client.post(url, {box("커피창고"): "없는회사"}).content.decode()
    assert "찾을 수 없는 기업입니다" in refused
    assert 'value="없는회사"' in refused
    client.post(url, {box("커피창고"): "행복커피 (123-45-67891)"})
    alias = SupplierAlias.objects.get()
    assert (alias.name, alias.enterprise, alias.department) == ("커피창고", firm, department)
    file = checked(file)
    assert (file.found["fresh"], file.found["questions"]) == (2, [])
    decide(client, "commit", file, skip="on")
    assert set(Purchase.objects.values_list("enterprise", flat=True)) == {firm.pk}


def test_what_fits_several_firms_is_said_with_their_names(client: Client) -> None:
    firms = [make_enterprise(name) for name in ("행복커피", "행복빵집")]
    file = sent(client, [ROW])
    url = reverse("imports:answers", args=[file.pk])
    _, said = client.post(url, {box("커피창고"): "행복"}).text.split("그대로 적어 주세요: ", 1)
    assert {label(firm) for firm in firms} == set(said.split("<", 1)[0].strip().split(", "))
    assert not SupplierAlias.objects.exists()


def test_any_box_finds_firms(client: Client) -> None:
    make_enterprise("행복커피")
    found = client.get(reverse("procurement:suppliers"), {"name-3": "행복"})
    assert "행복커피" in found.text


def test_an_old_page_answers_for_no_other_name(client: Client) -> None:
    firm = make_enterprise("행복커피")
    file = sent(client, [ROW, [ROW[0], "푸른제과", *ROW[2:]]])
    url = reverse("imports:answers", args=[file.pk])
    for _ in range(2):  # the second from the page as it was before the first
        client.post(url, {box("커피창고"): firm.name})
        checked(file)
    assert [alias.name for alias in SupplierAlias.objects.all()] == ["커피창고"]


def test_a_line_of_sums_is_no_name(client: Client) -> None:
    make_enterprise("행복커피")
    file = sent(client, [["", "합계", "", "", "90,000", ""], ROW])
    assert [name for name, *_ in file.found["questions"]] == ["커피창고"]
    assert (file.found["rows"], file.found["notes"][0]) == (1, "합계 1줄은 읽지 않았습니다.")


def test_firms_of_one_name_without_a_number_are_chosen_by_their_address(client: Client) -> None:
    for street in ("도봉로 7", "수유로 9"):
        make_enterprise("두 가게", business_number=None, address=f"강북구 {street}")
    file = sent(client, [ROW])
    url = reverse("imports:answers", args=[file.pk])
    said = client.post(url, {box("커피창고"): "두 가게"}).text
    assert "두 가게 (강북구 도봉로 7), 두 가게 (강북구 수유로 9)" in said
    client.post(url, {box("커피창고"): "두 가게 (강북구 수유로 9)"})
    assert SupplierAlias.objects.get().enterprise.address == "강북구 수유로 9"


def test_a_firm_that_is_not_there_is_refused(client: Client, clerk: User) -> None:
    file = sent(client, [ROW])
    for name, key in (("커피창고", 0), ("커피창고", 10**30), ("딴 이름", 0)):
        with pytest.raises(ValidationError, match="고를 수 없는 값입니다"):
            answer(file=file, answers={name: key}, by=clerk)


def test_a_name_said_wrongly_is_forgotten_and_asked_again(
    client: Client, clerk: User, department: Department
) -> None:
    wrong = make_enterprise("행복빵집")
    for name, whose in (("커피창고", department), ("온동네", None)):
        SupplierAlias.objects.create(
            name=name,
            enterprise=wrong,
            department=whose,
            chosen_at="2016-05-01T00:00:00Z",
            chosen_by=clerk,
        )
    file = sent(client, [ROW, [ROW[0], "온동네", *ROW[2:]]])
    text = page(client, file)
    assert "커피창고 → 행복빵집" in text
    assert ('value="커피창고"' in text, 'value="온동네"' in text) == (True, False)
    url = reverse("imports:forget", args=[file.pk])
    for name in ("커피창고", "온동네"):
        client.post(url, {"name": name})
        file = checked(file)
    assert file.found["remembered"] == [["온동네", "행복빵집", False]]
    assert file.found["questions"] == [["커피창고", 1, []]]
