"""A file of purchases a clerk has sent in and not yet decided on."""

from datetime import date
from itertools import islice

from django.core.files.base import ContentFile

from apps.accounts.models import User
from apps.core.sheets import csv_file
from apps.enterprises.models import Designation
from apps.imports import services, working
from apps.portal.sample.office import invented

NAME = "이번 달 구매 (예시).csv"
HEADINGS = ("구매일", "업체명", "품명", "구분", "금액(원)", "담당자 전화")
#: What was bought, as what, and for how much; one amount is not known yet, one row came twice.
BOUGHT = (
    ("간담회 다과", "물품", "180,000"),
    ("행사 안내 책자 인쇄", "물품", "1,250,000"),
    ("행사 안내 책자 인쇄", "물품", "1,250,000"),
    ("청사 소독", "용역", "견적 중"),
    ("교육장 청소", "용역", "640,000"),
)


def load(*, today: date, clerk: User) -> None:
    """Sent in today; nothing of it is recorded."""
    held = Designation.objects.select_related("enterprise").order_by("enterprise__name", "pk")
    firms = islice((each.enterprise for each in held if each.is_in_force(today)), 2)
    firm_of = dict(zip(("물품", "용역"), firms, strict=True))
    rows = [
        (str(today), firm_of[kind].name, invented(item), kind, amount, "02-000-0000")
        for item, kind, amount in BOUGHT
    ]
    file = services.receive(
        kind="purchases",
        name=NAME,
        content=ContentFile(csv_file(HEADINGS, rows), NAME),
        department=clerk.department,
        by=clerk,
    )
    working.check(pk=file.pk, by=clerk)
