from django.urls import path

from apps.documents.http import FORMS
from apps.plans.views import (
    basic,
    budget,
    checks,
    execution,
    figures,
    order,
    plan,
    progress,
    requests,
    results,
    rollover,
    task,
)

app_name = "plans"
urlpatterns = [
    path("", plan.plan_list, name="list"),
    path("new/", plan.plan_create, name="create"),
    path("<int:year>/", plan.plan_detail, name="detail"),
    path("<int:year>/edit/", plan.plan_edit, name="edit"),
    path("<int:year>/sections/", plan.sections, name="sections"),
    path("<int:year>/months/", plan.months, name="months"),
    path("<int:year>/roll/", rollover.roll, name="roll"),
    path("<int:year>/rolled/", rollover.roll_notes, name="roll_notes"),
    path("basic/", basic.basic_list, name="basic_list"),
    path("basic/new/", basic.basic_create, name="basic_create"),
    path("basic/<int:pk>/", basic.basic, name="basic"),
    path("basic/<int:pk>/edit/", basic.basic_edit, name="basic_edit"),
    path("<int:year>/checks/", checks.plan_check, name="checks"),
    path("<int:year>/sections/<int:pk>/edit/", plan.section_edit, name="section_edit"),
    path("<int:year>/requests/edit/", plan.requests_edit, name="requests_edit"),
    path("<int:year>/areas/new/", plan.area_create, name="area_create"),
    path("<int:year>/areas/<int:pk>/edit/", plan.area_edit, name="area_edit"),
    path("<int:year>/areas/<int:pk>/delete/", plan.area_delete, name="area_delete"),
    path("<int:year>/areas/<int:pk>/tasks/new/", task.task_create, name="task_create"),
    path("<int:year>/figures/", figures.figures, name="figures"),
    path("<int:year>/figures/options/", figures.figure_options, name="figure_options"),
    path("results/", results.results, name="results"),
    path("results/new/", results.result_create, name="result_create"),
    path("results/<int:pk>/edit/", results.result_edit, name="result_edit"),
    path("results/<int:pk>/delete/", results.result_delete, name="result_delete"),
    path("<int:year>/budget/", budget.budget, name="budget"),
    path("requests/", requests.inbox, name="inbox"),
    path("requests/<int:pk>/", requests.detail, name="request"),
    path("requests/<int:pk>/send/", requests.send, name="request_send"),
    path("deliveries/<int:pk>/", requests.delivery, name="delivery"),
    path("deliveries/<int:pk>/read/", requests.read, name="delivery_read"),
    path("deliveries/<int:pk>/answer/", requests.answer, name="delivery_answer"),
    path("deliveries/<int:pk>/letter/", requests.letter, name="letter"),
    *(
        path(
            f"deliveries/<int:pk>/letter.{form.value}",
            requests.letter_file,
            {"form": form},
            name=f"letter_{form.value}",
        )
        for form in FORMS
    ),
    path("<int:year>/requests/", requests.overview, name="requests"),
    *(
        path(
            f"<int:year>/requests/{name}/",
            requests.paper,
            {"name": name},
            name=f"requests_{name}",
        )
        for name in requests.PAPERS
    ),
    *(
        path(
            f"<int:year>/requests/{name}.{form.value}",
            requests.paper_file,
            {"name": name, "form": form},
            name=f"requests_{name}_{form.value}",
        )
        for name in requests.PAPERS
        for form in FORMS
    ),
    path("<int:year>/order/", order.order, name="order"),
    path("<int:year>/move/", order.move, name="move"),
    path("<int:year>/programs/edit/", budget.programs_edit, name="programs_edit"),
    path("<int:year>/lines/new/", budget.line_create, name="line_create"),
    path("<int:year>/execution/", execution.looks, name="execution"),
    path("<int:year>/expenditures/", execution.expenditures, name="expenditures"),
    path("<int:year>/expenditures.xlsx", execution.expenditures_export, name="expenditures_xlsx"),
    path("<int:year>/expenditures/new/", execution.expenditure_create, name="expenditure_create"),
    path("expenditures/<int:pk>/edit/", execution.expenditure_edit, name="expenditure_edit"),
    path("expenditures/<int:pk>/delete/", execution.expenditure_delete, name="expenditure_delete"),
    path("<int:year>/progress/", progress.plan_progress, name="progress"),
    path("tasks/<int:pk>/progress/", progress.task_progress, name="task_progress"),
    path("tasks/<int:pk>/indicators/edit/", progress.indicators_edit, name="indicators_edit"),
    path("milestones/<int:pk>/done/", progress.milestone_done, name="milestone_done"),
    path("steps/<int:pk>/done/", progress.step_done, name="step_done"),
    path("completions/<int:pk>/edit/", progress.completion_edit, name="completion_edit"),
    path("completions/<int:pk>/undo/", progress.completion_undo, name="completion_undo"),
    path("lines/<int:pk>/edit/", budget.line_edit, name="line_edit"),
    path("lines/<int:pk>/delete/", budget.line_delete, name="line_delete"),
    path("tasks/<int:pk>/", task.task_detail, name="task"),
    path("tasks/<int:pk>/edit/", task.task_edit, name="task_edit"),
    path("tasks/<int:pk>/delete/", task.task_delete, name="task_delete"),
    path("tasks/<int:pk>/order/", order.task_order, name="task_order"),
    path("tasks/<int:pk>/steps/edit/", task.steps_edit, name="steps_edit"),
    path("tasks/<int:pk>/milestones/edit/", task.milestones_edit, name="milestones_edit"),
    path("tasks/<int:pk>/sections/new/", task.task_section_create, name="task_section_create"),
    path(
        "tasks/<int:pk>/sections/<int:section_pk>/edit/",
        task.task_section_edit,
        name="task_section_edit",
    ),
    path(
        "tasks/<int:pk>/sections/<int:section_pk>/delete/",
        task.task_section_delete,
        name="task_section_delete",
    ),
]
