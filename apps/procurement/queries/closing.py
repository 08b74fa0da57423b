"""What is said beside the question whether a month is to be closed."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from apps.accounts.models import Department
from apps.core.money import thousand
from apps.procurement.models import MonthlySum, MonthReport
from apps.procurement.queries.months import MonthLine, departments_in

#: So many times as much as usual, or as little, is asked about; a choice of ours, not a rule.
FAR = 3


@dataclass(frozen=True, slots=True)
class Closing:
    """A month about to be closed: who has not entered, and whether the amount is a usual one.

    ``before`` is what was bought in the same month of last year, ``mean`` the mean of the months
    of the year that went before it, in won; 0 where nothing was.
    """

    line: MonthLine
    missing: tuple[Department, ...]
    before: int
    mean: int

    @property
    def missing_note(self) -> str:
        names = ", ".join(each.name for each in self.missing)
        return (
            f"입력을 마치지 않은 부서가 {len(self.missing)}곳 있습니다: {names}. "
            "그래도 마감할 수 있습니다."
        )

    @property
    def usual_note(self) -> str:
        """What to compare the month with; empty where nothing was bought before."""
        number, year = self.line.month.month, self.line.month.year
        said = []
        if self.before:
            said.append(f"{year - 1}년 {number}월 {thousand(self.before)}천원")
        if self.mean:
            earlier = "1월" if number == 2 else f"1~{number - 1}월 월평균"
            said.append(f"올해 {earlier} {thousand(self.mean)}천원")
        return ", ".join(said)

    @property
    def unusual(self) -> bool:
        """More than :data:`FAR` times what is usual, or less than that part of it, by each."""
        usual = [won for won in (self.before, self.mean) if won]
        much = all(self.line.amount > FAR * won for won in usual)
        little = all(self.line.amount * FAR < won for won in usual)
        return bool(usual) and (much or little)


def closing_of(line: MonthLine) -> Closing:
    month = line.month
    done = MonthReport.objects.filter(month=month).values("department")
    last_year = MonthlySum.objects.filter(month=month.replace(year=month.year - 1))
    earlier = MonthlySum.objects.filter(month__gte=date(month.year, 1, 1), month__lt=month)
    before = last_year.aggregate(won=Sum("amount"))["won"] or 0
    so_far = earlier.aggregate(won=Sum("amount"))["won"] or 0
    return Closing(
        line,
        tuple(departments_in(month).exclude(pk__in=done)),
        before,
        so_far // max(month.month - 1, 1),
    )
