"""Rules of the plan checker about firms: the names of those it keeps, the numbers published."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from django.urls import reverse

from apps.core.hangul import particle
from apps.core.templatetags.office import kdate
from apps.enterprises.models import Enterprise, PublishedCount
from apps.plans.checks.names import one_letter_apart
from apps.plans.checks.reading import Fault, Reading
from apps.plans.registry import check

#: A rule of counting that nobody knows.
_UNKNOWN = re.compile(r"미표기|미상|불명|모름|알 수 없|확인 안|없음")
_YEARS = 3
_WORD = re.compile(r"[가-힣]+")


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


@check(
    "firm_names",
    name="기업 이름",
    sentence="글에 적은 기업 이름이 등록부의 이름과 글자 하나만 다른지 봅니다.",
)
def firm_names(reading: Reading) -> Iterator[Fault]:
    by_length: dict[int, list[str]] = defaultdict(list)
    for name in Enterprise.objects.order_by("name", "pk").values_list("name", flat=True):
        word = "".join(_WORD.findall(name))
        by_length[len(word)].append(word)
    for passage in reading.passages:
        for word in dict.fromkeys(_WORD.findall(passage.text)):
            known = by_length[len(word)]
            near = [] if word in known else [k for k in known if one_letter_apart(word, k)]
            if near:
                yield passage.place.fault(
                    f"{particle(f'‘{word}’', '은/는')} 등록된 기업"
                    f" {particle(f'‘{near[0]}’', '을/를')} 잘못 적은 것으로 보입니다."
                )
