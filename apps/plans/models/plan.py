"""A yearly plan, its written sections, its areas and its requests to departments."""

from django.db import models

from apps.accounts.querysets import SharedQuerySet
from apps.core.history import tracked
from apps.core.models import known
from apps.plans.enums import SectionKey


@tracked
class Plan(models.Model):
    """The 사회적경제 활성화 추진계획 of one fiscal year (조례 제5조)."""

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

    objects = SharedQuerySet["Plan"].as_manager()

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
        ]

    def __str__(self) -> str:
        return self.title


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
                violation_error_code="number",
                violation_error_message="같은 번호의 분야가 이미 있습니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


@tracked
class DepartmentRequest(models.Model):
    """What the plan asks of other departments (행정사항)."""

    plan = models.ForeignKey(
        Plan, verbose_name="계획", on_delete=models.CASCADE, related_name="requests"
    )
    addressee = models.CharField("요청 부서", max_length=100)
    body = models.TextField("요청 내용")
    position = models.PositiveSmallIntegerField("순서", default=0)

    class Meta:
        verbose_name = "행정사항"
        verbose_name_plural = "행정사항"
        ordering = ["plan", "position", "pk"]

    def __str__(self) -> str:
        return self.addressee
