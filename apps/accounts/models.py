"""Departments, the people in them, and the roles people hold for a time."""

from datetime import date
from typing import Self

from django.contrib.auth.models import AbstractUser, Group
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from apps.accounts.enums import DepartmentKind, Role
from apps.core.dates import today, year_bounds
from apps.core.history import tracked, tracked_except
from apps.core.models import DateRange, known


class DepartmentQuerySet(models.QuerySet["Department"]):
    def in_year(self, year: int) -> Self:
        """Departments that exist on some day of the fiscal year."""
        return self.between(*year_bounds(year))

    def between(self, first: date, last: date) -> Self:
        """Departments that exist on some day from ``first`` to ``last``."""
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=last), Q(valid_to=None) | Q(valid_to__gte=first)
        )


@tracked
class Department(models.Model):
    """A 부서 or 동 of the district office; it comes and goes with reorganisations."""

    code = models.CharField("부서 코드", max_length=20, unique=True)
    name = models.CharField("부서명", max_length=50)
    kind = models.CharField("구분", max_length=10, choices=DepartmentKind)
    valid_from = models.DateField("설치일", null=True, blank=True)
    valid_to = models.DateField("폐지일", null=True, blank=True)
    position = models.PositiveSmallIntegerField("직제 순서", default=0)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = "부서"
        verbose_name_plural = "부서"
        ordering = ["position", "code"]
        constraints = [
            *known("department", kind=DepartmentKind),
            models.CheckConstraint(
                name="department_ends_after_it_starts",
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message="폐지일은 설치일보다 앞설 수 없습니다.",
                violation_error_code="valid_to",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def exists_between(self, first: date, last: date) -> bool:
        """As :meth:`DepartmentQuerySet.between` finds it."""
        starts, ends = self.valid_from or first, self.valid_to or last
        return starts <= last and ends >= first


@tracked_except("password", "last_login")
class User(AbstractUser):
    """A person who signs in: one account, one person (개인정보의 안전성 확보조치 기준 제5조)."""

    name = models.CharField("성명", max_length=30)
    department = models.ForeignKey(
        Department,
        verbose_name="부서",
        on_delete=models.PROTECT,
        related_name="people",
        null=True,
        blank=True,
    )
    job_title = models.CharField("직위", max_length=30, blank=True)

    class Meta:
        verbose_name = "사용자"
        verbose_name_plural = "사용자"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles held today. Read once a request."""
        if not self.is_active:
            return frozenset()
        held = self.holdings.in_force(today()).values_list("group__name", flat=True)
        return frozenset(Role(name) for name in held)

    def has_role(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)

    @property
    def is_official(self) -> bool:
        """Runs the district's social-economy work: 담당자 or 관리자."""
        return self.has_role(Role.ADMIN, Role.OFFICER)


class RoleHoldingQuerySet(models.QuerySet["RoleHolding"]):
    def in_force(self, on: date) -> Self:
        return self.filter(Q(ends=None) | Q(ends__gte=on), starts__lte=on)


@tracked
class RoleHolding(models.Model):
    """A role held from one day to another; after its last day it gives nothing."""

    user = models.ForeignKey(
        User, verbose_name="사용자", on_delete=models.CASCADE, related_name="holdings"
    )
    group = models.ForeignKey(
        Group, verbose_name="역할", on_delete=models.PROTECT, related_name="holdings"
    )
    starts = models.DateField("시작일", default=today)
    ends = models.DateField("종료일", null=True, blank=True)

    objects = RoleHoldingQuerySet.as_manager()

    class Meta:
        verbose_name = "역할 부여"
        verbose_name_plural = "역할 부여"
        ordering = ["user", "starts"]
        constraints = [
            models.CheckConstraint(
                name="role_holding_ends_after_it_starts",
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                violation_error_message="종료일은 시작일보다 앞설 수 없습니다.",
                violation_error_code="ends",
            ),
            ExclusionConstraint(
                name="role_held_once_at_a_time",
                expressions=[
                    ("user", "="),
                    ("group", "="),
                    (DateRange("starts", "ends"), "&&"),
                ],
                violation_error_message="같은 역할의 기간이 겹칩니다.",
                violation_error_code="starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {Role(self.group.name).label}"
