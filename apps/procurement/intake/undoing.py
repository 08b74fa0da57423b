"""Removing what a file brought, and what stands in the way of it."""

from django.core.exceptions import ValidationError
from django.db.models import F
from django.db.models.functions import TruncMonth
from django.urls import reverse

from apps.core.money import comma
from apps.core.templatetags.office import kdate
from apps.imports.models import FileImport
from apps.imports.registry import Obstacle
from apps.procurement.queries.months import closed_months

#: So many corrected purchases are named where they keep a file from being undone.
NAMED = 5


def undo(file: FileImport) -> int:
    """Remove what a file brought; how many purchases.

    What somebody has corrected since is their own work and is not removed unseen: it keeps the
    file from being undone (``ValidationError``) until they have removed it themselves. Nobody can
    correct one while it is looked for.
    """
    len(file.purchases.select_for_update().order_by("pk").values_list("pk"))
    if obstacle := _corrected(file):
        raise ValidationError(obstacle.text)
    removed, _ = file.purchases.all().delete()
    return removed


def obstacle(file: FileImport) -> Obstacle | None:
    """Why what a file brought cannot be removed: its months are closed, or somebody corrected it.

    Closed months are linked to, for those who may open them again.
    """
    closed = closed_months()
    touched = file.purchases.order_by().values_list("department", TruncMonth("purchased_on"))
    months = sorted(
        {
            month
            for department, month in touched.distinct()
            if month in closed.for_department(department)
        }
    )
    if not months:
        return _corrected(file)
    named = ", ".join(f"{month.year}년 {month.month}월" for month in months)
    return Obstacle(
        f"{named}은 마감되었습니다. "
        "반영을 취소하려면 구청 담당자가 먼저 그 달을 다시 열어야 합니다.",
        tuple(
            (
                f"{month.year}년 {month.month}월",
                reverse("procurement:month", args=[month.year, month.month]),
            )
            for month in months
        ),
    )


def _corrected(file: FileImport) -> Obstacle | None:
    corrected = file.purchases.exclude(updated_at=F("created_at"))
    count = corrected.count()
    if not count:
        return None
    named = ", ".join(
        f"{kdate(purchase.purchased_on)} {purchase.item}"
        for purchase in corrected.order_by("purchased_on", "pk")[:NAMED]
    )
    return Obstacle(
        f"반영한 뒤에 수정한 구매가 {comma(count)}건 있어 취소할 수 없습니다({named}"
        f"{' 등' if count > NAMED else ''}). 먼저 그 구매를 삭제하거나 그대로 두세요."
    )
