"""Which firm a name and a number mean: the order of the steps, and where the portal asks."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import Department, User
from apps.enterprises.fields import check_digit
from apps.enterprises.models import Enterprise
from apps.procurement.models import SupplierAlias
from apps.procurement.services import remember
from apps.procurement.suppliers.matching import How, Match, Matcher, label, parted
from tests.conftest import SignIn
from tests.procurement.factories import make_enterprise

#: Spreadsheets that hold it as a figure lose nothing: real numbers do not begin with 0.
NUMBER = f"214880000{check_digit('214880000')}"


def match(name: str, number: object = "", department: Department | None = None) -> Match:
    matcher = Matcher(Enterprise.objects.all(), department.pk if department else None)
    return matcher.match(name, number)


@pytest.fixture
def firm(db: None) -> Enterprise:
    make_enterprise("늘푸른청소")
    return make_enterprise("(주)행복나눔커피", business_number=NUMBER)


class TestNumbers:
    def test_a_number_is_understood_however_it_is_written(self, firm: Enterprise) -> None:
        for written in (
            NUMBER,
            int(NUMBER),
            float(NUMBER),
            f"{NUMBER}.0",
            firm.dashed_number,
            f" {NUMBER[:3]} - {NUMBER[3:5]} - {NUMBER[5:]} ",
            firm.dashed_number.translate({ord(str(n)): 0xFF10 + n for n in range(10)}),
        ):
            assert match("", written) == Match(firm.pk, How.NUMBER), written

    def test_the_number_goes_before_a_name_nobody_has(self, firm: Enterprise) -> None:
        assert match("옛 상호", firm.business_number) == Match(
            firm.pk,
            How.NUMBER,
            note="적은 이름은 등록된 기업명이 아니어서 사업자등록번호로 찾았습니다.",
        )

    @pytest.mark.parametrize("name", ["늘푸른청소", "㈜늘푸른 청소"])
    def test_number_of_one_and_name_of_another_firm_is_asked(
        self, firm: Enterprise, name: str
    ) -> None:
        found = match(name, firm.business_number)
        assert (found.enterprise, found.how) == (None, How.ASK)
        assert [text.split(" (")[0] for _, text in found.offers] == [
            "(주)행복나눔커피",
            "늘푸른청소",
        ]
        assert found.note == "사업자등록번호의 기업과 적은 이름의 기업이 다릅니다."

    def test_a_bad_number_is_said_and_the_name_decides(self, firm: Enterprise) -> None:
        found = match("행복나눔커피", "123-45-67890")
        assert (found.enterprise, found.how) == (firm.pk, How.NAME)
        assert found.note == "사업자등록번호 1234567890은(는) 맞지 않는 번호입니다."

    def test_a_good_number_nobody_has_makes_a_firm_of_that_name_doubtful(
        self, firm: Enterprise
    ) -> None:
        """Names are not unique in the country; numbers are."""
        found = match("행복나눔커피", "123-45-67891")
        assert (found.enterprise, found.offers) == (None, ((firm.pk, label(firm)),))
        assert found.note == "사업자등록번호 123-45-67891의 기업은 등록되어 있지 않습니다."
        Enterprise.objects.filter(pk=firm.pk).update(business_number=None)
        assert match("행복나눔커피", "123-45-67891").enterprise == firm.pk


class TestNames:
    def test_the_stated_form_decides_between_firms_of_one_name(self, db: None) -> None:
        coop, company = make_enterprise("행복협동조합"), make_enterprise("(주)행복")
        assert match("행복 협동조합").enterprise == coop.pk
        assert match("주식회사 행복").enterprise == company.pk
        assert match("행복").how is How.ASK
        assert {key for key, _ in match("행복").offers} == {coop.pk, company.pk}

    def test_another_form_is_another_firm(self, db: None) -> None:
        company = make_enterprise("(주)행복")
        found = match("행복협동조합")
        assert (found.enterprise, found.offers) == (None, ((company.pk, label(company)),))

    def test_two_firms_of_one_full_name_are_asked_for(self, firm: Enterprise) -> None:
        make_enterprise(firm.name)
        assert match(firm.name).how is How.ASK

    @pytest.mark.parametrize(
        "name", ["햄복나눔커피", "행복나눔커퓌", "행보나눔커피", "행복나눔커핍"]
    )
    def test_a_slip_is_understood(self, firm: Enterprise, name: str) -> None:
        assert match(name) == Match(firm.pk, How.SIMILAR)

    def test_a_slip_near_two_firms_is_asked(self, firm: Enterprise) -> None:
        make_enterprise("행복나룸커피")
        found = match("행복나놈커피")
        assert found.how is How.ASK
        assert len(found.offers) == 2

    @pytest.mark.parametrize(
        ("firm_name", "written"),
        [
            ("행복나눔도시락 1호점", "행복나눔도시락 2호점"),
            ("행복나눔도시락 본점", "행복나눔도시락 분점"),
            ("제일종합인쇄소", "제이종합인쇄소"),
            ("강북희망나눔세탁", "강남희망나눔세탁"),
            ("희망나래인쇄", "희망나라인쇄"),
            ("다온디자인", "가온디자인"),
            ("SK나눔포장", "SG나눔포장"),
            ("햇살", "햇쌀"),
        ],
    )
    def test_what_tells_firms_apart_is_no_slip(
        self, db: None, firm_name: str, written: str
    ) -> None:
        firm = make_enterprise(firm_name)
        found = match(written)
        assert (found.enterprise, found.offers) == (None, ((firm.pk, label(firm)),))

    def test_the_districts_own_name_may_stand_beside(self, db: None) -> None:
        here = make_enterprise("행복나눔", address="서울특별시 강북구 수유동")
        elsewhere = make_enterprise("나눔마루", address="서울특별시 노원구 상계동")
        assert match("강북구 행복나눔").enterprise == here.pk
        assert match("행복나눔(서울특별시 강북구)").enterprise == here.pk
        assert match("강남구 행복나눔").enterprise is None
        assert match("강북구 나눔마루").offers == ((elsewhere.pk, label(elsewhere)),)

    def test_nothing_is_nobody(self, firm: Enterprise) -> None:
        for name in ("", " ", "-", "(주)", "주식회사"):
            assert match(name) == Match(None, How.UNKNOWN), name


class TestRemembering:
    def test_a_clerks_choice_holds_for_the_own_department(
        self,
        firm: Enterprise,
        clerk: User,
        department: Department,
        other_department: Department,
    ) -> None:
        remember(name="커피집", enterprise=firm, by=clerk)
        found = match("커피 집", department=department)
        assert (found.enterprise, found.how) == (firm.pk, How.REMEMBERED)
        assert match("커피집", department=other_department).enterprise is None

    def test_an_officials_choice_holds_for_all_but_goes_after_the_own(
        self, firm: Enterprise, officer: User, clerk: User, department: Department
    ) -> None:
        cleaners = Enterprise.objects.get(name="늘푸른청소")
        remember(name="거래처", enterprise=firm, by=officer)
        assert match("거래처", department=department).enterprise == firm.pk
        assert match("거래처").enterprise == firm.pk
        remember(name="거래처", enterprise=cleaners, by=clerk)
        assert match("거래처", department=department).enterprise == cleaners.pk
        assert match("거래처").enterprise == firm.pk

    def test_the_later_choice_replaces_the_one_before(
        self, firm: Enterprise, officer: User, admin: User
    ) -> None:
        cleaners = Enterprise.objects.get(name="늘푸른청소")
        remember(name="커피집", enterprise=firm, by=admin)
        remember(name="㈜ 커피집", enterprise=cleaners, by=officer)
        (choice,) = SupplierAlias.objects.all()
        assert (choice.name, choice.enterprise, choice.chosen_by) == (
            "㈜ 커피집",
            cleaners,
            officer,
        )

    def test_it_decides_between_firms_of_one_name(
        self, db: None, clerk: User, department: Department
    ) -> None:
        coop, company = make_enterprise("행복협동조합"), make_enterprise("(주)행복")
        remember(name="행복", enterprise=coop, by=clerk)
        assert match("행복", department=department).enterprise == coop.pk
        assert match("(주)행복", department=department).enterprise == company.pk

    def test_the_number_of_a_firm_goes_before_what_a_name_meant(
        self, firm: Enterprise, clerk: User, department: Department
    ) -> None:
        cleaners = Enterprise.objects.get(name="늘푸른청소")
        for name in ("커피집", firm.name):
            remember(name=name, enterprise=cleaners, by=clerk)
        assert match("커피집", NUMBER, department).enterprise == firm.pk
        remember(name=cleaners.name, enterprise=cleaners, by=clerk)
        assert match(cleaners.name, NUMBER, department).how is How.ASK

    @pytest.mark.parametrize("name", ["늘푸른청소", "행복나눔커피점"])
    def test_an_answer_about_name_and_number_holds_for_the_two_together(
        self, firm: Enterprise, clerk: User, department: Department, name: str
    ) -> None:
        number = NUMBER if name == "늘푸른청소" else "123-45-67891"
        before, asked = match(name, "", department), match(name, number, department)
        text, digits = parted(asked.asked)
        remember(name=text, number=digits, enterprise=firm, by=clerk)
        found = match(name, number, department)
        assert (found.enterprise, found.how) == (firm.pk, How.REMEMBERED)
        assert match(name, "", department) == before
        assert match(name, "220-81-62517", department).enterprise is None

    @pytest.mark.parametrize(
        "name", ["ㅎㅂㅋㅍ", "123-45-67891", "행복 (123-45-67891)", "2016", "-"]
    )
    def test_what_is_no_name_is_not_kept(
        self, firm: Enterprise, clerk: User, department: Department, name: str
    ) -> None:
        remember(name=name, enterprise=firm, by=clerk)
        assert not SupplierAlias.objects.exists()

    def test_who_enters_no_purchases_chooses_nothing(
        self, firm: Enterprise, clerk: User, viewer: User
    ) -> None:
        clerk.department = None
        for user in (clerk, viewer):
            with pytest.raises(PermissionDenied):
                remember(name="커피집", enterprise=firm, by=user)


def test_a_file_of_names_takes_two_queries(firm: Enterprise, department: Department) -> None:
    """One for the firms, one for the choices, none for the names."""
    with CaptureQueriesContext(connection) as captured:
        matcher = Matcher(Enterprise.objects.all(), department.pk)
        for number in range(50):
            matcher.match(f"행복나눔커피 {number}", "")
    assert len(captured) == 2


def test_a_name_without_end_is_read_as_far_as_names_go(firm: Enterprise, officer: User) -> None:
    remember(name="가" * 300, enterprise=firm, by=officer)
    assert match("가" * 5_000).how is How.REMEMBERED


def test_after_a_thousand_unknown_names_no_more_are_compared(firm: Enterprise) -> None:
    matcher = Matcher(Enterprise.objects.all(), None)
    slip, unknown = "행보나눔커피", "행복나눔커피 점"
    assert (matcher.match(slip).how, matcher.match(unknown).how) == (How.SIMILAR, How.ASK)
    for number in range(1_000):
        matcher.match(f"없는가게 {number}")
    assert matcher.match(unknown).how is How.ASK
    assert matcher.match("행복나눔커피 집").how is How.UNKNOWN
    assert matcher.match(firm.name).how is How.NAME


def test_officials_keep_the_remembered_names(
    firm: Enterprise, officer: User, clerk: User, sign_in: SignIn
) -> None:
    """In the admin: what one adds is one's own choice, what one removes means nothing more."""
    client = sign_in(officer)
    wanted = {"name": "커피집", "enterprise": firm.pk, "department": ""}
    client.post(reverse("admin:procurement_supplieralias_add"), wanted)
    choice = SupplierAlias.objects.get()
    assert (choice.chosen_by, match("커피집").enterprise) == (officer, firm.pk)
    again = client.post(reverse("admin:procurement_supplieralias_add"), wanted)
    assert "이 이름은 이미 다른 기업으로 정해져 있습니다." in again.text
    remove = reverse("admin:procurement_supplieralias_delete", args=[choice.pk])
    assert sign_in(clerk).post(remove, {"post": "yes"}).status_code == 302
    assert SupplierAlias.objects.exists()
    client.post(remove, {"post": "yes"})
    assert match("커피집").how is How.UNKNOWN
