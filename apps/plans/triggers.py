"""What the database itself refuses about money spent and work done, whoever writes the row.

Each refusal names the column it is about and says in Korean what is wrong;
:func:`apps.core.refusals.told` turns it into an error beside that field. An expenditure locks its
budget line first, so that two written at the same moment cannot pass together.
"""

import pgtrigger

#: Spent on a day of the plan's year (지방회계법 제7조), of firm money, and never beyond the line.
EXPENDITURE_WITHIN_BUDGET = pgtrigger.Trigger(
    name="within_budget",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.After,
    declare=[("budget", "RECORD"), ("spent", "BIGINT")],
    func="""
        SELECT line.amount, line.conditional, plan.year INTO budget
            FROM plans_budgetline line JOIN plans_plan plan ON plan.id = line.plan_id
            WHERE line.id = NEW.line_id FOR NO KEY UPDATE OF line FOR SHARE OF plan;
        IF budget.conditional THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', COLUMN = 'line',
                MESSAGE = '선정되기 전의 예산은 집행할 수 없습니다.';
        END IF;
        IF date_part('year', NEW.spent_on) <> budget.year THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', COLUMN = 'spent_on',
                MESSAGE = '집행일은 ' || budget.year || '년 안의 날이어야 합니다.';
        END IF;
        SELECT sum(amount) INTO spent FROM plans_expenditure WHERE line_id = NEW.line_id;
        IF spent > budget.amount THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', COLUMN = 'amount',
                MESSAGE = '남은 예산 '
                    || to_char(budget.amount - spent + NEW.amount, 'FM999,999,999,999,999,990')
                    || '원을 넘습니다.';
        END IF;
        RETURN NULL;
    """,
)

#: Nothing is done before the plan's year; what is settled after it (정산) is done the year after.
COMPLETION_NOT_BEFORE_PLAN = pgtrigger.Trigger(
    name="not_before_plan",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    declare=[("first", "SMALLINT")],
    func="""
        SELECT plan.year INTO first
            FROM plans_task task
                JOIN plans_focusarea area ON area.id = task.area_id
                JOIN plans_plan plan ON plan.id = area.plan_id
            WHERE task.id = COALESCE(
                (SELECT task_id FROM plans_milestone WHERE id = NEW.milestone_id),
                (SELECT task_id FROM plans_taskstep WHERE id = NEW.step_id));
        IF date_part('year', NEW.done_on) < first THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', COLUMN = 'done_on',
                MESSAGE = '완료일은 ' || first || '년 1월 1일부터 적을 수 있습니다.';
        END IF;
        RETURN NEW;
    """,
)

#: A line keeps at least what has been spent from it, and stays firm once something has.
LINE_COVERS_SPENT = pgtrigger.Trigger(
    name="covers_spent",
    operation=pgtrigger.UpdateOf("amount", "conditional"),
    when=pgtrigger.After,
    declare=[("spent", "BIGINT")],
    func="""
        SELECT sum(amount) INTO spent FROM plans_expenditure WHERE line_id = NEW.id;
        IF spent > NEW.amount THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', COLUMN = 'amount',
                MESSAGE = '이미 집행한 ' || to_char(spent, 'FM999,999,999,999,999,990')
                    || '원보다 적을 수 없습니다.';
        END IF;
        IF spent > 0 AND NEW.conditional THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', COLUMN = 'conditional',
                MESSAGE = '이미 집행한 예산은 선정 시의 예산일 수 없습니다.';
        END IF;
        RETURN NULL;
    """,
)

#: A plan stays in the year its money was spent in.
PLAN_YEAR_OF_SPENT = pgtrigger.Trigger(
    name="year_of_spent",
    operation=pgtrigger.UpdateOf("year"),
    when=pgtrigger.After,
    func="""
        IF EXISTS (
            SELECT FROM plans_expenditure spent
                JOIN plans_budgetline line ON line.id = spent.line_id
            WHERE line.plan_id = NEW.id AND date_part('year', spent.spent_on) <> NEW.year
        ) THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', COLUMN = 'year',
                MESSAGE = '이미 집행한 예산이 있어 연도를 바꿀 수 없습니다.';
        END IF;
        RETURN NULL;
    """,
)
