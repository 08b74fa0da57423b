"""Designations whose term runs out soon, for officials (R5)."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from apps.accounts.models import User
from apps.core.registry import Duty, duty_source
from apps.enterprises.models import Designation
from apps.rules.queries import RuleMissing, rule

#: Rule values of the days before the end, and how loud each says it.
ALERTS = (("first", "info"), ("second", "warning"), ("last", "danger"))


@duty_source
def designations_running_out(user: User, today: date) -> Iterator[Duty]:
    """One duty a designation. Without its rule values the office has decided on no alert."""
    if not user.is_official:
        return
    try:
        alerts = [
            (int(rule(f"enterprises.designation.alert_days.{name}", on=today).value), tone)
            for name, tone in ALERTS
        ]
    except RuleMissing:
        return
    horizon = today + timedelta(days=max(days for days, _ in alerts))
    rows = Designation.objects.visible_to(user).running_out(today, horizon)
    for row in rows.select_related("enterprise").order_by("ends", "pk"):
        left = (row.ends - today).days  # type: ignore[operator]  # running out means it has a term
        yield Duty(
            text=f"{row.enterprise} {row.get_kind_display()} 유효기간이 {_when(left)}",
            url=reverse("enterprises:detail", args=[row.enterprise_id]),
            due=row.ends,
            tone=[tone for days, tone in alerts if left <= days][-1],
        )


def _when(left: int) -> str:
    return f"{left}일 남았습니다." if left else "오늘 끝납니다."
