"""The side menu: what each role finds where."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from apps.accounts.access import EVERYONE, OFFICIALS
from apps.accounts.enums import Role
from apps.accounts.models import User


@dataclass(frozen=True, slots=True)
class MenuItem:
    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class MenuGroup:
    label: str
    items: tuple[MenuItem, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu, the roles that see it, and where else its pages stand."""

    label: str
    name: str
    roles: tuple[Role, ...] = EVERYONE
    also: str = ""


BUYERS = (*OFFICIALS, Role.CLERK, Role.VIEWER)
MEETERS = (*OFFICIALS, Role.SECRETARY, Role.VIEWER)
MENU: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "업무",
        (
            Entry("첫 화면", "portal:home"),
            Entry("추진계획", "plans:list", also="/reports/"),
            Entry("기본계획", "plans:basic_list"),
            Entry("적은 실적", "plans:results"),
            Entry("행정사항 회신", "plans:inbox"),
        ),
    ),
    ("공공구매", (Entry("구매 실적과 목표", "procurement:home", BUYERS),)),
    (
        "기업",
        (
            Entry("기업 찾기", "enterprises:list"),
            Entry("제품·서비스", "enterprises:products"),
            Entry("기업 수", "enterprises:counts"),
        ),
    ),
    ("위원회", (Entry("위원회와 회의", "committees:list", MEETERS),)),
    (
        "관리",
        (
            Entry("법령·기준", "rules:list"),
            Entry("변경 이력", "audit:history", OFFICIALS),
            Entry("자료 관리 (가져오기·내보내기)", "admin:index", OFFICIALS),
        ),
    ),
)


def menu_for(user: User, request: HttpRequest) -> tuple[MenuGroup, ...]:
    """The groups and items of ``user``'s roles; the longest address that fits is current.

    Every address begins with the first screen's, so that one has to be met exactly.
    """
    home = reverse("portal:home")
    shown = [
        (
            group,
            [
                (entry.label, reverse(entry.name), entry.also)
                for entry in entries
                if user.has_role(*entry.roles)
            ],
        )
        for group, entries in MENU
    ]
    here = max(
        (
            url
            for _, items in shown
            for _, url, also in items
            if request.path == url
            or (url != home and request.path.startswith(url))
            or (also and request.path.startswith(also))
        ),
        key=len,
        default="",
    )
    return tuple(
        MenuGroup(group, tuple(MenuItem(label, url, url == here) for label, url, _ in items))
        for group, items in shown
        if items
    )
