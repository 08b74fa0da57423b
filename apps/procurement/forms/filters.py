"""Searching a year's purchases."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from apps.accounts.models import User
from apps.accounts.querysets import OVERSEERS
from apps.core.dates import year_bounds
from apps.core.forms import Form
from apps.procurement.access import visible_departments
from apps.procurement.enums import ContractMethod, PurchaseChannel, PurchaseKind
from apps.procurement.models import MonthlySum
from apps.procurement.queries.ledger import Search

ALL = ("", "전체")
NO_MONTH = "1월부터 12월까지 가운데 골라 주세요."
#: The index of items knows pairs of letters.
FEWEST_LETTERS = 2
TOO_SHORT = "두 글자 이상 적어 주세요."


class PurchaseFilter(Form):
    """The search row; a box with something it does not know says so and narrows nothing.

    It offers the departments of the year, and others with purchases in it.
    ``batch`` is the file the purchases came from, where a link from the file leads here.
    """

    month = forms.TypedChoiceField(
        label="월",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[ALL, *((month, f"{month}월") for month in range(1, 13))],
        error_messages={"invalid_choice": NO_MONTH},
    )
    department = forms.TypedChoiceField(label="부서", required=False, coerce=int, empty_value=None)
    supplier = forms.CharField(label="기업(이름·초성·번호)", required=False)
    item = forms.CharField(label="품목", required=False, max_length=200)
    kind = forms.ChoiceField(label="구분", required=False, choices=[ALL, *PurchaseKind.choices])
    channel = forms.ChoiceField(
        label="구매방법", required=False, choices=[ALL, *PurchaseChannel.choices]
    )
    contract = forms.ChoiceField(
        label="계약방법", required=False, choices=[ALL, *ContractMethod.choices]
    )
    batch = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        if user.has_role(*OVERSEERS):
            seen = visible_departments(user)
            sums = MonthlySum.objects.filter(month__range=year_bounds(year), count__gt=0)
            departments = seen.in_year(year) | seen.filter(pk__in=sums.values("department"))
            department: Any = self.fields["department"]
            # Names alone: forty records would take as long as the purchases themselves.
            department.choices = [ALL, *departments.values_list("pk", "name")]
        else:
            del self.fields["department"]

    def clean_item(self) -> str:
        text: str = self.cleaned_data["item"]
        if text and len("".join(text.split())) < FEWEST_LETTERS:
            raise ValidationError(TOO_SHORT)
        return text

    def search(self) -> Search:
        """What is looked for, as far as it could be read."""
        self.is_valid()
        return Search(self.year, **self.cleaned_data)
