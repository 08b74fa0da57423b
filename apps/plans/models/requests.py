"""What a plan asks of other departments, and what became of it (행정사항, plan Ⅸ)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from apps.accounts.access import OFFICIALS
from apps.accounts.enums import Role
from apps.accounts.models import Department, User
from apps.core.history import tracked
from apps.plans.enums import Standing
from apps.plans.frozen import FROZEN_WITH_PLAN
from apps.plans.models.plan import Plan


@tracked
class DepartmentRequest(models.Model):
    """What the plan asks of other departments (행정사항)."""

    plan = models.ForeignKey(
        Plan, verbose_name="계획", on_delete=models.CASCADE, related_name="requests"
    )
    addressee = models.CharField("요청 부서", max_length=100)
    body = models.TextField("요청 내용")
    due = models.DateField("회신 기한", null=True, blank=True)
    position = models.PositiveSmallIntegerField("순서", default=0)

    class Meta:
        verbose_name = "행정사항"
        verbose_name_plural = "행정사항"
        ordering = ["plan", "position", "pk"]
        triggers = [FROZEN_WITH_PLAN]

    def __str__(self) -> str:
        return self.addressee


class RequestDeliveryQuerySet(models.QuerySet["RequestDelivery"]):
    """Officials see and follow up all of them; a department's people see and answer their own."""

    def visible_to(self, user: User) -> Self:
        if user.has_role(*OFFICIALS):
            return self.all()
        return self.filter(department=user.department_id) if user.roles else self.none()

    def editable_by(self, user: User) -> Self:
        """Those the user may answer: of their own department, unless they only read (열람자)."""
        if user.roles <= {Role.VIEWER}:
            return self.none()
        return self.filter(department=user.department_id)


@tracked
class RequestDelivery(models.Model):
    """One request as it went to one department: sent, read, answered, settled.

    ``body`` is the text that was sent, its figures printed, and ``due`` the day asked for; what
    becomes of the plan's own text later changes neither.
    """

    request = models.ForeignKey(
        DepartmentRequest,
        verbose_name="행정사항",
        on_delete=models.PROTECT,
        related_name="deliveries",
    )
    department = models.ForeignKey(
        Department, verbose_name="부서", on_delete=models.PROTECT, related_name="plan_requests"
    )
    body = models.TextField("보낸 내용")
    due = models.DateField("회신 기한", null=True, blank=True)
    sent_at = models.DateTimeField("보낸 때")
    sent_by = models.ForeignKey(
        User, verbose_name="보낸 사람", on_delete=models.PROTECT, related_name="+"
    )
    read_at = models.DateTimeField("확인한 때", null=True, blank=True)
    read_by = models.ForeignKey(
        User,
        verbose_name="확인한 사람",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    answer = models.TextField("회신", blank=True)
    answered_at = models.DateTimeField("회신한 때", null=True, blank=True)
    answered_by = models.ForeignKey(
        User,
        verbose_name="회신한 사람",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    follow_up = models.TextField("처리 내용", blank=True)
    settled_at = models.DateTimeField("처리를 마친 때", null=True, blank=True)
    settled_by = models.ForeignKey(
        User,
        verbose_name="처리를 마친 사람",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    objects = RequestDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "행정사항 전달"
        verbose_name_plural = "행정사항 전달"
        ordering = ["request", "department__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "department"],
                name="request_once_a_department",
                violation_error_message="이 부서에는 이미 보냈습니다.",
            ),
            models.CheckConstraint(
                name="request_read_says_by_whom",
                condition=Q(read_at=None, read_by=None)
                | Q(read_at__isnull=False, read_by__isnull=False),
            ),
            models.CheckConstraint(
                name="request_answer_says_when_and_by_whom",
                condition=Q(answered_at=None, answered_by=None, answer="")
                | Q(Q(answered_at__isnull=False, answered_by__isnull=False), ~Q(answer="")),
            ),
            models.CheckConstraint(
                name="request_settled_says_by_whom",
                condition=Q(settled_at=None, settled_by=None)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request} → {self.department}"

    def standing(self, today: date) -> Standing:
        """How far it has come; without an answer after the day asked for it is late."""
        if self.settled_at:
            return Standing.SETTLED
        if self.answered_at:
            return Standing.ANSWERED
        if self.due and self.due < today:
            return Standing.LATE
        return Standing.READ if self.read_at else Standing.SENT
