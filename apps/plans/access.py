"""Who writes in a plan, and fetching its records: everybody with a role reads, officials write."""

from django.core.exceptions import PermissionDenied

from apps.accounts.models import User
from apps.core.access import load
from apps.plans.enums import PlanState
from apps.plans.models import BudgetLine, Completion, Expenditure, Plan, Task

#: Why a plan in this state cannot be written in, and what to do about it.
FROZEN = {
    PlanState.CONFIRMED: (
        "‘{plan}’은 확정되어 고칠 수 없습니다. 고치려면 ‘확정과 발행’ 화면에서 사유를 적고 "
        "‘수정 시작’을 누르십시오. 고친 뒤 다시 확정하면 다음 판이 발행됩니다."
    ),
    PlanState.CLOSED: "‘{plan}’은 마감되어 고치거나 적을 수 없습니다.",
}


class PlanIsFrozen(PermissionDenied):
    """The user may write in plans, but not in this one: it is confirmed, or closed."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        super().__init__(FROZEN[PlanState(plan.state)].format(plan=plan))


def writes(user: User, plan: Plan) -> bool:
    """Whether the user may change the text of the plan."""
    return user.is_official and plan.open


def records(user: User, plan: Plan) -> bool:
    """Whether the user may record what was done and spent under the plan."""
    return user.is_official and plan.running


def require_open(user: User, plan: Plan) -> None:
    """Tell an official why a confirmed plan cannot be written in; raises `PlanIsFrozen` (403)."""
    if user.is_official and not plan.open:
        raise PlanIsFrozen(plan)


def require_running(user: User, plan: Plan) -> None:
    """Tell an official why nothing is recorded in a closed plan; raises `PlanIsFrozen` (403)."""
    if user.is_official and not plan.running:
        raise PlanIsFrozen(plan)


def readable_plan(user: User, year: int) -> Plan:
    return load(Plan.objects.visible_to(user), year, by="year")


def editable_plan(user: User, year: int) -> Plan:
    require_open(user, readable_plan(user, year))
    return load(
        Plan.objects.visible_to(user), year, by="year", editable=Plan.objects.editable_by(user)
    )


def readable_task(user: User, pk: int) -> Task:
    return load(Task.objects.visible_to(user).select_related("area__plan"), pk)


def editable_task(user: User, pk: int) -> Task:
    require_open(user, readable_task(user, pk).area.plan)
    return load(
        Task.objects.visible_to(user).select_related("area__plan"),
        pk,
        editable=Task.objects.editable_by(user),
    )


def editable_line(user: User, pk: int) -> BudgetLine:
    lines = BudgetLine.objects.visible_to(user).select_related("plan")
    require_open(user, load(lines, pk).plan)
    return load(lines, pk, editable=BudgetLine.objects.editable_by(user))


def running_plan(user: User, year: int) -> Plan:
    """A plan in which the user records what was done and spent: one that is not closed."""
    require_running(user, readable_plan(user, year))
    return load(
        Plan.objects.visible_to(user), year, by="year", editable=Plan.objects.running_for(user)
    )


def running_task(user: User, pk: int) -> Task:
    """A task of such a plan."""
    require_running(user, readable_task(user, pk).area.plan)
    return load(
        Task.objects.visible_to(user).select_related("area__plan"),
        pk,
        editable=Task.objects.filter(area__plan__in=Plan.objects.running_for(user)),
    )


def editable_expenditure(user: User, pk: int) -> Expenditure:
    rows = Expenditure.objects.visible_to(user).select_related("line__plan")
    require_running(user, load(rows, pk).line.plan)
    return load(rows, pk, editable=Expenditure.objects.editable_by(user))


def editable_completion(user: User, pk: int) -> Completion:
    rows = Completion.objects.visible_to(user)
    require_running(user, load(rows, pk).part.task.area.plan)
    return load(rows, pk, editable=Completion.objects.editable_by(user))
