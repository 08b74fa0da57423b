"""What the first screen shows: what is due, and how the office stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from apps.accounts.access import OFFICIALS
from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.committees.models import Meeting
from apps.core.anchors import at
from apps.core.money import thousand
from apps.core.registry import Duty, duty_sources
from apps.enterprises.queries import counts_on
from apps.plans.models import Plan
from apps.plans.queries import budget_totals
from apps.procurement.queries.standing import Standing, annual_target, standing


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure on the first screen, with the way to the rows it comes from."""

    label: str
    value: str
    unit: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to the work of a role: what it is, in one sentence, and where."""

    label: str
    text: str
    url: str


def duties_of(user: User, today: date) -> list[Duty]:
    """Everything due for the person, the nearest day first; what has no day comes last."""
    found = [duty for source in duty_sources for duty in source(user, today)]
    return sorted(found, key=lambda duty: (duty.due is None, duty.due or today, duty.text))


def tiles_of(user: User, today: date) -> Iterator[Tile]:
    """How things stand, as far as the person may see."""
    if user.has_role(Role.CLERK) and user.department is not None:
        url = reverse("procurement:standing", args=[today.year, user.department.pk])
        line = standing(today.year, annual_target(today.year), user.department)
        yield from _purchasing(line, f"{user.department}", url)
    if user.has_role(*OFFICIALS, Role.VIEWER):
        url = reverse("procurement:district", args=[today.year])
        line = standing(today.year, annual_target(today.year))
        yield from _purchasing(line, "구 전체", url)
        plan = Plan.objects.visible_to(user).filter(year=today.year).first()
        if plan is not None:
            url = reverse("plans:budget", args=[plan.year])
            district = thousand(budget_totals(plan).district)
            yield Tile(f"{plan.year}년 구비 예산", district, "천원", url)
    firms = f"{counts_on(today).total:,}"
    yield Tile("지정된 기업", firms, "개", reverse("enterprises:counts"), "오늘, 등록부 기준")
    if user.has_role(Role.SECRETARY):
        coming = Meeting.objects.visible_to(user).coming(today).count()
        url = at(reverse("committees:list"), "앞으로 열 회의")
        yield Tile("앞으로 열 회의", f"{coming}", "건", url)


def _purchasing(line: Standing, whose: str, url: str) -> Iterator[Tile]:
    target = f"목표 {thousand(line.total.target)}천원" if line.total.target else "목표 없음"
    yield Tile(f"올해 구매액 ({whose})", thousand(line.total.bought), "천원", url, target)
    if line.total.percent is not None:
        yield Tile(f"목표 대비 ({whose})", f"{line.total.percent}", "%", url)


def ways_of(user: User, year: int) -> Iterator[Way]:
    """The screens the person's roles work with most."""
    if user.has_role(Role.CLERK):
        new, bought = (reverse(f"procurement:{name}", args=[year]) for name in ("create", "list"))
        yield Way("구매 입력", "우리 부서가 산 것을 적습니다.", new)
        paste = reverse("procurement:paste", args=[year])
        yield Way("붙여넣기", "엑셀에서 여러 건을 복사해 넣습니다.", paste)
        yield Way(
            "파일 가져오기",
            "엑셀 파일을 올려 한 번에 등록합니다.",
            reverse("imports:new", args=["purchases"]),
        )
        yield Way("구매 내역", "적은 것을 고치고 내려받습니다.", bought)
    if user.has_role(Role.SECRETARY):
        yield Way("회의 준비", "회의를 만들고 회의자료를 냅니다.", reverse("committees:list"))
    if user.is_official:
        yield Way(
            "구매 목표", "부서마다 목표를 정합니다.", reverse("procurement:targets", args=[year])
        )
    yield Way("추진계획", "과제와 일정, 예산을 봅니다.", reverse("plans:list"))
    yield Way("기업 찾기", "이름이나 초성으로 찾습니다.", reverse("enterprises:list"))
