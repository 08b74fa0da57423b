from django.urls import path

from apps.plans.views import budget, figures, plan, results, task

app_name = "plans"
urlpatterns = [
    path("", plan.plan_list, name="list"),
    path("new/", plan.plan_create, name="create"),
    path("<int:year>/", plan.plan_detail, name="detail"),
    path("<int:year>/edit/", plan.plan_edit, name="edit"),
    path("<int:year>/sections/", plan.sections, name="sections"),
    path("<int:year>/months/", plan.months, name="months"),
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
    path("<int:year>/programs/edit/", budget.programs_edit, name="programs_edit"),
    path("<int:year>/lines/new/", budget.line_create, name="line_create"),
    path("lines/<int:pk>/edit/", budget.line_edit, name="line_edit"),
    path("lines/<int:pk>/delete/", budget.line_delete, name="line_delete"),
    path("tasks/<int:pk>/", task.task_detail, name="task"),
    path("tasks/<int:pk>/edit/", task.task_edit, name="task_edit"),
    path("tasks/<int:pk>/delete/", task.task_delete, name="task_delete"),
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
