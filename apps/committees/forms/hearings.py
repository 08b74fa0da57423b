"""Which plan the committee heard under an item."""

from django import forms

from apps.accounts.models import User
from apps.committees.models import AgendaItem, PlanHearing
from apps.committees.queries.hearings import hearable
from apps.core.forms import ModelForm
from apps.plans.models import Plan

NONE = "이을 수 있는 계획이 없습니다. 회의한 해나 이듬해의 계획을 담당자가 먼저 만들어야 합니다."


class HearingForm(ModelForm):
    """A plan of the meeting's time that is not yet tied to the item."""

    plan = forms.ModelChoiceField(label="심의한 계획", queryset=Plan.objects.none())

    class Meta:
        model = PlanHearing
        fields = ["plan"]

    def __init__(self, *args: object, item: AgendaItem, user: User, **kwargs: object) -> None:
        super().__init__(*args, instance=PlanHearing(item=item), **kwargs)
        known = [plan.pk for plan in hearable(item.meeting, user)]
        plans = Plan.objects.filter(pk__in=known).exclude(hearings__item=item)
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]  # a choice of rows
        if not plans:
            self.fields["plan"].help_text = NONE
