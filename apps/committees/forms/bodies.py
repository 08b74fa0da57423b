"""Which committees are listed, on which day; a committee, and what it is composed by."""

from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html

from apps.committees.models import Charter, Committee, CommitteeQuerySet
from apps.core.forms import Form, ModelForm


class CommitteeFilter(Form):
    """Committees by part of their name."""

    q = forms.CharField(label="위원회명", required=False, max_length=100)

    def narrow(self, rows: CommitteeQuerySet) -> CommitteeQuerySet:
        text = self.cleaned_data["q"] if self.is_valid() else ""
        return rows.filter(name__icontains=text) if text else rows


class RosterForm(Form):
    """The day whose roster is shown."""

    on = forms.DateField(label="기준일", required=False)

    def day(self, otherwise: date) -> date:
        """The day asked for, or ``otherwise`` where none was, or none that can be read."""
        chosen: date | None = self.cleaned_data["on"] if self.is_valid() else None
        return chosen or otherwise


class CommitteeForm(ModelForm):
    class Meta:
        model = Committee
        fields = ["name", "basis", "formed_on", "decides_by_vote", "rhythm", "note"]
        widgets = {
            "basis": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }


#: The fields of a charter as its form shows them, under what they are about.
PARTS = {
    "적용": ("starts", "statute"),
    "구성 기준": ("composition_article", "vice_chairs", "ex_officio", "appointed"),
    "의사 기준": (
        "voting_article",
        "opening",
        "opening_count",
        "carrying",
        "carrying_count",
        "carrying_of",
        "recused",
        "chair_breaks_ties",
        "allows_written",
    ),
}


class CharterForm(ModelForm):
    """A committee's composition and rule; where it ends follows from the next one."""

    class Meta:
        model = Charter
        fields = [
            "starts",
            "statute",
            "composition_article",
            "vice_chairs",
            "ex_officio",
            "appointed",
            "voting_article",
            "opening",
            "opening_count",
            "carrying",
            "carrying_count",
            "carrying_of",
            "recused",
            "chair_breaks_ties",
            "allows_written",
        ]
        help_texts = {
            "starts": "이 날부터 적용합니다. 앞의 기준은 전날에 끝납니다.",
            "composition_article": "예: 제6조",
            "vice_chairs": "없으면 0을 적습니다.",
            "voting_article": "예: 제9조",
            "ex_officio": "위원장과 부위원장을 빼고 셉니다.",
            "appointed": "위원장과 부위원장을 빼고 셉니다.",
            "opening_count": "‘정한 인원 이상’일 때만 적습니다.",
            "carrying_count": "‘정한 인원 이상’일 때만 적습니다.",
        }

    #: What a new charter has in common with the last one, until it is changed.
    REPEATED = Meta.fields[1:]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["statute"].help_text = format_html(
            '목록에 없는 조례나 규칙은 <a href="{}">법령·조례</a>에 먼저 추가해 주세요.',
            reverse("rules:statutes"),
        )

    def validate_unique(self) -> None:
        """A charter overlaps the one before it until the service has ended that one.

        The service checks every constraint once it has; what it refuses is said beside the field.
        """

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [(title, [self[name] for name in names]) for title, names in PARTS.items()]
