"""Which committees are listed, and on which day."""

from datetime import date

from django import forms

from apps.committees.models import CommitteeQuerySet
from apps.core.forms import Form


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
