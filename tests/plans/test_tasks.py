"""A task's page: its record, its blocks of text and tables, its process and its schedule."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from apps.accounts.models import Department, User
from apps.plans.models import Milestone, Task, TaskSection, TaskStep
from tests.conftest import SignIn
from tests.plans.factories import (
    YEAR,
    make_area,
    make_full_task,
    make_line,
    make_plan,
    make_program,
    make_task,
    snapshot,
)
from tests.plans.screen import changed, errors, typed

pytestmark = pytest.mark.django_db
REQUIRED = ["꼭 적어야 하는 칸입니다."]
ENDS_FIRST = ["끝나는 날은 시작하는 날보다 앞설 수 없습니다."]


def url(name: str, *args: Any) -> str:
    return reverse(f"plans:{name}", args=args)


@pytest.fixture
def task(department: Department) -> Task:
    task = make_full_task(make_area(make_plan()), title="통합지원센터 운영")
    task.departments.add(department)
    return task


class TestPage:
    def test_everything_on_it_is_shown(self, task: Task, viewer: User, sign_in: SignIn) -> None:
        plan = task.area.plan
        Task.objects.update(
            bases="조례 제12조\n조례 제13조",
            period="2019. 3월 ~ 8월",
            starts=date(2019, 3, 1),
            ends=date(2019, 8, 31),
            method="□ 민간위탁",
            condition="공모 선정 시",
            effects="○ 자생력 강화",
        )
        make_line(plan, 5_000_000, task=task, program=make_program(plan, "센터 지원"))
        make_line(plan, 3_000_000, task=task, source="city", conditional=True, note="공모")
        html = sign_in(viewer).get(url("task", task.pk)).content.decode()
        for words in (
            "1-1 통합지원센터 운영",
            "조례 제12조<br>조례 제13조",
            "2019. 3월 ~ 8월",
            "3~8월",
            "기간·일정에서 도출",
            "일자리과",
            "민간위탁",
            "자생력 강화",
            "사업개요",
            "조사",
            "심의",
            "센터 지원",
            "6,000천원 (구비), 3,000천원 (시비, 공모 선정 시)",
            "선정 시",
        ):
            assert words in html
        assert "/edit/" not in html
        assert "/delete/" not in html

    def test_an_empty_task_says_so(self, viewer: User, sign_in: SignIn) -> None:
        task = make_task(make_area(make_plan()), budget_text="비예산")
        html = sign_in(viewer).get(url("task", task.pk)).content.decode()
        for words in ("정하지 않음", "절차를 따로", "일정을 따로", "비예산"):
            assert words in html

    def test_every_part_leads_to_where_an_official_edits_it(
        self, task: Task, officer: User, sign_in: SignIn
    ) -> None:
        html = sign_in(officer).get(url("task", task.pk)).content.decode()
        section = task.sections.get()
        for name in ("task_edit", "task_delete", "steps_edit", "milestones_edit"):
            assert url(name, task.pk) in html
        for name in ("task_section_edit", "task_section_delete"):
            assert url(name, task.pk, section.pk) in html
        assert url("line_edit", task.lines.get().pk) in html

    def test_a_task_that_is_not_there(self, viewer: User, sign_in: SignIn) -> None:
        assert sign_in(viewer).get(url("task", 404)).status_code == 404


class TestRecord:
    def test_a_new_one(self, department: Department, officer: User, sign_in: SignIn) -> None:
        area = make_area(make_plan())
        make_task(area)
        create = url("task_create", YEAR, area.pk)
        client = sign_in(officer)
        form = client.get(create)
        assert typed(form)["number"] == ["2"]
        sent = changed(
            form,
            title="홍보 활성화",
            starts="2019-03-01",
            ends="2019-08-31",
            stated_months=["3", "9"],
            departments=[str(department.pk)],
        )
        answer = client.post(create, sent)
        assert answer.headers["Location"] == url("detail", YEAR)
        task = area.tasks.get(number=2)
        assert (task.title, task.starts, task.ends) == (
            "홍보 활성화",
            date(2019, 3, 1),
            date(2019, 8, 31),
        )
        assert task.stated_months == [3, 9]
        assert list(task.departments.all()) == [department]

    def test_a_change_and_nothing_else(self, task: Task, officer: User, sign_in: SignIn) -> None:
        before = snapshot()
        edit = url("task_edit", task.pk)
        client = sign_in(officer)
        client.post(edit, typed(client.get(edit)))
        assert snapshot() == before
        answer = client.post(edit, changed(client.get(edit), purpose="새 목적"))
        assert answer.headers["Location"] == url("task", task.pk)
        before["Task"][0]["purpose"] = "새 목적"
        assert snapshot() == before

    @pytest.mark.parametrize(
        ("field", "values", "messages"),
        [
            ("title", {"title": ""}, REQUIRED),
            ("number", {"number": "2"}, ["이 분야에 같은 번호의 과제가 이미 있습니다."]),
            ("ends", {"starts": "2019-03-02", "ends": "2019-03-01"}, ENDS_FIRST),
            ("starts", {"starts": "3월"}, ["날짜는 2016-01-31처럼 적어 주세요."]),
        ],
    )
    def test_refused_beside_the_field(
        self,
        task: Task,
        officer: User,
        sign_in: SignIn,
        field: str,
        values: dict[str, str],
        messages: list[str],
    ) -> None:
        make_task(task.area)
        before = snapshot()
        client = sign_in(officer)
        edit = url("task_edit", task.pk)
        sent = changed(client.get(edit), effects="○ 적던 글", **values)
        answer = client.post(edit, sent)
        assert errors(answer, field) == messages
        assert typed(answer) == sent
        assert snapshot() == before

    def test_a_month_that_is_none(self, task: Task, officer: User, sign_in: SignIn) -> None:
        client = sign_in(officer)
        edit = url("task_edit", task.pk)
        answer = client.post(edit, changed(client.get(edit), stated_months=["13"]))
        assert "13" in "".join(errors(answer, "stated_months"))
        task.refresh_from_db()
        assert task.stated_months == []

    def test_only_departments_of_the_plans_year_are_offered(
        self, task: Task, other_department: Department, officer: User, sign_in: SignIn
    ) -> None:
        Department.objects.filter(pk=other_department.pk).update(valid_to=date(2018, 12, 31))
        html = sign_in(officer).get(url("task_edit", task.pk)).content.decode()
        assert "일자리과" in html
        assert "공원과" not in html

    def test_a_department_abolished_since_stays_until_it_is_taken_off(
        self, task: Task, department: Department, officer: User, sign_in: SignIn
    ) -> None:
        Department.objects.filter(pk=department.pk).update(valid_to=date(2018, 12, 31))
        edit = url("task_edit", task.pk)
        client = sign_in(officer)
        client.post(edit, changed(client.get(edit), purpose="새 목적"))
        assert list(task.departments.all()) == [department]
        client.post(edit, changed(client.get(edit), departments=[]))
        assert list(task.departments.all()) == []


class TestDeleting:
    def test_asked_first_then_all_of_it_goes(self, officer: User, sign_in: SignIn) -> None:
        task = make_full_task(make_area(make_plan()))
        task.lines.all().delete()
        client = sign_in(officer)
        delete = url("task_delete", task.pk)
        assert "1-1 과제 1" in client.get(delete).content.decode()
        assert Task.objects.exists()
        assert client.post(delete).headers["Location"] == url("detail", YEAR)
        left = snapshot()
        assert [left[name] for name in ("Task", "TaskSection", "TaskStep", "Milestone")] == [[]] * 4

    def test_refused_while_money_hangs_on_it(
        self, task: Task, officer: User, sign_in: SignIn
    ) -> None:
        before = snapshot()
        answer = sign_in(officer).post(url("task_delete", task.pk), follow=True)
        assert answer.redirect_chain == [(url("task", task.pk), 302)]
        assert "예산이나 완료 기록이 걸려 있어 지울 수 없습니다." in answer.content.decode()
        assert snapshot() == before


class TestBlocks:
    def test_a_table_is_typed_and_grows(self, task: Task, officer: User, sign_in: SignIn) -> None:
        client = sign_in(officer)
        create = url("task_section_create", task.pk)
        sent = changed(
            client.get(create),
            **{
                "title": "목표액",
                "body": "○ 부서별 목표",
                "table-0-0": "구분",
                "table-0-1": " 금액 ",
                "table-1-1": "1,200,000",
                "table_unit": "천원",
            },
        )
        assert client.post(create, sent).headers["Location"] == url("task", task.pk)
        section = task.sections.get(title="목표액")
        assert section.table == [["구분", "금액"], ["", "1,200,000"]]
        assert section.position == 2
        edit = url("task_section_edit", task.pk, section.pk)
        again = changed(
            client.get(edit), **{"table-0-2": "비고", "table-2-0": "2분기", "table-2-2": "가\n나"}
        )
        client.post(edit, again)
        section.refresh_from_db()
        assert section.table == [
            ["구분", "금액", "비고"],
            ["", "1,200,000", ""],
            ["2분기", "", "가\n나"],
        ]
        html = client.get(url("task", task.pk)).content.decode()
        assert "1,200,000" in html
        assert "단위: 천원" in html

    def test_a_table_can_be_emptied(self, task: Task, officer: User, sign_in: SignIn) -> None:
        section = task.sections.get()
        edit = url("task_section_edit", task.pk, section.pk)
        client = sign_in(officer)
        fields = typed(client.get(edit))
        client.post(edit, fields | {name: [""] for name in fields if name.startswith("table-")})
        section.refresh_from_db()
        assert section.table == []

    def test_a_column_needs_its_heading(self, task: Task, officer: User, sign_in: SignIn) -> None:
        section = task.sections.get()
        edit = url("task_section_edit", task.pk, section.pk)
        before = snapshot()
        client = sign_in(officer)
        sent = changed(client.get(edit), **{"title": "새 제목", "table-1-2": "제목 없는 값"})
        answer = client.post(edit, sent)
        assert errors(answer, "table") == ["표의 첫 줄은 열 제목입니다. 빈 열 제목을 채워 주세요."]
        again = typed(answer)
        assert {name: again[name] for name in sent} == sent
        assert snapshot() == before

    def test_deleting_one(self, task: Task, officer: User, sign_in: SignIn) -> None:
        section = task.sections.get()
        delete = url("task_section_delete", task.pk, section.pk)
        client = sign_in(officer)
        assert "‘사업개요’ 내용을 삭제할까요?" in client.get(delete).content.decode()
        assert client.post(delete).headers["Location"] == url("task", task.pk)
        assert not TaskSection.objects.exists()

    @pytest.mark.parametrize("name", ["task_section_edit", "task_section_delete"])
    def test_a_block_of_another_task(
        self, name: str, task: Task, officer: User, sign_in: SignIn
    ) -> None:
        other = make_task(task.area)
        before = snapshot()
        client = sign_in(officer)
        address = url(name, other.pk, task.sections.get().pk)
        assert client.get(address).status_code == 404
        assert client.post(address, {"title": "가", "position": "1"}).status_code == 404
        assert snapshot() == before


class TestProcess:
    def test_new_steps_come_after_the_others(
        self, task: Task, officer: User, sign_in: SignIn
    ) -> None:
        edit = url("steps_edit", task.pk)
        client = sign_in(officer)
        sent = changed(
            client.get(edit),
            **{
                "steps-0-detail": "설문\n면담",
                "steps-1-title": "분석",
                "steps-1-starts": "2019-04-01",
                "steps-1-ends": "2019-05-31",
            },
        )
        answer = client.post(edit, sent, follow=True)
        assert answer.redirect_chain == [(url("task", task.pk), 302)]
        steps = list(task.steps.all())
        assert [step.title for step in steps] == ["조사", "분석"]
        assert steps[0].detail.splitlines() == ["설문", "면담"]
        assert steps[1].ends == date(2019, 5, 31)
        assert "면담" in answer.content.decode()

    def test_steps_are_put_in_another_order_and_removed(
        self, task: Task, officer: User, sign_in: SignIn
    ) -> None:
        for number, title in ((2, "분석"), (3, "확정")):
            TaskStep.objects.create(task=task, position=number, title=title)
        edit = url("steps_edit", task.pk)
        client = sign_in(officer)
        client.post(
            edit,
            changed(client.get(edit), **{"steps-2-position": "1", "steps-0-DELETE": ["on"]}),
        )
        assert [step.title for step in task.steps.all()] == ["확정", "분석"]

    @pytest.mark.parametrize(
        ("name", "rows", "named"),
        [("steps_edit", "steps", "title"), ("milestones_edit", "milestones", "text")],
    )
    def test_an_end_before_its_start_saves_no_row(
        self, name: str, rows: str, named: str, task: Task, officer: User, sign_in: SignIn
    ) -> None:
        edit = url(name, task.pk)
        before = snapshot()
        client = sign_in(officer)
        sent = changed(
            client.get(edit),
            **{
                f"{rows}-0-{named}": "새 이름",
                f"{rows}-1-{named}": "둘째",
                f"{rows}-1-starts": "2019-05-02",
                f"{rows}-1-ends": "2019-05-01",
            },
        )
        answer = client.post(edit, sent)
        assert errors(answer, f"{rows}-1-ends") == ENDS_FIRST
        assert typed(answer) == sent
        assert snapshot() == before


class TestSchedule:
    def test_lines_are_added_and_removed(self, task: Task, officer: User, sign_in: SignIn) -> None:
        edit = url("milestones_edit", task.pk)
        client = sign_in(officer)
        sent = changed(
            client.get(edit),
            **{
                "milestones-0-DELETE": ["on"],
                "milestones-1-text": "장터",
                "milestones-1-when": "4/23",
                "milestones-1-starts": "2019-04-23",
                "milestones-2-text": "정산",
            },
        )
        answer = client.post(edit, sent, follow=True)
        html = answer.content.decode()
        assert [m.text for m in task.milestones.all()] == ["장터", "정산"]
        assert "4/23" in html
        assert "심의" not in html

    def test_a_line_of_another_task_is_not_touched(
        self, task: Task, officer: User, sign_in: SignIn
    ) -> None:
        other = make_task(task.area)
        theirs = Milestone.objects.create(task=other, text="남의 일정")
        edit = url("milestones_edit", task.pk)
        client = sign_in(officer)
        before = snapshot()
        forged = {"milestones-0-id": str(theirs.pk), "milestones-0-text": "새 일정"}
        client.post(edit, changed(client.get(edit), **forged))
        assert snapshot() == before
