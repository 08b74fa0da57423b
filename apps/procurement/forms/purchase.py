"""Entering one purchase."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.timezone import localdate

from apps.accounts.models import Department, User
from apps.core.dates import spans
from apps.core.forms import ModelForm
from apps.enterprises.models import Enterprise
from apps.enterprises.names import name_key
from apps.procurement import services
from apps.procurement.access import writable_departments
from apps.procurement.intake.cells import MOST, TOO_MUCH
from apps.procurement.models import NOTHING_PAID, Purchase
from apps.procurement.queries import ledger
from apps.procurement.queries.months import Closed
from apps.procurement.suppliers import matching
from apps.procurement.triggers import IS_CLOSED

NOT_FOUND = "찾을 수 없는 기업입니다. 기업명, 초성, 사업자등록번호를 확인해 주세요."
NOT_SURE = "적은 내용만으로는 기업을 정할 수 없습니다. 아래에서 골라 주세요."

#: Won. Few purchases of a department reach it; 원 typed as 천원 nearly always does.
LARGE = 100_000_000
DOUBTFUL = "저장하기 전에 한 번 더 확인해 주세요."


def remembered(last: Purchase | None, *, year: int, today: date) -> dict[str, Any]:
    """What a new form begins with: as the purchase before it, which ``last`` was entered.

    The day is kept within one sitting only, that is as long as ``last`` was entered ``today``.
    """
    day = last.purchased_on if last and localdate(last.created_at) == today else today
    first = {"purchased_on": day if day.year == year else None}
    if last is None:
        return first
    return first | {
        "department": last.department_id,
        "enterprise": matching.label(last.enterprise),
        "kind": last.kind,
        "channel": last.channel,
        "contract": last.contract,
    }


def closed_note(months: Iterable[date]) -> str:
    """Which months of a year take no purchase any more; empty where all do."""
    runs = [
        f"{first}월" if first == last else f"{first}~{last}월"
        for first, last in spans(frozenset(month.month for month in months))
    ]
    return f"마감한 달: {', '.join(runs)}. 그 달의 구매는 넣거나 고칠 수 없습니다." if runs else ""


class SupplierInput(forms.TextInput):
    """A box for a firm that offers those that fit while one types; works as plain text too."""

    template_name = "procurement/widgets/supplier.html"

    def __init__(self) -> None:
        super().__init__(
            {
                "autocomplete": "off",
                "data-hx-get": reverse_lazy("procurement:suppliers"),
                "data-hx-trigger": "input changed delay:150ms",
                "data-hx-target": "next .combobox__options",
                "data-hx-sync": "this:replace",
            }
        )


class PurchaseForm(ModelForm):
    """A purchase within one fiscal year.

    The firm is typed. Where that does not lead to one firm, ``choice`` offers those that may be
    meant; ``override_reason`` is asked for only where the firm's designation had ended.
    ``entry_key`` tells a form that is sent twice from one filled in twice alike. Where the new
    purchase looks like one that is there (:attr:`doubles`) or an amount just typed is
    :attr:`large`, nothing is saved until the form is sent again: ``asked`` then says what has been
    shown.
    """

    enterprise = forms.CharField(
        label="기업",
        widget=SupplierInput,
        help_text="기업명, 초성(ㅎㅂㅋㅍ), 사업자등록번호로 찾고 Enter로 고릅니다.",
    )
    choice = forms.IntegerField(label="기업 선택", required=False, widget=forms.HiddenInput)
    entry_key = forms.UUIDField(initial=uuid4, required=False, widget=forms.HiddenInput)
    asked = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ["department", "purchased_on", "enterprise", "choice", "override_reason"]

    class Meta:
        model = Purchase
        fields = [
            "department",
            "purchased_on",
            "enterprise",
            "override_reason",
            "item",
            "amount",
            "kind",
            "channel",
            "contract",
            "document_number",
            "note",
        ]
        widgets = {
            "kind": forms.RadioSelect,
            "channel": forms.RadioSelect,
            "contract": forms.RadioSelect,
        }
        labels = {"amount": "금액(원)"}
        help_texts = {"amount": "‘1,500천원’처럼 적어도 됩니다."}
        error_messages = {"amount": {"min_value": NOTHING_PAID}}

    def __init__(
        self, *args: Any, user: User, year: int, today: date, closed: Closed, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.year, self.today, self.closed = user, year, today, closed
        self.doubles: list[Purchase] = []
        #: The amount to ask about; 0 where it is nothing unusual.
        self.large = 0
        #: A name, not a part of the firm's own, for which the firm was picked from an offer.
        self.other_name = ""
        if self.instance.pk:
            del self.fields["entry_key"]
        for name in ("kind", "channel", "contract"):
            choices: Any = self.fields[name]
            choices.choices = [choice for choice in choices.choices if choice[0]]
        departments = writable_departments(user)
        if user.is_official:
            department: Any = self.fields["department"]
            department.queryset = departments.in_year(year) | departments.filter(
                pk=self.instance.department_id
            )
        else:
            del self.fields["department"]
            self.instance.department = user.department
        #: Whose purchase it is, where that is not for the user to choose.
        self.fixed_department = None if user.is_official else user.department
        whose = self.instance.department_id
        months = closed.for_department(whose) if whose else closed.months
        self.fields["purchased_on"].help_text = closed_note(months)
        self._begin_where_typing_begins()
        if self.instance.enterprise_id:
            self.initial["enterprise"] = matching.label(self.instance.enterprise)
        if not self["override_reason"].value():
            self.fields["override_reason"].widget = forms.HiddenInput()

    def _begin_where_typing_begins(self) -> None:
        """Put the cursor on the firm of a new purchase, once its day and department stand."""
        if self.is_bound or self.instance.pk:
            return
        before = [name for name in ("department", "purchased_on") if name in self.fields]
        empty = [name for name in before if not self.initial.get(name)]
        self.fields[[*empty, "enterprise"][0]].widget.attrs["autofocus"] = True

    def as_typed(self, name: str, saved: Any) -> Any:
        if name == "enterprise":
            return matching.label(Enterprise.objects.get(pk=saved))
        return super().as_typed(name, saved)

    def clean_amount(self) -> int:
        amount: int = self.cleaned_data["amount"]
        if amount > MOST:
            raise ValidationError(TOO_MUCH)
        return amount

    def clean_purchased_on(self) -> date:
        day: date = self.cleaned_data["purchased_on"]
        if day.year != self.year:
            raise ValidationError(
                f"{self.year}년 구매일자만 적을 수 있습니다. "
                "다른 해의 구매는 그 해의 화면에서 입력해 주세요."
            )
        services.check_day(day, today=self.today)
        return day

    def clean(self) -> None:
        if "enterprise" in self.cleaned_data:
            self._find_firm()
        if "purchased_on" in self.cleaned_data:
            self._check_day()
        if not self.errors:
            self._ask()

    def _check_day(self) -> None:
        """Tell, with whatever else is wrong, what saving on that day would be refused for."""
        wanted, department = self.cleaned_data, self._department
        day, firm = wanted["purchased_on"], wanted.get("enterprise")
        month = day.replace(day=1)
        if department and month in self.closed.for_department(department.pk):
            self.add_error("purchased_on", f"{month.year}년 {month.month}월{IS_CLOSED}")
        if firm:
            reason = wanted.get("override_reason", "")
            purchase = Purchase(purchased_on=day, enterprise=firm, override_reason=reason)
            try:
                services.check_purchase(purchase, today=self.today)
            except ValidationError as error:
                self.add_error(None, error)

    @property
    def _department(self) -> Department | None:
        """Whose purchase it is to be, as far as that is known."""
        fixed = self.fixed_department
        return self.cleaned_data.get("department") if fixed is None else fixed

    def _find_firm(self) -> None:
        """Put the firm that is meant in the place of what was typed."""
        firms = Enterprise.objects.visible_to(self.user)
        typed, picked = self.cleaned_data["enterprise"], self.cleaned_data.get("choice")
        whose = self._department
        meant = matching.match(typed, firms, picked, whose.pk if whose else None)
        if meant.enterprise is not None:
            self.cleaned_data["enterprise"] = meant.enterprise
            if picked == meant.enterprise.pk and name_key(typed) not in meant.enterprise.name_key:
                self.other_name = typed
        elif meant.candidates:
            choices = [(firm.pk, matching.label(firm)) for firm in meant.candidates]
            self.fields["choice"].widget = forms.RadioSelect(choices=choices)
            self.add_error("enterprise", NOT_SURE)
        else:
            self.add_error("enterprise", NOT_FOUND)

    def remember_name(self) -> None:
        """Once it is saved: keep which firm a name meant (R21)."""
        if self.other_name and self.instance.pk:  # a form sent twice is saved, and kept, once
            services.remember(
                name=self.other_name, enterprise=self.instance.enterprise, by=self.user
            )

    def _ask(self) -> None:
        """Show, once, what makes the purchase doubtful: others like it, a very large amount."""
        amount = self.cleaned_data["amount"]
        found = [] if self.instance.pk else self._look_for_doubles()
        large = amount if amount >= LARGE and amount != self.initial.get("amount") else 0
        shown = ".".join(map(str, [large, *(purchase.pk for purchase in found)]))
        if (found or large) and shown != self.cleaned_data["asked"]:
            self.doubles, self.large = found, large
            sent: Any = self.data
            data = sent.copy()
            data["asked"] = shown
            self.data = data
            self.add_error("asked", DOUBTFUL)

    def _look_for_doubles(self) -> list[Purchase]:
        """What the new purchase may be a second time of."""
        wanted = self.cleaned_data
        alike = ledger.likely_doubles(
            department=wanted.get("department") or self.instance.department,
            enterprise=wanted["enterprise"],
            amount=wanted["amount"],
            day=wanted["purchased_on"],
            today=self.today,
        )
        if (key := wanted.get("entry_key")) is not None:
            alike = alike.exclude(entry_key=key)  # this very form, sent twice
        return list(alike.select_related("enterprise", "created_by"))

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)
        if "override_reason" in self.errors:
            self.fields["override_reason"].widget = forms.TextInput()
