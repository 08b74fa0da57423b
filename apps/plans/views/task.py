"""A task's page and everything on it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from apps.accounts.access import EVERYONE, OfficeRequest, allowed
from apps.core.access import load
from apps.plans import documents
from apps.plans.access import editable_plan, editable_task, readable_task, writes
from apps.plans.forms import MilestoneRows, StepRows, TaskForm, TaskSectionForm
from apps.plans.models import FocusArea, Task, TaskSection
from apps.plans.views import pages
from apps.plans.views.plan import plan_url


def task_url(task: Task) -> str:
    return reverse("plans:task", args=[task.pk])


@allowed(*EVERYONE)
def task_detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """Purpose, bases, period, method, contents, process, schedule, budget, effects."""
    task = readable_task(request.user, pk)
    return render(
        request,
        "plans/task.html",
        {
            "task": task,
            "plan": task.area.plan,
            "departments": task.departments.all(),
            "milestones": task.milestones.all(),
            "lines": task.lines.select_related("program"),
            "may_edit": writes(request.user, task.area.plan),
            **documents.task_on_screen(task),
        },
    )


@allowed(*EVERYONE)
def task_create(request: OfficeRequest, year: int, pk: int) -> HttpResponse:
    plan = editable_plan(request.user, year)
    area = load(FocusArea.objects.filter(plan=plan).select_related("plan"), pk)
    task = Task(area=area, number=area.tasks.count() + 1)
    return pages.edit(
        request,
        TaskForm(request.POST or None, instance=task),
        plan=plan,
        heading="과제 추가",
        back=plan_url(plan),
    )


@allowed(*EVERYONE)
def task_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    task = editable_task(request.user, pk)
    return pages.edit(
        request,
        TaskForm(request.POST or None, instance=task),
        plan=task.area.plan,
        heading=f"{task.code} 과제 수정",
        back=task_url(task),
    )


@allowed(*EVERYONE)
def task_delete(request: OfficeRequest, pk: int) -> HttpResponse:
    task = editable_task(request.user, pk)
    return pages.delete(
        request,
        task,
        plan=task.area.plan,
        question=f"{task} 과제를 삭제할까요? 내용, 절차, 일정도 함께 지워집니다.",
        back=plan_url(task.area.plan),
        here=task_url(task),
    )


@allowed(*EVERYONE)
def steps_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    task = editable_task(request.user, pk)
    return pages.edit_rows(
        request,
        StepRows(request.POST or None, instance=task),
        plan=task.area.plan,
        heading=f"{task.code} 추진절차",
        back=task_url(task),
    )


@allowed(*EVERYONE)
def milestones_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    task = editable_task(request.user, pk)
    return pages.edit_rows(
        request,
        MilestoneRows(request.POST or None, instance=task),
        plan=task.area.plan,
        heading=f"{task.code} 추진일정",
        back=task_url(task),
    )


@allowed(*EVERYONE)
def task_section_create(request: OfficeRequest, pk: int) -> HttpResponse:
    task = editable_task(request.user, pk)
    section = TaskSection(task=task, position=task.sections.count() + 1)
    return pages.edit(
        request,
        TaskSectionForm(request.POST or None, instance=section),
        plan=task.area.plan,
        heading=f"{task.code} 내용 추가",
        back=task_url(task),
    )


@allowed(*EVERYONE)
def task_section_edit(request: OfficeRequest, pk: int, section_pk: int) -> HttpResponse:
    task = editable_task(request.user, pk)
    section = load(TaskSection.objects.filter(task=task), section_pk)
    return pages.edit(
        request,
        TaskSectionForm(request.POST or None, instance=section),
        plan=task.area.plan,
        heading=f"{task.code} {section.title} 수정",
        back=task_url(task),
    )


@allowed(*EVERYONE)
def task_section_delete(request: OfficeRequest, pk: int, section_pk: int) -> HttpResponse:
    task = editable_task(request.user, pk)
    section = load(TaskSection.objects.filter(task=task), section_pk)
    return pages.delete(
        request,
        section,
        plan=task.area.plan,
        question=f"‘{section.title}’ 내용을 삭제할까요?",
        back=task_url(task),
        here=task_url(task),
    )
