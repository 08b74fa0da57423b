"""What the database itself does whenever purchases change, whoever writes them and how many.

All of it works on the whole statement, so that a file of 100,000 rows costs one look. A refusal
reads as those of :mod:`apps.plans.triggers`.
"""

import pgtrigger

_MONTH = "date_trunc('month', purchased_on::timestamp)::date"
_ROWS = {
    pgtrigger.Insert: ("SELECT *, 1 AS sign FROM new_rows", {"new": "new_rows"}),
    pgtrigger.Delete: ("SELECT *, -1 AS sign FROM old_rows", {"old": "old_rows"}),
    pgtrigger.Update: (
        "SELECT *, 1 AS sign FROM new_rows UNION ALL SELECT *, -1 FROM old_rows",
        {"new": "new_rows", "old": "old_rows"},
    ),
}


def _after(name: str, function: str, **options: object) -> list[pgtrigger.Trigger]:
    """A trigger each after insert, update and delete; ``{rows}`` are the changed ones,

    ``{month}`` the first day of a row's month.
    """
    return [
        pgtrigger.Trigger(
            name=f"{name}_{operation}".lower(),
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(**tables),
            func=function.replace("{rows}", f"({rows}) changed").replace("{month}", _MONTH),
            **options,
        )
        for operation, (rows, tables) in _ROWS.items()
    ]


#: What is said of a closed month, after its name, to officials and clerks alike.
IS_CLOSED = "은 마감되었습니다. 구청 담당자가 그 달을 다시 열어야 구매실적을 바꿀 수 있습니다."

#: Nothing changes in a closed month, but for departments it is open for again. Whoever writes holds
#: the month's lock (shared) until the end; closing takes it alone, so no row slips in behind it.
MONTH_IS_OPEN = _after(
    "month_is_open",
    """
        PERFORM pg_advisory_xact_lock_shared(
                'procurement_monthclosing'::regclass::int, to_char(month, 'YYYYMM')::int)
            FROM (SELECT DISTINCT {month} AS month FROM {rows} ORDER BY 1) touched;
        SELECT to_char(closing.month, 'FMYYYY년 FMMM월') INTO closed
            FROM (SELECT DISTINCT department_id, {month} AS month FROM {rows}) touched
                JOIN procurement_monthclosing closing ON closing.month = touched.month
            WHERE NOT EXISTS (
                SELECT FROM procurement_reopening again
                    WHERE again.closing_id = closing.id
                        AND again.department_id = touched.department_id
                        AND again.finished_at IS NULL)
            ORDER BY closing.month LIMIT 1;
        IF closed IS NOT NULL THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', COLUMN = 'purchased_on',
                MESSAGE = closed || '{said}';
        END IF;
        RETURN NULL;
    """.replace("{said}", IS_CLOSED),
    declare=[("closed", "TEXT")],
)

#: The monthly sums follow the purchases, in an order that lets no two writers wait for each other.
SUMS_FOLLOW = _after(
    "sums_follow",
    """
        INSERT INTO procurement_monthlysum AS held
                (department_id, month, kind, channel, count, amount)
            SELECT department_id, {month}, kind, channel, sum(sign), sum(sign * amount)
                FROM {rows}
                GROUP BY 1, 2, 3, 4
                HAVING sum(sign) <> 0 OR sum(sign * amount) <> 0
                ORDER BY 1, 2, 3, 4
            ON CONFLICT (department_id, month, kind, channel) DO UPDATE
                SET count = held.count + excluded.count, amount = held.amount + excluded.amount;
        RETURN NULL;
    """,
)
