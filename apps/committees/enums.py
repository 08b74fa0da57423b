"""Words of the office for committees, their members and their meetings."""

from django.db import models


class MemberOffice(models.IntegerChoices):
    """What a member is in the committee; the numbers are the order of the roster."""

    CHAIR = 1, "위원장"
    VICE_CHAIR = 2, "부위원장"
    MEMBER = 3, "위원"


class Appointment(models.IntegerChoices):
    """Why somebody is a member; the numbers are the order of the roster."""

    EX_OFFICIO = 1, "당연직"
    APPOINTED = 2, "위촉직"


class MeetingState(models.TextChoices):
    DRAFT = "draft", "작성 중"
    CALLED = "called", "소집"


class AgendaKind(models.TextChoices):
    """What the committee does with an item."""

    DELIBERATION = "deliberation", "심의"
    ADVICE = "advice", "자문"
    REPORT = "report", "보고"
