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


class Sex(models.TextChoices):
    FEMALE = "female", "여"
    MALE = "male", "남"


class Leaving(models.TextChoices):
    """Why a member is none any more."""

    EXPIRED = "expired", "임기 만료"
    DISMISSED = "dismissed", "해촉"
    RESIGNED = "resigned", "사임"
    TRANSFERRED = "transferred", "보직 변경"


class Rhythm(models.TextChoices):
    """How often a body meets by its own rules; a missing meeting is told."""

    NONE = "none", "정해진 주기 없음"
    MONTHLY = "monthly", "매월"
    QUARTERLY = "quarterly", "분기마다"


class Portion(models.TextChoices):
    """A threshold as ordinances write it (see :mod:`apps.committees.quorum`)."""

    MAJORITY = "majority", "과반수"
    HALF = "half", "2분의 1 이상"
    TWO_THIRDS = "two_thirds", "3분의 2 이상"
    FIXED = "fixed", "정한 인원 이상"


class CarryingBase(models.TextChoices):
    """Of whom a motion needs its share."""

    PRESENT = "present", "출석위원"
    IN_OFFICE = "in_office", "재적위원"


class RecusedCount(models.TextChoices):
    """How those who stay away from an item for bias count at it."""

    LEFT_OUT = "left_out", "재적과 출석에서 모두 뺌"
    NOT_PRESENT = "not_present", "출석에서만 뺌"


class MeetingMode(models.TextChoices):
    IN_PERSON = "in_person", "대면"
    REMOTE = "remote", "원격"
    WRITTEN = "written", "서면"


class MeetingState(models.TextChoices):
    """From the draft to confirmed minutes; each is stamped with when and by whom."""

    DRAFT = "draft", "작성 중"
    CALLED = "called", "소집"
    OPENED = "opened", "개의"
    CLOSED = "closed", "산회"
    CONFIRMED = "confirmed", "회의록 확정"


class AgendaKind(models.TextChoices):
    """What the committee does with an item."""

    DELIBERATION = "deliberation", "심의"
    ADVICE = "advice", "자문"
    REPORT = "report", "보고"
    DISCUSSION = "discussion", "논의"


class AttachmentKind(models.TextChoices):
    """Whether a paper's pages can be bound into the agenda book."""

    PDF = "pdf", "PDF"
    IMAGE = "image", "그림"
    OTHER = "other", "별도 파일"


class RecusalKind(models.TextChoices):
    """Why a member stays away from an item: by law, on request, or of their own accord."""

    EXCLUDED = "excluded", "제척"
    CHALLENGED = "challenged", "기피"
    WITHDRAWN = "withdrawn", "회피"


class Verdict(models.TextChoices):
    """What came of an item."""

    CARRIED = "carried", "원안가결"
    AMENDED = "amended", "수정가결"
    REJECTED = "rejected", "부결"
    DEFERRED = "deferred", "보류"
    HEARD = "heard", "접수"
