"""The real plan of 2016 as records."""

from datetime import date
from typing import Any

from apps.accounts.models import Department, User
from apps.core.history import service
from apps.enterprises.enums import KindGroup
from apps.enterprises.models import PublishedCount
from apps.plans.enums import MoneySource, SectionKey
from apps.plans.models import (
    BudgetLine,
    BudgetProgram,
    DepartmentRequest,
    FocusArea,
    Milestone,
    Plan,
    PlanSection,
    PrintedName,
    Task,
    TaskSection,
    TaskStep,
)
from apps.portal.sample import source
from apps.procurement.models import AnnualTarget

SECTIONS = {
    "basis": SectionKey.BASIS,
    "directions": SectionKey.DIRECTIONS,
    "organisations": SectionKey.ORGANIZATIONS,
    "results": SectionKey.RESULTS,
    "outlook": SectionKey.OUTLOOK,
}
SOURCES = {
    "국": MoneySource.NATIONAL,
    "국·시": MoneySource.NATIONAL_CITY,
    "시": MoneySource.CITY,
    "구": MoneySource.DISTRICT,
}


@service
def load(*, by: User) -> Plan:
    """The plan, its money, its targets, and the counts it published."""
    records = source.plan_2016()
    head = records["plan"]
    plan = Plan.objects.create(
        year=head["year"],
        title=head["title"],
        issuer=head["issuer"],
        purpose=head["summary"],
        vision=head["vision"],
        goal=head["goal"],
        counted_on=date(2016, 3, 31),
        budget_note=records["budget_note"],
        source=head["source"],
    )
    _sections(plan, records)
    programs = _programs(plan, records)
    for area in records["areas"]:
        _area(plan, area, programs)
    _lines(plan, None, records["budget_lines_without_task"], programs)
    _printed(plan, records, programs)
    DepartmentRequest.objects.bulk_create(
        DepartmentRequest(
            plan=plan,
            addressee=row["department"],
            body="\n".join(f"○ {item}" for item in row["items"]),
            position=number,
        )
        for number, row in enumerate(records["requests"], 1)
    )
    _counts(records)
    targets = records["procurement_targets"]
    AnnualTarget.objects.create(
        year=plan.year,
        total=targets["total"],
        mall=targets["mall"],
        source=f"{plan.title} 3-1",
    )
    return plan


def _sections(plan: Plan, records: dict[str, Any]) -> None:
    for row in records["sections"]:
        key = SECTIONS[row["key"]]
        if key is SectionKey.ORGANIZATIONS:
            body = _chart(records["org_chart"])
            PlanSection.objects.create(
                plan=plan, key=SectionKey.CHART, title=SectionKey.CHART.label, body=body
            )
        PlanSection.objects.create(plan=plan, key=key, title=row["title"], body=row["body"])


def _chart(boxes: list[dict[str, Any]]) -> str:
    """The organization chart as outline text: whoever has bodies below it names a tier."""
    parents = [box["parent"] for box in boxes]
    lines = []
    for tier in boxes:
        if tier["name"] in parents:
            lines.append(f"□ {tier['name']}")
            for box in boxes:
                if box["parent"] == tier["name"] and box["name"] not in parents:
                    lines += [f"○ {box['name']}", *([f"- {box['note']}"] if box["note"] else [])]
    return "\n".join(lines)


def _programs(plan: Plan, records: dict[str, Any]) -> dict[str, BudgetProgram]:
    return {
        row["name"]: BudgetProgram.objects.create(
            plan=plan, name=row["name"], works="\n".join(row["works"]), position=number
        )
        for number, row in enumerate(records["budget_programs"], 1)
    }


def _area(plan: Plan, record: dict[str, Any], programs: dict[str, BudgetProgram]) -> None:
    area = FocusArea.objects.create(plan=plan, number=record["number"], title=record["title"])
    for number, row in enumerate(record["tasks"], 1):
        task = Task.objects.create(
            area=area,
            number=number,
            title=row["title"],
            purpose=row["purpose"],
            bases="\n".join(row["bases"]),
            period=row["period_text"],
            starts=row["starts"],
            ends=row["ends"],
            method=row["methods"],
            condition=row["condition"] or "",
            effects=row["effects"],
            budget_text=row["budget_text"],
        )
        task.departments.set(Department.objects.filter(name__in=row["departments"]))
        _parts(task, row)
        _lines(plan, task, row["budget"], programs)


def _parts(task: Task, row: dict[str, Any]) -> None:
    TaskSection.objects.bulk_create(
        TaskSection(
            task=task,
            position=number,
            title=section["title"],
            body=section.get("body", ""),
            table=_table(section.get("table")),
            table_unit=(section.get("table") or {}).get("unit", ""),
        )
        for number, section in enumerate(row["sections"], 1)
    )
    TaskStep.objects.bulk_create(
        TaskStep(
            task=task,
            position=number,
            title=step["title"],
            detail=step["detail"],
            actor=step["actor"] or "",
            when=step["when"],
            starts=step["starts"],
            ends=step["ends"],
        )
        for number, step in enumerate(row["steps"], 1)
    )
    Milestone.objects.bulk_create(
        Milestone(
            task=task,
            position=number,
            text=line["text"],
            when=line["label"],
            starts=line["starts"],
            ends=line["ends"],
        )
        for number, line in enumerate(row["schedule"], 1)
    )


def _table(table: dict[str, Any] | None) -> list[list[str]]:
    if table is None:
        return []
    return [[str(cell) for cell in row] for row in (table["columns"], *table["rows"])]


def _lines(
    plan: Plan,
    task: Task | None,
    rows: list[dict[str, Any]],
    programs: dict[str, BudgetProgram],
) -> None:
    before = plan.lines.count()
    BudgetLine.objects.bulk_create(
        BudgetLine(
            plan=plan,
            task=task,
            program=programs.get(row["program"]),
            label=row["label"],
            source=SOURCES[row["source"]],
            amount=row["amount"],
            conditional=row["conditional"],
            derived=row.get("derived", False),
            note=row["note"],
            position=number,
        )
        for number, row in enumerate(rows, before + 1)
    )


def _printed(plan: Plan, records: dict[str, Any], programs: dict[str, BudgetProgram]) -> None:
    """Numbers, titles and words as the published paper prints them, its slips included."""
    tasks = {task.code: task for task in Task.objects.filter(area__plan=plan)}
    PrintedName.objects.bulk_create(
        PrintedName(
            plan=plan,
            place=row["place"],
            number=row.get("number", ""),
            text=row["text"],
            task=tasks.get(row.get("task", "")),
            program=programs.get(row.get("program", "")),
            position=number,
        )
        for number, row in enumerate(records["printed"], 1)
    )


def _counts(records: dict[str, Any]) -> None:
    """Published numbers, each with the rule and the source it was printed under."""
    kinds = {group.label: group.value for group in KindGroup}
    PublishedCount.objects.bulk_create(
        PublishedCount(
            as_of=row["as_of"],
            date_note=row.get("note") or "",
            kind=kinds.get(row["kind"] or "", ""),
            count=row["count"],
            rule=row["rule"],
            source=row["source"],
        )
        for row in records["published_counts"]
    )
