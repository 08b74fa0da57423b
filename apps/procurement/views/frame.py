"""What the screens of one fiscal year have in common: their tabs, and the way to other years."""

from typing import Any

from django.urls import reverse

from apps.accounts.models import User
from apps.accounts.querysets import OVERSEERS
from apps.core.dates import today
from apps.procurement.access import own_department
from apps.procurement.queries.ledger import years_beside


def home_url(user: User, year: int) -> str:
    """The year's first screen for the user: the whole district, or one's own department."""
    if user.has_role(*OVERSEERS):
        return reverse("procurement:district", args=[year])
    own = own_department(user)
    if own is None:
        return reverse("procurement:list", args=[year])
    return reverse("procurement:standing", args=[year, own])


def cycle_tabs(user: User, year: int) -> list[tuple[str, str]]:
    """The survey, the targets and the months: of the whole office, or of one's own department."""
    if user.has_role(*OVERSEERS):
        targets = [("구매 목표", "targets")] if user.is_official else []
        screens = [("수요조사", "survey"), *targets, ("월 마감", "months")]
        return [(label, reverse(f"procurement:{name}", args=[year])) for label, name in screens]
    own = own_department(user)
    if own is None:
        return []
    screens = [("월별 입력", "own_months"), ("수요조사", "survey_answer")]
    return [(label, reverse(f"procurement:{name}", args=[year, own])) for label, name in screens]


def frame(user: User, year: int, name: str, *args: int) -> dict[str, Any]:
    """Context of the screen ``name`` (its URL name): tabs, and the years before and after."""
    first = "구 전체 현황" if user.has_role(*OVERSEERS) else "우리 부서 현황"
    tabs = [
        (first, home_url(user, year)),
        ("구매실적", reverse("procurement:list", args=[year])),
    ]
    tabs += cycle_tabs(user, year)
    tabs.append(("통보", reverse("procurement:papers", args=[year])))
    here = reverse(f"procurement:{name}", args=[year, *args])
    before, after = years_beside(user, year, today().year)
    others = [(f"‹ {before}년", before), (f"{after}년 ›", after)]
    return {
        "year": year,
        "tabs": [{"label": label, "url": url, "current": url == here} for label, url in tabs],
        "year_links": [
            {"label": label, "url": reverse(f"procurement:{name}", args=[other, *args])}
            for label, other in others
            if other is not None
        ],
        "home_url": home_url(user, year),
    }
