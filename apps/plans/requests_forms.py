"""Forms of requests to departments."""

from datetime import date
from typing import Any

from django import forms

from apps.accounts.models import Department
from apps.core.forms import Form, ModelForm
from apps.plans.forms import OUTLINE_HELP, outline
from apps.plans.models import DepartmentRequest, RequestDelivery
from apps.plans.requests import not_sent_yet, suggested


class SendForm(Form):
    """To whom a request goes, and by when it is to be answered.

    Ticked at first are the departments the addressee's words mean, or ``everyone``; nothing is
    sent before a person has seen the ticks.
    """

    departments = forms.ModelMultipleChoiceField(
        Department.objects.none(),
        label="받을 부서",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    due = forms.DateField(label="회신 기한", required=False)

    def __init__(
        self, data: Any, *, request: DepartmentRequest, today: date, everyone: bool = False
    ) -> None:
        rest = not_sent_yet(request)
        ticked = list(rest) if everyone else suggested(request.addressee, rest)
        super().__init__(data, initial={"departments": ticked, "due": request.due})
        self.today = today
        departments: Any = self.fields["departments"]
        departments.queryset = rest

    def clean_due(self) -> date | None:
        due: date | None = self.cleaned_data["due"]
        if due and due < self.today:
            raise forms.ValidationError("회신 기한은 오늘부터 정할 수 있습니다.")
        return due

    def clean(self) -> None:
        if not self.cleaned_data.get("departments") and "departments" not in self.errors:
            self.add_error("departments", "받을 부서를 골라 주세요.")


class _DeliveryForm(ModelForm):
    def validate_unique(self) -> None:
        """The service stamps what the constraints ask for."""


class AnswerForm(_DeliveryForm):
    """The department's answer."""

    answer = forms.CharField(label="회신 내용", widget=outline(8), help_text=OUTLINE_HELP)

    class Meta:
        model = RequestDelivery
        fields = ["answer"]


class FollowUpForm(_DeliveryForm):
    """What the official has done about the answer."""

    class Meta:
        model = RequestDelivery
        fields = ["follow_up"]
        widgets = {"follow_up": outline(5)}
        help_texts = {"follow_up": "회신을 받아 무엇을 했는지 적습니다. 부서도 볼 수 있습니다."}
