"""Meetings from call to minutes, their agendas and the papers to each item."""

from datetime import date
from typing import Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear

from apps.committees.enums import AgendaKind, AttachmentKind, MeetingMode, MeetingState
from apps.committees.models.bodies import Committee
from apps.committees.models.common import OfficeQuerySet
from apps.committees.triggers import AGENDA_STANDS, MEETING_STANDS, PAPERS_STAND
from apps.core.hangul import particle
from apps.core.history import tracked, tracked_except
from apps.core.models import known
from apps.core.templatetags.office import kday
from apps.plans.models import Plan

#: The states in order, and how each is stamped: ``called_at``, ``called_by`` and so on.
STATES = list(MeetingState)
STAMPED = STATES[1:]
#: 개최: it was opened, and may be over since. One that was called and never opened was not held.
HELD = STATES[2:]
#: A written meeting is not opened and adjourned: its answers are counted.
IN_WRITING = {MeetingState.OPENED: "의결 중", MeetingState.CLOSED: "의결 마침"}


def _reached(state: MeetingState) -> Q:
    """The stamps of a state: all up to it are there, none after it."""
    last = STATES.index(state)
    stamps = {
        f"{each}_{what}__isnull": place > last
        for place, each in enumerate(STATES)
        if each in STAMPED
        for what in ("at", "by")
    }
    return Q(state=state, **stamps)


class MeetingQuerySet(OfficeQuerySet["Meeting"]):
    def drafts_of(self, months: list[date]) -> Self:
        """Meetings of these months (first days) that are not called yet."""
        return self.filter(state=MeetingState.DRAFT, month__in=months)

    def coming(self, today: date) -> Self:
        """Meetings not opened yet whose day, or where none is set whose month, is not over."""
        ahead = Q(held_on__gte=today) | Q(held_on=None, month__gte=today.replace(day=1))
        return self.filter(ahead, state__in=(MeetingState.DRAFT, MeetingState.CALLED))

    def unfinished(self, today: date) -> Self:
        """Meetings whose day is over, of which no confirmed minutes tell yet."""
        return self.filter(
            Q(state__in=(MeetingState.CALLED, MeetingState.OPENED), held_on__lt=today)
            | Q(state=MeetingState.CLOSED)
        )

    def held(self) -> Self:
        """Meetings that were held, as :attr:`Meeting.is_held`."""
        return self.filter(state__in=HELD)


@tracked
class Meeting(models.Model):
    """One meeting. The yearly plan knows its month; day, time and place are settled later.

    A written one (서면) has no hour and place: ``held_on`` is the last day for answers.
    """

    committee = models.ForeignKey(
        Committee, verbose_name="위원회", on_delete=models.PROTECT, related_name="meetings"
    )
    number = models.PositiveSmallIntegerField(
        "회차", validators=[MinValueValidator(1)], help_text="그해의 몇 번째 회의인지 적습니다."
    )
    title = models.CharField("회의명", max_length=100, help_text="예: 상반기 정기회의")
    mode = models.CharField(
        "회의 방식", max_length=10, choices=MeetingMode, default=MeetingMode.IN_PERSON
    )
    month = models.DateField("개최 월")
    held_on = models.DateField("개최일", null=True, blank=True)
    starts_at = models.TimeField("시작 시각", null=True, blank=True)
    place = models.CharField(
        "장소", max_length=100, blank=True, help_text="원격 회의이면 접속 방법을 적습니다."
    )
    host = models.CharField(
        "주관", max_length=50, blank=True, help_text="여러 기관이 돌아가며 여는 회의에만 적습니다."
    )
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
    opened_at = models.DateTimeField("개의한 때", null=True, blank=True, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="개의를 기록한 사람",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    closed_at = models.DateTimeField("산회한 때", null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="산회를 기록한 사람",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    confirmed_at = models.DateTimeField("회의록을 확정한 때", null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="회의록을 확정한 사람",
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
        ordering = ["-month", F("held_on").desc(nulls_first=True), "-number", "-pk"]
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
            *known("meeting", mode=MeetingMode, state=MeetingState),
            models.CheckConstraint(
                name="meeting_stamped_up_to_its_state",
                condition=Q(*map(_reached, STATES), _connector=Q.OR),
                violation_error_message="회의 상태마다 그때와 사람이 있어야 합니다.",
            ),
            models.CheckConstraint(
                name="meeting_closes_after_it_opens",
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
                violation_error_message="산회한 때가 개의한 때보다 앞섭니다.",
            ),
            models.CheckConstraint(
                name="meeting_called_with_time_and_place",
                condition=Q(state=MeetingState.DRAFT)
                | Q(held_on__isnull=False, mode=MeetingMode.WRITTEN)
                | Q(held_on__isnull=False, starts_at__isnull=False) & ~Q(place=""),
                violation_error_message="소집한 회의의 개최일, 시작 시각, 장소는 비울 수 없습니다.",
            ),
        ]
        triggers = [MEETING_STANDS]

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
        if self.is_written:
            return f"{kday(self.held_on)}까지 서면으로 회신"
        time = f"{self.starts_at:%H:%M}" if self.starts_at else "(시각 미정)"
        return f"{kday(self.held_on)} {time}"

    @property
    def where(self) -> str:
        """The place as far as it is settled; a written meeting has none."""
        return "서면 심의" if self.is_written else self.place or "미정"

    @property
    def unsettled(self) -> str:
        """What must still be settled before the members are called: 개최일, 시작 시각, 장소."""
        if self.is_written:
            settled: dict[str, object] = {"회신 기한": self.held_on}
        else:
            settled = {"개최일": self.held_on, "시작 시각": self.starts_at, "장소": self.place}
        return ", ".join(label for label, value in settled.items() if not value)

    @property
    def to_settle(self) -> str:
        """What to do before the members can be called, in a sentence; empty when all is done."""
        if not self.unsettled:
            return ""
        return f"소집하려면 {particle(self.unsettled, '을/를')} 먼저 정해 주세요."

    @property
    def state_name(self) -> str:
        """The state in the words of its kind of meeting."""
        return self.name_of(MeetingState(self.state))

    def name_of(self, state: MeetingState) -> str:
        """What a state is called where members meet, or answer in writing."""
        return IN_WRITING.get(state, state.label) if self.is_written else state.label

    @property
    def is_written(self) -> bool:
        """서면 심의: the day is the one by which members answer."""
        return self.mode == MeetingMode.WRITTEN

    @property
    def is_called(self) -> bool:
        """Whether the members have been called; it may have been held since."""
        return self.state != MeetingState.DRAFT

    @property
    def is_prepared(self) -> bool:
        """Whether its agenda and papers can still be changed: it has not been opened."""
        return self.state in (MeetingState.DRAFT, MeetingState.CALLED)

    @property
    def is_open(self) -> bool:
        return self.state == MeetingState.OPENED

    @property
    def is_held(self) -> bool:
        """개최: it was opened. The plan's figures and the year of a body count these."""
        return self.state in HELD

    @property
    def is_closed(self) -> bool:
        """Whether it is over, so that what came of it can be written and sent out."""
        return self.state in (MeetingState.CLOSED, MeetingState.CONFIRMED)


@tracked
class AgendaItem(models.Model):
    """One matter before a meeting; items are numbered 1, 2, … in the order they are taken.

    ``plan`` is what it decides on, if a plan: once the item carries, the plan cites it.
    """

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
    plan = models.ForeignKey(
        Plan,
        verbose_name="심의할 계획",
        on_delete=models.PROTECT,
        related_name="agenda_items",
        null=True,
        blank=True,
        help_text="안건이 가결되거나 접수되면 이 계획이 안건을 근거로 가리킵니다.",
    )

    objects = OfficeQuerySet["AgendaItem"].as_manager()

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
        triggers = [AGENDA_STANDS]

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

    @property
    def is_voted(self) -> bool:
        """Whether the committee decides on it; the rest is heard."""
        return self.kind == AgendaKind.DELIBERATION


class AttachmentQuerySet(OfficeQuerySet["Attachment"]):
    def listed(self) -> Self:
        """For lists: without the content."""
        return self.defer("content")


@tracked_except("content")
class Attachment(models.Model):
    """A paper to an item. The pages of a PDF or picture are bound into the agenda book (R34).

    ``pages`` is how many they are; what cannot be bound has none, and is listed. ``digest`` is the
    SHA-256 of the content, which was looked through when it came.
    """

    item = models.ForeignKey(
        AgendaItem, verbose_name="안건", on_delete=models.CASCADE, related_name="attachments"
    )
    order = models.PositiveSmallIntegerField("순서", validators=[MinValueValidator(1)])
    name = models.CharField("파일 이름", max_length=200)
    kind = models.CharField("종류", max_length=10, choices=AttachmentKind)
    content = models.BinaryField("내용")
    size = models.PositiveIntegerField("크기(바이트)")
    digest = models.CharField("내용의 지문", max_length=64)
    pages = models.PositiveSmallIntegerField("쪽수", null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "붙임"
        verbose_name_plural = "붙임"
        ordering = ["item", "order"]
        constraints = [
            *known("attachment", kind=AttachmentKind),
            models.UniqueConstraint(
                fields=["item", "order"],
                name="attachment_order_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["item", "digest"],
                name="attachment_once",
                violation_error_message="이 안건에 이미 있는 파일입니다.",
            ),
            models.CheckConstraint(
                name="attachment_bound_has_pages",
                condition=Q(kind=AttachmentKind.OTHER, pages=None)
                | Q(~Q(kind=AttachmentKind.OTHER), pages__gte=1),
            ),
        ]
        triggers = [PAPERS_STAND]

    def __str__(self) -> str:
        return self.name
