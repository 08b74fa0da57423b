"""The plan's money: programmes of the district's budget and lines by task and source."""

from django.core.exceptions import ValidationError
from django.db import models

from apps.core.history import tracked
from apps.core.models import WonField, known
from apps.plans.enums import Account, MoneySource
from apps.plans.frozen import FROZEN_WITH_PLAN
from apps.plans.models.plan import Plan, PlanPartQuerySet
from apps.plans.models.task import Task
from apps.plans.triggers import LINE_COVERS_SPENT


@tracked
class BudgetProgram(models.Model):
    """A 세부사업 of the district's own budget; its amount is the sum of its firm lines.

    The account (회계) is that of each line.
    """

    plan = models.ForeignKey(
        Plan, verbose_name="계획", on_delete=models.CASCADE, related_name="programs"
    )
    name = models.CharField("세부사업명", max_length=100)
    works = models.TextField("주요사업", blank=True, help_text="한 줄에 하나씩 적습니다.")
    position = models.PositiveSmallIntegerField("순서", default=0)

    class Meta:
        verbose_name = "세부사업"
        verbose_name_plural = "세부사업"
        ordering = ["plan", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "name"],
                name="budget_program_name_once_a_plan",
                violation_error_code="name",
                violation_error_message="같은 이름의 세부사업이 이미 있습니다.",
            ),
        ]
        triggers = [FROZEN_WITH_PLAN]

    def __str__(self) -> str:
        return self.name


@tracked
class BudgetLine(models.Model):
    """An amount of one source of money, for a task, in a programme of the district's budget.

    ``program`` is set for district money only, the rest is granted apart. ``conditional`` money
    comes only if a bid succeeds and is never in a firm total. ``derived`` marks a line the
    published plan does not print but its own sums require.
    """

    plan = models.ForeignKey(
        Plan, verbose_name="계획", on_delete=models.CASCADE, related_name="lines"
    )
    program = models.ForeignKey(
        BudgetProgram,
        verbose_name="세부사업",
        on_delete=models.PROTECT,
        related_name="lines",
        null=True,
        blank=True,
    )
    task = models.ForeignKey(
        Task,
        verbose_name="과제",
        on_delete=models.PROTECT,
        related_name="lines",
        null=True,
        blank=True,
    )
    label = models.CharField("내용", max_length=100)
    source = models.CharField("재원", max_length=20, choices=MoneySource)
    account = models.CharField("회계", max_length=20, choices=Account, default=Account.GENERAL)
    amount = WonField("금액(원)")
    conditional = models.BooleanField("선정 시에만", default=False)
    derived = models.BooleanField("도출한 금액", default=False)
    note = models.CharField("비고", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("순서", default=0)

    objects = PlanPartQuerySet["BudgetLine"].as_manager()

    class Meta:
        verbose_name = "예산"
        verbose_name_plural = "예산"
        ordering = ["plan", "position", "pk"]
        constraints = [
            *known("budget_line", source=MoneySource, account=Account),
            models.CheckConstraint(
                name="budget_line_program_is_district_money",
                condition=models.Q(program=None) | models.Q(source=MoneySource.DISTRICT),
                violation_error_code="program",
                violation_error_message="세부사업은 구비에만 정합니다.",
            ),
        ]
        triggers = [FROZEN_WITH_PLAN, LINE_COVERS_SPENT]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        """Programme and task belong to the line's own plan."""
        errors = {}
        if self.program and self.program.plan_id != self.plan_id:
            errors["program"] = "다른 계획의 세부사업입니다."
        if self.task and self.task.area.plan_id != self.plan_id:
            errors["task"] = "다른 계획의 과제입니다."
        if errors:
            raise ValidationError(errors)
