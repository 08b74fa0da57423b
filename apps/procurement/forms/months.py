"""Opening a closed month again."""

from typing import Any

from django import forms

from apps.accounts.models import Department
from apps.core.forms import Form
from apps.procurement.models import MonthClosing, Reopening
from apps.procurement.queries.months import departments_in


class ReopenForm(Form):
    """For which departments a closed month is opened again, and why: ticked ones, or everyone."""

    everyone = forms.BooleanField(label="전체 부서", required=False)
    department = forms.ModelMultipleChoiceField(
        label="부서",
        queryset=Department.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label="다시 여는 사유",
        max_length=Reopening._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="부서에 보이고 정정 이력에 남습니다. 예: 9월 18일 복사용지 금액 오기",
    )

    def __init__(self, *args: Any, closing: MonthClosing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.closing = closing
        department: Any = self.fields["department"]
        department.queryset = departments_in(closing.month)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("everyone"):
            open_now = self.closing.reopenings.filter(finished_at=None).values("department")
            said["department"] = departments_in(self.closing.month).exclude(pk__in=open_now)
            if not said["department"]:
                self.add_error("everyone", "이미 모든 부서에 다시 열려 있습니다.")
        elif not said.get("department") and "department" not in self.errors:
            self.add_error("department", "다시 열 부서를 하나 이상 골라 주세요.")
        return said
