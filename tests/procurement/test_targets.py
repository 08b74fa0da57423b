"""Setting a year's targets."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import Department, User
from apps.core.forms import CHANGED_MEANWHILE
from apps.documents import issuing
from apps.documents.nodes import Document, TitleBox
from apps.procurement import services
from apps.procurement.forms import TargetsForm
from apps.procurement.models import (
    AnnualTarget,
    DemandSurvey,
    DepartmentTarget,
    PlannedItem,
    SurveyResponse,
)
from tests.conftest import SignIn
from tests.procurement.factories import make_enterprise, make_purchase

TARGETS = reverse("procurement:targets", args=[2016])


def typed(*departments: tuple[Department, str, str], **fields: str) -> dict[str, str]:
    data = {
        "total": "1,200,000천원",
        "mall": "32,000,000",
        "mall_inside_total": "on",
        "source": "2016년 계획 3-1",
        **fields,
    }
    for department, total, mall in departments:
        data |= {
            f"department-{department.pk}-total": total,
            f"department-{department.pk}-mall": mall,
        }
    return data


def stored() -> dict[str, tuple[int, int]]:
    return {
        target.department.name: (target.total, target.mall)
        for target in DepartmentTarget.objects.filter(year=2016).select_related("department")
    }


def test_an_official_sets_every_target_in_one_form(
    officer: User, department: Department, other_department: Department, sign_in: SignIn
) -> None:
    data = typed((department, "700,000,000", "20,000,000"), (other_department, "1억원", ""))
    response = sign_in(officer).post(TARGETS, data, follow=True)
    annual = AnnualTarget.objects.get()
    assert (annual.year, annual.total, annual.mall) == (2016, 1_200_000_000, 32_000_000)
    assert (annual.mall_inside_total, annual.source) == (True, "2016년 계획 3-1")
    assert stored() == {"일자리과": (700_000_000, 20_000_000), "공원과": (100_000_000, 0)}
    assert "2016년 구매 목표를 저장했습니다." in response.text
    for shown in ("800,000,000", "-400,000,000", "20,000,000", "-12,000,000"):
        assert shown in response.text


def test_targets_are_changed_and_taken_back(
    officer: User, department: Department, other_department: Department, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    client.post(TARGETS, typed((department, "500", "5"), (other_department, "300", "3")))
    client.post(TARGETS, typed((department, "600", "5"), (other_department, "", "")))
    assert stored() == {"일자리과": (600, 5)}
    assert AnnualTarget.objects.count() == 1
    DepartmentTarget.objects.create(year=2015, department=department, total=1)
    client.post(TARGETS, typed())
    assert stored() == {}
    assert DepartmentTarget.objects.filter(year=2015).count() == 1


@pytest.mark.parametrize(
    ("fields", "own", "message"),
    [
        ({"total": "많이"}, ("1", "0"), "금액은 숫자로 적어 주세요."),
        ({"total": ""}, ("1", "0"), "꼭 적어야 하는 칸입니다."),
        ({"total": "10", "mall": "11"}, ("1", "0"), "함께누리몰 목표액이 전체 목표액보다"),
        ({}, ("-1", "0"), "0 이상의 값을 입력해 주세요."),
        ({}, ("오백", "0"), "금액은 숫자로 적어 주세요."),
        ({}, ("", "7"), "전체 목표액도 적어 주세요."),
        ({}, ("6", "7"), "함께누리몰 목표액이 전체 목표액보다"),
    ],
)
def test_bad_targets_are_named_and_nothing_is_saved(
    fields: dict[str, str],
    own: tuple[str, str],
    message: str,
    officer: User,
    department: Department,
    other_department: Department,
    sign_in: SignIn,
) -> None:
    data = typed((department, *own), (other_department, "777,777", "1"), **fields)
    response = sign_in(officer).post(TARGETS, data)
    assert 1 <= response.text.count(message) <= 2  # beside the box, and above the first form
    assert not response.context["form"].annual.non_field_errors()
    assert 'value="777,777"' in response.text
    assert f'value="{data["total"]}"' in response.text or not data["total"]
    assert not AnnualTarget.objects.exists()
    assert not DepartmentTarget.objects.exists()


def test_where_the_mall_stands_apart_it_may_be_the_greater(
    officer: User, department: Department, sign_in: SignIn
) -> None:
    data = typed((department, "6", "7"), total="10", mall="11")
    del data["mall_inside_total"]
    sign_in(officer).post(TARGETS, data)
    assert AnnualTarget.objects.get().mall == 11
    assert stored() == {"일자리과": (6, 7)}


def test_saving_the_same_again_writes_no_history(
    officer: User, department: Department, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    for _ in range(2):
        client.post(TARGETS, typed((department, "500", "5")))
    assert DepartmentTarget.objects.get().events.count() == 1  # type: ignore[attr-defined]


def test_queries_do_not_grow_with_departments(
    officer: User, department: Department, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert "구매 목표" in client.get(TARGETS).text
        counts.append(len(captured))
        for number in range(3):
            new = Department.objects.create(
                code=f"{len(counts)}-{number}", name=f"{number}동", kind="dong"
            )
            DepartmentTarget.objects.create(year=2016, department=new, total=1)
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_two_officials_do_not_set_over_each_other(
    officer: User, admin: User, department: Department, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    client.post(TARGETS, typed((department, "500", "5")))
    form = client.get(TARGETS).context["form"]
    seen = {
        "seen": form.annual["seen"].value(),
        f"department-{department.pk}-seen": form.rows[0]["seen"].value(),
    }
    assert all(f'value="{value}"' in client.get(TARGETS).text for value in seen.values())
    first = typed((department, "600", "5"), total="700", mall="7")
    sign_in(admin).post(TARGETS, {**first, **seen})
    mine = {**typed((department, "800", "5"), total="900", mall="9"), **seen}
    late = client.post(TARGETS, mine)
    assert late.text.count(CHANGED_MEANWHILE) == 2
    assert "다시 볼 칸이 있습니다" not in late.text  # no box is wrong
    assert 'value="800"' in late.text
    assert ">800<" in late.text  # the sum below is of what stands in the boxes
    assert (AnnualTarget.objects.get().total, stored()) == (700, {"일자리과": (600, 5)})
    assert late.text.count("(admin 님, ") == 3  # two of the district's, one below
    consent = {
        form.shown_name: form.shown_value
        for form in (late.context["form"].annual, *late.context["form"].refused_rows())
    }
    client.post(TARGETS, {**mine, **consent, "overwrite": "on"})
    assert (AnnualTarget.objects.get().total, stored()) == (900, {"일자리과": (800, 5)})


def hidden_fields(form: TargetsForm) -> dict[str, str]:
    """The hidden fields of a page, to be sent with what is typed on it."""
    forms = (form.annual, *form.rows)
    return {form.add_prefix("seen"): str(form["seen"].value()) for form in forms}


@pytest.mark.django_db(transaction=True)
def test_a_target_set_meanwhile_is_kept_where_the_page_showed_none(
    officer: User,
    admin: User,
    department: Department,
    other_department: Department,
    sign_in: SignIn,
) -> None:
    client = sign_in(officer)
    page = client.get(TARGETS)
    seen = hidden_fields(page.context["form"])
    assert all(f'value="{value}"' in page.text for value in seen.values())
    sign_in(admin).post(TARGETS, {**typed((department, "600", "5")), **seen})
    mine = {**typed((department, "", ""), (other_department, "800", "")), **seen}
    client.post(TARGETS, mine)
    assert stored() == {"일자리과": (600, 5), "공원과": (800, 0)}
    late = client.post(TARGETS, {**mine, **typed((department, "700", ""), total="9,000")})
    assert CHANGED_MEANWHILE in late.text
    assert "저장된 내용 쓰기" not in late.text  # it would drop what is typed for all others
    assert "저장된 금액을 쓰려면" in late.text
    assert (AnnualTarget.objects.get().total, stored()["일자리과"]) == (1_200_000_000, (600, 5))


def test_a_target_taken_back_meanwhile_stays_so_where_it_was_left_alone(
    officer: User, admin: User, department: Department, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    client.post(TARGETS, typed((department, "500", "5")))
    seen = hidden_fields(client.get(TARGETS).context["form"])
    sign_in(admin).post(TARGETS, typed((department, "", "")))
    client.post(TARGETS, {**typed((department, "500", "5")), **seen})
    assert stored() == {}
    late = client.post(TARGETS, {**typed((department, "900", "5")), **seen})
    assert "저장된 내용 (다른 사람)" in late.text
    assert stored() == {}


@pytest.mark.parametrize("before", [None, 500])
def test_a_target_set_after_the_check_is_not_written_over(
    before: int | None, department: Department
) -> None:
    annual = AnnualTarget.objects.create(year=2016, total=1_000, mall=10)
    if before:
        DepartmentTarget.objects.create(year=2016, department=department, total=before)
    data = QueryDict(urlencode(typed((department, str(before or ""), ""))))
    form = TargetsForm(data, annual=annual)
    assert form.is_valid()
    DepartmentTarget.objects.update_or_create(
        year=2016, department=department, defaults={"total": 600}
    )
    with pytest.raises(ValidationError, match="저장하지 않았습니다"):
        form.hold()


@pytest.fixture
def known(officer: User, clerk: User, department: Department) -> DepartmentTarget:
    """What the department means to buy, and last year's target and purchases."""
    survey = services.send_survey(
        survey=DemandSurvey(year=2016, body="□ 조사", due=date(2016, 3, 18)), by=officer
    )
    items = [
        PlannedItem(item="복사용지", kind="goods", amount=1_500_000, in_mall=True),
        PlannedItem(item="청소", kind="service", amount=20_000_000),
    ]
    answer = SurveyResponse(survey=survey, department=department)
    services.answer_survey(response=answer, items=items, seen="", by=clerk)
    firm, last = make_enterprise(), date(2015, 12, 1)
    make_purchase(department, firm, clerk, purchased_on=last, amount=7_000, channel="mall")
    make_purchase(department, firm, clerk, purchased_on=last, amount=60_000)
    return DepartmentTarget.objects.create(
        year=2015, department=department, total=90_000, mall=8_000
    )


def test_plans_and_last_year_stand_beside_the_boxes(
    known: DepartmentTarget, officer: User, other_department: Department, sign_in: SignIn
) -> None:
    page = sign_in(officer).get(TARGETS)
    first, second = (row.beside() for row in page.context["form"].rows)
    assert first == (90_000, 8_000, 67_000, 7_000, 21_500_000, 1_500_000)
    assert second == (None,) * 6
    for shown in ("90,000", "67,000", "21,500,000"):
        assert page.text.count(f">{shown}<") == 2  # the department's, and the sum


@pytest.mark.parametrize(
    ("source", "inside", "filled"),
    [
        ("survey", "on", ("21,500,000", "1,500,000")),
        ("survey", "", ("20,000,000", "1,500,000")),
        ("bought", "on", ("67,000", "7,000")),
        ("bought", "", ("60,000", "7,000")),
        ("elsewhere", "on", ("5", "1")),
    ],
)
def test_the_boxes_are_filled_and_nothing_is_saved(
    source: str,
    inside: str,
    filled: tuple[str, str],
    known: DepartmentTarget,
    officer: User,
    department: Department,
    other_department: Department,
    sign_in: SignIn,
) -> None:
    data = typed((department, "5", "1"), (other_department, "1천원", ""), fill=source)
    if not inside:
        del data["mall_inside_total"]
    page = sign_in(officer).post(TARGETS, data)
    own, other = page.context["form"].rows
    assert (own["total"].value(), own["mall"].value()) == filled
    assert other["total"].value() == "1천원"
    sums = page.context["form"].sums()
    assert sums.total == int(filled[0].replace(",", "")) + 1_000
    assert sums.total_gap == sums.total - 1_200_000_000
    assert "아직 저장하지 않았습니다" in page.text
    assert stored() == {}
    assert not AnnualTarget.objects.exists()


def test_what_is_typed_is_added_up_without_saving(
    officer: User, department: Department, other_department: Department, sign_in: SignIn
) -> None:
    data = typed((department, "5억원", "많이"), (other_department, "", "7"), total="", recount="1")
    page = sign_in(officer).post(TARGETS, data)
    sums = page.context["form"].sums()
    assert (sums.total, sums.mall, sums.total_gap) == (500_000_000, 7, None)
    assert 'value="많이"' in page.text
    assert not AnnualTarget.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_targets_changed_after_their_notice_are_to_be_told_again(
    officer: User, department: Department, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    assert "통보하기" not in client.get(TARGETS).text
    client.post(TARGETS, typed((department, "500", "5")))
    assert "아직 부서에 통보하지 않은" in client.get(TARGETS).text
    issuing.issue(
        series="targets-2016",
        document=Document("목표", "강북구", (TitleBox(),)),
        at=timezone.now(),
        by=officer,
    )
    told = client.get(TARGETS).text
    assert "목표 통보 문서" in told
    assert "바뀌었습니다" not in told
    client.post(TARGETS, typed((department, "600", "5")))
    assert "통보한 뒤에 목표가 바뀌었습니다." in client.get(TARGETS).text


def test_only_officials_set_targets(
    clerk: User, viewer: User, secretary: User, department: Department, sign_in: SignIn
) -> None:
    for user in (clerk, viewer, secretary):
        client = sign_in(user)
        assert client.get(TARGETS).status_code == 403
        assert client.post(TARGETS, typed((department, "1", "0"))).status_code == 403
    assert not AnnualTarget.objects.exists()
