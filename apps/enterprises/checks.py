"""Rules of the plan checker about the numbers of firms the office has published."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from django.urls import reverse

from apps.core.templatetags.office import kdate
from apps.enterprises.models import PublishedCount
from apps.plans.checks.reading import Fault, Reading
from apps.plans.registry import check

#: A rule of counting that nobody knows.
_UNKNOWN = re.compile(r"미표기|미상|불명|모름|알 수 없|확인 안|없음")
_YEARS = 3


@check(
    "count_basis",
    name="기준 없는 수",
    sentence="공표한 조직 수마다 기준일과 집계 기준이 있고, 서로 같은 기준으로 셌는지 봅니다.",
)
def count_basis(reading: Reading) -> Iterator[Fault]:
    rows = PublishedCount.objects.filter(
        as_of__range=(date(reading.year - _YEARS, 1, 1), date(reading.year, 12, 31))
    )
    before: dict[str, PublishedCount] = {}
    url = reverse("enterprises:counts")
    for source, group in groupby(rows.order_by("as_of", "pk"), key=lambda row: row.source):
        counts = list(group)
        vague = [row for row in counts if row.date_note or _UNKNOWN.search(row.rule)]
        if vague:
            yield _where(source, reading), _message(vague, before.get(vague[0].kind)), url
        before |= {row.kind: row for row in counts}


def _where(source: str, reading: Reading) -> str:
    """``Ⅲ`` for what this plan itself has published, else the paper's name."""
    return source.removeprefix(reading.plan.title).strip() or source


def _message(vague: list[PublishedCount], before: PublishedCount | None) -> str:
    numbers = ", ".join(map(_number, vague))
    lacking = [
        name
        for name, lacks in (
            ("기준일", any(row.date_note for row in vague)),
            ("집계 기준", any(_UNKNOWN.search(row.rule) for row in vague)),
        )
        if lacks
    ]
    text = f"조직 수 {numbers}에 {', '.join(lacking)}이 없습니다: {vague[0].rule}."
    if before and before.rule != vague[0].rule:
        text += f" 앞의 {_number(before)}와 견줄 수 없습니다."
    return text


def _number(row: PublishedCount) -> str:
    """``63개(2016. 3월)``: the day as far as it was printed."""
    return f"{row.count}개({row.date_note.partition('(')[0].strip() or kdate(row.as_of)})"
