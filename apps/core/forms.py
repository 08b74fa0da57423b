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
from django.forms.utils import ErrorDict
from django.http import QueryDict

from apps.core.conflicts import Difference, compare, plain, words
from apps.core.history import last_saved
from apps.core.money import comma, parse_won
from apps.core.refusals import told

SEEN = "seen"
#: Sent with a form that was refused: what its second sending has been shown, and the consent.
SHOWN, OVERWRITE = "shown", "overwrite"
CHANGED_MEANWHILE = (
    "이 화면을 연 뒤에 다른 사람이 이 자료를 수정해서 저장하지 않았습니다. "
    "저장된 내용과 내가 적은 내용을 견주어 보고 하나를 골라 주세요."
)
REMOVED_MEANWHILE = (
    "이 화면을 연 뒤에 다른 사람이 이 자료를 삭제해서 저장하지 않았습니다. "
    "적은 내용은 아래에 그대로 있으니 필요하면 옮겨 두세요."
)
TAKEN_MEANWHILE = "다른 사람이 방금 같은 내용을 저장했습니다. 목록에서 확인해 주세요."
#: Nothing the office keeps is older, and days near the calendar's ends cannot be counted with.
FIRST_DAY = date(1900, 1, 1)
BAD_AMOUNT = "금액은 숫자로 적어 주세요. 예: 1,500,000 또는 1,500천원"


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

    def fill(self, values: QueryDict) -> None:
        """Show ``values`` as they were typed, not yet checked."""
        form: Any = self
        form.data, form.is_bound, form._errors = values, True, ErrorDict()

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

    No words are lost when two people have the record open. The form remembers what each field
    held when it was opened (``seen``). A field only the other has changed keeps the other's
    content; where both have changed one, nothing is saved and :attr:`conflict` shows both texts,
    until the form is sent again with the consent to write over what was shown.
    """

    #: Whether the form stands for a record's place, as a line of a table does, before there is one:
    #: somebody else may fill the place meanwhile, or empty it.
    keeps_place = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refused = self.overtaken = False
        if self.instance.pk or self.keeps_place:
            own = [name for name in self._meta.fields or () if name in self.fields]
            columns = self.instance._meta.concrete_fields
            self._saved = forms.model_to_dict(self.instance, own)
            if not self.instance.pk:
                self._saved = {name: self.initial.get(name) for name in self._saved}
            self._around = {
                column.attname: getattr(self.instance, column.attname)
                for column in columns
                if column.name not in own
            }
            self.fields[SEEN] = forms.CharField(
                widget=forms.HiddenInput, required=False, initial=_digest(self._saved)
            )

    @property
    def shown_name(self) -> str:
        """The name of the hidden field that says which content a refused form has shown."""
        return self.add_prefix(SHOWN)

    @property
    def shown_value(self) -> str:
        return _digest(self._saved)

    @property
    def saved_by(self) -> str:
        """Who saved the record last and when, as the history knows: ``홍길동, 11. 22. 14:03``."""
        return (self.instance.pk and last_saved(self.instance)) or "다른 사람"

    @property
    def conflict(self) -> tuple[Difference, ...]:
        """Field by field, what is saved beside what was typed; once the form was refused for it."""
        if not self.refused:
            return ()
        found = []
        for name, saved in self._saved.items():
            if name not in self.fields:
                continue  # not for this user to change
            field, typed = self.fields[name], self[name].data
            texts = words(field, self.as_typed(name, saved)), words(field, typed)
            if texts[0] != texts[1]:
                found.append(compare(str(field.label), *texts))
        return tuple(found)

    def as_typed(self, name: str, saved: Any) -> Any:
        """What is saved in a field, as its box shows it."""
        return saved

    def clean_seen(self) -> None:
        """Take over what only the other has changed; refuse what both have."""
        seen = self.cleaned_data[SEEN]
        if OVERWRITE in self.data:
            seen = self.data.get(self.shown_name, seen)
        before = seen.split(".")
        if not seen or len(before) != len(self._saved):
            return
        for base, (name, saved) in zip(before, self._saved.items(), strict=True):
            if base != _short(saved):
                self.overtaken = True
                self._merge(name, base, _short(saved))
        if self.refused:
            self.add_error(None, CHANGED_MEANWHILE)

    def _merge(self, name: str, base: str, saved: str) -> None:
        """A field the other has changed: theirs where one has left it alone."""
        if name not in self.cleaned_data:
            return
        typed = _short(self.cleaned_data[name])
        if typed == base:
            self.cleaned_data[name] = _value(self.instance, name)
        elif typed != saved:
            self.refused = True

    def hold(self) -> None:
        """Lock the record until the change is made, and look at it once more.

        Call it inside the transaction that saves. What is not on the form keeps the content
        somebody else has saved since. Raises ``ValidationError`` when what is on it was saved
        since the form was checked, or the record is gone.
        """
        if SEEN not in self.fields or not self.instance.pk:
            return
        rows = self._meta.model._base_manager.select_for_update(no_key=True).order_by("pk")
        row = rows.filter(pk=self.instance.pk).first()
        if row is None:
            raise ValidationError(REMOVED_MEANWHILE)
        saved = forms.model_to_dict(row, list(self._saved))
        if _digest(saved) != _digest(self._saved):
            self._saved, self.refused = saved, True
            raise ValidationError(CHANGED_MEANWHILE)
        for column, was in self._around.items():
            if getattr(self.instance, column) == was:
                setattr(self.instance, column, getattr(row, column))

    def validate_unique(self) -> None:
        """Django leaves out constraints that reach over fields not on the form; check all."""
        super().validate_unique()
        try:
            self.instance.validate_constraints(exclude=set(self.errors))
        except ValidationError as error:
            self.add_error(None, error)


def _short(value: Any) -> str:
    return hashlib.sha256(plain(value).encode()).hexdigest()[:10]


def _digest(contents: dict[str, Any]) -> str:
    """The contents of a form's fields, each told apart from any other content."""
    return ".".join(map(_short, contents.values()))


def _value(row: models.Model, name: str) -> Any:
    value = getattr(row, name)
    return list(value.all()) if hasattr(value, "all") else value


def went_through(form: forms.BaseForm, change: Callable[[], object]) -> bool:
    """Whether the form is right and ``change`` was made; what the change refuses, the form says."""
    if not form.is_valid():
        return False
    try:
        with told():
            if isinstance(form, ModelForm):
                form.hold()
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
