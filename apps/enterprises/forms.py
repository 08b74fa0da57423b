"""Forms of the registry: they check what was typed, services save it."""

from datetime import date
from typing import Any

from django import forms

from apps.core.forms import Form, ModelForm
from apps.enterprises.enums import DesignationKind, EndReason, KindGroup, ProductCategory
from apps.enterprises.models import (
    Designation,
    Enterprise,
    EnterpriseQuerySet,
    Product,
    ProductQuerySet,
)

ANY = ("", "전체")
CONFIRM = "same_name_confirmed"


class EnterpriseForm(ModelForm):
    """A firm. A name like one already registered must be confirmed (R4)."""

    same_name_confirmed = forms.BooleanField(
        label="이름이 비슷하지만 다른 기업입니다", required=False
    )
    field_order = ["name", CONFIRM]

    class Meta:
        model = Enterprise
        fields = [
            "name",
            "business_number",
            "representative",
            "phone",
            "address",
            "website",
            "founded_on",
            "note",
        ]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"business_number": "아직 없으면 비워 둡니다. 예: 123-45-67891"}
        error_messages = {
            "business_number": {"unique": "같은 사업자등록번호로 이미 등록된 기업이 있습니다."}
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            del self.fields[CONFIRM]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        alike = self._firms_alike(cleaned.get("name", ""))
        if not alike:
            del self.fields[CONFIRM]
        elif not cleaned.get(CONFIRM):
            self.add_error(
                CONFIRM,
                f"이름이 비슷한 기업이 이미 있습니다: {', '.join(alike)}. "
                "다른 기업이 맞으면 표시한 뒤 다시 저장해 주세요.",
            )
        return cleaned

    def _firms_alike(self, name: str) -> list[str]:
        """The first firms whose name is the typed one; none while a name stays as it was."""
        if "name" not in self.changed_data:
            return []
        firms = Enterprise.objects.same_name(name).exclude(pk=self.instance.pk)[:3]
        return [
            f"{firm.name}({firm.dashed_number})" if firm.dashed_number else firm.name
            for firm in firms
        ]


class ClosingForm(Form):
    """The day a firm shut down or dissolved."""

    on = forms.DateField(label="폐업·해산일")


class DesignationForm(ModelForm):
    """A new designation of a firm."""

    class Meta:
        model = Designation
        fields = ["kind", "number", "authority", "starts", "ends"]


class EndingForm(Form):
    """When and why a designation ended. 전환 and 폐업 have their own ways."""

    on = forms.DateField(label="종료일", help_text="지정이 효력을 가진 마지막 날입니다.")
    reason = forms.ChoiceField(
        label="종료 사유",
        choices=[
            (reason, reason.label)
            for reason in (EndReason.REVOKED, EndReason.WITHDRAWN, EndReason.EXPIRED)
        ],
    )


class ConversionForm(Form):
    """The designation that takes the place of another."""

    on = forms.DateField(
        label="전환일", help_text="새 지정의 첫날입니다. 지금 지정은 그 전날 끝납니다."
    )
    number = forms.CharField(label="지정·인증번호", max_length=50, required=False)
    authority = forms.CharField(label="지정·인증기관", max_length=50, required=False)
    ends = forms.DateField(
        label="유효기간 끝", required=False, help_text="기한이 없으면 비워 둡니다."
    )


class ProductForm(ModelForm):
    class Meta:
        model = Product
        fields = ["name", "category", "kind", "price", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}


class EnterpriseFilter(Form):
    """The search row above the list of firms."""

    q = forms.CharField(label="검색", required=False)
    group = forms.ChoiceField(label="유형", choices=[ANY, *KindGroup.choices], required=False)
    category = forms.ChoiceField(
        label="제품 분류", choices=[ANY, *ProductCategory.choices], required=False
    )
    on = forms.DateField(label="지정 기준일", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = "기업·제품 이름, 초성, 사업자등록번호"

    def narrow(self, firms: EnterpriseQuerySet, today: date) -> EnterpriseQuerySet:
        """The firms asked for. A kind or a day asks for those designated, a day missing is today.

        A value that cannot be read narrows nothing; the form says so beside the field.
        """
        self.is_valid()
        asked = self.cleaned_data
        if text := asked.get("q", ""):
            selling = Product.objects.search(text).values("enterprise")
            firms = firms.search(text) | firms.filter(pk__in=selling)
        if category := asked.get("category"):
            selling = Product.objects.filter(category=category).values("enterprise")
            firms = firms.filter(pk__in=selling)
        if group := asked.get("group"):
            return firms.designated(asked.get("on") or today, *KindGroup(group).kinds)
        return firms.designated(asked["on"]) if asked.get("on") else firms


class ProductFilter(Form):
    """The search row above the catalogue."""

    q = forms.CharField(label="검색", required=False)
    category = forms.ChoiceField(
        label="분류", choices=[ANY, *ProductCategory.choices], required=False
    )
    kind = forms.ChoiceField(
        label="기업 유형", choices=[ANY, *DesignationKind.choices], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = "제품·기업 이름, 초성"

    def narrow(self, products: ProductQuerySet, today: date) -> ProductQuerySet:
        """The products asked for, of firms that have not closed."""
        self.is_valid()
        asked = self.cleaned_data
        products = products.offered(today).search(asked.get("q", ""))
        if category := asked.get("category"):
            products = products.filter(category=category)
        if kind := asked.get("kind"):
            firms = Enterprise.objects.designated(today, DesignationKind(kind))
            products = products.filter(enterprise__in=firms)
        return products


class DayForm(Form):
    """The day of the counts."""

    on = forms.DateField(label="기준일", required=False)
