"""Choosing whose history to look at."""

from typing import Any

from django import forms

from apps.audit.queries import name_of, tracked_models
from apps.core.forms import Form


class HistoryFilter(Form):
    model = forms.ChoiceField(label="자료")
    object = forms.IntegerField(label="번호", required=False, min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        model: Any = self.fields["model"]
        model.choices = [(key, name_of(event)) for key, event in tracked_models().items()]
