"""Changes of a plan's records, each all or nothing and under the name of who made it."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.forms import BaseModelFormSet

from apps.accounts.models import User
from apps.core.forms import ModelForm
from apps.core.history import service
from apps.plans.enums import SectionKey
from apps.plans.models import Plan, PlanSection, TextDraft


@service
def save_form(*, form: ModelForm, by: User) -> models.Model:
    """Save one checked record and what hangs on it (many-to-many) as one change."""
    saved: models.Model = form.save()
    return saved


@service
def create_plan(*, form: ModelForm, by: User) -> Plan:
    """A new plan with all its written sections, still empty."""
    plan: Plan = form.save()
    PlanSection.objects.bulk_create(
        PlanSection(plan=plan, key=key, title=key.label) for key in SectionKey
    )
    return plan


@service
def save_parts(*, formset: BaseModelFormSet[Any, Any], by: User) -> Sequence[models.Model]:
    """Save the checked rows of a task or plan, in the order they have been given."""
    kept: Sequence[models.Model] = formset.save()
    return kept


@service
def keep_draft(*, key: str, values: dict[str, list[str]], by: User) -> TextDraft:
    """Keep what ``by`` is typing in the form at ``key``, in place of what was kept before."""
    draft, _ = TextDraft.objects.update_or_create(saved_by=by, key=key, defaults={"values": values})
    return draft


@service
def drop_draft(*, key: str, by: User) -> None:
    """The form at ``key`` was saved by ``by``, or what was typed in it is not wanted any more."""
    TextDraft.objects.filter(saved_by=by, key=key).delete()


@service
def delete(*, row: models.Model, by: User) -> None:
    """Remove one record. Raises ``ProtectedError`` while money or papers still hang on it."""
    row.delete()
