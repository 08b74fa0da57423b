"""The text of the minutes."""

from typing import Any

from django import forms

from apps.committees.models import Meeting, Minutes
from apps.core.forms import ModelForm


class MinutesForm(ModelForm):
    """The text, and which closing of the meeting it was written after."""

    closed_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Minutes
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 28})}

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.closing = meeting.closed_at.isoformat() if meeting.closed_at else ""
        self.initial["closed_at"] = self.closing

    def take_up(self) -> None:
        """Shown with what is to be looked at: who sends the form again has looked."""
        form: Any = self
        form.data = form.data.copy()
        form.data["closed_at"] = self.closing
