"""What is asked when a plan is confirmed, opened again, or compared."""

from typing import Any

from django import forms

from apps.core.forms import Form
from apps.plans.models import Plan

NO_EDITION = {"invalid_choice": "그런 판이 없습니다."}


class ReasonForm(Form):
    """Why a confirmed plan is opened again; it is printed with the next edition."""

    reason = forms.CharField(
        label="수정 사유",
        max_length=Plan._meta.get_field("revision_reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="다음 판의 발행 목록에 실립니다. 예: 2-1 보조금 예산 확정에 따른 정정",
    )


class CompareForm(Form):
    """Two editions out of those there are."""

    old = forms.ChoiceField(label="종전")
    new = forms.ChoiceField(label="변경")

    def __init__(self, data: Any, choices: list[tuple[str, str]]) -> None:
        super().__init__(data)
        for name in ("old", "new"):
            self.fields[name] = forms.ChoiceField(
                label=self.fields[name].label,
                choices=choices,
                required=False,
                error_messages=NO_EDITION,
            )
