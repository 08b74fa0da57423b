"""From which budget and on which day the allowances of a meeting are paid."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django import forms

from apps.committees.models import Meeting
from apps.committees.queries.allowances import budget_lines, usual_line
from apps.core.forms import Form
from apps.core.money import comma
from apps.plans.execution import NO_TASK, SpentLine
from apps.plans.models import BudgetLine


def grouped(lines: Iterable[SpentLine], usual: SpentLine | None) -> list[tuple[str, Any]]:
    """The choices of a line: the likely one first, the others by their task."""

    def choice(line: SpentLine) -> tuple[int, str]:
        return line.pk, f"{line.label} (남은 예산 {comma(line.left)}원)"

    def task(line: SpentLine) -> str:
        return str(line.task or NO_TASK)

    def place(line: SpentLine) -> tuple[int, int]:
        return (line.task.area.number, line.task.number) if line.task else (99, 0)

    others = sorted((line for line in lines if line != usual), key=place)
    groups = [(name, [choice(line) for line in rows]) for name, rows in groupby(others, task)]
    likely = [("이 위원회의 예산", [choice(usual)])] if usual else []
    return [("", "---------"), *likely, *groups]


class PayForm(Form):
    line = forms.ModelChoiceField(label="예산", queryset=BudgetLine.objects.none())
    spent_on = forms.DateField(label="지급일")
    document_number = forms.CharField(label="문서번호", required=False, max_length=60)

    def __init__(self, *args: Any, meeting: Meeting, today: date, **kwargs: Any) -> None:
        usual = usual_line(meeting.committee, meeting.month.year)
        initial = {"line": usual and usual.pk, "spent_on": today}
        super().__init__(*args, initial=initial, **kwargs)
        field: Any = self.fields["line"]
        field.queryset = budget_lines(meeting.month.year)
        field.choices = grouped(field.queryset, usual)
