"""The survey of March: asking every department, and its answer (plan 3-1)."""

from collections.abc import Sequence
from itertools import zip_longest

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from apps.accounts.models import User
from apps.core.history import service
from apps.procurement.access import writable_departments
from apps.procurement.models import DemandSurvey, PlannedItem, SurveyResponse

ANSWERED_MEANWHILE = (
    "이 화면을 연 뒤에 다른 사람이 이 부서의 회신을 저장해서 저장하지 않았습니다. "
    "저장된 회신과 견주어 보고, 내 내용으로 바꾸려면 ‘내 내용으로 저장’을 눌러 주세요."
)


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
    items: Sequence[PlannedItem],
    seen: str,
    by: User,
) -> SurveyResponse:
    """Keep a department's answer with its planned items; without any it means to buy nothing.

    ``seen`` is the answer it takes the place of, by its time (ISO), or empty. The last to answer
    is the one who answered. Raises ``PermissionDenied`` for another's department,
    ``ValidationError`` when another answer has been saved since.
    """
    if not writable_departments(by).filter(pk=response.department_id).exists():
        raise PermissionDenied
    held = _held(response)
    if (held.answered_at.isoformat() if held else "") != seen:
        raise ValidationError(ANSWERED_MEANWHILE)
    kept = held or response
    kept.note, kept.answered_at, kept.answered_by = response.note, timezone.now(), by
    kept.full_clean()
    kept.save()
    _replace_items(kept, items)
    return kept


def _held(response: SurveyResponse) -> SurveyResponse | None:
    rows = SurveyResponse.objects.select_for_update(no_key=True)
    return rows.filter(survey=response.survey_id, department=response.department_id).first()


def _replace_items(response: SurveyResponse, items: Sequence[PlannedItem]) -> None:
    """Row by row in their order, so that the history shows what changed and nothing else."""
    before = list(response.items.order_by("pk").values_list("pk", flat=True))
    for item, key in zip_longest(items, before[: len(items)]):
        item.response = response
        item.full_clean()
        item.pk = key
        item.save()
    response.items.filter(pk__in=before[len(items) :]).delete()
