"""The survey of March: asking every department, and its answer (plan 3-1)."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from apps.accounts.models import User
from apps.core.history import service
from apps.procurement.access import writable_departments
from apps.procurement.models import DemandSurvey, PlannedItem, SurveyResponse


@service
def send_survey(*, survey: DemandSurvey, by: User) -> DemandSurvey:
    """Ask every department of the year, or change the letter or the day of a survey that runs.

    Raises ``PermissionDenied`` but for officials, ``ValidationError`` for a second one of a year.
    """
    if not by.is_official:
        raise PermissionDenied
    if survey.pk is None:
        survey.sent_at, survey.sent_by = timezone.now(), by
    survey.full_clean()
    survey.save()
    return survey


@service
def answer_survey(
    *,
    response: SurveyResponse,
    kept: Sequence[PlannedItem],
    gone: Sequence[PlannedItem] = (),
    by: User,
) -> SurveyResponse:
    """Keep a department's answer with its planned items; without any it means to buy nothing.

    The last to answer is the one who answered. Raises ``PermissionDenied`` for another's
    department, ``ValidationError`` when somebody else has answered first.
    """
    if not writable_departments(by).filter(pk=response.department_id).exists():
        raise PermissionDenied
    response.answered_at, response.answered_by = timezone.now(), by
    response.full_clean()
    response.save()
    for item in gone:
        item.delete()
    for item in kept:
        item.response = response
        item.full_clean()
        item.save()
    return response
