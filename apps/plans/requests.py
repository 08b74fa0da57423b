"""Requests to departments: sent, read, answered, followed up and settled (R49)."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict

from django.core.exceptions import ValidationError
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django_stubs_ext import WithAnnotations

from apps.accounts.enums import DepartmentKind
from apps.accounts.models import Department, DepartmentQuerySet, User
from apps.core.history import service
from apps.core.outline import parse
from apps.core.templatetags.office import kday
from apps.plans.models import DepartmentRequest, Plan, RequestDelivery
from apps.plans.texts import filled_part


class RequestCounts(TypedDict):
    """To how many departments a request went, how many have read it, answered …"""

    sent: int
    read: int
    answered: int
    settled: int
    overdue: int


if TYPE_CHECKING:
    RequestWithCounts = WithAnnotations[DepartmentRequest, RequestCounts]
else:  # the subscript means something to the type checker only
    RequestWithCounts = DepartmentRequest

NO_ANSWER = "회신이 없는 요청을 처리 완료로 하려면 처리 내용에 까닭을 적어 주세요."
CLOSED = "마감한 계획의 행정사항은 보내거나 고칠 수 없습니다."
SETTLED = "처리를 마친 행정사항이라 회신을 고칠 수 없습니다. 담당자에게 알려 주세요."


@service
def send(
    *,
    request: DepartmentRequest,
    departments: Iterable[Department],
    due: date | None,
    by: User,
) -> int:
    """Send a request to the departments it has not gone to yet; says to how many it went.

    Each gets the text as it stands now, its figures printed. What was sent before stays as it is.
    Raises ``ValidationError`` once the plan is closed.
    """
    _plan_not_closed(request.plan)
    held = DepartmentRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
    sent = set(held.deliveries.values_list("department", flat=True))
    body, _ = filled_part(held.body, request.plan.year)
    made = RequestDelivery.objects.bulk_create(
        RequestDelivery(
            request=request,
            department=department,
            body=body,
            due=due,
            sent_at=timezone.now(),
            sent_by=by,
        )
        for department in departments
        if department.pk not in sent
    )
    return len(made)


@service
def mark_read(*, delivery: RequestDelivery, by: User) -> None:
    """The department has taken notice; the first time counts."""
    now = timezone.now()
    RequestDelivery.objects.filter(pk=delivery.pk, read_at=None).update(read_at=now, read_by=by)


@service
def answer(*, delivery: RequestDelivery, text: str, by: User) -> None:
    """The department's answer, or another in its place; who answers has also read.

    Raises ``ValidationError`` once the request is settled with the department.
    """
    held = _held(delivery)
    if held.settled_at:
        raise ValidationError(SETTLED)
    now = timezone.now()
    if held.read_at is None:
        held.read_at, held.read_by = now, by
    held.answer, held.answered_at, held.answered_by = text, now, by
    held.save()


@service
def follow_up(*, delivery: RequestDelivery, text: str, settled: bool, by: User) -> None:
    """What became of the answer; ``settled`` closes the matter, or opens it again.

    What nobody answered is settled only with a reason. Raises ``ValidationError`` without one, and
    once the plan is closed.
    """
    _plan_not_closed(delivery.request.plan)
    held = _held(delivery)
    if settled and not held.answered_at and not text.strip():
        raise ValidationError({"follow_up": NO_ANSWER})
    held.follow_up = text
    if settled != bool(held.settled_at):
        held.settled_at, held.settled_by = (timezone.now(), by) if settled else (None, None)
    held.save()


def _held(delivery: RequestDelivery) -> RequestDelivery:
    return RequestDelivery.objects.select_for_update(no_key=True).get(pk=delivery.pk)


def _plan_not_closed(plan: Plan) -> None:
    held = Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    if not held.running:
        raise ValidationError(CLOSED)


def suggested(addressee: str, departments: Iterable[Department]) -> list[Department]:
    """Whom an addressee's words mean: ``전 부서(동)`` all, ``각 동`` each 동, else those named."""
    words = addressee.replace(" ", "")
    if words.startswith(("전부서", "각부서", "모든부서")):
        return list(departments)
    if words.startswith(("전동", "각동", "모든동")):
        return [each for each in departments if each.kind == DepartmentKind.NEIGHBORHOOD]
    return [each for each in departments if each.name.replace(" ", "") in words]


def not_sent_yet(request: DepartmentRequest) -> DepartmentQuerySet:
    """The departments of the plan's year the request has not gone to."""
    sent = request.deliveries.values("department")
    return Department.objects.in_year(request.plan.year).exclude(pk__in=sent)


def waiting(today: date) -> Q:
    """Deliveries whose day has passed without an answer."""
    return Q(**_waiting(today))


def _waiting(today: date, path: str = "") -> dict[str, Any]:
    return {f"{path}answered_at": None, f"{path}settled_at": None, f"{path}due__lt": today}


def with_counts(plan: Plan, today: date) -> QuerySet[RequestWithCounts]:
    """The plan's requests with how many departments were sent each, read it, answered it …"""
    return plan.requests.annotate(
        sent=Count("deliveries"),
        read=Count("deliveries", filter=Q(deliveries__read_at__isnull=False)),
        answered=Count("deliveries", filter=Q(deliveries__answered_at__isnull=False)),
        settled=Count("deliveries", filter=Q(deliveries__settled_at__isnull=False)),
        overdue=Count("deliveries", filter=Q(**_waiting(today, "deliveries__"))),
    ).order_by("position", "pk")


def deliveries_of(request: DepartmentRequest) -> QuerySet[RequestDelivery]:
    """How the request stands with each department; who has not answered comes first."""
    rows = request.deliveries.select_related("department", "answered_by", "settled_by")
    return rows.order_by(
        F("settled_at").asc(nulls_first=True),
        F("answered_at").asc(nulls_first=True),
        "department__position",
        "pk",
    )


def inbox_of(user: User) -> QuerySet[RequestDelivery]:
    """What was sent to the person's own department; what is open and due first comes first."""
    rows = RequestDelivery.objects.visible_to(user).filter(department=user.department_id)
    return rows.select_related("request__plan", "department").order_by(
        F("settled_at").asc(nulls_first=True),
        F("answered_at").asc(nulls_first=True),
        F("due").asc(nulls_last=True),
        "-sent_at",
        "pk",
    )


def subject(row: RequestDelivery) -> str:
    """What was sent, in its first line."""
    lines = parse(row.body)
    text = lines[0].text if lines else row.request.addressee
    return text if len(text) <= 40 else f"{text[:39]}…"


def day(value: date | None) -> str:
    """``2026. 11. 30.(월)``"""
    return kday(value) or "정하지 않음"


def reminder(request: DepartmentRequest, silent: Iterable[RequestDelivery]) -> str:
    """A text to send to the departments that have not answered; empty when all have."""
    rows = list(silent)
    if not rows:
        return ""
    days = sorted({row.due for row in rows if row.due})
    return "\n".join(
        (
            f"[행정사항 회신 요청] {request.plan.title}",
            f"○ 요청 내용: {subject(rows[0])}",
            f"○ 회신 기한: {', '.join(map(day, days)) or day(None)}",
            f"○ 회신하지 않은 부서: {', '.join(row.department.name for row in rows)}",
            "업무포털의 ‘행정사항 회신’에서 회신해 주시기 바랍니다.",
        )
    )
