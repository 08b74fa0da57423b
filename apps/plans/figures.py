"""Named figures of a year's plan itself: its tasks, its money, what was spent and done."""

from functools import partial

from django.db.models import Model, Q, QuerySet, Sum
from django.urls import reverse

from apps.core.money import percent
from apps.plans.enums import MoneySource
from apps.plans.models import BudgetLine, Completion, Expenditure, FocusArea, Milestone, Task
from apps.plans.registry import Value, figure

_FIRM = Q(conditional=False)


def budget_url(year: int, by: str) -> str:
    return f"{reverse('plans:budget', args=[year])}?by={by}"


def _money(where: Q, by: str, year: int) -> Value | None:
    lines = BudgetLine.objects.filter(where, plan__year=year)
    total = lines.aggregate(sum=Sum("amount"))["sum"]
    return None if total is None else Value(total, budget_url(year, by))


def _rows(rows: QuerySet[Model], url: str, year: int) -> Value | None:
    count = rows.count()
    return Value(count, reverse(url, args=[year])) if count else None


figure(
    "총사업비", unit="원", how="그해 계획의 예산 내역 가운데 확정·예상 금액을 재원 구분 없이 더함"
)(partial(_money, _FIRM, "source"))
figure(
    "선정 시 사업비", unit="원", how="그해 계획의 예산 내역 가운데 ‘선정 시에만’ 오는 금액을 더함"
)(partial(_money, ~_FIRM, "source"))
for source in MoneySource:
    figure(
        f"{source.label} 예산",
        unit="원",
        how=f"그해 계획의 예산 내역 가운데 재원이 {source.label}인 확정·예상 금액을 더함",
    )(partial(_money, _FIRM & Q(source=source), "program" if source == "district" else "source"))


@figure("집행액", unit="원", how="그해 계획의 예산에서 집행한 금액을 모두 더함")
def spent(year: int) -> Value | None:
    total = _spent(year)
    return None if total is None else Value(total, reverse("plans:expenditures", args=[year]))


@figure(
    "집행률",
    unit="%",
    how="집행액 ÷ 총사업비. ‘선정 시’ 예산은 빼고, 소수 첫째 자리에서 반올림",
)
def spent_share(year: int) -> Value | None:
    total, budget = _spent(year), _money(_FIRM, "line", year)
    share = percent(total, budget.number) if budget and total is not None else None
    return None if share is None else Value(share, budget_url(year, "line"))


def _spent(year: int) -> int | None:
    """Won spent from the year's lines, all of them firm; ``None`` while nothing is recorded."""
    rows = Expenditure.objects.filter(line__plan__year=year)
    total: int | None = rows.aggregate(sum=Sum("amount"))["sum"]
    return total


@figure("중점분야 수", unit="개", how="그해 계획의 중점분야를 셈")
def areas(year: int) -> Value | None:
    return _rows(FocusArea.objects.filter(plan__year=year), "plans:detail", year)


@figure("과제 수", unit="개", how="그해 계획의 전략과제를 셈")
def tasks(year: int) -> Value | None:
    return _rows(Task.objects.filter(area__plan__year=year), "plans:detail", year)


@figure("추진일정 수", unit="건", how="그해 계획의 모든 과제에 적힌 추진일정을 셈")
def milestones(year: int) -> Value | None:
    return _rows(Milestone.objects.filter(task__area__plan__year=year), "plans:months", year)


@figure("완료한 일정 수", unit="건", how="그해 계획의 추진일정 가운데 완료일을 적은 것을 셈")
def milestones_done(year: int) -> Value | None:
    done = Completion.objects.filter(milestone__task__area__plan__year=year)
    return _rows(done, "plans:progress", year)
