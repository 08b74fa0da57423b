"""Looking a rule up."""

from django import forms

from apps.core.forms import Form


class RuleFilter(Form):
    q = forms.CharField(label="찾을 말", required=False)
