"""A member, one who leaves, and one who follows."""

from datetime import date
from typing import Any

from django import forms

from apps.committees.enums import Leaving, Sex
from apps.committees.models import Committee, Member
from apps.committees.queries.letters import numbered
from apps.core.forms import Form, ModelForm


class MemberForm(ModelForm):
    class Meta:
        model = Member
        fields = [
            "office",
            "appointment",
            "post",
            "name",
            "sex",
            "is_official",
            "starts",
            "ends",
            "letter_number",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.leaving:
            self.fields["ends"].help_text = "마지막 재임일입니다. 비우면 퇴임을 취소합니다."

    def clean(self) -> dict[str, Any] | None:
        """Who has no last day has not left."""
        if self.cleaned_data.get("ends") is None and "ends" not in self.errors:
            self.instance.leaving = self.instance.leaving_reason = ""
        return super().clean()


class MemberEndForm(Form):
    """When a member leaves, and why."""

    ends = forms.DateField(label="마지막 재임일")
    leaving = forms.ChoiceField(label="퇴임 구분", choices=Leaving)
    leaving_reason = forms.CharField(
        label="퇴임 사유",
        max_length=200,
        required=False,
        help_text="해촉이면 꼭 적습니다. 예: 회의에 계속하여 3회 불참",
    )


class ReappointForm(Form):
    """The new term of somebody who is appointed again."""

    starts = forms.DateField(
        label="새 임기 시작일", help_text="지금 임기는 늦어도 전날에 끝나고 ‘임기 만료’로 남습니다."
    )
    ends = forms.DateField(
        label="새 임기 만료일",
        required=False,
        help_text="마지막 재임일입니다. 기한이 없으면 비워 둡니다.",
    )


class HandOverForm(Form):
    """Who holds the post of a 당연직 from when on."""

    starts = forms.DateField(
        label="후임의 재임 시작일",
        help_text="보직 발령일입니다. 전임은 전날에 ‘보직 변경’으로 퇴임합니다.",
    )
    name = forms.CharField(
        label="후임의 성명", max_length=30, required=False, help_text="모르면 비워 둡니다."
    )
    sex = forms.ChoiceField(label="성별", choices=[("", "---------"), *Sex.choices], required=False)
    is_official = forms.BooleanField(label="공무원", required=False, initial=True)


class NumberForm(Form):
    """Whose letters of appointment are numbered, each with the number due if all are."""

    members = forms.ModelMultipleChoiceField(
        label="번호를 매길 위원",
        queryset=Member.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="일부만 고르면 고른 위원에게 차례대로 앞 번호부터 매깁니다.",
    )

    def __init__(self, *args: Any, committee: Committee, on: date, **kwargs: Any) -> None:
        members = committee.members.unnumbered(on)
        super().__init__(*args, initial={"members": list(members)}, **kwargs)
        field: Any = self.fields["members"]
        field.queryset = members
        field.choices = [
            (member.pk, f"{member.letter_number} {member.name} ({member.post})")
            for member in numbered(committee, members)
        ]
