"""Looking a rule up, and entering a statute."""

from django import forms

from apps.core.forms import Form, ModelForm
from apps.rules.models import Statute


class RuleFilter(Form):
    q = forms.CharField(label="찾을 말", required=False)


class StatuteForm(ModelForm):
    class Meta:
        model = Statute
        fields = ["name", "kind", "note"]
        help_texts = {"name": "「 」 없이 정식 이름을 적습니다. 조항은 인용하는 곳에서 적습니다."}
        error_messages = {"name": {"unique": "같은 이름의 법령이 이미 있습니다."}}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
