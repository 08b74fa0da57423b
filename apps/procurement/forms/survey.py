"""The survey of March: the letter to the departments, and a department's answer."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict

from apps.core.forms import Form, ModelForm
from apps.procurement.models import DemandSurvey, PlannedItem, SurveyResponse
from apps.procurement.queries.survey import KindSum

MORE_ROWS, MAX_ROWS = 5, 200
NOTHING_SAID = "구매할 품목을 적거나, 없으면 ‘구매 계획 없음’에 표시해 주세요."
ITEMS_AND_NOTHING = "아래에 품목을 적었습니다. 구매 계획이 있으면 이 표시를 지워 주세요."
TOO_MANY = f"품목은 {MAX_ROWS}개까지 적을 수 있습니다. 비슷한 품목을 모아 적어 주세요."


class SurveyForm(ModelForm):
    """The letter, and the day by which departments answer."""

    class Meta:
        model = DemandSurvey
        fields = ["due", "body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 12, "class": "outline-input"})}
        help_texts = {"body": "줄을 □ ○ - ※ 로 시작하면 그 단계로 정리됩니다."}

    def validate_unique(self) -> None:
        """The service stamps what the constraints ask for, and checks them."""


class PlannedRow(ModelForm):
    """One item a department means to buy; without item and amount it is an empty row."""

    class Meta:
        model = PlannedItem
        fields = ["item", "kind", "amount", "in_mall", "month"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        month: Any = self.fields["month"]
        month.choices = [("", "미정"), *month.choices[1:]]
        kind: Any = self.fields["kind"]
        kind.choices = [choice for choice in kind.choices if choice[0]]
        for box in self.visible_fields():
            box.field.widget.attrs["aria-label"] = f"{self.number}번째 줄 {box.label}"

    @property
    def number(self) -> int:
        """Which row it is, from 1."""
        tail = str(self.prefix).rpartition("-")[2]
        return int(tail) + 1 if tail.isdecimal() else 0

    def has_changed(self) -> bool:
        return any(str(self[name].data or "").strip() for name in ("item", "amount"))

    def validate_unique(self) -> None:
        """Its answer may not be saved yet; the service checks the item once it is."""


class Rows(BaseFormSet[PlannedRow]):
    @property
    def filled(self) -> list[PlannedItem]:
        """The items of the rows that are filled in, not yet saved."""
        return [form.instance for form in self.forms if form.has_changed()]


_made: Any = formset_factory(
    PlannedRow, formset=Rows, extra=MORE_ROWS, max_num=MAX_ROWS, validate_max=True
)
PlannedRows: type[Rows] = _made


class AnswerForm(Form):
    """The department's remark, and that it means to buy nothing.

    ``seen`` is the answer that stood when the screen was opened, by its time.
    """

    nothing = forms.BooleanField(label="구매 계획 없음", required=False)
    note = forms.CharField(
        label="의견", required=False, max_length=SurveyResponse._meta.get_field("note").max_length
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class SurveyAnswer:
    """A department's whole answer on one screen: ``head``, and ``rows`` of planned items.

    Without ``data`` it shows ``response``, if there is one.
    """

    def __init__(self, data: QueryDict | None, response: SurveyResponse | None) -> None:
        self.head = AnswerForm(data, initial=_head_of(response))
        saved = [_row_of(item) for item in response.items.all()] if response else []
        self.rows = PlannedRows(
            data,
            initial=None if data else saved,
            error_messages={"too_many_forms": TOO_MANY},
        )

    @classmethod
    def growing(cls, typed: QueryDict, more: Iterable[KindSum] = ()) -> "SurveyAnswer":
        """What was typed so far, not yet checked, with ``more`` rows and empty ones behind them."""
        answer = cls(None, None)
        answer.head = AnswerForm(initial=typed.dict())
        rows = [*_typed_rows(typed), *map(_suggested, more)]
        answer.rows = PlannedRows(initial=rows[:MAX_ROWS])
        return answer

    def is_valid(self) -> bool:
        """Whether all of it is, and it says something; every bad box has its message."""
        if not all([self.head.is_valid(), self.rows.is_valid()]):
            return False
        nothing, items = self.head.cleaned_data["nothing"], self.rows.filled
        if bool(items) == nothing:
            self.head.add_error("nothing", ITEMS_AND_NOTHING if items else NOTHING_SAID)
        return not self.head.errors


def stamp(response: SurveyResponse | None) -> str:
    """Tells an answer from the one before it."""
    return response.answered_at.isoformat() if response else ""


def _head_of(response: SurveyResponse | None) -> dict[str, Any]:
    if response is None:
        return {"seen": ""}
    nothing = not response.items.all()
    return {"note": response.note, "seen": stamp(response), "nothing": nothing}


def _row_of(item: PlannedItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in PlannedRow.Meta.fields}


def _suggested(sums: KindSum) -> dict[str, Any]:
    return {
        "item": f"{sums.kind.label} (작년 구매 {sums.count}건 기준)",
        "kind": sums.kind.value,
        "amount": sums.amount,
        "in_mall": sums.in_mall,
    }


def _typed_rows(typed: QueryDict) -> list[dict[str, str | None]]:
    """The rows somebody has typed anything in."""
    rows = [
        {name: typed.get(f"form-{number}-{name}") for name in PlannedRow.Meta.fields}
        for number in range(MAX_ROWS)
    ]
    return [row for row in rows if row["item"] or row["amount"]]
