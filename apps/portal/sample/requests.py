"""Requests of the invented year as they went to the invented departments, and their answers."""

from datetime import date, timedelta

from django.db.models import QuerySet

from apps.accounts.models import Department, User
from apps.core.history import service
from apps.plans import requests
from apps.plans.models import Plan, RequestDelivery

#: Every so many departments: one has answered, one has only read, one is settled.
ANSWERED, READ, SETTLED = 3, 4, 6
ANSWER = "○ 협조하겠음(예시)\n- 담당자를 정해 홍보와 구매에 반영할 예정임"
DONE = "○ 회신 내용을 구매 목표에 반영함(예시)"


@service
def load(*, plan: Plan, today: date, by: User) -> None:
    """The first request is long due, the others are not; who answers is invented too."""
    for number, asked in enumerate(plan.requests.all()):
        late = number == 0
        everyone = Department.objects.in_year(plan.year)
        requests.send(
            request=asked,
            departments=requests.suggested(asked.addressee, everyone),
            due=today + timedelta(days=-3 if late else 14),
            by=by,
        )
        _answered(asked.deliveries.order_by("department__position"), by)


def _answered(sent: QuerySet[RequestDelivery], by: User) -> None:
    for number, row in enumerate(sent):
        if number % ANSWERED == 0:
            requests.answer(delivery=row, text=ANSWER, by=by)
        elif number % READ == 0:
            requests.mark_read(delivery=row, by=by)
        if number % SETTLED == 0:
            requests.follow_up(delivery=row, text=DONE, settled=True, by=by)
