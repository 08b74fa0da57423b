"""참석수당 of a meeting: who gets it, how much by the rule of that day, and from which budget."""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from apps.committees.models import Allowance, Attendance, Committee, Meeting, Member
from apps.plans.execution import SpentLine, with_spent
from apps.plans.models import BudgetLine
from apps.rules.models import RuleValue
from apps.rules.queries import RuleMissing, rule

ALLOWANCE = "committees.allowance"
#: What stands in brackets after a name.
_NOTE = re.compile(r"\([^)]*\)\s*$")


@dataclass(frozen=True, slots=True)
class Pay:
    """A member who came, what is due in won (None without a rule value), and when it was paid."""

    member: Member
    amount: int | None
    paid_on: date | None = None


def allowance_rule(meeting: Meeting) -> RuleValue | None:
    """The amount a head in force on the day of the meeting; None where the office has set none."""
    try:
        return rule(ALLOWANCE, on=meeting.roster_day)
    except RuleMissing:
        return None


def entitled(meeting: Meeting) -> QuerySet[Member]:
    """Who came and is no public official, in the order of the roster."""
    came = Attendance.objects.seated(meeting).values("member")
    rows = Member.objects.filter(pk__in=came, is_official=False)
    return rows.order_by("office", "appointment", "pk")


def pay_list(meeting: Meeting) -> list[Pay]:
    """Everybody entitled: what was paid stays what it was, the rest is due by the rule."""
    value = allowance_rule(meeting)
    due = int(value.value) if value else None
    paid = {
        row.member_id: row
        for row in Allowance.objects.filter(meeting=meeting).select_related("expenditure")
    }
    return [
        Pay(member, paid[member.pk].amount, paid[member.pk].expenditure.spent_on)
        if member.pk in paid
        else Pay(member, due)
        for member in entitled(meeting)
    ]


def total(pays: list[Pay]) -> int:
    """The sum of a pay list, in won."""
    return sum(pay.amount or 0 for pay in pays)


def budget_lines(year: int) -> QuerySet[SpentLine]:
    """The firm lines of the plan of a year, with what is left of each."""
    lines = BudgetLine.objects.filter(plan__year=year, conditional=False)
    return with_spent(lines.select_related("plan", "task__area")).order_by("position", "pk")


def usual_line(committee: Committee, year: int) -> SpentLine | None:
    """The line this body's members were last paid from, in another year the one of its name.

    Nobody paid so far, the only line of the tasks whose title has the last word of the body's name
    (5-2 ‘사회적경제 활성화위원회’ 내실 운영 강화). None where that leaves a choice: the person
    makes it.
    """
    lines = budget_lines(year)
    paid = BudgetLine.objects.filter(expenditures__allowances__meeting__committee=committee)
    last = paid.order_by("-expenditures__spent_on", "-expenditures__pk").first()
    if last is not None:
        return lines.filter(pk=last.pk).first() or _only(lines.filter(label=last.label))
    words = _NOTE.sub("", committee.name).split()
    return _only(lines.filter(task__title__contains=words[-1])) if words else None


def _only(lines: QuerySet[SpentLine]) -> SpentLine | None:
    """The line, where there is just one."""
    found = list(lines[:2])
    return found[0] if len(found) == 1 else None
