"""Forms of the plan's records."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.forms import BaseInlineFormSet, inlineformset_factory
from django.http import QueryDict

from apps.core.forms import CHANGED_MEANWHILE, REMOVED_MEANWHILE
from apps.plans.figure_forms import ModelForm
from apps.plans.grid import GridField
from apps.plans.models import (
    BudgetLine,
    BudgetProgram,
    DepartmentRequest,
    FocusArea,
    Milestone,
    Plan,
    PlanSection,
    Task,
    TaskDepartment,
    TaskSection,
    TaskStep,
)

OUTLINE_HELP = (
    "줄을 □ ○ - · ※ 로 시작하면 그 단계로 정리됩니다. "
    "Tab은 한 단계 아래로, Shift+Tab은 위로, Esc를 누른 뒤 Tab은 다음 칸으로 갑니다."
)


def lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def outline(rows: int) -> forms.Textarea:
    """A box for □ ○ - · ※ text, in which Tab changes the level of a line."""
    return forms.Textarea(attrs={"rows": rows, "class": "outline-input"})


class PlanForm(ModelForm):
    class Meta:
        model = Plan
        fields = [
            "year",
            "title",
            "issuer",
            "purpose",
            "vision",
            "goal",
            "counted_on",
            "budget_note",
            "basic",
            "source",
        ]
        widgets = {"purpose": lines(3), "goal": lines(2), "budget_note": lines(2)}


class SectionForm(ModelForm):
    class Meta:
        model = PlanSection
        fields = ["title", "body"]
        widgets = {"body": outline(20)}
        help_texts = {"body": OUTLINE_HELP}


class AreaForm(ModelForm):
    class Meta:
        model = FocusArea
        fields = ["number", "title"]


class TaskForm(ModelForm):
    """Offers the departments of the plan's year and those that carry the task already."""

    stated_months = forms.TypedMultipleChoiceField(
        label="월별 일정 (정한 달)",
        choices=[(month, f"{month}월") for month in range(1, 13)],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="비워 두면 추진기간(없으면 절차와 일정)에서 도출하고, 도출했다고 표시합니다.",
    )

    class Meta:
        model = Task
        fields = [
            "number",
            "title",
            "purpose",
            "bases",
            "period",
            "starts",
            "ends",
            "stated_months",
            "method",
            "departments",
            "condition",
            "effects",
            "budget_text",
        ]
        widgets = {
            "purpose": lines(3),
            "bases": lines(3),
            "method": outline(5),
            "effects": outline(5),
            "departments": forms.CheckboxSelectMultiple,
        }
        help_texts = {"method": OUTLINE_HELP, "effects": OUTLINE_HELP}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        departments: Any = self.fields["departments"]
        everyone = departments.queryset
        chosen = TaskDepartment.objects.filter(task=self.instance.pk).values("department")
        of_the_year = everyone.in_year(self.instance.area.plan.year)
        departments.queryset = of_the_year | everyone.filter(pk__in=chosen)


class TaskSectionForm(ModelForm):
    table = GridField(label="표", required=False, help_text="첫 줄은 열 제목입니다.")

    class Meta:
        model = TaskSection
        fields = ["title", "body", "table", "table_unit", "position"]
        widgets = {"body": outline(14)}
        help_texts = {"body": OUTLINE_HELP, "table_unit": "예: 천원"}


class BudgetLineForm(ModelForm):
    class Meta:
        model = BudgetLine
        fields = [
            "label",
            "task",
            "source",
            "account",
            "amount",
            "program",
            "conditional",
            "derived",
            "note",
            "position",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan = self.instance.plan
        task: Any = self.fields["task"]
        task.queryset = Task.objects.filter(area__plan=plan).select_related("area")
        program: Any = self.fields["program"]
        program.queryset = plan.programs


class StepRow(ModelForm):
    class Meta:
        model = TaskStep
        fields = ["position", "title", "detail", "actor", "when", "starts", "ends"]
        widgets = {"detail": lines(4)}


class MilestoneRow(ModelForm):
    class Meta:
        model = Milestone
        fields = ["position", "text", "when", "starts", "ends"]


class ProgramRow(ModelForm):
    class Meta:
        model = BudgetProgram
        fields = ["position", "name", "works"]
        widgets = {"works": lines(3)}


class RequestRow(ModelForm):
    class Meta:
        model = DepartmentRequest
        fields = ["position", "addressee", "due", "body"]
        widgets = {"body": outline(5)}
        help_texts = {"body": OUTLINE_HELP}


class Rows(BaseInlineFormSet[Any, Any, Any]):
    """Rows that stand in the order of their positions; the empty ones come after the others."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = self.get_queryset().aggregate(last=Max("position", default=0))["last"]
        self.initial_extra = [{"position": last + n} for n in range(1, self.extra + 1)]

    def add_fields(self, form: Any, index: int | None) -> None:
        """A row that somebody else has deleted since is not among the rows any more."""
        super().add_fields(form, index)
        form.fields["id"].error_messages["invalid_choice"] = REMOVED_MEANWHILE

    @property
    def refused(self) -> bool:
        """Whether somebody else has changed a row that was typed over or is to be deleted."""
        return any(form.refused for form in self.initial_forms)

    def clean(self) -> None:
        """A row that somebody else has changed since is not deleted unread."""
        super().clean()
        leaving = [form for form in self.initial_forms if form.cleaned_data.get("DELETE")]
        for form in leaving:
            form.refused |= form.overtaken
        if any(form.refused for form in leaving):
            raise ValidationError(CHANGED_MEANWHILE)

    def fill(self, values: QueryDict) -> None:
        """Show ``values`` as they were typed, not yet checked."""
        rows: Any = self
        rows.data, rows.is_bound = values, True
        rows._errors, rows._non_form_errors = [], self.error_class()
        for form in self.forms:
            form.fill(values)

    def hold(self) -> None:
        """Lock the rows that are to be changed or deleted; see :meth:`ModelForm.hold`."""
        for form in self.initial_forms:
            if form.has_changed():
                form.hold()


def _rows(parent: type, row: type[ModelForm]) -> type[Rows]:
    made: Any = inlineformset_factory(
        parent, row._meta.model, form=row, formset=Rows, extra=2, can_delete=True, max_num=40
    )
    rows: type[Rows] = made
    return rows


StepRows = _rows(Task, StepRow)
MilestoneRows = _rows(Task, MilestoneRow)
ProgramRows = _rows(Plan, ProgramRow)
RequestRows = _rows(Plan, RequestRow)
