"""A task (전략과제) of a plan and what its page says."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from apps.accounts.models import Department
from apps.core.dates import months_touched
from apps.core.history import tracked
from apps.plans.frozen import FROZEN_WITH_AREA, FROZEN_WITH_TASK
from apps.plans.models.plan import FocusArea, PlanPartQuerySet

PERIOD_IN_ORDER = Q(starts=None) | Q(ends=None) | Q(ends__gte=F("starts"))
ENDS_FIRST = "끝나는 날은 시작하는 날보다 앞설 수 없습니다."


class TaskQuerySet(PlanPartQuerySet["Task"]):
    """Tasks; as open to writing as their plan."""

    plan_path = "area__plan"


@tracked
class Task(models.Model):
    """One task of a plan: its page in the paper's chapter of detailed plans.

    ``starts``/``ends`` are the stated period (day precision; a plan mostly states months).
    ``stated_months`` are the bars of the month chart where the office set them; without them the
    chart derives bars from the period and says so.
    """

    area = models.ForeignKey(
        FocusArea, verbose_name="중점분야", on_delete=models.CASCADE, related_name="tasks"
    )
    number = models.PositiveSmallIntegerField("번호")
    title = models.CharField("과제 이름", max_length=100)
    purpose = models.TextField("추진목적", blank=True)
    bases = models.TextField("추진근거", blank=True, help_text="한 줄에 하나씩 적습니다.")
    period = models.CharField(
        "추진기간 (문서 표기)", max_length=100, blank=True, help_text="예: 2016년 3월 ~ 8월"
    )
    starts = models.DateField("시작일", null=True, blank=True)
    ends = models.DateField("종료일", null=True, blank=True)
    stated_months = ArrayField(
        models.PositiveSmallIntegerField(
            validators=[MinValueValidator(1), MaxValueValidator(12)],
        ),
        verbose_name="월별 일정 (정한 달)",
        default=list,
        blank=True,
    )
    method = models.TextField("추진방법", blank=True)
    departments = models.ManyToManyField(
        Department,
        verbose_name="추진부서",
        through="TaskDepartment",
        related_name="tasks",
        blank=True,
    )
    condition = models.CharField(
        "선정 조건",
        max_length=100,
        blank=True,
        help_text="공모에 선정될 때만 오는 예산이 있으면 적습니다. 예: 공모사업 선정 시",
    )
    effects = models.TextField("기대효과", blank=True)
    budget_text = models.CharField(
        "소요예산 덧붙임",
        max_length=200,
        blank=True,
        help_text="예산이 있으면 금액 뒤에 붙고(예: 예상), 없으면 이 글만 나옵니다(예: 비예산).",
    )

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = "과제"
        verbose_name_plural = "과제"
        ordering = ["area__number", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "number"],
                name="task_number_once_an_area",
                deferrable=models.Deferrable.IMMEDIATE,
                violation_error_code="number",
                violation_error_message="이 분야에 같은 번호의 과제가 이미 있습니다.",
            ),
            models.CheckConstraint(
                name="task_ends_after_it_starts",
                condition=PERIOD_IN_ORDER,
                violation_error_code="ends",
                violation_error_message=ENDS_FIRST,
            ),
            models.CheckConstraint(
                name="task_stated_months_are_months",
                condition=Q(stated_months__contained_by=list(range(1, 13))),
                violation_error_code="stated_months",
                violation_error_message="달은 1부터 12까지입니다.",
            ),
        ]
        triggers = [FROZEN_WITH_AREA]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def code(self) -> str:
        """``2-1``: the first task of the second area."""
        return f"{self.area.number}-{self.number}"

    def derived_months(self, year: int) -> frozenset[int]:
        """Months that follow from the stated period, or, without one, from steps and milestones.

        Reads ``steps`` and ``milestones``: prefetch them for many tasks.
        """
        if self.starts and self.ends:
            return months_touched(year, self.starts, self.ends)
        parts = [*self.steps.all(), *self.milestones.all()]
        return frozenset[int]().union(
            *(months_touched(year, p.starts, p.ends or p.starts) for p in parts if p.starts)
        )


@tracked
class TaskDepartment(models.Model):
    """A department that carries a task; a table of our own so that its history is kept too."""

    task = models.ForeignKey(Task, verbose_name="과제", on_delete=models.CASCADE)
    department = models.ForeignKey(Department, verbose_name="부서", on_delete=models.PROTECT)

    class Meta:
        verbose_name = "추진부서"
        verbose_name_plural = "추진부서"
        constraints = [
            models.UniqueConstraint(
                fields=["task", "department"], name="task_department_once_a_task"
            ),
        ]
        triggers = [FROZEN_WITH_TASK]

    def __str__(self) -> str:
        return f"{self.task} · {self.department}"


@tracked
class TaskSection(models.Model):
    """A block of a task's page: outline text, then perhaps a table whose first row is its head."""

    task = models.ForeignKey(
        Task, verbose_name="과제", on_delete=models.CASCADE, related_name="sections"
    )
    position = models.PositiveSmallIntegerField("순서", default=0)
    title = models.CharField("제목", max_length=100)
    body = models.TextField("내용", blank=True)
    table = ArrayField(
        ArrayField(models.TextField(blank=True)), verbose_name="표", default=list, blank=True
    )
    table_unit = models.CharField("표 단위", max_length=30, blank=True)

    class Meta:
        verbose_name = "과제 내용"
        verbose_name_plural = "과제 내용"
        ordering = ["task", "position", "pk"]
        triggers = [FROZEN_WITH_TASK]

    def __str__(self) -> str:
        return self.title


class Dated(models.Model):
    """Part of a task's time: when as printed, and the days it stands for."""

    when = models.CharField("시기 (문서 표기)", max_length=60, blank=True)
    starts = models.DateField("시작일", null=True, blank=True)
    ends = models.DateField("종료일", null=True, blank=True)
    position = models.PositiveSmallIntegerField("순서", default=0)

    class Meta:
        abstract = True


@tracked
class TaskStep(Dated):
    """A step of a task's process (추진절차), drawn as boxes joined by arrows."""

    task = models.ForeignKey(
        Task, verbose_name="과제", on_delete=models.CASCADE, related_name="steps"
    )
    title = models.CharField("단계", max_length=100)
    detail = models.TextField("내용", blank=True, help_text="한 줄에 하나씩 적습니다.")
    actor = models.CharField("주체", max_length=100, blank=True)

    class Meta:
        verbose_name = "추진절차"
        verbose_name_plural = "추진절차"
        ordering = ["task", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="task_step_ends_after_it_starts",
                condition=PERIOD_IN_ORDER,
                violation_error_code="ends",
                violation_error_message=ENDS_FIRST,
            ),
        ]
        triggers = [FROZEN_WITH_TASK]

    def __str__(self) -> str:
        return self.title


@tracked
class Milestone(Dated):
    """A line of a task's schedule (추진일정): something done on a day or over some months."""

    task = models.ForeignKey(
        Task, verbose_name="과제", on_delete=models.CASCADE, related_name="milestones"
    )
    text = models.CharField("내용", max_length=200)

    class Meta:
        verbose_name = "추진일정"
        verbose_name_plural = "추진일정"
        ordering = ["task", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="milestone_ends_after_it_starts",
                condition=PERIOD_IN_ORDER,
                violation_error_code="ends",
                violation_error_message=ENDS_FIRST,
            ),
        ]
        triggers = [FROZEN_WITH_TASK]

    def __str__(self) -> str:
        return self.text
