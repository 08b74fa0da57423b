"""What a committee's decision is the ground of: the plans it heard, and what leans on its votes."""

from django.core.exceptions import ValidationError

from apps.accounts.models import User
from apps.committees.models import AgendaItem, Meeting, PlanHearing, Resolution
from apps.committees.queries.hearings import misfit
from apps.core.history import service
from apps.core.refusals import told
from apps.plans.models import Plan

NOT_HELD = "산회한 회의의 안건에만 이을 수 있습니다."
NOT_HEARD = "가결되거나 접수된 안건이 아닙니다."
NOT_CARRIED = "‘{}’ 안건은 가결되지 않아 근거로 삼을 수 없습니다."


@service
def hear_plan(*, plan: Plan, item: AgendaItem, by: User) -> PlanHearing:
    """The committee heard the plan under this item (R36).

    Raises ``ValidationError`` before the meeting is closed, and where the item neither carried nor
    was taken note of, and for a plan the meeting cannot have heard.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=item.meeting_id)
    if not meeting.is_closed:
        raise ValidationError({"item": NOT_HELD})
    if not Resolution.objects.heard().filter(item=item).exists():
        raise ValidationError({"item": NOT_HEARD})
    if why := misfit(plan, meeting):
        raise ValidationError({"plan": why})
    hearing = PlanHearing(plan=plan, item=item)
    hearing.full_clean()
    with told():
        hearing.save()
    return hearing


@service
def delete_hearing(*, hearing: PlanHearing, by: User) -> None:
    """The plan was tied to the item by mistake."""
    hearing.delete()


def cited(item: AgendaItem) -> Resolution:
    """The resolution by which ``item`` carried, for a record that is allowed by nothing less.

    Apps to the right call it before they save what points at an item, and guard the same in the
    database by ``committees_allows(item)``. Raises ``ValidationError`` where nothing carried.
    """
    found = Resolution.objects.carried().filter(item=item).first()
    if found is None:
        raise ValidationError(NOT_CARRIED.format(item.title))
    return found
