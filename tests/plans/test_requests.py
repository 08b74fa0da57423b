"""Requests to departments: sent, read, answered, followed up, printed (R49)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import DepartmentKind, Role
from apps.accounts.models import Department, User
from apps.core.dates import today
from apps.core.forms import CHANGED_MEANWHILE
from apps.documents.mapped import texts
from apps.documents.nodes import Document, Table
from apps.plans import duties, requests
from apps.plans.enums import PlanState
from apps.plans.models import DepartmentRequest, Plan, RequestDelivery, Result
from apps.plans.requests_documents import letter, standing
from tests.conftest import SignIn, make_user
from tests.plans.factories import YEAR, make_plan
from tests.plans.screen import changed, errors, typed

pytestmark = pytest.mark.django_db
INBOX = reverse("plans:inbox")
OVERVIEW = reverse("plans:requests", args=[YEAR])


@pytest.fixture
def asked(department: Department, other_department: Department) -> DepartmentRequest:
    plan = make_plan()
    return DepartmentRequest.objects.create(
        plan=plan, addressee="전 부서(동)", body="□ 제품 우선구매\n○ 실적 입력"
    )


def sent(asked: DepartmentRequest, by: User, due: date | None = None) -> RequestDelivery:
    """The request as it went to the sender's own department."""
    assert by.department is not None
    requests.send(request=asked, departments=[by.department], due=due, by=by)
    return RequestDelivery.objects.get(request=asked, department=by.department)


def text_of(paper: Document) -> str:
    return "\n".join(texts(paper))


def send_url(asked: DepartmentRequest) -> str:
    return reverse("plans:request_send", args=[asked.pk])


def answer_url(row: RequestDelivery) -> str:
    return reverse("plans:delivery_answer", args=[row.pk])


def delivery_url(row: RequestDelivery) -> str:
    return reverse("plans:delivery", args=[row.pk])


@pytest.mark.parametrize(
    ("addressee", "names"),
    [
        ("전 부서(동)", ["일자리과", "공원과", "가람동"]),
        ("각 동", ["가람동"]),
        ("공원과", ["공원과"]),
        ("공원과, 일자리과", ["일자리과", "공원과"]),
        ("구의회", []),
    ],
)
def test_the_addressee_says_to_whom(
    addressee: str, names: list[str], department: Department, other_department: Department
) -> None:
    Department.objects.create(
        code="DONG", name="가람동", kind=DepartmentKind.NEIGHBORHOOD, position=3
    )
    found = requests.suggested(addressee, Department.objects.all())
    assert [each.name for each in found] == names


def test_sends_to_whom_one_ticks_and_later_to_the_rest(
    asked: DepartmentRequest, officer: User, sign_in: SignIn, other_department: Department
) -> None:
    client = sign_in(officer)
    page = client.get(send_url(asked))
    ticked = typed(page)["departments"]
    assert len(ticked) == 2, "전 부서 ticks them all"
    day = today() + timedelta(days=7)
    chosen = changed(page, departments=[str(other_department.pk)], due=f"{day}")
    answer = client.post(send_url(asked), chosen)
    assert answer.headers["Location"] == reverse("plans:request", args=[asked.pk])
    first = RequestDelivery.objects.get()
    assert (first.department, first.due, first.sent_by) == (other_department, day, officer)

    page = client.get(send_url(asked), {"everyone": "on"})
    assert RequestDelivery.objects.count() == 1, "ticking is not sending"
    client.post(send_url(asked), changed(page, due=""))
    assert RequestDelivery.objects.count() == 2
    first.refresh_from_db()
    assert first.due == day, "what was sent before stays"


def test_sending_to_nobody_or_by_a_past_day_is_refused(
    asked: DepartmentRequest, officer: User, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    page = client.post(send_url(asked), {"due": f"{today() - timedelta(days=1)}"})
    assert errors(page, "departments") == ["받을 부서를 골라 주세요."]
    assert errors(page, "due") == ["회신 기한은 오늘부터 정할 수 있습니다."]
    assert not RequestDelivery.objects.exists()


def test_nothing_is_sent_once_the_plan_is_closed(
    asked: DepartmentRequest, officer: User, sign_in: SignIn
) -> None:
    now = timezone.now()
    for state in (PlanState.CONFIRMED, PlanState.CLOSED):
        done = {"closed_at": now, "closed_by": officer} if state == PlanState.CLOSED else {}
        Plan.objects.filter(pk=asked.plan_id).update(
            state=state, confirmed_at=now, confirmed_by=officer, **done
        )
    client = sign_in(officer)
    page = client.post(send_url(asked), typed(client.get(send_url(asked))))
    assert requests.CLOSED in page.content.decode()
    assert not RequestDelivery.objects.exists()


def test_a_department_reads_answers_and_changes_its_answer(
    asked: DepartmentRequest, clerk: User, sign_in: SignIn
) -> None:
    row = sent(asked, clerk)
    client = sign_in(clerk)
    assert "제품 우선구매" in client.get(INBOX).content.decode()
    page = client.get(delivery_url(row))
    assert "확인했습니다" in page.content.decode()
    row.refresh_from_db()
    assert row.read_at is None, "looking does not write"
    client.post(reverse("plans:delivery_read", args=[row.pk]))
    row.refresh_from_db()
    assert row.read_by == clerk
    read_at = row.read_at

    empty = client.post(answer_url(row), {"answer": ""})
    assert errors(empty, "answer") == ["꼭 적어야 하는 칸입니다."]
    for text in ("○ 협조함", "○ 다시 적음"):
        form = client.get(answer_url(row))
        assert client.post(answer_url(row), changed(form, answer=text)).status_code == 302
        row.refresh_from_db()
        assert (row.answer, row.answered_by, row.read_at) == (text, clerk, read_at)


def test_who_answers_has_read(asked: DepartmentRequest, clerk: User) -> None:
    row = sent(asked, clerk)
    requests.answer(delivery=row, text="○ 협조함", by=clerk)
    row.refresh_from_db()
    assert row.read_by == clerk


def test_two_clerks_do_not_answer_over_each_other(
    asked: DepartmentRequest, clerk: User, sign_in: SignIn
) -> None:
    row = sent(asked, clerk)
    client = sign_in(clerk)
    late = changed(client.get(answer_url(row)), answer="나중 회신")
    requests.answer(delivery=row, text="먼저 한 회신", by=clerk)
    page = client.post(answer_url(row), late)
    assert CHANGED_MEANWHILE in page.content.decode()
    row.refresh_from_db()
    assert row.answer == "먼저 한 회신"


def test_other_departments_find_nothing(
    asked: DepartmentRequest, clerk: User, other_clerk: User, viewer: User, sign_in: SignIn
) -> None:
    row = sent(asked, clerk)
    for stranger in (other_clerk, viewer):
        client = sign_in(stranger)
        assert "제품 우선구매" not in client.get(INBOX).content.decode()
        assert client.get(delivery_url(row)).status_code == 404
        assert client.post(answer_url(row), {"answer": "남의 회신"}).status_code == 404
        assert client.post(reverse("plans:delivery_read", args=[row.pk])).status_code == 404
    row.refresh_from_db()
    assert (row.answer, row.read_at) == ("", None)


def test_who_only_reads_or_is_of_another_department_does_not_answer_for_it(
    asked: DepartmentRequest,
    department: Department,
    clerk: User,
    other_department: Department,
    sign_in: SignIn,
) -> None:
    row = sent(asked, clerk)
    reader = make_user("reader", Role.VIEWER, department=department)
    elsewhere = make_user("elsewhere", Role.OFFICER, department=other_department)
    for person in (reader, elsewhere):
        client = sign_in(person)
        html = client.get(delivery_url(row)).content.decode()
        assert "제품 우선구매" in html
        assert "회신하기" not in html
        assert ">확인했습니다<" not in html
        assert client.get(answer_url(row)).status_code == 403
        assert client.post(answer_url(row), {"answer": "대신 한 회신"}).status_code == 403
        assert client.post(reverse("plans:delivery_read", args=[row.pk])).status_code == 403
        assert list(duties.requests_to_answer(person, today())) == []
    row.refresh_from_db()
    assert (row.answer, row.read_at) == ("", None)


def test_what_was_sent_stays_as_it_was_with_its_figures(
    asked: DepartmentRequest, clerk: User, officer: User, sign_in: SignIn
) -> None:
    Result.objects.create(year=YEAR, name="장터", value=6, unit="회", source="기록")
    DepartmentRequest.objects.filter(pk=asked.pk).update(body="○ 장터 {{장터}} 협조")
    row = sent(asked, clerk)
    DepartmentRequest.objects.filter(pk=asked.pk).update(body="○ 고친 {{장터}} 내용")
    client = sign_in(clerk)
    for page in (INBOX, delivery_url(row), answer_url(row)):
        html = client.get(page).content.decode()
        assert "장터 6회 협조" in html
        assert "{{" not in html
        assert "고친" not in html
    assert "장터 6회 협조" in text_of(letter(asked.plan, clerk.department))
    (duty,) = duties.requests_to_answer(clerk, today())
    assert duty.text.endswith(": 장터 6회 협조")
    page = sign_in(officer).get(reverse("plans:request", args=[asked.pk])).content.decode()
    assert "요청 내용: 장터 6회 협조" in page


def test_an_official_settles_it_and_the_answer_stays_as_it_is(
    asked: DepartmentRequest, clerk: User, officer: User, sign_in: SignIn
) -> None:
    row = sent(asked, clerk)
    requests.answer(delivery=row, text="○ 협조함", by=clerk)
    office = sign_in(officer)
    page = office.get(delivery_url(row))
    office.post(delivery_url(row), changed(page, follow_up="목표에 반영") | {"way": ["settle"]})
    row.refresh_from_db()
    assert (row.follow_up, row.settled_by) == ("목표에 반영", officer)

    client = sign_in(clerk)
    assert "목표에 반영" in client.get(delivery_url(row)).content.decode()
    refused = client.post(answer_url(row), {"answer": "○ 바꾼 회신"})
    assert "고칠 수 없습니다" in refused.content.decode()
    row.refresh_from_db()
    assert row.answer == "○ 협조함"
    with pytest.raises(ValidationError, match="고칠 수 없습니다"):
        requests.answer(delivery=row, text="○ 바꾼 회신", by=clerk)

    office.post(delivery_url(row), {"follow_up": "다시 봄", "way": "reopen"})
    row.refresh_from_db()
    assert (row.settled_at, row.settled_by, row.follow_up) == (None, None, "다시 봄")


def test_settling_what_nobody_answered_needs_a_reason(
    asked: DepartmentRequest, clerk: User, officer: User, sign_in: SignIn
) -> None:
    row = sent(asked, clerk)
    office = sign_in(officer)
    page = office.post(delivery_url(row), {"follow_up": "", "way": "settle"})
    assert errors(page, "follow_up") == [requests.NO_ANSWER]
    office.post(delivery_url(row), {"follow_up": "전화로 확인함", "way": "settle"})
    row.refresh_from_db()
    assert (row.settled_by, row.follow_up) == (officer, "전화로 확인함")


def test_a_department_does_not_settle_its_own(
    asked: DepartmentRequest, clerk: User, sign_in: SignIn
) -> None:
    row = sent(asked, clerk)
    answer = sign_in(clerk).post(delivery_url(row), {"follow_up": "끝", "way": "settle"})
    assert answer.status_code == 403
    row.refresh_from_db()
    assert (row.settled_at, row.follow_up) == (None, "")


def test_the_overview_counts_and_names_who_is_silent(
    asked: DepartmentRequest, clerk: User, other_clerk: User, officer: User, sign_in: SignIn
) -> None:
    late = today() - timedelta(days=1)
    requests.answer(delivery=sent(asked, clerk, late), text="○ 협조함", by=clerk)
    sent(asked, other_clerk, late)
    counted = requests.with_counts(asked.plan, today()).get()
    found = (counted.sent, counted.read, counted.answered, counted.settled, counted.overdue)
    assert found == (2, 1, 1, 0, 1)
    client = sign_in(officer)
    assert "<strong>1</strong>" in client.get(OVERVIEW).content.decode()
    page = client.get(reverse("plans:request", args=[asked.pk])).content.decode()
    reminder = page.partition("readonly>")[2].partition("</textarea>")[0]
    assert "회신하지 않은 부서: 공원과\n" in reminder
    assert requests.day(late) in reminder


def test_who_owes_an_answer_is_told_on_the_first_screen(
    asked: DepartmentRequest, clerk: User, other_clerk: User, officer: User
) -> None:
    due = date(YEAR, 3, 2)
    row = sent(asked, other_clerk, due)
    (before,) = duties.requests_to_answer(other_clerk, due)
    (after,) = duties.requests_to_answer(other_clerk, due + timedelta(days=1))
    assert (before.url, before.due) == (delivery_url(row), due)
    assert (before.tone, after.tone) == ("warning", "danger")
    assert list(duties.requests_to_answer(clerk, due)) == []
    assert list(duties.answers_that_are_late(officer, due)) == []
    (late,) = duties.answers_that_are_late(officer, due + timedelta(days=1))
    assert late.text == f"{YEAR}년 행정사항의 회신 기한이 지난 부서 1곳"
    assert late.due == due
    requests.answer(delivery=row, text="○ 협조함", by=other_clerk)
    assert list(duties.requests_to_answer(other_clerk, due)) == []
    assert list(duties.answers_that_are_late(officer, due + timedelta(days=1))) == []


def test_a_sent_request_is_not_deleted_from_the_plan(
    asked: DepartmentRequest, officer: User, sign_in: SignIn
) -> None:
    sent(asked, officer)
    client = sign_in(officer)
    url = reverse("plans:requests_edit", args=[YEAR])
    page = client.post(url, changed(client.get(url), **{"requests-0-DELETE": ["on"]}))
    assert "보낸 행정사항이 있어 지울 수 없습니다" in page.content.decode()
    assert DepartmentRequest.objects.get() == asked


def test_the_papers_say_what_was_asked_and_answered(
    asked: DepartmentRequest, clerk: User, other_clerk: User
) -> None:
    due = date(YEAR, 3, 4)
    requests.answer(delivery=sent(asked, clerk, due), text="○ 협조함", by=clerk)
    sent(asked, other_clerk, due)
    everyone, own = text_of(letter(asked.plan)), text_of(letter(asked.plan, clerk.department))
    assert "공원과" in everyone
    assert "(2곳)" in everyone
    assert "공원과" not in own
    for paper in (everyone, own):
        assert "제품 우선구매" in paper
        assert "2019. 3. 4.(월)" in paper
    answers = text_of(standing(asked.plan, due))
    assert "협조함" in answers
    assert "확인 전" in answers
    assert answers.count("기한 지남") == 1, "the head of a column"
    late = standing(asked.plan, due + timedelta(days=1))
    assert text_of(late).count("기한 지남") == 2
    for told, overdue in ((standing(asked.plan, due), "0"), (late, "1")):
        sums = next(node for node in told.nodes if isinstance(node, Table))
        total = sums.groups[-1].rows[0]
        assert [cell.text for cell in total.cells] == ["계", "2", "1", "1", "0", overdue]


@pytest.mark.parametrize("name", ["plans:requests_letter", "plans:requests_standing"])
def test_papers_take_the_same_queries_for_many_departments(
    name: str, asked: DepartmentRequest, officer: User, sign_in: SignIn
) -> None:
    client, counts = sign_in(officer), []
    for number in (3, 30):
        more = [
            Department.objects.create(code=f"{number}-{n}", name=f"{number}-{n}동", kind="dong")
            for n in range(number)
        ]
        requests.send(request=asked, departments=more, due=None, by=officer)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(name, args=[YEAR]))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_lists_take_the_same_queries_for_many_departments(
    asked: DepartmentRequest, officer: User, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    pages = (INBOX, OVERVIEW, reverse("plans:request", args=[asked.pk]))
    sent(asked, officer)
    counts = []
    for number in (3, 40):
        more = [
            Department.objects.create(code=f"{number}-{n}", name=f"{number}-{n}동", kind="dong")
            for n in range(number)
        ]
        requests.send(request=asked, departments=more, due=None, by=officer)
        for page in pages:
            with CaptureQueriesContext(connection) as captured:
                client.get(page)
            counts.append(len(captured))
    assert counts[:3] == counts[3:]
