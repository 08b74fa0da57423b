"""Forms of a plan's money and of what was done under it."""

from datetime import date
from typing import Any, Self

from django import forms
from django.db.models import Q, QuerySet
from django.forms import inlineformset_factory

from apps.core.forms import Form, ModelForm
from apps.core.money import comma
from apps.plans.enums import Account, MoneySource
from apps.plans.execution import with_spent
from apps.plans.forms import Rows
from apps.plans.models import (
    BudgetLine,
    BudgetProgram,
    Completion,
    Expenditure,
    Indicator,
    Milestone,
    Plan,
    Task,
    TaskStep,
)

ALL = ("", "전체")


def _not_after(day: date, today: date) -> date:
    """What was done was done by today."""
    if day > today:
        raise forms.ValidationError("오늘보다 뒤의 날은 적을 수 없습니다.")
    return day


#: What an official has to do before money of a bid can be recorded as spent.
CONDITIONAL = (
    "선정 시에만 오는 예산은 선정된 뒤 예산의 ‘선정 시에만’을 해제해야 집행을 적을 수 있습니다"
    "(확정한 계획은 ‘수정 시작’을 먼저)."
)


class _NamedLine(forms.ModelChoiceField):  # type: ignore[type-arg]  # of budget lines
    """Tells lines of one name apart."""

    def label_from_instance(self, obj: Any) -> str:
        task = f"{obj.task.code} " if obj.task else ""
        return f"{task}{obj.label} ({obj.get_source_display()}, {comma(obj.amount)}원)"


class _LineChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # of budget lines
    """Says of each line whose it is and what is left of it."""

    def label_from_instance(self, obj: Any) -> str:
        task = f"{obj.task.code} " if obj.task else ""
        source = obj.get_source_display()
        return f"{task}{obj.label} ({source}, 남은 예산 {comma(obj.left)}원)"


class ExpenditureForm(ModelForm):
    """Offers the firm lines of the plan; what is left of a line the database holds to."""

    line = _LineChoice(label="예산", queryset=BudgetLine.objects.none(), empty_label="예산 고르기")

    class Meta:
        model = Expenditure
        fields = ["line", "spent_on", "amount", "text", "document_number"]

    def __init__(self, *args: Any, plan: Plan, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        line: Any = self.fields["line"]
        firm = plan.lines.filter(conditional=False)
        line.queryset = with_spent(firm.select_related("task__area"))
        if plan.lines.filter(conditional=True).exists():
            line.help_text = CONDITIONAL

    def clean_spent_on(self) -> date:
        return _not_after(self.cleaned_data["spent_on"], self.today)


class CompletionForm(ModelForm):
    class Meta:
        model = Completion
        fields = ["done_on", "note"]

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    @classmethod
    def of(cls, part: Milestone | TaskStep, data: Any = None, *, today: date) -> Self:
        """The form that says when the milestone or step was done; today, until it is typed."""
        kind = "milestone" if isinstance(part, Milestone) else "step"
        return cls(
            data,
            instance=Completion(**{kind: part}, done_on=today),
            prefix=f"{kind}-{part.pk}",
            today=today,
        )

    def clean_done_on(self) -> date:
        return _not_after(self.cleaned_data["done_on"], self.today)


class IndicatorRow(ModelForm):
    """Figures are chosen from those there are, whose ``units`` are given by name."""

    actual = forms.ChoiceField(label="실적 수치")
    target = forms.ChoiceField(label="목표 수치", required=False)

    class Meta:
        model = Indicator
        fields = ["position", "label", "actual", "target", "target_value"]
        help_texts = {
            "target_value": "목표 수치가 없을 때, 실적 수치의 단위로 적습니다(금액은 원)."
        }

    def __init__(self, *args: Any, units: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = units
        for name in ("actual", "target"):
            field: Any = self.fields[name]
            held = getattr(self.instance, name)
            field.choices = [("", "고르기"), *((n, n) for n in sorted({*units, held} - {""}))]

    def clean(self) -> dict[str, Any]:
        """Only figures of one unit can be set against each other."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        actual, target = (self.units.get(cleaned.get(name, "")) for name in ("actual", "target"))
        if actual and target and actual != target:
            self.add_error(
                "target", f"실적 수치는 {actual}, 목표 수치는 {target} 단위라 잴 수 없습니다."
            )
        return cleaned


_indicator_rows: Any = inlineformset_factory(
    Task, Indicator, form=IndicatorRow, formset=Rows, extra=2, can_delete=True, max_num=40
)
IndicatorRows: type[Rows] = _indicator_rows


class _Filter(Form):
    """A search row over a plan's money; a box with something it does not know narrows nothing."""

    columns: dict[str, str]

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own: dict[str, QuerySet[Any]] = {
            "task": Task.objects.filter(area__plan=plan).select_related("area"),
            "program": plan.programs.all(),
            "line": plan.lines.select_related("task__area"),
        }
        for name, rows in own.items():
            if name in self.fields:
                field: Any = self.fields[name]
                field.queryset = rows

    @property
    def narrowed(self) -> bool:
        """Whether something was chosen."""
        return bool(self._wanted())

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those of ``rows`` that fit what was chosen."""
        return rows.filter(Q(**self._wanted()))

    def _wanted(self) -> dict[str, Any]:
        self.is_valid()
        chosen = {column: self.cleaned_data.get(name) for name, column in self.columns.items()}
        return {column: value for column, value in chosen.items() if value not in (None, "")}


class LineFilter(_Filter):
    """The search row over the budget lines."""

    columns = {
        "task": "task",
        "program": "program",
        "source": "source",
        "account": "account",
        "conditional": "conditional",
    }
    by = forms.CharField(widget=forms.HiddenInput, initial="line", required=False)
    task = forms.ModelChoiceField(
        label="과제", required=False, queryset=Task.objects.none(), empty_label="전체"
    )
    program = forms.ModelChoiceField(
        label="세부사업", required=False, queryset=BudgetProgram.objects.none(), empty_label="전체"
    )
    source = forms.ChoiceField(label="재원", required=False, choices=[ALL, *MoneySource.choices])
    account = forms.ChoiceField(label="회계", required=False, choices=[ALL, *Account.choices])
    conditional = forms.TypedChoiceField(
        label="확정 여부",
        required=False,
        choices=[ALL, ("0", "확정·예상"), ("1", "선정 시에만")],
        coerce=lambda value: value == "1",
    )


class ExpenditureFilter(_Filter):
    """The search row over what was spent."""

    columns = {
        "month": "spent_on__month",
        "quarter": "spent_on__quarter",
        "task": "line__task",
        "line": "line",
        "source": "line__source",
    }
    month = forms.TypedChoiceField(
        label="월",
        required=False,
        coerce=int,
        choices=[ALL, *((m, f"{m}월") for m in range(1, 13))],
    )
    quarter = forms.TypedChoiceField(
        label="분기",
        required=False,
        coerce=int,
        choices=[ALL, *((q, f"{q}분기") for q in range(1, 5))],
    )
    task = forms.ModelChoiceField(
        label="과제", required=False, queryset=Task.objects.none(), empty_label="전체"
    )
    line = _NamedLine(
        label="예산", required=False, queryset=BudgetLine.objects.none(), empty_label="전체"
    )
    source = forms.ChoiceField(label="재원", required=False, choices=[ALL, *MoneySource.choices])


class DayForm(Form):
    """The day as of which progress is shown; without one, or with one to come, today."""

    on = forms.DateField(label="기준일", required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        return day and _not_after(day, self.today)

    @property
    def day(self) -> date:
        self.is_valid()
        return self.cleaned_data.get("on") or self.today
