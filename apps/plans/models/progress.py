"""What was done under a plan: steps and milestones completed, money spent, results, indicators.

None of this is part of the plan's text, so all of it can be recorded after the plan is confirmed.
"""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from apps.accounts.models import User
from apps.accounts.querysets import SharedQuerySet
from apps.core.history import tracked
from apps.core.models import WonField
from apps.plans.enums import PlanState
from apps.plans.frozen import (
    COMPLETION_UNTIL_CLOSED,
    EXPENDITURE_UNTIL_CLOSED,
    FROZEN_WITH_TASK,
)
from apps.plans.models.budget import BudgetLine
from apps.plans.models.task import Milestone, Task, TaskStep
from apps.plans.triggers import COMPLETION_NOT_BEFORE_PLAN, EXPENDITURE_WITHIN_BUDGET


class CompletionQuerySet(SharedQuerySet["Completion"]):
    """What was done; recorded until the plan is closed."""

    def editable_by(self, user: User) -> Self:
        closed = Q(milestone__task__area__plan__state=PlanState.CLOSED) | Q(
            step__task__area__plan__state=PlanState.CLOSED
        )
        return super().editable_by(user).exclude(closed)


@tracked
class Completion(models.Model):
    """The day a milestone or a step of a task was done; it keeps the part from being removed."""

    milestone = models.OneToOneField(
        Milestone,
        verbose_name="추진일정",
        on_delete=models.PROTECT,
        related_name="completion",
        null=True,
        blank=True,
    )
    step = models.OneToOneField(
        TaskStep,
        verbose_name="추진절차",
        on_delete=models.PROTECT,
        related_name="completion",
        null=True,
        blank=True,
    )
    done_on = models.DateField("완료일")
    note = models.CharField("결과", max_length=200, blank=True)

    objects = CompletionQuerySet.as_manager()

    class Meta:
        verbose_name = "완료 기록"
        verbose_name_plural = "완료 기록"
        ordering = ["done_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="completion_of_one_thing",
                condition=Q(milestone=None, step__isnull=False)
                | Q(milestone__isnull=False, step=None),
                violation_error_message="일정이나 절차 하나만 완료할 수 있습니다.",
            ),
        ]
        triggers = [COMPLETION_UNTIL_CLOSED, COMPLETION_NOT_BEFORE_PLAN]

    def __str__(self) -> str:
        return f"{self.part} ({self.done_on})"

    @property
    def part(self) -> Milestone | TaskStep:
        """The milestone or step that was done; the CHECK sees to it that there is one."""
        part = self.milestone or self.step
        if part is None:
            raise ValueError("완료한 일정이나 절차가 없습니다.")
        return part


class ExpenditureQuerySet(SharedQuerySet["Expenditure"]):
    """Money spent; recorded until the plan is closed."""

    def editable_by(self, user: User) -> Self:
        return super().editable_by(user).exclude(line__plan__state=PlanState.CLOSED)

    def until(self, day: date) -> Self:
        return self.filter(spent_on__lte=day)


@tracked
class Expenditure(models.Model):
    """Money spent from a budget line (집행), in won. A line is never spent beyond its amount."""

    line = models.ForeignKey(
        BudgetLine, verbose_name="예산", on_delete=models.PROTECT, related_name="expenditures"
    )
    spent_on = models.DateField("집행일")
    amount = WonField("집행액(원)")
    text = models.CharField("집행 내용", max_length=200)
    document_number = models.CharField("문서번호", max_length=60, blank=True)

    objects = ExpenditureQuerySet.as_manager()

    class Meta:
        verbose_name = "집행"
        verbose_name_plural = "집행"
        ordering = ["spent_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="expenditure_is_not_nothing",
                condition=Q(amount__gt=0),
                violation_error_code="amount",
                violation_error_message="집행액은 0원보다 커야 합니다.",
            ),
        ]
        triggers = [EXPENDITURE_UNTIL_CLOSED, EXPENDITURE_WITHIN_BUDGET]

    def __str__(self) -> str:
        return self.text


@tracked
class Result(models.Model):
    """A named figure of a year, typed by an official because no record of the portal gives it.

    An app that computes a figure of this ``name`` takes its place; see
    :mod:`apps.plans.registry`.
    """

    year = models.PositiveSmallIntegerField("연도")
    name = models.CharField("이름", max_length=60)
    value = models.BigIntegerField("값")
    unit = models.CharField("단위", max_length=10)
    as_of = models.DateField("기준일", null=True, blank=True)
    source = models.CharField("출처", max_length=200)
    note = models.CharField("비고", max_length=200, blank=True)

    objects = SharedQuerySet["Result"].as_manager()

    class Meta:
        verbose_name = "적은 실적"
        verbose_name_plural = "적은 실적"
        ordering = ["-year", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "name"],
                name="result_once_a_year",
                violation_error_code="name",
                violation_error_message="이 연도에 같은 이름의 실적이 이미 있습니다.",
            ),
            models.CheckConstraint(
                name="result_value_is_not_negative",
                condition=Q(value__gte=0),
                violation_error_code="value",
                violation_error_message="값은 0 이상으로 적어 주세요.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}년 {self.name}"


@tracked
class Indicator(models.Model):
    """A measure of a task: a named figure against a target, named or typed.

    ``actual`` and ``target`` are names of figures (:mod:`apps.plans.registry`) of the plan's year;
    ``target_value`` stands in the unit of ``actual``.
    """

    task = models.ForeignKey(
        Task, verbose_name="과제", on_delete=models.CASCADE, related_name="indicators"
    )
    label = models.CharField("지표", max_length=100)
    actual = models.CharField("실적 수치", max_length=60)
    target = models.CharField("목표 수치", max_length=60, blank=True)
    target_value = models.BigIntegerField("목표값", null=True, blank=True)
    position = models.PositiveSmallIntegerField("순서", default=0)

    objects = SharedQuerySet["Indicator"].as_manager()

    class Meta:
        verbose_name = "성과지표"
        verbose_name_plural = "성과지표"
        ordering = ["task", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="indicator_has_one_target",
                condition=Q(Q(target_value=None), ~Q(target="")) | Q(target="", target_value__gt=0),
                violation_error_code="target_value",
                violation_error_message="목표는 수치 이름이나 0보다 큰 값 하나로 정합니다.",
            ),
        ]
        triggers = [FROZEN_WITH_TASK]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        if not self.target and self.target_value is None:
            raise ValidationError({"target": "목표 수치를 고르거나 목표값을 적어 주세요."})
