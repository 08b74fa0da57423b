"""From a plan and its money to the meetings behind them, and back (R36)."""

from collections.abc import Iterator, Sequence

from django.db.models import Count, F
from django.urls import reverse

from apps.accounts.models import User
from apps.committees.models import AgendaItem, Meeting, PlanHearing
from apps.core.registry import Reference, reference_source
from apps.plans.models import Expenditure, Plan


@reference_source(Plan)
def meetings_that_heard(plans: Sequence[Plan], user: User) -> Iterator[tuple[int, Reference]]:
    """The items a plan was heard under, with what came of them."""
    hearings = PlanHearing.objects.visible_to(user).filter(plan__in=plans)
    rows = hearings.select_related("item__meeting__committee", "item__resolution")
    for row in rows.order_by("item__meeting__month", "item__meeting__number", "item__order"):
        item = row.item
        place = reverse("committees:meeting", args=[item.meeting_id])
        yield (
            row.plan_id,
            Reference(
                "심의한 회의",
                f"{item.meeting} {item.heading} ({item.resolution.get_verdict_display()})",
                f"{place}#records-{item.pk}",
            ),
        )


@reference_source(AgendaItem)
def plans_heard(items: Sequence[AgendaItem], user: User) -> Iterator[tuple[int, Reference]]:
    """The plans that were heard under an item."""
    hearings = PlanHearing.objects.visible_to(user).filter(item__in=items)
    for row in hearings.select_related("plan").order_by("plan__year"):
        yield (
            row.item_id,
            Reference(
                "이 안건으로 심의한 계획",
                row.plan.title,
                reverse("plans:detail", args=[row.plan.year]),
            ),
        )


@reference_source(Expenditure)
def meetings_paid_for(rows: Sequence[Expenditure], user: User) -> Iterator[tuple[int, Reference]]:
    """The meeting whose members were paid by an expenditure, at their list."""
    meetings = Meeting.objects.visible_to(user).filter(allowances__expenditure__in=rows)
    paid = meetings.annotate(spent=F("allowances__expenditure"), heads=Count("allowances"))
    for meeting in paid:
        row = vars(meeting)
        yield (
            row["spent"],
            Reference(
                "참석수당",
                f"지급 명단 {row['heads']}명",
                reverse("committees:allowances", args=[meeting.pk]),
            ),
        )
