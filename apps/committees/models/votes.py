"""Who was there, who stayed away from what, and what was decided."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual, LessThanOrEqual

from apps.accounts.models import User
from apps.committees.enums import Portion, RecusalKind, Verdict
from apps.committees.models.common import OfficeQuerySet
from apps.committees.models.meetings import AgendaItem, Meeting
from apps.committees.models.members import Member
from apps.committees.quorum import Tally
from apps.committees.triggers import (
    ABSENCE_STANDS,
    ATTENDANCE_STANDS,
    PRESENT_IS_MEMBER,
    RECUSAL_STANDS,
    RECUSED_IS_MEMBER,
    RESOLUTION_COUNTS,
    RESOLUTION_STANDS,
    RESULT_IS_LEANED_ON,
)
from apps.core.history import tracked
from apps.core.models import known


class AttendanceQuerySet(OfficeQuerySet["Attendance"]):
    def seated(self, meeting: Meeting) -> Self:
        """Of members who hold a seat on the meeting's day.

        Who was ticked before the day moved, or the term ended, may hold none any more.
        """
        members = meeting.committee.members.in_office(meeting.roster_day)
        return self.filter(meeting=meeting, member__in=members)


@tracked
class Attendance(models.Model):
    """A member who came to a meeting, or answered a written one; who has no row stayed away.

    For which items one who came late, left or stepped out was not there says :class:`Absence`; the
    times are for the minutes.
    """

    meeting = models.ForeignKey(
        Meeting, verbose_name="회의", on_delete=models.CASCADE, related_name="attendances"
    )
    member = models.ForeignKey(
        Member, verbose_name="위원", on_delete=models.PROTECT, related_name="attendances"
    )
    came_at = models.TimeField("들어온 시각", null=True, blank=True)
    left_at = models.TimeField("나간 시각", null=True, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = "출석"
        verbose_name_plural = "출석"
        ordering = ["meeting", "member"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "member"],
                name="attendance_once_a_member",
                violation_error_message="이미 출석한 위원입니다.",
            ),
            models.CheckConstraint(
                name="attendance_leaves_after_coming",
                condition=Q(came_at=None) | Q(left_at=None) | Q(left_at__gte=F("came_at")),
                violation_error_message="나간 시각이 들어온 시각보다 앞섭니다.",
                violation_error_code="left_at",
            ),
        ]
        triggers = [PRESENT_IS_MEMBER, ATTENDANCE_STANDS]

    def __str__(self) -> str:
        return f"{self.meeting} {self.member}"

    def covers(self, item: AgendaItem) -> bool:
        """Whether the member was there for the item."""
        return all(absence.member_id != self.member_id for absence in item.absences.all())


@tracked
class Absence(models.Model):
    """이석: one who came to the meeting was not there for this item.

    By item, not from one to another: items are taken in any order, and people come back. A member
    without :class:`Attendance` was there for none.
    """

    item = models.ForeignKey(
        AgendaItem, verbose_name="안건", on_delete=models.CASCADE, related_name="absences"
    )
    member = models.ForeignKey(
        Member, verbose_name="위원", on_delete=models.PROTECT, related_name="absences"
    )

    objects = OfficeQuerySet["Absence"].as_manager()

    class Meta:
        verbose_name = "이석"
        verbose_name_plural = "이석"
        ordering = ["item", "member"]
        constraints = [
            models.UniqueConstraint(fields=["item", "member"], name="absence_once_a_member"),
        ]
        triggers = [ABSENCE_STANDS]

    def __str__(self) -> str:
        return f"{self.item} {self.member}"


@tracked
class Recusal(models.Model):
    """A member who stays away from one item for bias: 제척, 기피 or 회피, with the reason."""

    item = models.ForeignKey(
        AgendaItem, verbose_name="안건", on_delete=models.CASCADE, related_name="recusals"
    )
    member = models.ForeignKey(
        Member, verbose_name="위원", on_delete=models.PROTECT, related_name="recusals"
    )
    kind = models.CharField("구분", max_length=10, choices=RecusalKind)
    reason = models.CharField("사유", max_length=200)

    objects = OfficeQuerySet["Recusal"].as_manager()

    class Meta:
        verbose_name = "제척·기피·회피"
        verbose_name_plural = "제척·기피·회피"
        ordering = ["item", "member"]
        constraints = [
            *known("recusal", kind=RecusalKind),
            models.UniqueConstraint(
                fields=["item", "member"],
                name="recusal_once_a_member",
                violation_error_message="이 안건에서 이미 빠진 위원입니다.",
                violation_error_code="member",
            ),
            models.CheckConstraint(
                name="recusal_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message="사유를 적어 주세요.",
                violation_error_code="reason",
            ),
        ]
        triggers = [RECUSED_IS_MEMBER, RECUSAL_STANDS]

    def __str__(self) -> str:
        return f"{self.item} {self.member} {self.get_kind_display()}"


def _enough(portion: str, part: str, whole: str) -> Q:
    """CHECK's twin of :meth:`apps.committees.quorum.Threshold.reached`: ``part`` of ``whole``."""
    some, all_ = F(part), F(whole)
    return (
        Q(GreaterThan(some * 2, all_), **{portion: Portion.MAJORITY})
        | Q(GreaterThanOrEqual(some * 2, all_), **{portion: Portion.HALF})
        | Q(GreaterThanOrEqual(some * 3, all_ * 2), **{portion: Portion.TWO_THIRDS})
        | Q(
            GreaterThanOrEqual(some, F(f"{portion}_count")),
            **{portion: Portion.FIXED, f"{portion}_count__isnull": False},  # NULL passes a CHECK
        )
    )


#: A casting vote is worth one more where a simple majority of those present is asked for.
_TIED = Q(
    carrying=Portion.MAJORITY,
    of=F("present"),
    chair_breaks_ties=True,
    chair_in_favor=True,
    in_favor=F("against"),
) & Q(GreaterThanOrEqual(F("in_favor") * 2, F("present")))
_IS_LEGAL = (
    Q(in_favor__gte=1)
    & _enough("opening", "present", "in_office")
    & (_enough("carrying", "in_favor", "of") | _TIED)
)


#: Carried, or taken note of.
HEARD = (Verdict.CARRIED, Verdict.AMENDED, Verdict.HEARD)


class ResolutionQuerySet(OfficeQuerySet["Resolution"]):
    def carried(self) -> Self:
        return self.filter(verdict__in=(Verdict.CARRIED, Verdict.AMENDED))

    def heard(self) -> Self:
        """Carried, or taken note of where nothing is voted on."""
        return self.filter(verdict__in=HEARD)


@tracked
class Resolution(models.Model):
    """What came of an item, with the heads it was counted by and the rule as it stood that day.

    ``in_office`` and ``present`` are without the recused, as far as the rule leaves them out; the
    database counts them again and refuses others (:mod:`apps.committees.triggers`). ``of`` is
    whichever of the two a motion needs its share of. What the rule does not let carry cannot be
    recorded as carried (plan 5-2). An item that is only heard (보고) has no votes, and a body that
    takes none has no rule (``opening`` is empty).
    """

    item = models.OneToOneField(
        AgendaItem, verbose_name="안건", on_delete=models.PROTECT, related_name="resolution"
    )
    verdict = models.CharField("결과", max_length=10, choices=Verdict)
    text = models.TextField(
        "의결 주문", blank=True, help_text="수정한 내용이나 붙인 조건, 의견을 적습니다."
    )
    in_office = models.PositiveSmallIntegerField("재적")
    present = models.PositiveSmallIntegerField("출석")
    in_favor = models.PositiveSmallIntegerField("찬성", default=0)
    against = models.PositiveSmallIntegerField("반대", default=0)
    abstained = models.PositiveSmallIntegerField("기권", default=0)
    void = models.PositiveSmallIntegerField("무효", default=0)
    chair_in_favor = models.BooleanField("위원장 결정(가부동수)", default=False)
    opening = models.CharField("개의 정족수", max_length=10, choices=Portion, blank=True)
    opening_count = models.PositiveSmallIntegerField("개의 인원", null=True, blank=True)
    carrying = models.CharField("의결 정족수", max_length=10, choices=Portion, blank=True)
    carrying_count = models.PositiveSmallIntegerField("의결 인원", null=True, blank=True)
    of = models.PositiveSmallIntegerField("의결 정족수의 기준 인원")
    chair_breaks_ties = models.BooleanField("가부동수이면 위원장이 결정", default=False)
    citation = models.CharField("근거", max_length=300, blank=True)
    decided_at = models.DateTimeField("의결한 때")
    decided_by = models.ForeignKey(
        User, verbose_name="기록한 사람", on_delete=models.PROTECT, related_name="+"
    )

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        verbose_name = "의결"
        verbose_name_plural = "의결"
        ordering = ["item"]
        constraints = [
            *known("resolution", verdict=Verdict),
            models.CheckConstraint(
                name="resolution_rule_is_known",
                condition=Q(opening="", carrying="")
                | Q(opening__in=Portion.values, carrying__in=Portion.values),
            ),
            models.CheckConstraint(
                name="resolution_no_more_than_in_office",
                condition=Q(present__lte=F("in_office")),
                violation_error_message="출석은 재적보다 많을 수 없습니다.",
                violation_error_code="present",
            ),
            models.CheckConstraint(
                name="resolution_no_more_votes_than_present",
                condition=LessThanOrEqual(
                    F("in_favor") + F("against") + F("abstained") + F("void"), F("present")
                ),
                violation_error_message="표가 출석한 위원보다 많습니다.",
                violation_error_code="in_favor",
            ),
            models.CheckConstraint(
                name="resolution_counts_of_present_or_in_office",
                condition=Q(of=F("present")) | Q(of=F("in_office")),
            ),
            models.CheckConstraint(
                name="resolution_carried_by_the_rule",
                condition=~Q(verdict__in=(Verdict.CARRIED, Verdict.AMENDED)) | _IS_LEGAL,
                violation_error_message="정족수에 미치지 못하여 가결로 적을 수 없습니다.",
                violation_error_code="verdict",
            ),
            models.CheckConstraint(
                name="resolution_heard_by_enough",
                condition=~Q(verdict=Verdict.HEARD)
                | Q(opening="", present__gte=1)
                | _enough("opening", "present", "in_office"),
                violation_error_message="출석한 위원이 모자라 접수로 적을 수 없습니다.",
                violation_error_code="verdict",
            ),
            models.CheckConstraint(
                name="resolution_heard_without_votes",
                condition=~Q(verdict=Verdict.HEARD) | Q(in_favor=0, against=0, abstained=0, void=0),
                violation_error_message="접수한 안건에는 표를 적지 않습니다.",
                violation_error_code="verdict",
            ),
            models.CheckConstraint(
                name="resolution_amended_says_how",
                condition=~Q(verdict=Verdict.AMENDED) | ~Q(text=""),
                violation_error_message="수정가결이면 수정한 내용을 적어 주세요.",
                violation_error_code="text",
            ),
        ]
        triggers = [RESOLUTION_COUNTS, RESOLUTION_STANDS, RESULT_IS_LEANED_ON]

    def __str__(self) -> str:
        return f"{self.item} {self.get_verdict_display()}"

    @property
    def carried(self) -> bool:
        return self.verdict in (Verdict.CARRIED, Verdict.AMENDED)

    @property
    def is_heard(self) -> bool:
        """Whether a plan may cite it."""
        return self.verdict in HEARD

    @property
    def tally(self) -> Tally:
        return Tally(
            self.in_office,
            self.present,
            self.in_favor,
            self.against,
            self.abstained,
            self.void,
        )
