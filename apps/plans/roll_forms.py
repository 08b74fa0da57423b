"""Forms of the basic plan, and of rolling a plan to the next year."""

from collections.abc import Iterable
from typing import Any

from django import forms

from apps.core.forms import Form, ModelForm
from apps.plans.enums import RollOutcome
from apps.plans.models import BasicPlan, Plan, Task
from apps.plans.rollover import Choices

KEEP, EMPTY = "keep", "empty"


class BasicPlanForm(ModelForm):
    class Meta:
        model = BasicPlan
        fields = ["title", "first_year", "last_year", "vision", "goal", "body", "source"]
        widgets = {
            "goal": forms.Textarea(attrs={"rows": 3}),
            "body": forms.Textarea(attrs={"rows": 16, "class": "outline-input"}),
        }
        help_texts = {
            "last_year": "조례 제5조의 기본계획은 네 해를 다룹니다.",
            "body": "줄을 □ ○ - · ※ 로 시작하면 그 단계로 정리됩니다.",
        }


class RollForm(Form):
    """What a person decides before a plan is rolled."""

    amounts = forms.ChoiceField(
        label="예산 금액",
        choices=[(KEEP, "지난해 금액 그대로"), (EMPTY, "비우기 (0원으로)")],
        initial=KEEP,
        widget=forms.RadioSelect,
    )
    dropped = forms.TypedMultipleChoiceField(
        label="옮기지 않을 과제",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="고른 과제는 그 예산과 함께 빠지고, 남은 과제의 번호를 다시 매깁니다.",
    )

    def __init__(self, plan: Plan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tasks = Task.objects.filter(area__plan=plan).select_related("area")
        self.tell([(task.pk, str(task)) for task in tasks], ())

    def tell(self, tasks: list[tuple[int, str]], proposed: Iterable[int]) -> None:
        """Name the tasks with what the rules say of them; those they would drop are ticked."""
        dropped: Any = self.fields["dropped"]
        dropped.choices = tasks
        dropped.initial = list(proposed)

    def choices(self) -> Choices:
        keep = self.cleaned_data["amounts"] == KEEP
        return Choices(keep, frozenset(self.cleaned_data["dropped"]))


class NotesFilter(Form):
    """Which notes of a roll are shown: of one kind, of one task."""

    outcome = forms.ChoiceField(
        label="처리", required=False, choices=[("", "모두"), *RollOutcome.choices]
    )
    task = forms.ChoiceField(label="과제", required=False)

    def __init__(self, plan: Plan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        task: Any = self.fields["task"]
        noted = plan.roll_notes.exclude(task=None).select_related("task__area")
        tasks = {note.task_id: str(note.task) for note in noted}
        task.choices = [("", "모두"), *sorted(tasks.items(), key=lambda each: each[1])]

    def found(self) -> dict[str, str]:
        """The conditions that have been chosen."""
        chosen = self.cleaned_data if self.is_valid() else {}
        return {name: value for name, value in chosen.items() if value}
