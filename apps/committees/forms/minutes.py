"""The text of the minutes."""

from django import forms

from apps.committees.models import Minutes
from apps.core.forms import ModelForm


class MinutesForm(ModelForm):
    class Meta:
        model = Minutes
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 28})}
