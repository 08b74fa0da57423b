"""Searching a year's purchases."""

from typing import Any

from django import forms

from apps.accounts.models import Department, User
from apps.accounts.querysets import OVERSEERS
from apps.core.forms import Form
from apps.enterprises.models import Enterprise
from apps.procurement.access import visible_departments
from apps.procurement.enums import PurchaseChannel, PurchaseKind
from apps.procurement.models import PurchaseQuerySet

ALL = ("", "전체")


class PurchaseFilter(Form):
    """The search row; a box with something it does not know narrows nothing."""

    month = forms.TypedChoiceField(
        label="월",
        required=False,
        coerce=int,
        choices=[ALL, *((month, f"{month}월") for month in range(1, 13))],
    )
    department = forms.ModelChoiceField(
        label="부서", required=False, queryset=Department.objects.none(), empty_label="전체"
    )
    supplier = forms.CharField(label="기업(이름·초성·번호)", required=False)
    kind = forms.ChoiceField(label="구분", required=False, choices=[ALL, *PurchaseKind.choices])
    channel = forms.ChoiceField(
        label="구매방법", required=False, choices=[ALL, *PurchaseChannel.choices]
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if user.has_role(*OVERSEERS):
            department: Any = self.fields["department"]
            department.queryset = visible_departments(user)
        else:
            del self.fields["department"]

    def narrow(self, purchases: PurchaseQuerySet) -> PurchaseQuerySet:
        """Those of ``purchases`` that fit what was chosen."""
        self.is_valid()
        wanted = self.cleaned_data
        if supplier := wanted.get("supplier"):
            firms = Enterprise.objects.visible_to(self.user).search(supplier)
            purchases = purchases.filter(enterprise__in=firms)
        columns = {
            "purchased_on__month": wanted.get("month"),
            "department": wanted.get("department"),
            "kind": wanted.get("kind"),
            "channel": wanted.get("channel"),
        }
        return purchases.filter(**{column: value for column, value in columns.items() if value})
