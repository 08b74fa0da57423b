"""Words of the office for people and departments."""

from django.db import models


class DepartmentKind(models.TextChoices):
    HEADQUARTERS = "hq", "본청"
    NEIGHBORHOOD = "dong", "동"
    OTHER = "other", "기타"


class Role(models.TextChoices):
    """What a person may do; each role is a Django group of the same name."""

    ADMIN = "admin", "관리자"
    OFFICER = "officer", "담당자"
    CLERK = "clerk", "부서 구매담당"
    SECRETARY = "secretary", "위원회 간사"
    VIEWER = "viewer", "열람자"
