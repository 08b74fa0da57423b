"""A part of a plan as it will be printed, while it is still being typed."""

from dataclasses import dataclass

from django import forms
from django.utils.safestring import SafeString

from apps.core.forms import ModelForm
from apps.documents.html import render_html
from apps.documents.mapped import texts
from apps.documents.nodes import Document, Heading, Node, Outline, roman
from apps.plans import documents, queries
from apps.plans.enums import CHAPTERS, SectionKey
from apps.plans.forms import SectionForm, TaskForm, TaskSectionForm
from apps.plans.models import Plan, PlanSection, Task
from apps.plans.texts import Shown, Token, filled, unknown_names

TASKS_CHAPTER = 6


@dataclass(frozen=True, slots=True)
class Preview:
    """The part drawn, the known figures its text names, and the names nothing is known of."""

    body: SafeString
    figures: tuple[Shown, ...]
    unknown: tuple[str, ...]


def preview_of(form: ModelForm, plan: Plan) -> Preview | None:
    """What the form's typed text will print; ``None`` for a form whose part is not drawn alone.

    A text that would be refused is drawn all the same, whatever else cannot be read of the form
    as it was saved. Nothing is written.
    """
    for name in form.errors.keys() & form.fields.keys():
        if isinstance(form.fields[name], forms.CharField):
            setattr(form.instance, name, form[name].data or "")
    nodes = _nodes(form, plan)
    if nodes is None:
        return None
    paper = Document(plan.title, plan.issuer, nodes)
    unknown = unknown_names("\n".join(texts(paper)))
    paper, figures = filled(paper, plan)
    known = tuple(figure for figure in figures if Token.of(figure.name).name not in unknown)
    return Preview(render_html(paper), known, unknown)


def _nodes(form: ModelForm, plan: Plan) -> tuple[Node, ...] | None:
    row = form.instance
    if isinstance(form, SectionForm):
        return _section(row)
    if isinstance(form, TaskSectionForm):
        return tuple(documents.section_nodes(row))
    if isinstance(form, TaskForm) and row.pk:
        return _task(row, plan)
    return None


def _section(section: PlanSection) -> tuple[Node, ...]:
    key = SectionKey(section.key)
    body: Node = Outline.of(section.body)
    if key is SectionKey.CHART:
        body = documents.organization_chart(section)
    return (Heading(1, section.title, roman(CHAPTERS[key])), body)


def _task(typed: Task, plan: Plan) -> tuple[Node, ...]:
    """The task's page with what is typed in place of what is saved."""
    task = queries.with_sums(typed)
    for field in Task._meta.concrete_fields:
        setattr(task, field.attname, getattr(typed, field.attname))
    money = queries.money_by_task(plan).get(task.pk, ())
    return (
        Heading(1, f"{plan.year}년 분야별 추진계획", roman(TASKS_CHAPTER)),
        Heading(2, task.area.title, f"{task.area.number}."),
        *documents.task_nodes(task, money),
    )
