"""The quarterly progress paper: page, PDF, HWPX, XLSX, and the command."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from apps.accounts.models import User
from apps.documents.nodes import Document, Note, Table
from apps.plans.models import Completion, Expenditure, Indicator, Plan
from apps.plans.progress import HOW
from apps.reports.budget import budget_report
from apps.reports.progress import progress_report
from tests.conftest import SignIn
from tests.plans.factories import YEAR, make_area, make_line, make_plan, make_task

pytestmark = pytest.mark.django_db
LATER = date(YEAR + 1, 5, 1)


@pytest.fixture
def plan() -> Plan:
    """One task half done in March, late with the rest; one with nothing to measure."""
    plan = make_plan()
    area = make_area(plan)
    task = make_task(area, title="공공구매")
    done = task.milestones.create(text="수요조사", ends=date(YEAR, 3, 20))
    Completion.objects.create(milestone=done, done_on=date(YEAR, 3, 25), note="38개 부서")
    task.milestones.create(text="목표 통보", when="3월", ends=date(YEAR, 3, 30), position=1)
    line = make_line(plan, 1_000_000, task=task)
    Expenditure.objects.create(line=line, spent_on=date(YEAR, 3, 1), amount=250_000, text="홍보")
    Expenditure.objects.create(line=line, spent_on=date(YEAR, 4, 1), amount=500_000, text="홍보")
    make_task(area, title="협력")
    return plan


def cells(paper: Document) -> list[list[str]]:
    """The body rows of all tables, as printed."""
    tables = [node for node in paper.nodes if isinstance(node, Table)]
    return [
        [cell.text for cell in row.cells]
        for table in tables
        for group in table.groups
        for row in group.rows
    ]


def test_says_what_was_done_what_is_late_and_what_was_spent(plan: Plan) -> None:
    paper = progress_report(plan, 1, LATER)
    assert paper.title == f"{plan.title} 추진상황 보고 (1분기)"
    assert paper.subtitle == f"{YEAR}. 3. 31. 기준"
    rows = cells(paper)
    assert rows[0] == [
        "1-1 공공구매",
        "38%",
        "50%\n2건 중 1건 완료 (늦음 1건)",
        "25%\n1,000천원 중 250천원 집행",
        "-",
    ]
    assert rows[1] == ["1-2 협력", "잴 기록이 없음", "-", "-", "-"]
    assert ["1-1", "수요조사", f"{YEAR}. 3. 25.\n(5일 늦음)", "38개 부서"] in rows
    assert ["1-1", "목표 통보", "3월", f"{YEAR}. 3. 30."] in rows
    assert ["1-1 공공구매", "1,000", "250", "750", "25.0%"] in rows
    assert ["2분기", "-", "-", "-"] in rows


def test_of_a_later_quarter(plan: Plan) -> None:
    rows = cells(progress_report(plan, 2, LATER))
    assert ["1-1 공공구매", "1,000", "750", "250", "75.0%"] in rows
    assert not any(row[1:2] == ["수요조사"] for row in rows)  # done the quarter before
    assert ["2분기", "500", "750", "75.0%"] in rows


def test_says_what_comes_next(plan: Plan) -> None:
    task = plan.areas.get().tasks.get(title="협력")
    for text, ends in (
        ("협약", date(YEAR, 6, 30)),
        ("결과 보고", date(YEAR, 7, 1)),
        ("정산", date(YEAR + 1, 1, 31)),
    ):
        task.milestones.create(text=text, ends=ends, when="그때", position=len(text))
    rows = cells(progress_report(plan, 1, LATER))
    late = ["1-1", "목표 통보", "3월", f"{YEAR}. 3. 30.", "늦음"]
    next_one = ["1-2", "협약", "그때", f"{YEAR}. 6. 30.", ""]
    assert [row for row in rows if len(row) == 5 and row[3].endswith(".")] == [late, next_one]
    settled = ["1-2", "정산", "그때", f"{YEAR + 1}. 1. 31.", ""]
    assert settled in cells(progress_report(plan, 4, LATER))


def test_of_the_quarter_that_runs_is_as_of_today(plan: Plan) -> None:
    assert progress_report(plan, 2, date(YEAR, 5, 15)).subtitle == f"{YEAR}. 5. 15. 기준"
    with pytest.raises(ValueError, match=f"{YEAR}년 3분기"):
        progress_report(plan, 3, date(YEAR, 5, 15))


def test_a_measure_without_a_value_is_named(plan: Plan) -> None:
    task = plan.areas.get().tasks.get(title="협력")
    Indicator.objects.create(task=task, label="회의", actual="회의 횟수", target_value=8)
    notes = [n.text for n in progress_report(plan, 1, LATER).nodes if isinstance(n, Note)]
    assert "1-2 성과지표 ‘회의’: ‘회의 횟수’ 값이 아직 없음." in notes


def test_a_plan_without_records(officer: User) -> None:
    paper = progress_report(make_plan(2020), 1, LATER)
    assert Document.from_json(paper.to_json()) == paper
    notes = [node.text for node in paper.nodes if isinstance(node, Note)]
    assert "아직 과제가 없음." in notes
    assert "완료 기록이 없음." in notes


@pytest.mark.parametrize(("form", "start"), [("pdf", b"%PDF-"), ("hwpx", b"PK"), ("xlsx", b"PK")])
def test_files(form: str, start: bytes, plan: Plan, viewer: User, sign_in: SignIn) -> None:
    answer = sign_in(viewer).get(reverse(f"reports:progress_{form}", args=[YEAR, 1]))
    assert answer.content.startswith(start)
    assert f".{form}" in answer.headers["Content-Disposition"]


def test_page(plan: Plan, viewer: User, sign_in: SignIn) -> None:
    client = sign_in(viewer)
    html = client.get(reverse("reports:progress", args=[YEAR, 1])).content.decode()
    assert "38개 부서" in html
    for line in HOW:
        assert line in html
    assert client.get(reverse("reports:progress", args=[YEAR, 5])).status_code == 404
    assert client.get(reverse("reports:progress", args=[2998, 1])).status_code == 404


def test_command(plan: Plan, tmp_path: Path) -> None:
    file = tmp_path / "paper.html"
    call_command("render", "progress", f"{YEAR}-1", format="html", output=file, stdout=StringIO())
    assert "38개 부서" in file.read_text(encoding="utf-8")
    for which in (f"{YEAR}-5", f"{YEAR}", "2998-1", "가-1"):
        with pytest.raises(CommandError):
            call_command("render", "progress", which, output=file)


class TestBudgetReport:
    def test_says_what_was_spent_and_what_changed(self, plan: Plan) -> None:
        rows = cells(budget_report(plan, LATER))
        assert ["1-1 공공구매", "1,000", "750", "250", "75.0%"] in rows
        now = make_plan(YEAR + 1)
        make_line(now, 1_500_000, task=make_task(make_area(now), title="공공구매"))
        rows = cells(budget_report(now, LATER))
        assert rows.count(["1-1 공공구매", "1,000", "1,500", "500", "+50.0%"]) == 2
        assert not any("집행" in row[0] for row in rows)
        later = make_plan(YEAR + 3)  # the plan of the year before is missing
        make_line(later, 1_500_000, task=make_task(make_area(later), title="공공구매"))
        rows = cells(budget_report(later, LATER))
        assert not any("+50.0%" in row for row in rows)

    def test_shares_add_up(self, plan: Plan) -> None:
        for source in ("city", "national"):
            make_line(plan, 1_000_000, source=source)
        (table,) = (
            node
            for node in budget_report(plan, LATER).nodes
            if isinstance(node, Table) and node.caption == "재원별 비율"
        )
        shares = [row.cells[2].text for group in table.groups for row in group.rows]
        assert shares == ["33.4%", "33.3%", "33.3%", "100.0%"]
