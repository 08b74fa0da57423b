"""Form parts for the whole portal: one field template, money and dates as people type them."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import MinValueValidator
from django.db import IntegrityError, models
from django.forms.renderers import TemplatesSetting

from apps.core.money import comma, parse_won
from apps.core.refusals import told

SEEN = "seen"
CHANGED_MEANWHILE = (
    "이 화면을 연 뒤에 다른 사람이 이 자료를 수정해서 저장하지 않았습니다. "
    "적은 내용을 옮겨 두고 화면을 새로 열어 바뀐 내용을 확인해 주세요."
)
TAKEN_MEANWHILE = "다른 사람이 방금 같은 내용을 저장했습니다. 목록에서 확인해 주세요."
#: Nothing the office keeps is older, and days near the calendar's ends cannot be counted with.
FIRST_DAY = date(1900, 1, 1)
BAD_AMOUNT = "금액은 숫자로 적어 주세요. 예: 1,500,000"


class OfficeFormRenderer(TemplatesSetting):
    """Every field of every form is drawn by one template."""

    field_template_name = "components/field.html"


class DateInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class WonFormField(forms.IntegerField):
    """An amount in whole won; ``1,500,000`` and ``1500천원`` are understood."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, **kwargs})
        self.error_messages["invalid"] = BAD_AMOUNT
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off", "class": "input-won"}

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str) and value.strip():
            try:
                return parse_won(value)
            except ValueError as error:
                raise forms.ValidationError(BAD_AMOUNT, code="invalid") from error
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return comma(value) if isinstance(value, int) else value


class OfficeFormMixin:
    """Dates get the calendar, amounts and choices their Korean words; an error its place."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if type(field) is forms.DateField:
                field.widget = DateInput(field.widget.attrs)
                field.error_messages["invalid"] = "날짜는 2016-01-31처럼 적어 주세요."
                field.validators.append(MinValueValidator(FIRST_DAY, "날짜를 확인해 주세요."))
            if field.required:
                field.error_messages["required"] = "꼭 적어야 하는 칸입니다."

    def add_error(self, field: str | None, error: Any) -> None:
        for place, each in self._placed(field, error):
            super().add_error(place, each)  # type: ignore[misc]  # the form's own

    def _placed(self, field: str | None, error: Any) -> Iterator[tuple[str | None, Any]]:
        if not isinstance(error, ValidationError) or not hasattr(error, "error_dict"):
            yield field, error
            return
        for name, errors in error.error_dict.items():
            for each in errors:
                place = each.code if name == NON_FIELD_ERRORS else name
                yield (place if place in self.fields else None), each


class Form(OfficeFormMixin, forms.Form):
    """A form of the portal."""


class ModelForm(OfficeFormMixin, forms.ModelForm):  # type: ignore[type-arg]  # of any model
    """A form of one record. It only checks; services save.

    Every constraint of the record is checked, and shown beside the field its error code names.
    A record that somebody else has changed since the form was opened is not saved over.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields[SEEN] = forms.CharField(
                widget=forms.HiddenInput, required=False, initial=self._digest()
            )

    def _digest(self) -> str:
        """What the record holds in the fields of this form, told apart from any other content."""
        values = forms.model_to_dict(self.instance, list(self._meta.fields or ()))
        text = repr([_plain(values[name]) for name in sorted(values)])
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def clean_seen(self) -> None:
        seen = self.cleaned_data[SEEN]
        if seen and seen != self.fields[SEEN].initial:
            self.add_error(None, CHANGED_MEANWHILE)

    def validate_unique(self) -> None:
        """Django leaves out constraints that reach over fields not on the form; check all."""
        super().validate_unique()
        try:
            self.instance.validate_constraints(exclude=set(self.errors))
        except ValidationError as error:
            self.add_error(None, error)


def _plain(value: Any) -> Any:
    return sorted(row.pk for row in value) if _is_rows(value) else str(value)


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, models.Model) for row in value)


def went_through(form: forms.BaseForm, change: Callable[[], object]) -> bool:
    """Whether the form is right and ``change`` was made; what the change refuses, the form says."""
    if not form.is_valid():
        return False
    try:
        with told():
            change()
    except ValidationError as error:
        form.add_error(None, error)
        return False
    except IntegrityError:
        form.add_error(None, TAKEN_MEANWHILE)
        return False
    return True


__all__ = [
    "DateInput",
    "Form",
    "ModelForm",
    "OfficeFormRenderer",
    "WonFormField",
    "went_through",
]
