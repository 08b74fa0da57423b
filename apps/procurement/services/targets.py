"""Setting the targets of a year."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError

from apps.accounts.models import User
from apps.core.history import service
from apps.procurement.models import MALL_ABOVE_TOTAL, AnnualTarget, DepartmentTarget


def check_department_target(total: int, mall: int, annual: AnnualTarget) -> None:
    """Where the mall counts inside the total, a department's mall target fits in its total.

    Raises ``ValidationError`` by field.
    """
    if annual.mall_inside_total and mall > total:
        raise ValidationError({"mall": MALL_ABOVE_TOTAL})


@service
def set_targets(*, annual: AnnualTarget, departments: Sequence[DepartmentTarget], by: User) -> None:
    """Make ``annual`` and ``departments`` the targets of ``annual.year``.

    A department that is not among them has no target any more. Raises ``ValidationError``.
    """
    annual.full_clean()
    annual.save()
    of_year = DepartmentTarget.objects.filter(year=annual.year)
    of_year.exclude(department__in=[target.department_id for target in departments]).delete()
    before = {target.department_id: (target.total, target.mall) for target in of_year}
    for target in departments:
        if before.get(target.department_id) != (target.total, target.mall):
            target.full_clean()
            check_department_target(target.total, target.mall, annual)
            target.save()
