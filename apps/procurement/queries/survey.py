"""The survey of a year: who has answered, and what departments mean to buy, in won."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, Q, Sum
from django.utils.timezone import localdate
from django_stubs_ext import WithAnnotations

from apps.accounts.models import Department, DepartmentQuerySet
from apps.procurement.enums import PurchaseChannel, PurchaseKind
from apps.procurement.models import (
    DemandSurvey,
    DepartmentTarget,
    MonthlySum,
    PlannedItem,
    SurveyResponse,
)
from apps.procurement.queries.breakdown import NOTHING, Sums, year_sums


class ResponseSums(TypedDict):
    """How many items an answer plans, and for how much."""

    count: int
    won: int
    mall: int


if TYPE_CHECKING:
    ResponseWithSums = WithAnnotations[SurveyResponse, ResponseSums]
else:  # the subscript means something to the type checker only
    ResponseWithSums = SurveyResponse


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """A department that was asked, its answer if there is one, and what it means to buy."""

    department: Department
    response: SurveyResponse | None
    planned: Sums
    late: bool


def survey_of(year: int) -> DemandSurvey | None:
    """The survey of the year; ``None`` until it is sent."""
    return DemandSurvey.objects.filter(year=year).select_related("sent_by").first()


def survey_lines(survey: DemandSurvey) -> list[SurveyLine]:
    """Every department of the year; who answered after the day was late."""
    responses = survey.responses.select_related("answered_by").annotate(
        count=Count("items"),
        won=Sum("items__amount", default=0),
        mall=Sum("items__amount", filter=Q(items__in_mall=True), default=0),
    )
    found = {response.department_id: response for response in responses}
    asked = Department.objects.in_year(survey.year) | Department.objects.filter(pk__in=found)
    return [_line(survey, department, found.get(department.pk)) for department in asked]


def _line(
    survey: DemandSurvey, department: Department, response: ResponseWithSums | None
) -> SurveyLine:
    if response is None:
        return SurveyLine(department, None, NOTHING, late=False)
    late = localdate(response.answered_at) > survey.due
    planned = Sums(response.count, int(response.won), int(response.mall))
    return SurveyLine(department, response, planned, late)


def response_of(survey: DemandSurvey, department: Department) -> SurveyResponse | None:
    """The department's answer with its items; ``None`` until there is one."""
    rows = survey.responses.select_related("answered_by").prefetch_related("items")
    return rows.filter(department=department).first()


def planned_in(survey: DemandSurvey) -> Sums:
    """What all departments together mean to buy."""
    sums = PlannedItem.objects.filter(response__survey=survey).aggregate(
        count=Count("pk"),
        won=Sum("amount", default=0),
        mall=Sum("amount", filter=Q(in_mall=True), default=0),
    )
    return Sums(sums["count"], int(sums["won"]), int(sums["mall"]))


def silent(survey: DemandSurvey) -> DepartmentQuerySet:
    """The departments of the year that have not answered."""
    answered = survey.responses.values("department")
    return Department.objects.in_year(survey.year).exclude(pk__in=answered)


@dataclass(frozen=True, slots=True)
class KindSum:
    """What a department bought in a year of one kind, in the mall or elsewhere."""

    kind: PurchaseKind
    in_mall: bool
    count: int
    amount: int


def bought_by_kind(year: int, department: Department) -> list[KindSum]:
    """What the department bought in the year, as a suggestion for the year after."""
    rows = MonthlySum.objects.filter(month__year=year, department=department).order_by()
    sums = rows.annotate(in_mall=Q(channel=PurchaseChannel.MALL)).values("kind", "in_mall")
    found = {
        (row["kind"], row["in_mall"]): (row["rows"], row["won"])
        for row in sums.annotate(rows=Sum("count"), won=Sum("amount"))
    }
    return [
        KindSum(kind, in_mall, *found[kind.value, in_mall])
        for kind in PurchaseKind
        for in_mall in (False, True)
        if found.get((kind.value, in_mall), (0, 0))[0]
    ]


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a department's new target: its plans, last year's target and purchases."""

    planned: Sums | None = None
    target: DepartmentTarget | None = None
    bought: Sums = NOTHING


def beside_targets(year: int) -> dict[int, Beside]:
    """By department; one that has none of it is missing."""
    survey = survey_of(year)
    lines = survey_lines(survey) if survey else []
    planned = {line.department.pk: line.planned for line in lines if line.response}
    last = DepartmentTarget.objects.filter(year=year - 1)
    target = {each.department_id: each for each in last}
    bought = year_sums(year - 1).departments
    return {
        pk: Beside(planned.get(pk), target.get(pk), bought.get(pk, NOTHING))
        for pk in {*planned, *target, *bought}
    }
