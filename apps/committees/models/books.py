"""The agenda book with its attachments bound in, made by a worker (R34)."""

from django.db import models
from django.db.models import F, Q

from apps.accounts.models import User
from apps.committees.models.common import OfficeQuerySet
from apps.committees.models.meetings import Meeting
from apps.core.history import tracked_except


@tracked_except("content", "laid", "done")
class AgendaBook(models.Model):
    """The bound 회의자료 of a meeting, the last that was asked for.

    ``stamp`` tells what it is made from, so that one made before the agenda changed is not handed
    out. Of the ``whole`` pages to bind in, ``laid`` have their place so far and ``done`` are in it;
    ``content`` is there once all are.
    """

    meeting = models.OneToOneField(
        Meeting, verbose_name="회의", on_delete=models.CASCADE, related_name="book"
    )
    stamp = models.CharField("내용의 지문", max_length=64)
    whole = models.PositiveIntegerField("묶을 쪽수")
    laid = models.PositiveIntegerField("자리를 잡은 쪽수", default=0)
    done = models.PositiveIntegerField("묶은 쪽수", default=0)
    content = models.BinaryField("내용", null=True)
    asked_at = models.DateTimeField("요청한 때")
    asked_by = models.ForeignKey(
        User, verbose_name="요청한 사람", on_delete=models.PROTECT, related_name="+"
    )

    objects = OfficeQuerySet["AgendaBook"].as_manager()

    class Meta:
        verbose_name = "회의자료 묶음"
        verbose_name_plural = "회의자료 묶음"
        constraints = [
            models.CheckConstraint(
                name="agenda_book_binds_no_more_than_all",
                condition=Q(laid__lte=F("whole"), done__lte=F("whole")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting} 회의자료"
