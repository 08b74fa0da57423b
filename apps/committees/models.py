"""Committees, the members who hold their seats, and meetings with their agendas."""

from datetime import date
from typing import Self, TypeVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import ExtractYear

from apps.accounts.models import User
from apps.committees.access import READERS, may_edit
from apps.committees.enums import AgendaKind, Appointment, MeetingState, MemberOffice
from apps.core.hangul import particle
from apps.core.history import tracked
from apps.core.models import DateRange, known
from apps.core.templatetags.office import kday

M = TypeVar("M", bound=models.Model)


class OfficeQuerySet(models.QuerySet[M]):
    """Committees have no departments of their own: a role sees all of them or none."""

    def visible_to(self, user: User) -> Self:
        return self.all() if user.has_role(*READERS) else self.none()

    def editable_by(self, user: User) -> Self:
        return self.all() if may_edit(user) else self.none()


class CommitteeQuerySet(OfficeQuerySet["Committee"]):
    def with_counts(self, on: date) -> Self:
        """Adds ``in_office``, the members on the day, and ``meetings_in_year``, of its year."""
        return self.order_by("name").annotate(
            in_office=Count("members", filter=serving(on, "members__"), distinct=True),
            meetings_in_year=Count(
                "meetings", filter=Q(meetings__month__year=on.year), distinct=True
            ),
        )


@tracked
class Committee(models.Model):
    """A standing body that advises or decides, founded on an article of an ordinance."""

    name = models.CharField("위원회명", max_length=100, unique=True)
    basis = models.TextField("설치 근거", help_text="조례 이름과 조항을 적습니다.")
    formed_on = models.DateField("구성일", null=True, blank=True)
    seats = models.PositiveSmallIntegerField("정원", validators=[MinValueValidator(1)])
    decides_by_vote = models.BooleanField(
        "의결 여부", default=True, help_text="의결하지 않는 협의체는 정족수를 따지지 않습니다."
    )
    note = models.TextField("비고", blank=True)

    objects = CommitteeQuerySet.as_manager()

    class Meta:
        verbose_name = "위원회"
        verbose_name_plural = "위원회"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="committee_has_seats",
                condition=Q(seats__gte=1),
                violation_error_message="정원은 1명 이상이어야 합니다.",
                violation_error_code="seats",
            ),
        ]

    def __str__(self) -> str:
        return self.name


def serving(on: date, prefix: str = "") -> Q:
    """Members in office on the day; ``prefix`` leads to the member (``members__``)."""
    open_ended, still = Q(**{f"{prefix}ends": None}), Q(**{f"{prefix}ends__gte": on})
    return Q(**{f"{prefix}starts__lte": on}) & (open_ended | still)


class MemberQuerySet(OfficeQuerySet["Member"]):
    def in_office(self, on: date) -> Self:
        """Those whose term has begun and not ended on the day: 재적위원."""
        return self.filter(serving(on))


@tracked
class Member(models.Model):
    """A seat held for a time. A member who is appointed again holds a new term."""

    committee = models.ForeignKey(
        Committee, verbose_name="위원회", on_delete=models.PROTECT, related_name="members"
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
    starts = models.DateField("임기 시작일")
    ends = models.DateField(
        "임기 만료일",
        null=True,
        blank=True,
        help_text="마지막 재임일입니다. 기한이 없으면 비워 둡니다.",
    )

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = "위원"
        verbose_name_plural = "위원"
        ordering = ["office", "appointment", "pk"]
        constraints = [
            *known("member", office=MemberOffice, appointment=Appointment),
            models.CheckConstraint(
                name="member_ends_after_it_starts",
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                violation_error_message="임기 만료일은 임기 시작일보다 앞설 수 없습니다.",
                violation_error_code="ends",
            ),
            ExclusionConstraint(
                name="member_one_chair_and_one_vice_chair",
                expressions=[
                    ("committee", "="),
                    ("office", "="),
                    (DateRange("starts", "ends"), "&&"),
                ],
                condition=~Q(office=MemberOffice.MEMBER),
                violation_error_message="그 기간에 같은 직책의 위원이 이미 있습니다.",
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

    def __str__(self) -> str:
        return f"{self.post} {self.name}".rstrip()

    @property
    def title(self) -> str:
        """Place in the roster: 위원장, 부위원장, 위원(당연직) or 위원(위촉직)."""
        if self.office == MemberOffice.MEMBER:
            return f"{self.get_office_display()}({self.get_appointment_display()})"
        return self.get_office_display()

    @property
    def shown_name(self) -> str:
        return self.name or "성명 미기재"


class MeetingQuerySet(OfficeQuerySet["Meeting"]):
    def drafts_of(self, months: list[date]) -> Self:
        """Meetings of these months (first days) that are not called yet."""
        return self.filter(state=MeetingState.DRAFT, month__in=months)


@tracked
class Meeting(models.Model):
    """One meeting. The yearly plan knows its month; day, time and place are settled later."""

    committee = models.ForeignKey(
        Committee, verbose_name="위원회", on_delete=models.PROTECT, related_name="meetings"
    )
    number = models.PositiveSmallIntegerField(
        "회차", validators=[MinValueValidator(1)], help_text="그해의 몇 번째 회의인지 적습니다."
    )
    title = models.CharField("회의명", max_length=100, help_text="예: 상반기 정기회의")
    month = models.DateField("개최 월")
    held_on = models.DateField("개최일", null=True, blank=True)
    starts_at = models.TimeField("시작 시각", null=True, blank=True)
    place = models.CharField("장소", max_length=100, blank=True)
    state = models.CharField(
        "상태", max_length=10, choices=MeetingState, default=MeetingState.DRAFT, editable=False
    )
    called_at = models.DateTimeField("소집한 때", null=True, blank=True, editable=False)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="소집한 사람",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "회의"
        verbose_name_plural = "회의"
        ordering = ["-month", "-number", "-pk"]
        constraints = [
            models.UniqueConstraint(
                F("committee"),
                ExtractYear("month"),
                F("number"),
                name="meeting_number_once_a_year",
                violation_error_message="그해에 같은 회차의 회의가 이미 있습니다.",
                violation_error_code="number",
            ),
            models.CheckConstraint(
                name="meeting_number_from_one",
                condition=Q(number__gte=1),
                violation_error_message="회차는 1 이상이어야 합니다.",
                violation_error_code="number",
            ),
            models.CheckConstraint(
                name="meeting_month_is_its_first_day",
                condition=Q(month__day=1),
                violation_error_message="개최 월은 그달의 1일로 적습니다.",
                violation_error_code="month",
            ),
            models.CheckConstraint(
                name="meeting_held_in_its_month",
                condition=Q(held_on=None)
                | Q(held_on__year=F("month__year"), held_on__month=F("month__month")),
                violation_error_message="개최일이 개최 월 안에 있지 않습니다.",
                violation_error_code="held_on",
            ),
            models.CheckConstraint(
                name="meeting_called_by_somebody",
                condition=Q(state=MeetingState.DRAFT, called_at=None, called_by=None)
                | Q(state=MeetingState.CALLED, called_at__isnull=False, called_by__isnull=False),
                violation_error_message="소집한 회의에는 소집한 때와 사람이 있어야 합니다.",
            ),
            models.CheckConstraint(
                name="meeting_called_with_time_and_place",
                condition=Q(state=MeetingState.DRAFT)
                | Q(held_on__isnull=False, starts_at__isnull=False) & ~Q(place=""),
                violation_error_message="소집한 회의의 개최일, 시작 시각, 장소는 비울 수 없습니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month.year}년 제{self.number}회 {self.committee}"

    @property
    def roster_day(self) -> date:
        """The day whose members count as 재적: the day of the meeting, else its month's first."""
        return self.held_on or self.month

    @property
    def when(self) -> str:
        """Day and time as far as they are settled."""
        if self.held_on is None:
            return f"{self.month.year}. {self.month.month}월 중(일자 미정)"
        time = f"{self.starts_at:%H:%M}" if self.starts_at else "(시각 미정)"
        return f"{kday(self.held_on)} {time}"

    @property
    def unsettled(self) -> str:
        """What must still be settled before the members are called: 개최일, 시작 시각, 장소."""
        settled = {"개최일": self.held_on, "시작 시각": self.starts_at, "장소": self.place}
        return ", ".join(label for label, value in settled.items() if not value)

    @property
    def to_settle(self) -> str:
        """What to do before the members can be called, in a sentence; empty when all is done."""
        if not self.unsettled:
            return ""
        return f"소집하려면 {particle(self.unsettled, '을/를')} 먼저 정해 주세요."

    @property
    def is_called(self) -> bool:
        return self.state == MeetingState.CALLED


@tracked
class AgendaItem(models.Model):
    """One matter before a meeting; items are numbered 1, 2, … in the order they are taken."""

    meeting = models.ForeignKey(
        Meeting, verbose_name="회의", on_delete=models.CASCADE, related_name="items"
    )
    order = models.PositiveSmallIntegerField("순서", validators=[MinValueValidator(1)])
    kind = models.CharField(
        "구분", max_length=20, choices=AgendaKind, default=AgendaKind.DELIBERATION
    )
    title = models.CharField("안건명", max_length=200)
    proposer = models.CharField(
        "제안자", max_length=100, blank=True, help_text="예: 일자리지원과장"
    )
    summary = models.TextField(
        "안건 설명", blank=True, help_text="줄 앞에 □ ○ - · ※ 를 붙이면 단계가 나뉩니다."
    )

    class Meta:
        verbose_name = "안건"
        verbose_name_plural = "안건"
        ordering = ["meeting", "order"]
        constraints = [
            *known("agenda_item", kind=AgendaKind),
            models.UniqueConstraint(
                fields=["meeting", "order"],
                name="agenda_item_order_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="agenda_item_order_from_one",
                condition=Q(order__gte=1),
                violation_error_message="순서는 1 이상이어야 합니다.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def heading(self) -> str:
        return f"안건 {self.order}. {self.title}"

    @property
    def origin(self) -> str:
        """What the committee does with it, and who proposed it."""
        proposer = f" · 제안자 {self.proposer}" if self.proposer else ""
        return f"{self.get_kind_display()}{proposer}"
