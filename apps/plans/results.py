"""Section Ⅳ, last year's results, drafted from last year's figures for a person to edit."""

from apps.core.outline import MARKS
from apps.plans.models import Plan, Result
from apps.plans.texts import LAST_YEAR, Shown, Token, shown_all, tokens

BOX, ITEM, DASH, _ = MARKS
OTHERS = "그 밖의 추진실적"
#: A figure so named says what was meant to be: alone it is no result.
TARGET = "목표액"
#: What a line to be written yet ends with, until somebody writes it.
TO_WRITE = "적을 자리)"
#: The areas of the chapter and the figures in each; in a group the first stands above the others.
AREAS: dict[str, tuple[tuple[str, ...], ...]] = {
    "사회적경제 조직 발굴·육성 및 지원": (
        ("예비사회적기업 신규 지정",),
        ("인증 사회적기업 전환",),
        ("마을기업 신규 지정",),
        ("협동조합 신규",),
        ("자활기업 신규",),
        ("사회적경제기업 수", "사회적경제기업 신규", "사회적경제기업 종료"),
        (
            "사회적기업 재정지원",
            "사회적기업 재정지원 국비",
            "사회적기업 재정지원 시비",
            "사회적기업 재정지원 기업",
        ),
        ("마을기업 보증금 지원", "마을기업 보증금 지원 기업"),
    ),
    "제도 기반과 인프라": (
        ("위원회 개최 횟수", "위원회 안건 수"),
        ("완료한 일정 수",),
        ("집행액", "집행률"),
    ),
    "사회적경제기업 제품 공공구매": (
        ("공공구매 실적", "공공구매 목표액", "공공구매 달성률"),
        ("함께누리몰 실적", "함께누리몰 목표액", "함께누리몰 달성률"),
        ("구매 건수", "구매 부서 수", "구매 기업 수"),
        ("공공구매 직원 교육",),
        ("공공구매 상담 참여 부서",),
    ),
    "사회적경제 활성화사업": (
        ("사회적경제 안내서 배부",),
        ("사회적경제 포스터 제작",),
        ("사회적경제 지도 제작",),
        ("마을버스 광고",),
        ("동 주민센터 홍보 배너",),
    ),
    "시장 활성화와 판로 지원": (("사회적경제 장터 운영",),),
    "민관협력과 거버넌스": (
        ("업무협약 체결", "공공조달 업무협약 참여기관"),
        ("동북4구 실무자 간담회",),
        ("협의체 회의 횟수",),
    ),
    "교육과 홍보": (
        ("기업 직접 홍보",),
        ("사회적경제 설명회",),
        ("협동조합 기초교육",),
        ("찾아가는 사회적경제 홍보",),
    ),
}


def draft_results(plan: Plan, body: str = "") -> str:
    """Outline text for the plan's section of last year's results.

    Every number is a ``{{전년 …}}`` token with a value; what has none, or 0, is left out, and so is
    what ``body`` names already. Typed results of last year that belong to no area stand at the
    end, so that none is forgotten.
    """
    placed = [name for groups in AREAS.values() for group in groups for name in group]
    typed = Result.objects.filter(year=plan.year - 1).exclude(name__in=placed)
    others = tuple((name,) for name in typed.order_by("name").values_list("name", flat=True))
    wanted = [Token(name, last_year=True) for name in (*placed, *(name for (name,) in others))]
    found = shown_all(wanted, plan.year)
    values = {token.name: value for token, value in found.items() if value.number}
    written = {token.written for token in tokens(body)}
    lines: list[str] = []
    for title, groups in {**AREAS, OTHERS: others}.items():
        below = [line for group in groups for line in _group(group, values, written)]
        lines += [f"{BOX} {title}", *below] if below else []
    return "\n".join(lines)


def _group(group: tuple[str, ...], values: dict[str, Shown], written: set[str]) -> list[str]:
    """The group's figures: those after the first hang below it, where it has a value."""
    if not any(name in values and not name.endswith(TARGET) for name in group):
        return []
    mark = DASH if group[0] in values else ITEM
    return [
        f"{ITEM if name == group[0] else mark} {name}: {{{{전년 {name}}}}}"
        for name in group
        if name in values and f"{LAST_YEAR}{name}" not in written
    ]


def with_draft(body: str, draft: str) -> str:
    """The section's text with the draft after it, in place of the lines kept free for it:
    nothing typed is overwritten."""
    if not draft:
        return body
    typed = [line for line in body.rstrip().splitlines() if not line.endswith(TO_WRITE)]
    return "\n".join((*typed, draft))
