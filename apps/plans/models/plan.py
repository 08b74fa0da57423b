"""A yearly plan, the basic plan above it, its written sections and its areas."""

from typing import Self, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Least

from apps.accounts.models import User
from apps.accounts.querysets import SharedQuerySet
from apps.core.history import tracked
from apps.core.models import known
from apps.plans.enums import PlanState, RollOutcome, SectionKey
from apps.plans.frozen import FROZEN_WITH_PLAN, PLAN_STATES, FrozenPlan
from apps.plans.triggers import PLAN_YEAR_OF_SPENT

M = TypeVar("M", bound=models.Model)
OPEN_STATES = (PlanState.DRAFT, PlanState.REVISING)


class PlanQuerySet(SharedQuerySet["Plan"]):
    """Plans; a confirmed or closed one can be read but not written in."""

    def editable_by(self, user: User) -> Self:
        return super().editable_by(user).filter(state__in=OPEN_STATES)

    def running_for(self, user: User) -> Self:
        """Plans in which the user records what was done and spent: all that are not closed."""
        return super().editable_by(user).exclude(state=PlanState.CLOSED)


class PlanPartQuerySet(SharedQuerySet[M]):
    """Rows that are part of a plan, and as open to writing as their plan."""

    #: The way from such a row to its plan.
    plan_path = "plan"

    def editable_by(self, user: User) -> Self:
        return super().editable_by(user).filter(**{f"{self.plan_path}__state__in": OPEN_STATES})


@tracked
class BasicPlan(models.Model):
    """The 기본계획 of several years that yearly plans carry out (조례 제5조: four years)."""

    title = models.CharField("계획 이름", max_length=100)
    first_year = models.PositiveSmallIntegerField("첫 해")
    last_year = models.PositiveSmallIntegerField("마지막 해")
    vision = models.CharField("비전", max_length=200, blank=True)
    goal = models.TextField("목표", blank=True)
    body = models.TextField("주요 내용", blank=True)
    source = models.CharField("자료 출처", max_length=200, blank=True)

    objects = SharedQuerySet["BasicPlan"].as_manager()

    class Meta:
        verbose_name = "기본계획"
        verbose_name_plural = "기본계획"
        ordering = ["-first_year", "pk"]
        constraints = [
            models.CheckConstraint(
                name="basic_plan_ends_after_it_starts",
                condition=Q(first_year__range=(2000, 2100), last_year__gte=F("first_year")),
                violation_error_code="last_year",
                violation_error_message="마지막 해는 첫 해보다 앞설 수 없습니다.",
            ),
            ExclusionConstraint(
                name="basic_plan_years_do_not_overlap",
                expressions=[
                    (
                        Func(
                            Least("first_year", "last_year"),
                            "last_year",
                            Value("[]"),
                            function="INT4RANGE",
                            output_field=IntegerRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    )
                ],
                violation_error_code="first_year",
                violation_error_message="같은 해를 다루는 기본계획이 이미 있습니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.first_year}~{self.last_year})"

    def clean(self) -> None:
        """The yearly plans under it stay within its years."""
        outside = Q(year__lt=self.first_year) | Q(year__gt=self.last_year)
        if self.pk and self.plans.filter(outside).exists():
            raise ValidationError({"last_year": "이 기본계획 아래의 추진계획이 기간을 벗어납니다."})


@tracked
class Plan(models.Model):
    """The 사회적경제 활성화 추진계획 of one fiscal year (조례 제5조).

    ``revision_reason`` is why a confirmed plan is open again; it goes onto the next revision.
    """

    year = models.PositiveSmallIntegerField(
        "연도", unique=True, error_messages={"unique": "이 연도의 추진계획이 이미 있습니다."}
    )
    title = models.CharField("계획 이름", max_length=100)
    issuer = models.CharField("작성 부서", max_length=100)
    purpose = models.TextField("수립 목적", blank=True)
    vision = models.CharField("비전", max_length=200, blank=True)
    goal = models.TextField("목표", blank=True)
    counted_on = models.DateField(
        "조직 현황 기준일", null=True, blank=True, help_text="이날의 기업 수를 계획서에 싣습니다."
    )
    budget_note = models.TextField("소요예산 참고", blank=True)
    source = models.CharField("자료 출처", max_length=200, blank=True)
    basic = models.ForeignKey(
        BasicPlan,
        verbose_name="기본계획",
        on_delete=models.PROTECT,
        related_name="plans",
        null=True,
        blank=True,
    )
    rolled_from = models.ForeignKey(
        "self",
        verbose_name="옮겨 온 계획",
        on_delete=models.PROTECT,
        related_name="rolled_to",
        null=True,
        blank=True,
        editable=False,
    )
    state = models.CharField(
        "상태", max_length=20, choices=PlanState, default=PlanState.DRAFT, editable=False
    )
    confirmed_at = models.DateTimeField("확정한 때", null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        User,
        verbose_name="확정한 사람",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    closed_at = models.DateTimeField("마감한 때", null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        User,
        verbose_name="마감한 사람",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    revision_reason = models.CharField("수정 사유", max_length=300, blank=True, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "추진계획"
        verbose_name_plural = "추진계획"
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                name="plan_year_is_a_year",
                condition=models.Q(year__range=(2000, 2100)),
                violation_error_code="year",
                violation_error_message="연도는 2000부터 2100 사이로 적어 주세요.",
            ),
            *known("plan", state=PlanState),
            models.CheckConstraint(
                name="plan_confirmed_says_when_and_by_whom",
                condition=Q(state=PlanState.DRAFT, confirmed_at=None, confirmed_by=None)
                | Q(
                    ~Q(state=PlanState.DRAFT),
                    confirmed_at__isnull=False,
                    confirmed_by__isnull=False,
                ),
                violation_error_message="확정한 때와 사람이 상태와 맞지 않습니다.",
            ),
            models.CheckConstraint(
                name="plan_closed_says_when_and_by_whom",
                condition=Q(
                    state=PlanState.CLOSED, closed_at__isnull=False, closed_by__isnull=False
                )
                | Q(~Q(state=PlanState.CLOSED), closed_at=None, closed_by=None),
                violation_error_message="마감한 때와 사람이 상태와 맞지 않습니다.",
            ),
            models.CheckConstraint(
                name="plan_revision_has_a_reason",
                condition=Q(Q(state=PlanState.REVISING), ~Q(revision_reason=""))
                | Q(~Q(state=PlanState.REVISING), revision_reason=""),
                violation_error_message="확정한 계획을 고치려면 사유가 있어야 합니다.",
            ),
        ]
        triggers = [FrozenPlan(), PLAN_STATES, PLAN_YEAR_OF_SPENT]

    def __str__(self) -> str:
        return self.title

    @property
    def open(self) -> bool:
        """Whether the plan can be written in."""
        return self.state in OPEN_STATES

    @property
    def running(self) -> bool:
        """Whether what was done and spent under the plan can be recorded: until it is closed."""
        return self.state != PlanState.CLOSED

    def clean(self) -> None:
        """The basic plan above it covers the plan's year."""
        if self.basic and not self.basic.first_year <= self.year <= self.basic.last_year:
            raise ValidationError({"basic": "이 연도를 다루는 기본계획이 아닙니다."})


@tracked
class PlanSection(models.Model):
    """One written section of a plan, in outline text.

    The section ``chart`` is drawn as an organization chart: □ a tier, ○ a body, - a line below
    the body's name.
    """

    plan = models.ForeignKey(
        Plan, verbose_name="계획", on_delete=models.CASCADE, related_name="sections"
    )
    key = models.CharField("구분", max_length=20, choices=SectionKey)
    title = models.CharField("제목", max_length=100)
    body = models.TextField("내용", blank=True)

    class Meta:
        verbose_name = "계획 본문"
        verbose_name_plural = "계획 본문"
        ordering = ["plan", "pk"]
        constraints = [
            *known("plan_section", key=SectionKey),
            models.UniqueConstraint(
                fields=["plan", "key"],
                name="plan_section_once_a_plan",
                violation_error_message="이 계획에 이미 있는 본문입니다.",
            ),
        ]
        triggers = [FROZEN_WITH_PLAN]

    def __str__(self) -> str:
        return self.title


@tracked
class FocusArea(models.Model):
    """A 중점분야 of a plan; the real plan of 2016 has five."""

    plan = models.ForeignKey(
        Plan, verbose_name="계획", on_delete=models.CASCADE, related_name="areas"
    )
    number = models.PositiveSmallIntegerField("번호")
    title = models.CharField("분야 이름", max_length=100)

    class Meta:
        verbose_name = "중점분야"
        verbose_name_plural = "중점분야"
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="focus_area_number_once_a_plan",
                # Checked when a statement ends, so that one statement can renumber them all.
                deferrable=models.Deferrable.IMMEDIATE,
                violation_error_code="number",
                violation_error_message="같은 번호의 분야가 이미 있습니다.",
            ),
        ]
        triggers = [FROZEN_WITH_PLAN]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


@tracked
class PrintedName(models.Model):
    """A number, title or name as a paper published before the portal prints it.

    The records hold one title for each thing; a published paper may hold several. What it prints
    at each place is kept here, so that the checker can say where it disagrees with itself.
    ``place`` is the chapter (``Ⅴ``) or page (``4-2``); ``task`` or ``program`` is what is named.
    """

    plan = models.ForeignKey(
        Plan, verbose_name="계획", on_delete=models.CASCADE, related_name="printed_names"
    )
    place = models.CharField("실린 곳", max_length=30)
    number = models.CharField("인쇄된 번호", max_length=10, blank=True)
    text = models.CharField("인쇄된 이름", max_length=200)
    task = models.ForeignKey(
        "plans.Task",
        verbose_name="과제",
        on_delete=models.CASCADE,
        related_name="printed_names",
        null=True,
        blank=True,
    )
    program = models.ForeignKey(
        "plans.BudgetProgram",
        verbose_name="세부사업",
        on_delete=models.CASCADE,
        related_name="printed_names",
        null=True,
        blank=True,
    )
    position = models.PositiveSmallIntegerField("순서", default=0)

    class Meta:
        verbose_name = "인쇄된 이름"
        verbose_name_plural = "인쇄된 이름"
        ordering = ["plan", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.place} {self.text}"


@tracked
class RollNote(models.Model):
    """What was carried, changed or dropped of the plan this one was rolled from (R46)."""

    plan = models.ForeignKey(
        Plan, verbose_name="계획", on_delete=models.CASCADE, related_name="roll_notes"
    )
    outcome = models.CharField("처리", max_length=20, choices=RollOutcome)
    task = models.ForeignKey(
        "plans.Task",
        verbose_name="과제",
        on_delete=models.CASCADE,
        related_name="roll_notes",
        null=True,
        blank=True,
    )
    place = models.CharField("자리", max_length=200)
    before = models.TextField("지난 계획", blank=True)
    after = models.TextField("새 계획", blank=True)
    reason = models.CharField("까닭", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("순서", default=0)

    class Meta:
        verbose_name = "이월 기록"
        verbose_name_plural = "이월 기록"
        ordering = ["plan", "position", "pk"]
        constraints = known("roll_note", outcome=RollOutcome)

    def __str__(self) -> str:
        return self.place


class TextDraft(models.Model):
    """What somebody is typing in a form and has not saved: kept for them alone, not the office's.

    ``key`` is the form's address. Saving the form, or throwing the draft away, removes it.
    """

    saved_by = models.ForeignKey(
        User, verbose_name="쓰는 사람", on_delete=models.CASCADE, related_name="+"
    )
    saved_at = models.DateTimeField("임시 저장한 때", auto_now=True)
    key = models.CharField("화면", max_length=200)
    values = models.JSONField("적은 내용")

    class Meta:
        verbose_name = "임시 저장"
        verbose_name_plural = "임시 저장"
        constraints = [
            models.UniqueConstraint(fields=["saved_by", "key"], name="text_draft_once_a_form"),
        ]

    def __str__(self) -> str:
        return self.key
