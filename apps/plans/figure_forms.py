"""Forms whose texts may name figures: a name nobody knows is an error beside its field."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError

from apps.core.forms import ModelForm as OfficeModelForm
from apps.plans.texts import validate_names


class ModelForm(OfficeModelForm):
    """A form of a plan's record."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            try:
                validate_names("\n".join(_strings(value)))
            except ValidationError as error:
                self.add_error(name, error)
        return cleaned


def _strings(value: Any) -> Iterator[str]:
    """The text of a field: as typed, or of every cell of a typed table."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
