"""A member, and one who leaves."""

from django import forms

from apps.committees.models import Member
from apps.core.forms import Form, ModelForm


class MemberForm(ModelForm):
    class Meta:
        model = Member
        fields = ["office", "appointment", "post", "name", "starts", "ends"]


class MemberEndForm(Form):
    """When a member leaves."""

    ends = forms.DateField(label="마지막 재임일")
