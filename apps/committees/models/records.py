"""What stays of a meeting: minutes, what is to be done, allowances, and what it was heard on."""

from django.db import models
from django.db.models import Q

from apps.committees.models.common import OfficeQuerySet
from apps.committees.models.meetings import AgendaItem, Meeting
from apps.committees.models.members import Member
from apps.committees.triggers import (
    FOLLOW_UP_OF_ITS_MEETING,
    HEARING_STANDS,
    MINUTES_STAND,
    PAID_AS_SPENT,
)
from apps.core.history import tracked
from apps.core.models import WonField
from apps.plans.models import Expenditure, Plan


@tracked
class Minutes(models.Model):
    """회의록: outline text, drafted from what happened, corrected by hand, then confirmed.

    Whether it is confirmed is the meeting's state. ``outdated``: the meeting went on after they
    were written, and they may no longer say what came of it.
    """

    meeting = models.OneToOneField(
        Meeting, verbose_name="회의", on_delete=models.CASCADE, related_name="minutes"
    )
    outdated = models.BooleanField("다시 살필 것", default=False, editable=False)
    text = models.TextField("회의록", help_text="줄 앞에 □ ○ - · ※ 를 붙이면 단계가 나뉩니다.")

    objects = OfficeQuerySet["Minutes"].as_manager()

    class Meta:
        verbose_name = "회의록"
        verbose_name_plural = "회의록"
        triggers = [MINUTES_STAND]

    def __str__(self) -> str:
        return f"{self.meeting} 회의록"


@tracked
class FollowUp(models.Model):
    """What somebody has to do after a meeting, and by when (R37)."""

    meeting = models.ForeignKey(
        Meeting, verbose_name="회의", on_delete=models.CASCADE, related_name="follow_ups"
    )
    item = models.ForeignKey(
        AgendaItem,
        verbose_name="안건",
        on_delete=models.SET_NULL,
        related_name="follow_ups",
        null=True,
        blank=True,
    )
    what = models.CharField("할 일", max_length=200)
    owner = models.CharField("맡은 곳", max_length=100)
    due = models.DateField("기한", null=True, blank=True)
    done_on = models.DateField("마친 날", null=True, blank=True)

    objects = OfficeQuerySet["FollowUp"].as_manager()

    class Meta:
        verbose_name = "후속 조치"
        verbose_name_plural = "후속 조치"
        ordering = ["due", "pk"]
        triggers = [FOLLOW_UP_OF_ITS_MEETING]

    def __str__(self) -> str:
        return self.what


@tracked
class Allowance(models.Model):
    """참석수당 of a member for a meeting; who is a public official gets none.

    All that is paid on one day for a meeting is one ``expenditure`` from a line of the plan's
    budget, which is never spent beyond its amount; without that expenditure nothing was paid. The
    database holds the expenditure to the sum of its allowances.
    """

    meeting = models.ForeignKey(
        Meeting, verbose_name="회의", on_delete=models.PROTECT, related_name="allowances"
    )
    member = models.ForeignKey(
        Member, verbose_name="위원", on_delete=models.PROTECT, related_name="allowances"
    )
    amount = WonField("수당")
    expenditure = models.ForeignKey(
        Expenditure, verbose_name="집행", on_delete=models.CASCADE, related_name="allowances"
    )

    objects = OfficeQuerySet["Allowance"].as_manager()

    class Meta:
        verbose_name = "참석수당"
        verbose_name_plural = "참석수당"
        ordering = ["meeting", "member"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "member"],
                name="allowance_once_a_meeting",
                violation_error_message="이 회의의 수당을 이미 지급한 위원입니다.",
            ),
            models.CheckConstraint(
                name="allowance_is_something",
                condition=Q(amount__gt=0),
                violation_error_message="수당은 1원 이상이어야 합니다.",
                violation_error_code="amount",
            ),
        ]
        triggers = [PAID_AS_SPENT]

    def __str__(self) -> str:
        return f"{self.meeting} {self.member}"


@tracked
class PlanHearing(models.Model):
    """A yearly or multi-year plan and the item under which the committee heard it (R36)."""

    plan = models.ForeignKey(
        Plan, verbose_name="계획", on_delete=models.PROTECT, related_name="hearings"
    )
    item = models.ForeignKey(
        AgendaItem, verbose_name="안건", on_delete=models.PROTECT, related_name="heard_plans"
    )

    objects = OfficeQuerySet["PlanHearing"].as_manager()

    class Meta:
        verbose_name = "계획 심의"
        verbose_name_plural = "계획 심의"
        ordering = ["plan", "item"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "item"],
                name="plan_hearing_once",
                violation_error_message="이 안건에 이미 걸린 계획입니다.",
                violation_error_code="plan",
            ),
        ]
        triggers = [HEARING_STANDS]

    def __str__(self) -> str:
        return f"{self.plan}: {self.item}"
