"""Setting the targets of a year: the district's, and every department's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import QueryDict

from apps.accounts.models import Department
from apps.core.forms import ModelForm
from apps.core.money import comma
from apps.procurement import services
from apps.procurement.models import AnnualTarget, DepartmentTarget
from apps.procurement.queries.breakdown import Sums
from apps.procurement.queries.survey import Beside

NOTHING_KNOWN = Beside()
SET_MEANWHILE = (
    "다른 사람이 방금 부서 목표를 새로 저장해서 저장하지 않았습니다. "
    "‘저장’을 다시 누르면 달라진 목표를 견주어 볼 수 있습니다."
)


class AnnualTargetForm(ModelForm):
    keeps_place = True

    class Meta:
        model = AnnualTarget
        fields = ["total", "mall", "mall_inside_total", "source"]


class DepartmentTargetForm(ModelForm):
    """One department's line; left empty, the department has no target."""

    keeps_place = True

    class Meta:
        model = DepartmentTarget
        fields = ["total", "mall"]

    def __init__(
        self, *args: Any, annual: AnnualTarget, known: Beside = NOTHING_KNOWN, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.annual, self.known = annual, known
        for box in self.visible_fields():
            box.field.required = False
            box.field.widget.attrs["aria-label"] = f"{self.instance.department} {box.label}"

    def beside(self) -> tuple[int | None, ...]:
        """Last year's target and purchases, and this year's plans, each in all and in the mall."""
        target, planned, inside = (
            self.known.target,
            self.known.planned,
            self.annual.mall_inside_total,
        )
        bought = self.known.bought
        return (
            target.total if target else None,
            target.mall if target else None,
            bought.total(inside) if bought.amount else None,
            bought.mall if bought.amount else None,
            planned.total(inside) if planned else None,
            planned.mall if planned else None,
        )

    def clean(self) -> None:
        total, mall = self.cleaned_data.get("total"), self.cleaned_data.get("mall") or 0
        self.cleaned_data["mall"] = mall
        if total is not None:
            services.check_department_target(total, mall, self.annual)
        elif mall and "total" not in self.errors:
            raise ValidationError({"total": "전체 목표액도 적어 주세요."})


@dataclass(frozen=True, slots=True)
class TypedSum:
    """What the boxes of all departments add up to, in won, and what the district's box says.

    A box without an amount in it counts nothing.
    """

    total: int
    mall: int
    whole_total: int | None
    whole_mall: int | None

    @property
    def total_gap(self) -> int | None:
        """The departments' above (or, negative, below) the district's; ``None`` without one."""
        return None if self.whole_total is None else self.total - self.whole_total

    @property
    def mall_gap(self) -> int | None:
        return None if self.whole_mall is None else self.mall - self.whole_mall


#: The amounts the boxes of a department can be filled with.
FILLS: dict[str, Callable[[Beside], Sums | None]] = {
    "survey": lambda beside: beside.planned,
    "bought": lambda beside: beside.bought if beside.bought.amount else None,
}


class TargetsForm:
    """The year's targets on one screen: ``annual``, and ``rows`` with a line a department.

    ``beside`` is what stands beside each department's boxes.
    """

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        annual: AnnualTarget,
        beside: Mapping[int, Beside] | None = None,
    ) -> None:
        year = annual.year
        known = beside or {}
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
                known=known.get(department.pk, Beside()),
            )
            for department in Department.objects.in_year(year)
            | Department.objects.filter(pk__in=own)
        ]

    def fill(self, typed: QueryDict, source: str = "") -> None:
        """Show what was typed, not yet checked; the boxes filled from ``source`` (:data:`FILLS`).

        A department that the source knows nothing of keeps what was typed for it.
        """
        values = typed.copy()
        inside = "mall_inside_total" in typed
        for row in self.rows:
            amounts = FILLS[source](row.known) if source in FILLS else None
            if amounts is not None:
                values[row.add_prefix("total")] = comma(amounts.total(inside))
                values[row.add_prefix("mall")] = comma(amounts.mall)
        for form in (self.annual, *self.rows):
            form.fill(values)

    def knows(self, source: str) -> bool:
        """Whether there is anything to fill the boxes with."""
        return any(FILLS[source](row.known) for row in self.rows)

    def knows_plans(self) -> bool:
        return self.knows("survey")

    def knows_purchases(self) -> bool:
        return self.knows("bought")

    def beside_sums(self) -> list[int | None]:
        """The columns beside the boxes added up; ``None`` where a column is empty."""
        columns = zip(*(row.beside() for row in self.rows), strict=True)
        return [sum(found) if (found := [*filter(None, each)]) else None for each in columns]

    def sums(self) -> TypedSum:
        """The sums of the boxes as they stand on the screen."""
        return TypedSum(
            sum(_amount(row["total"]) or 0 for row in self.rows),
            sum(_amount(row["mall"]) or 0 for row in self.rows),
            _amount(self.annual["total"]),
            _amount(self.annual["mall"]),
        )

    def is_valid(self) -> bool:
        """Whether all of it is; every bad box has its message, so none is left unread."""
        return all([self.annual.is_valid(), *(row.is_valid() for row in self.rows)])

    def bad_rows(self) -> bool:
        """Whether any department's boxes say something wrong."""
        return any(row.errors and not row.conflict for row in self.rows)

    def hold(self) -> None:
        """Look at every department's target once more, the district's being locked already.

        Call it inside the transaction that saves. Raises ``ValidationError`` where one was saved
        since the form was checked.
        """
        for row in self.rows:
            row.hold()
        known = [row.instance.pk for row in self.rows if row.instance.pk]
        of_year = DepartmentTarget.objects.filter(year=self.annual.instance.year)
        if of_year.exclude(pk__in=known).exists():
            raise ValidationError(SET_MEANWHILE)

    def refused_rows(self) -> list[DepartmentTargetForm]:
        """The departments whose targets somebody else has set to something else meanwhile."""
        return [row for row in self.rows if row.conflict]

    def department_targets(self) -> list[DepartmentTarget]:
        """The lines that were filled in."""
        return [row.instance for row in self.rows if row.instance.total is not None]


def _amount(box: BoundField) -> int | None:
    """The amount in a box; ``None`` where there is none."""
    try:
        amount: int | None = box.field.to_python(box.value())
    except ValidationError:
        return None
    return amount
