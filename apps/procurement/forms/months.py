"""Opening a closed month again."""

from typing import Any

from django import forms

from apps.accounts.models import Department
from apps.core.forms import Form
from apps.procurement.models import MonthClosing, Reopening
from apps.procurement.queries.months import departments_in


class ReopenForm(Form):
    """For which department a closed month is opened again, and why."""

    department = forms.ModelChoiceField(label="부서", queryset=Department.objects.none())
    reason = forms.CharField(
        label="다시 여는 사유",
        max_length=Reopening._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="부서에 보이고 정정 이력에 남습니다. 예: 9월 18일 복사용지 금액 오기",
    )

    def __init__(self, *args: Any, closing: MonthClosing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        department: Any = self.fields["department"]
        department.queryset = departments_in(closing.month)
