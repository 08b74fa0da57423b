"""The months of a year: entered by which departments, closed, open again."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from apps.procurement.models import MonthClosing, Reopening


@dataclass(frozen=True, slots=True)
class Closed:
    """Which months are closed, each as its first day, and for whom they are open again."""

    months: frozenset[date]
    open_again: Mapping[int, frozenset[date]] = field(default_factory=dict)

    def for_department(self, pk: int) -> frozenset[date]:
        """The months in which nothing of the department can be changed."""
        return self.months - self.open_again.get(pk, frozenset())


def closed_months(year: int | None = None) -> Closed:
    """The closed months of ``year``, or of all years."""
    closings, again = MonthClosing.objects.all(), Reopening.objects.filter(finished_at=None)
    if year is not None:
        closings = closings.filter(month__year=year)
        again = again.filter(closing__month__year=year)
    months: dict[int, set[date]] = defaultdict(set)
    for department, month in again.values_list("department", "closing__month"):
        months[department].add(month)
    return Closed(
        frozenset(closings.order_by().values_list("month", flat=True)),
        {department: frozenset(own) for department, own in months.items()},
    )
