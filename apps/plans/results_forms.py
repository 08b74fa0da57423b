"""Forms of typed results."""

import re
from typing import Any

from django import forms
from django.db.models import QuerySet

from apps.core.forms import Form, ModelForm, WonFormField
from apps.core.hangul import particle
from apps.plans.models import Result
from apps.plans.registry import named_figures
from apps.plans.texts import LAST_YEAR

_NO_NAME = re.compile(r"[{}:]")
MOST = 10**15
BAD_NAME = "이름에는 괄호 { }와 쌍점(:)을 쓸 수 없습니다."


class ResultForm(ModelForm):
    """A figure of a year that no record of the portal gives."""

    year = forms.IntegerField(label="연도", min_value=2000, max_value=2100)
    value = WonFormField(
        label="값",
        max_value=MOST,
        help_text="숫자만 적습니다. 금액은 원으로 적거나 146,558천원처럼 적습니다.",
    )

    class Meta:
        model = Result
        fields = ["year", "name", "value", "unit", "as_of", "source", "note"]
        help_texts = {
            "name": "계획서에서 {{이름}}으로 쓰는 말입니다. 예: 공공구매 직원 교육",
            "unit": "예: 회, 개, 명, 부, 원",
            "source": "이 값을 확인할 수 있는 문서를 적습니다.",
        }

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if _NO_NAME.search(name):
            raise forms.ValidationError(BAD_NAME)
        if name.startswith(LAST_YEAR):
            raise forms.ValidationError("‘전년’은 빼고 적어 주세요. 연도로 구분합니다.")
        return name

    def clean(self) -> dict[str, Any]:
        """A name has one unit, or the same text would print 원 this year and 회 the next."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        unit = self._unit_of(cleaned.get("name", ""))
        if unit and cleaned.get("unit") not in (None, unit):
            named = particle(f"‘{cleaned['name']}’", "은/는")
            self.add_error("unit", f"{named} ‘{unit}’ 단위로 쓰는 수치입니다.")
        return cleaned

    def _unit_of(self, name: str) -> str | None:
        if name in named_figures:
            return named_figures[name].unit
        others = Result.objects.filter(name=name).exclude(pk=self.instance.pk)
        return others.order_by("-year").values_list("unit", flat=True).first()


class ResultFilter(Form):
    """The search row above the list of results."""

    year = forms.TypedChoiceField(label="연도", required=False, coerce=int)
    q = forms.CharField(label="이름", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = Result.objects.order_by("-year").values_list("year", flat=True).distinct()
        year: Any = self.fields["year"]
        year.choices = [("", "전체"), *((each, f"{each}년") for each in years)]

    def narrow(self, results: QuerySet[Result]) -> QuerySet[Result]:
        """The results asked for; a year without any narrows nothing."""
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("year"):
            results = results.filter(year=asked["year"])
        return results.filter(name__icontains=asked["q"]) if asked.get("q") else results


class FigureFilter(Form):
    """The search row above the list of figures."""

    q = forms.CharField(label="이름·초성", required=False)
