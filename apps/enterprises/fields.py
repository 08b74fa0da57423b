"""Fields of a firm: 사업자등록번호 (ten digits, the last one a checksum; stored bare), website."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
BAD_NUMBER = "사업자등록번호가 맞지 않습니다. 숫자 10자리를 다시 확인해 주세요. 예: 123-45-67891"


def bare(value: object) -> str:
    """The number as it is stored, from what people and spreadsheets write.

    >>> bare(" 123-45-67891 "), bare(1234567891.0), bare(None)
    ('1234567891', '1234567891', '')
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = "" if value is None else str(value)
    return "".join(text.split()).replace("-", "")


def dashed(number: str | None) -> str:
    """``123-45-67891``, as papers print it."""
    return f"{number[:3]}-{number[3:5]}-{number[5:]}" if number else ""


def check_digit(body: str) -> str:
    """The tenth digit that belongs to the first nine (the tax service's rule).

    >>> check_digit("123456789")
    '1'
    """
    digits = [int(digit) for digit in body]
    total = sum(d * w for d, w in zip(digits, _WEIGHTS, strict=True)) + digits[8] * 5 // 10
    return str(-total % 10)


def is_valid(number: str) -> bool:
    """Ten digits whose checksum holds."""
    if len(number) != 10 or not (number.isascii() and number.isdigit()):
        return False
    return check_digit(number[:9]) == number[9]


def validate(number: str) -> None:
    if not is_valid(number):
        raise ValidationError(BAD_NUMBER, code="business_number")


class BusinessNumberFormField(forms.CharField):
    """Dashes and spaces may be typed; the number is shown with its dashes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "max_length": None})
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: Any) -> Any:
        return bare(value) or self.empty_value

    def prepare_value(self, value: Any) -> Any:
        return dashed(value) if isinstance(value, str) and is_valid(value) else value


class BusinessNumberField(models.CharField[str | None, str | None]):
    """A 사업자등록번호, stored bare."""

    default_validators = [validate]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 10, **kwargs})

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": BusinessNumberFormField, **kwargs})


class WebsiteField(models.URLField[str, str]):
    """An address typed without its scheme is taken for https."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"assume_scheme": "https", **kwargs})
