"""A confirmed plan never changes (R45): the database refuses it, whoever writes.

What is done under the plan is not part of its text: completions and expenditures are recorded
until the plan is closed, answers of departments even after it. A refusal reads as those of
:mod:`apps.plans.triggers`.
"""

from typing import Any

import pgtrigger
from django.db import models

FROZEN_STATES = "'confirmed', 'closed'"
#: Columns of a plan that say where it stands; all others are its text.
STANDING = frozenset(
    {
        "state",
        "confirmed_at",
        "confirmed_by_id",
        "closed_at",
        "closed_by_id",
        "revision_reason",
    }
)
REFUSE = """
    RAISE EXCEPTION USING ERRCODE = 'check_violation', COLUMN = 'plan',
        MESSAGE = '확정한 계획은 고칠 수 없습니다. 고치려면 먼저 ‘수정 시작’을 누르십시오.';
"""
REFUSE_CLOSED = """
    RAISE EXCEPTION USING ERRCODE = 'check_violation', COLUMN = 'plan',
        MESSAGE = '마감한 계획에는 완료나 집행을 적거나 고칠 수 없습니다.';
"""
#: The plan of a row, by the column that leads to it.
WAYS = {
    "plan_id": "{row}.plan_id",
    "area_id": "(SELECT plan_id FROM plans_focusarea WHERE id = {row}.area_id)",
    "task_id": (
        "(SELECT area.plan_id FROM plans_task task"
        " JOIN plans_focusarea area ON area.id = task.area_id WHERE task.id = {row}.task_id)"
    ),
    "line_id": "(SELECT plan_id FROM plans_budgetline WHERE id = {row}.line_id)",
    "milestone_id": (  # or, of a step, step_id
        "(SELECT area.plan_id FROM plans_task task"
        " JOIN plans_focusarea area ON area.id = task.area_id WHERE task.id = COALESCE("
        "(SELECT task_id FROM plans_milestone WHERE id = {row}.milestone_id),"
        " (SELECT task_id FROM plans_taskstep WHERE id = {row}.step_id)))"
    ),
}


class FrozenWithPlan(pgtrigger.Trigger):  # type: ignore[misc]  # untyped library
    """Rows of a confirmed or closed plan cannot be added, changed or removed.

    The plan is locked (shared), so that a row written while somebody confirms waits, and is then
    refused. ``way`` is the column that leads to the plan, one of :data:`WAYS`; ``states`` are those
    that freeze the rows, and ``refuse`` what is said then.
    """

    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete

    def __init__(
        self, way: str = "plan_id", *, states: str = FROZEN_STATES, refuse: str = REFUSE
    ) -> None:
        self.way, self.states, self.refuse = WAYS[way], states, refuse
        super().__init__(name="frozen_with_plan", declare=[("frozen", "BOOLEAN")])

    def get_func(self, model: type[models.Model]) -> Any:
        plans = ", ".join(self.way.replace("{row}", row) for row in ("OLD", "NEW"))
        return f"""
            SELECT bool_or(plan.state IN ({self.states})) INTO frozen
                FROM (SELECT state FROM plans_plan WHERE id IN ({plans}) FOR SHARE) plan;
            IF frozen THEN {self.refuse} END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """  # noqa: S608  # our own words only


class FrozenPlan(pgtrigger.Trigger):  # type: ignore[misc]  # untyped library
    """A confirmed or closed plan keeps its text.

    One that was ever confirmed is not removed and keeps its year: its editions are named by it.
    """

    when = pgtrigger.Before
    operation = pgtrigger.Update | pgtrigger.Delete

    def __init__(self) -> None:
        super().__init__(name="frozen_plan")

    def get_func(self, model: type[models.Model]) -> Any:
        columns = [f.column for f in model._meta.concrete_fields if f.column not in STANDING]
        old, new = (", ".join(f'{row}."{name}"' for name in columns) for row in ("OLD", "NEW"))
        return f"""
            IF TG_OP = 'DELETE' THEN
                IF OLD.state <> 'draft' THEN {REFUSE} END IF;
                RETURN OLD;
            END IF;
            IF OLD.state <> 'draft' AND OLD.year <> NEW.year THEN
                RAISE EXCEPTION USING ERRCODE = 'check_violation', COLUMN = 'year',
                    MESSAGE = '한 번 확정한 계획의 연도는 바꿀 수 없습니다.';
            END IF;
            IF OLD.state IN ({FROZEN_STATES}) AND ROW({old}) IS DISTINCT FROM ROW({new}) THEN
                {REFUSE}
            END IF;
            RETURN NEW;
        """


#: A plan goes from one state to the next and skips none.
PLAN_STATES = pgtrigger.FSM(
    name="plan_states",
    field="state",
    transitions=[
        ("draft", "confirmed"),
        ("confirmed", "revising"),
        ("revising", "confirmed"),
        ("confirmed", "closed"),
    ],
)
FROZEN_WITH_PLAN = FrozenWithPlan()
FROZEN_WITH_AREA = FrozenWithPlan("area_id")
FROZEN_WITH_TASK = FrozenWithPlan("task_id")
#: What is done under a plan, recorded until it is closed.
EXPENDITURE_UNTIL_CLOSED = FrozenWithPlan("line_id", states="'closed'", refuse=REFUSE_CLOSED)
COMPLETION_UNTIL_CLOSED = FrozenWithPlan("milestone_id", states="'closed'", refuse=REFUSE_CLOSED)
