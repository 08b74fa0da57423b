"""Sending out a paper."""

from typing import Any

from django import forms

from apps.core.forms import Form
from apps.documents.models import IssuedDocument


class IssueForm(Form):
    """A further edition has a reason; for the first nothing is asked."""

    reason = forms.CharField(
        label="다시 통보하는 사유",
        max_length=IssuedDocument._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="판의 목록에 실립니다.",
    )

    def __init__(self, *args: Any, again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not again:
            del self.fields["reason"]
