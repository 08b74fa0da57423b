"""The paper that tells every department its targets of the year (plan 3-1: in March)."""

from collections.abc import Iterator

from django.conf import settings

from apps.accounts.models import Department
from apps.core.money import rate, thousand
from apps.core.templatetags.office import kdate
from apps.documents.nodes import (
    Cell,
    Column,
    Document,
    Heading,
    KeyFacts,
    Node,
    Note,
    Outline,
    Row,
    RowGroup,
    Summary,
    Table,
    TitleBox,
    roman,
)
from apps.procurement.models import AnnualTarget, DemandSurvey, DepartmentTarget
from apps.procurement.queries.standing import annual_target, mall_inside_total, standing
from apps.procurement.queries.survey import (
    Beside,
    beside_targets,
    planned_in,
    silent,
    survey_of,
)

UNIT = "단위: 천원"
NO_TARGET = "이 연도의 구매 목표가 아직 없습니다."
COUNTED = """□ 실적으로 세는 것
○ 구매일에 사회적기업(예비 포함)·마을기업·협동조합·자활기업인 기업에서 산 물품·용역·공사
- 지정이 끝난 기업에서 산 것은 사유를 적은 것만 셈
○ 어느 해의 실적인지는 구매일자로 나눔"""
MALL_INSIDE = """□ 함께누리몰
○ 함께누리몰에서 산 것은 함께누리몰 실적으로 세고, 전체 실적에도 한 번 넣음
○ 함께누리몰 목표는 전체 목표 안의 금액임"""
MALL_BESIDE = """□ 함께누리몰
○ 함께누리몰에서 산 것은 함께누리몰 실적으로만 세고, 전체 실적에는 넣지 않음
○ 함께누리몰 목표는 전체 목표와 따로 있는 금액임"""
ASKED = """□ 각 부서에서 하실 일
○ 물품·용역·공사를 발주할 때 사회적경제기업 제품을 먼저 검토
○ 구매한 것은 매월 포털 ‘구매실적’에 입력하고 ‘입력 완료’로 표시 (구매가 없는 달도 표시)
○ 마감한 달의 정정은 사유를 적어 담당자에게 요청"""


def targets_notice(year: int) -> Document:
    """The targets of the district and of each department, with what they were set from.

    Raises ``ValueError`` while the year has no target.
    """
    annual = annual_target(year)
    if annual is None:
        raise ValueError(NO_TARGET)
    beside = beside_targets(year)
    chapters: tuple[tuple[str, Iterator[Node]], ...] = (
        ("구 전체 목표", _district(annual)),
        ("부서별 목표", _departments(annual, beside, survey_of(year))),
        ("실적을 세는 방법", _counting(annual)),
        ("협조사항", iter((Outline.of(ASKED),))),
    )
    nodes: list[Node] = [
        TitleBox(),
        Summary(
            f"{year}년 사회적경제기업 제품의 구매 목표를 아래와 같이 통보하니,"
            " 부서에서는 목표를 이룰 수 있도록 협조하여 주시기 바람"
        ),
    ]
    for number, (title, body) in enumerate(chapters, 1):
        nodes += [Heading(1, title, roman(number)), *body]
    return Document(
        f"{year}년 사회적경제기업 제품 구매 목표 통보", settings.DISTRICT_NAME, tuple(nodes)
    )


def _district(annual: AnnualTarget) -> Iterator[Node]:
    """This year's two targets beside the targets and results of the year before."""
    last = annual.year - 1
    before = annual_target(last)
    done = standing(last, before)
    lines = (("전체", annual.total, done.total), ("함께누리몰", annual.mall, done.mall))
    place = "전체 목표에 포함" if annual.mall_inside_total else "전체 목표와 별도"
    facts = [
        ("전체 목표액", f"{thousand(annual.total)}천원"),
        ("함께누리몰", f"{thousand(annual.mall)}천원 ({place})"),
    ]
    yield KeyFacts((*facts, ("근거", annual.source)) if annual.source else tuple(facts))
    yield Table(
        columns=(Column(20, head=True), *(Column(16, "right"),) * 5),
        head=(
            Row.of(
                "구분",
                f"{last}년 목표",
                f"{last}년 실적",
                "달성률",
                f"{annual.year}년 목표",
                "지난해 목표보다",
            ),
        ),
        groups=RowGroup.each(
            Row.of(
                label,
                "-" if was.target is None else Cell.thousand(was.target),
                Cell.thousand(was.bought),
                rate(was.bought, was.target or 0),
                Cell.thousand(target, strong=True),
                "-" if was.target is None else _change(target - was.target),
            )
            for label, target, was in lines
        ),
        unit=UNIT,
        caption="지난해와 견준 목표",
    )
    if before and before.mall_inside_total != annual.mall_inside_total:
        yield Note(
            f"{last}년에는 함께누리몰 구매액을 전체 실적에"
            f" {'넣었으므로' if before.mall_inside_total else '넣지 않았으므로'}"
            " 전체 금액을 바로 견줄 수 없음."
        )


def _change(won: int) -> Cell:
    sign = "+" if won > 0 else "△" if won < 0 else ""
    return Cell(f"{sign}{thousand(abs(won))}" if won else "-", number=won)


def _departments(
    annual: AnnualTarget, beside: dict[int, Beside], survey: DemandSurvey | None
) -> Iterator[Node]:
    """Every department of the year: what the target was set from, and the target."""
    inside = mall_inside_total(annual)
    own = {each.department_id: each for each in DepartmentTarget.objects.filter(year=annual.year)}
    asked = Department.objects.in_year(annual.year) | Department.objects.filter(pk__in=own)
    departments = list(asked.distinct().order_by("position", "code"))
    rows = [
        (department, beside.get(department.pk, Beside()), own.get(department.pk))
        for department in departments
    ]
    last, unanswered = annual.year - 1, "미회신" if survey else "-"
    yield Table(
        columns=(Column(24, head=True), *(Column(19, "right"),) * 4),
        head=(
            Row.of(
                Cell("부서", rowspan=2),
                Cell(f"{last}년\n실적", rowspan=2),
                Cell(f"{annual.year}년\n수요조사", rowspan=2),
                Cell(f"{annual.year}년 목표", colspan=2),
            ),
            Row.of("전체", "함께누리몰"),
        ),
        groups=(
            *RowGroup.each(
                Row.of(
                    department.name,
                    Cell.thousand(known.bought.total(inside)),
                    Cell.thousand(known.planned.total(inside)) if known.planned else unanswered,
                    Cell.thousand(target.total, strong=True) if target else "목표 없음",
                    Cell.thousand(target.mall) if target else "-",
                )
                for department, known, target in rows
            ),
            RowGroup.of(
                Row.of(
                    "계",
                    Cell.thousand(sum(known.bought.total(inside) for _, known, _ in rows)),
                    Cell.thousand(
                        sum(known.planned.total(inside) for _, known, _ in rows if known.planned)
                    ),
                    Cell.thousand(sum(target.total for target in own.values())),
                    Cell.thousand(sum(target.mall for target in own.values())),
                    total=True,
                )
            ),
        ),
        unit=UNIT,
        caption="부서별 목표",
    )
    yield from _remarks(annual, own, survey)


def _remarks(
    annual: AnnualTarget, own: dict[int, DepartmentTarget], survey: DemandSurvey | None
) -> Iterator[Node]:
    gap = sum(target.total for target in own.values()) - annual.total
    if gap:
        more = "많음" if gap > 0 else "적음"
        yield Note(f"부서별 목표의 합계는 구 전체 목표보다 {thousand(abs(gap))}천원 {more}.")
    if survey is None:
        yield Note(f"{annual.year}년 수요조사는 하지 않음.")
        return
    planned = planned_in(survey).total(mall_inside_total(annual))
    names = ", ".join(department.name for department in silent(survey))
    text = f"수요조사 합계 {thousand(planned)}천원 (회신 기한 {kdate(survey.due)})."
    yield Note(f"{text} 미회신: {names}." if names else f"{text} 모든 부서가 회신함.")


def _counting(annual: AnnualTarget) -> Iterator[Node]:
    yield Outline.of(COUNTED)
    yield Outline.of(MALL_INSIDE if annual.mall_inside_total else MALL_BESIDE)
