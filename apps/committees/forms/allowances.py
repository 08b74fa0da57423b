"""From which budget and on which day the allowances of a meeting are paid."""

from datetime import date
from typing import Any

from django import forms

from apps.committees.models import Meeting
from apps.committees.queries.allowances import budget_lines, usual_line
from apps.core.forms import Form
from apps.core.money import comma
from apps.plans.execution import SpentLine
from apps.plans.models import BudgetLine


class LineField(forms.ModelChoiceField):  # type: ignore[type-arg]  # no subscript at run time
    """Lines with what is left of each."""

    def label_from_instance(self, line: Any) -> str:
        row: SpentLine = line
        return f"{row.label} (남은 예산 {comma(row.left)}원)"


class PayForm(Form):
    line = LineField(label="예산", queryset=BudgetLine.objects.none())
    spent_on = forms.DateField(label="지급일")
    document_number = forms.CharField(label="문서번호", required=False, max_length=60)

    def __init__(self, *args: Any, meeting: Meeting, today: date, **kwargs: Any) -> None:
        usual = usual_line(meeting.committee, meeting.month.year)
        initial = {"line": usual and usual.pk, "spent_on": today}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["line"].queryset = budget_lines(meeting.month.year)  # type: ignore[attr-defined]  # rows to choose from
