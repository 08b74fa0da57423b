"""Departments and people. The two departments of 2016 are the plan's; the rest is invented."""

from datetime import date, datetime, time

from django.utils import timezone

from apps.accounts.enums import DepartmentKind, Role
from apps.accounts.models import Department, User
from apps.accounts.services import give_role

PASSWORD = "sample-gangbuk"  # noqa: S105  # a sample sign-in, shown on the sign-in page

REAL = ("일자리지원과", "홍보담당관")
#: The department that carries the social economy in the invented year.
OWN = "사회적경제과"
HEADQUARTERS = (
    OWN,
    "감사담당관",
    "기획예산과",
    "총무과",
    "자치행정과",
    "민원여권과",
    "재무과",
    "세무과",
    "디지털정책과",
    "문화체육과",
    "교육지원과",
    "복지정책과",
    "생활보장과",
    "어르신복지과",
    "장애인복지과",
    "여성가족과",
    "아동청소년과",
    "경제진흥과",
    "환경과",
    "청소행정과",
    "공원녹지과",
    "도시계획과",
    "주택과",
    "건축과",
    "교통행정과",
    "도로관리과",
    "보건행정과",
)
NEIGHBORHOODS = (
    "가람동",
    "나래동",
    "다온동",
    "라온동",
    "마루동",
    "바다동",
    "새봄동",
    "아람동",
    "온누리동",
    "푸른동",
    "하늘동",
    "한빛동",
    "해솔동",
)
#: Sign-in name, role, name, department.
PEOPLE = (
    ("admin", Role.ADMIN, "김관리", "총무과"),
    ("officer", Role.OFFICER, "이담당", OWN),
    ("clerk", Role.CLERK, "박구매", "문화체육과"),
    ("secretary", Role.SECRETARY, "최간사", OWN),
    ("viewer", Role.VIEWER, "정열람", "감사담당관"),
)


def invented(name: str) -> str:
    """The mark every invented name carries."""
    return f"{name}(예시)"


def moment(day: date, hour: int = 9) -> datetime:
    """A moment of a working day."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def load(*, today: date) -> dict[str, User]:
    """Departments and the five sample people, by sign-in name.

    Their roles hold from the year's beginning, and by the clock, for a ``today`` still to come.
    """
    names = [
        *((name, DepartmentKind.HEADQUARTERS) for name in REAL),
        *((invented(name), DepartmentKind.HEADQUARTERS) for name in HEADQUARTERS),
        *((invented(name), DepartmentKind.NEIGHBORHOOD) for name in NEIGHBORHOODS),
    ]
    departments = {
        name: Department.objects.create(
            code=f"D{number:03}",
            name=name,
            kind=kind,
            position=number,
            # The two of the plan and the invented ones never stand in one year.
            valid_from=None if name in REAL else date(2017, 1, 1),
            valid_to=date(2016, 12, 31) if name in REAL else None,
        )
        for number, (name, kind) in enumerate(names, 1)
    }
    users = {}
    for username, role, name, department in PEOPLE:
        user = User.objects.create_user(
            username=username,
            password=PASSWORD,
            name=invented(name),
            department=departments[invented(department)],
        )
        give_role(
            user=user, role=role, starts=min(date(today.year, 1, 1), timezone.localdate()), by=user
        )
        users[username] = user
    return users
