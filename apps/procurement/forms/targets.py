"""Setting the targets of a year: the district's, and every department's."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from apps.accounts.models import Department
from apps.core.forms import ModelForm
from apps.procurement import services
from apps.procurement.models import AnnualTarget, DepartmentTarget


class AnnualTargetForm(ModelForm):
    class Meta:
        model = AnnualTarget
        fields = ["total", "mall", "mall_inside_total", "source"]


class DepartmentTargetForm(ModelForm):
    """One department's line; left empty, the department has no target."""

    class Meta:
        model = DepartmentTarget
        fields = ["total", "mall"]

    def __init__(self, *args: Any, annual: AnnualTarget, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.annual = annual
        for box in self.visible_fields():
            box.field.required = False
            box.field.widget.attrs["aria-label"] = f"{self.instance.department} {box.label}"

    def clean(self) -> None:
        total, mall = self.cleaned_data.get("total"), self.cleaned_data.get("mall") or 0
        self.cleaned_data["mall"] = mall
        if total is not None:
            services.check_department_target(total, mall, self.annual)
        elif mall and "total" not in self.errors:
            raise ValidationError({"total": "전체 목표액도 적어 주세요."})


class TargetsForm:
    """The year's targets on one screen: ``annual``, and ``rows`` with a line a department."""

    def __init__(self, data: QueryDict | None = None, *, annual: AnnualTarget) -> None:
        year = annual.year
        self.annual = AnnualTargetForm(data, instance=annual)
        own_targets = DepartmentTarget.objects.filter(year=year).select_related("department")
        own = {target.department_id: target for target in own_targets}
        self.rows = [
            DepartmentTargetForm(
                data,
                prefix=f"department-{department.pk}",
                instance=own.get(department.pk, DepartmentTarget(year=year, department=department)),
                initial={} if department.pk in own else {"mall": None},
                annual=annual,
            )
            for department in Department.objects.in_year(year)
            | Department.objects.filter(pk__in=own)
        ]

    def is_valid(self) -> bool:
        """Whether all of it is; every bad box has its message, so none is left unread."""
        return all([self.annual.is_valid(), *(row.is_valid() for row in self.rows)])

    def bad_rows(self) -> bool:
        return any(row.errors for row in self.rows)

    def department_targets(self) -> list[DepartmentTarget]:
        """The lines that were filled in."""
        return [row.instance for row in self.rows if row.instance.total is not None]
