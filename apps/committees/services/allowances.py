"""Paying members for coming (참석수당)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from apps.accounts.models import User
from apps.committees.models import Allowance, Meeting
from apps.committees.queries.allowances import allowance_rule, entitled
from apps.core.history import service
from apps.core.templatetags.office import kday
from apps.plans.models import BudgetLine, Expenditure
from apps.plans.recording import record_expenditure

NO_RULE = "참석수당 기준값이 없습니다. ‘기준값’에서 관리자에게 등록을 요청해 주세요."
NOBODY = "지급할 위원이 없습니다. 이미 모두 지급했거나, 참석한 민간 위원이 없습니다."
NOT_HELD = "산회한 회의의 수당만 지급할 수 있습니다."
TOO_EARLY = "지급일은 회의 날({})보다 앞설 수 없습니다."


@service
def pay_allowances(
    *, meeting: Meeting, line: BudgetLine, spent_on: date, by: User, document_number: str = ""
) -> Expenditure:
    """Everybody entitled who was not paid yet is paid on the day, from a line of the plan.

    One expenditure of the plan, so that the money is counted once. Raises ``ValidationError``
    before the meeting is closed, for a day before the meeting's, for nobody to pay, and for more
    than is left of the line.
    """
    held = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if not held.is_closed:
        raise ValidationError(NOT_HELD)
    if spent_on < (day := _day_of(held)):
        raise ValidationError({"spent_on": TOO_EARLY.format(kday(day))})
    value = allowance_rule(held)
    if value is None:
        raise ValidationError(NO_RULE)
    members = list(entitled(held).exclude(allowances__meeting=held))
    if not members:
        raise ValidationError(NOBODY)
    amount = int(value.value)
    spent = record_expenditure(
        line=line,
        spent_on=spent_on,
        amount=amount * len(members),
        text=f"{meeting} 참석수당 {len(members)}명",
        document_number=document_number,
        by=by,
    )
    Allowance.objects.bulk_create(
        Allowance(meeting=held, member=member, amount=amount, expenditure=spent)
        for member in members
    )
    return spent


def _day_of(meeting: Meeting) -> date:
    """The day of a meeting that is over: its own, for a written one decided earlier that day."""
    days = (meeting.held_on, meeting.closed_at and localdate(meeting.closed_at))
    return min(day for day in days if day)
