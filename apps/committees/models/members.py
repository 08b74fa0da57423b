"""Who sits on a committee, from when to when, and on what basis."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q

from apps.committees.enums import Appointment, Leaving, MemberOffice, Sex
from apps.committees.models.common import OfficeQuerySet
from apps.committees.triggers import TERM_STANDS
from apps.core.history import tracked
from apps.core.models import DateRange, known


def serving(on: date, prefix: str = "") -> Q:
    """Members in office on the day; ``prefix`` leads to the member (``members__``)."""
    open_ended, still = Q(**{f"{prefix}ends": None}), Q(**{f"{prefix}ends__gte": on})
    return Q(**{f"{prefix}starts__lte": on}) & (open_ended | still)


class MemberQuerySet(OfficeQuerySet["Member"]):
    def in_office(self, on: date) -> Self:
        """Those whose term has begun and not ended on the day: 재적위원."""
        return self.filter(serving(on))

    def not_ended(self, on: date) -> Self:
        """Those in office on the day, and those whose term is still to begin."""
        return self.filter(Q(ends=None) | Q(ends__gte=on))

    def lettered(self) -> Self:
        """Those a letter of appointment can be made out to: 위촉직 whose name is known."""
        return self.filter(appointment=Appointment.APPOINTED).exclude(name="")

    def unnumbered(self, on: date) -> Self:
        """Those of them whose term has not ended by the day and whose letter has no number yet."""
        return self.lettered().not_ended(on).filter(letter_number="")


@tracked
class Member(models.Model):
    """A seat held for a time. A member who is appointed again holds a new term.

    Who is 당연직 sits there by the ``post`` held, and leaves with it; who is 위촉직 has a letter of
    appointment (위촉장). Public officials get no allowance for a meeting.
    """

    committee = models.ForeignKey(
        "Committee", verbose_name="위원회", on_delete=models.PROTECT, related_name="members"
    )
    office = models.PositiveSmallIntegerField(
        "직책", choices=MemberOffice, default=MemberOffice.MEMBER
    )
    appointment = models.PositiveSmallIntegerField(
        "위원 구분", choices=Appointment, default=Appointment.APPOINTED
    )
    post = models.CharField("직위·소속", max_length=100, help_text="예: 부구청장")
    name = models.CharField(
        "성명",
        max_length=30,
        blank=True,
        help_text="모르면 비워 둡니다. ‘성명 미기재’로 표시합니다.",
    )
    sex = models.CharField(
        "성별",
        max_length=6,
        choices=Sex,
        blank=True,
        help_text="위촉직의 성비(양성평등기본법 제21조)를 볼 때만 씁니다.",
    )
    is_official = models.BooleanField(
        "공무원", default=False, help_text="공무원에게는 참석수당을 주지 않습니다."
    )
    letter_number = models.CharField(
        "위촉장 번호", max_length=30, blank=True, help_text="예: 제2016-1호"
    )
    starts = models.DateField("임기 시작일")
    ends = models.DateField(
        "임기 만료일",
        null=True,
        blank=True,
        help_text="마지막 재임일입니다. 기한이 없으면 비워 둡니다.",
    )
    leaving = models.CharField(
        "퇴임 구분", max_length=12, choices=Leaving, blank=True, editable=False
    )
    leaving_reason = models.CharField("퇴임 사유", max_length=200, blank=True, editable=False)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = "위원"
        verbose_name_plural = "위원"
        ordering = ["office", "appointment", "pk"]
        constraints = [
            *known("member", office=MemberOffice, appointment=Appointment),
            models.CheckConstraint(
                name="member_sex_is_known", condition=Q(sex__in=["", *Sex.values])
            ),
            models.CheckConstraint(
                name="member_left_on_a_day",
                condition=Q(leaving="", leaving_reason="")
                | Q(leaving__in=Leaving.values, ends__isnull=False),
                violation_error_message="퇴임한 위원에게는 마지막 재임일이 있어야 합니다.",
                violation_error_code="ends",
            ),
            models.CheckConstraint(
                name="member_dismissed_for_a_reason",
                condition=~Q(leaving=Leaving.DISMISSED) | ~Q(leaving_reason=""),
                violation_error_message="해촉한 사유를 적어 주세요.",
                violation_error_code="leaving_reason",
            ),
            models.UniqueConstraint(
                fields=["committee", "letter_number"],
                name="member_letter_number_once",
                condition=~Q(letter_number=""),
                violation_error_message="이미 쓴 위촉장 번호입니다.",
                violation_error_code="letter_number",
            ),
            models.CheckConstraint(
                name="member_ends_after_it_starts",
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                violation_error_message="임기 만료일은 임기 시작일보다 앞설 수 없습니다.",
                violation_error_code="ends",
            ),
            ExclusionConstraint(
                name="member_one_chair_at_a_time",
                expressions=[
                    ("committee", "="),
                    (DateRange("starts", "ends"), "&&"),
                ],
                condition=Q(office=MemberOffice.CHAIR),
                violation_error_message="그 기간에 위원장이 이미 있습니다.",
                violation_error_code="office",
            ),
            ExclusionConstraint(
                name="member_holds_one_seat_at_a_time",
                expressions=[
                    ("committee", "="),
                    ("post", "="),
                    ("name", "="),
                    (DateRange("starts", "ends"), "&&"),
                ],
                condition=~Q(name=""),
                violation_error_message="같은 위원이 그 기간에 이미 있습니다.",
                violation_error_code="name",
            ),
        ]
        triggers = [TERM_STANDS]

    def __str__(self) -> str:
        return f"{self.post} {self.name}".rstrip()

    @property
    def title(self) -> str:
        """Place in the roster: 위원장, 부위원장, 위원(당연직) or 위원(위촉직)."""
        if self.office == MemberOffice.MEMBER:
            return f"{self.get_office_display()}({self.get_appointment_display()})"
        return self.get_office_display()

    @property
    def is_ex_officio(self) -> bool:
        return self.appointment == Appointment.EX_OFFICIO

    @property
    def shown_name(self) -> str:
        return self.name or "성명 미기재"
