"""The monthly notice of results: how the district and each department stand (R23)."""

from collections.abc import Iterable, Iterator
from itertools import accumulate

from django.conf import settings
from django.utils.timezone import localdate

from apps.core.dates import spans
from apps.core.money import comma, rate, thousand
from apps.core.templatetags.office import kdate
from apps.documents.nodes import (
    Cell,
    ChartLine,
    Column,
    Document,
    Heading,
    LineChart,
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
from apps.enterprises.enums import DesignationKind
from apps.procurement.enums import PurchaseChannel, PurchaseKind
from apps.procurement.models import Reopening
from apps.procurement.queries.breakdown import MONTHS, NOTHING, Part, Sums, parts
from apps.procurement.queries.notice import NoticeFigures
from apps.procurement.queries.standing import Progress, Ranked

UNIT = "단위: 천원"
COUNTED_UNIT = "단위: 건, 천원"
NO_TARGET = "구 전체 목표가 없어 달성률을 세지 않음."
MALL_TOO = "아래의 금액은 모두 함께누리몰에서 산 것도 더한 것임."
SEVERAL_KINDS = (
    "여러 유형인 기업에서 산 것은 유형마다 세고, 전체에서는 한 번만 셈. 유형은 구매일 기준."
)
CERTIFIED = (
    "인증 사회적기업의 금액은 구매일에 사회적기업 인증이 있던 기업에서 산 것만 더한 것으로,"
    " 「사회적기업 육성법」 제12조에 따른 우선구매 실적 보고의 기준임."
)
ASKED = """□ 모든 부서
○ 이달의 구매는 다음 달 입력 기한까지 입력하고 ‘입력 완료’로 표시
○ 발주할 때 사회적경제기업 제품을 먼저 검토 (포털 ‘제품·서비스’에서 찾음)"""

ASKED_OF_SLOW = """□ 이맘때의 평소 진도보다 달성률이 낮은 부서
○ 남은 금액을 언제 무엇으로 구매할지 정하고, 연말에 몰리지 않게 나누어 구매"""


def monthly_notice(found: NoticeFigures) -> Document:
    """The results from January to the end of a month, or until today while it runs.

    It says that it is provisional while a month it tells of is open.
    """
    chapters: list[tuple[str, Iterable[Node]]] = [
        ("총괄", _overall(found)),
        ("월별 누계", _months(found)),
        ("부서별 실적과 순위", _departments(found)),
        ("물품·용역·공사와 구매방법", _kinds(found)),
        ("기업 유형별 실적", _firm_kinds(found)),
        ("많이 구매한 기업", _firms(found)),
        ("협조사항", _asked(found)),
    ]
    if found.corrections:
        chapters.append(("마감 뒤의 정정", _corrected(found)))
    nodes: list[Node] = [TitleBox(), Summary(_summary(found)), *_provisional(found)]
    for number, (title, body) in enumerate(chapters, 1):
        nodes += [Heading(1, title, roman(number)), *body]
    mark = " (잠정)" if found.provisional else ""
    return Document(
        f"{found.year}년 {found.month}월 사회적경제기업 제품 구매실적 통보",
        settings.DISTRICT_NAME,
        tuple(nodes),
        subtitle=f"{kdate(found.until)} 기준{mark}",
    )


def _summary(found: NoticeFigures) -> str:
    whole = found.sums.whole
    text = (
        f"{found.year}년 1월부터 {found.month}월까지 사회적경제기업에서 구매한 실적은"
        f" {comma(whole.count)}건 {thousand(whole.amount)}천원"
    )
    if not found.inside:
        text += f"(함께누리몰 {thousand(whole.mall)}천원 포함)"
    if found.annual:
        text += f", 연간 목표의 {rate(whole.total(found.inside), found.annual.total)}"
    return f"{text}임"


def _provisional(found: NoticeFigures) -> Iterator[Node]:
    if found.unclosed:
        months = named(found.unclosed)
        yield Note(f"아직 마감하지 않은 달이 있어 바뀔 수 있는 잠정 실적임: {months}.")
    if found.open_again:
        months = openings(found.open_again)
        yield Note(f"정정하려고 다시 연 달이 있어 바뀔 수 있는 잠정 실적임: {months}.")


def named(months: Iterable[int]) -> str:
    """``1~3월, 10월``"""
    runs = spans(frozenset(months))
    return ", ".join(f"{a}월" if a == b else f"{a}~{b}월" for a, b in runs)


def openings(rows: Iterable[Reopening]) -> str:
    """``8월 총무과, 9월 환경과``"""
    return ", ".join(f"{row.closing.month.month}월 {row.department}" for row in rows)


def _overall(found: NoticeFigures) -> Iterator[Node]:
    """Both targets with the month, the year so far, what is left and what that is a month."""
    annual, inside, whole = found.annual, found.inside, found.sums.whole
    month = found.sums.months.get(found.month, NOTHING)
    before = sum((found.before.get(each, NOTHING) for each in _months_of(found)), NOTHING)
    total = Progress(annual.total if annual else None, whole.total(inside))
    mall = Progress(annual.mall if annual else None, whole.mall)
    yield Table(
        columns=(Column(15, head=True), *(Column(14, "right"),) * 3, *(Column(13, "right"),) * 4),
        head=(
            Row.of(
                "구분",
                "연간 목표",
                f"{found.month}월 실적",
                "누계 실적",
                "달성률",
                "남은 금액",
                "남은 달의\n월 필요액",
                "지난해\n같은 기간",
            ),
        ),
        groups=RowGroup.each(
            (
                _overall_row(found, "전체", total, month.total(inside), before.total(inside)),
                _overall_row(found, "함께누리몰", mall, month.mall, before.mall),
            )
        ),
        unit=UNIT,
        caption="구 전체 목표와 실적",
    )
    yield Note(
        "함께누리몰에서 산 것은 전체 실적에도 한 번 넣음."
        if inside
        else "함께누리몰에서 산 것은 전체 실적에 넣지 않음."
    )
    if annual is None:
        yield Note(NO_TARGET)


def _overall_row(
    found: NoticeFigures, label: str, progress: Progress, month: int, before: int
) -> Row:
    left, ahead = progress.remaining, 12 - found.month
    return Row.of(
        label,
        _won(progress.target),
        Cell.thousand(month),
        Cell.thousand(progress.bought, strong=True),
        progress.rate,
        _won(left),
        Cell.thousand(-(-left // ahead)) if left and ahead else "-",
        Cell.thousand(before),
    )


def _won(won: int | None) -> str | Cell:
    return "-" if won is None else Cell.thousand(won)


def _months_of(found: NoticeFigures) -> range:
    return range(1, found.month + 1)


def _months(found: NoticeFigures) -> Iterator[Node]:
    """The months so far, added up as the year goes, beside the target and the year before."""
    target = found.annual.total if found.annual else 0
    own, before = (
        [sums.get(month, NOTHING).total(found.inside) for month in MONTHS]
        for sums in (found.sums.months, found.before)
    )
    so_far, last_year = (tuple(accumulate(months)) for months in (own, before))
    lines = [ChartLine(f"{found.year}년 누계", so_far[: found.month])]
    if target:
        lines.append(ChartLine("목표(매달 같게)", tuple(target * month // 12 for month in MONTHS)))
    if last_year[-1]:
        lines.append(ChartLine(f"{found.year - 1}년 누계", last_year))
    points = tuple(f"{month}월" for month in MONTHS)
    yield LineChart(f"{found.year}년 구매액 누계", points, tuple(lines))
    yield Table(
        columns=(Column(12, head=True), *(Column(22, "right"),) * 4),
        head=(Row.of("월", "실적", "누계", "달성률", f"{found.year - 1}년 누계"),),
        groups=RowGroup.each(
            Row.of(
                f"{month}월",
                Cell.thousand(own[month - 1]),
                Cell.thousand(so_far[month - 1]),
                rate(so_far[month - 1], target),
                Cell.thousand(last_year[month - 1]),
            )
            for month in _months_of(found)
        ),
        unit=UNIT,
        caption="월별 실적과 누계",
    )


def _departments(found: NoticeFigures) -> Iterator[Node]:
    lines = [each.line for each in found.departments]
    targets = [line.total.target for line in lines if line.total.target is not None]
    whole = Progress(sum(targets) if targets else None, sum(line.total.bought for line in lines))
    month = found.sums.months.get(found.month, NOTHING).total(found.inside)
    mall = sum(line.mall.bought for line in lines)
    yield Table(
        columns=(
            Column(7, "center"),
            Column(23, head=True),
            *(Column(14, "right"),) * 3,
            Column(12, "right"),
            *(Column(14, "right"),) * 2,
        ),
        head=(
            Row.of(
                "순위",
                "부서",
                "연간 목표",
                f"{found.month}월 실적",
                "누계 실적",
                "달성률",
                "남은 금액",
                "함께누리몰",
            ),
        ),
        groups=(
            *RowGroup.each(_department_row(found, each) for each in found.departments),
            RowGroup.of(Row.of("", "계", *_progress(whole, month, mall), total=True)),
        ),
        unit=UNIT,
        caption="부서별 실적과 순위",
        dense=True,
    )
    yield Note("순위는 달성률의 차례이며, 같으면 같은 순위임. 목표가 없는 부서는 순위가 없음.")


def _department_row(found: NoticeFigures, ranked: Ranked) -> Row:
    line = ranked.line
    month = found.of_month.get(line.department or 0, NOTHING).total(found.inside)
    place = "" if ranked.by_rate is None else str(ranked.by_rate)
    return Row.of(place, line.label, *_progress(line.total, month, line.mall.bought))


def _progress(total: Progress, month: int, mall: int) -> Iterator[str | Cell]:
    """Target, the month, the year so far, rate, what is left, and what the mall has of it."""
    yield _won(total.target)
    yield Cell.thousand(month)
    yield Cell.thousand(total.bought)
    yield total.rate
    yield _won(total.remaining)
    yield Cell.thousand(mall)


def _kinds(found: NoticeFigures) -> Iterator[Node]:
    sums = found.sums
    if not found.inside:
        yield Note(MALL_TOO)
    yield _parts("구분", "물품·용역·공사별 실적", parts(PurchaseKind, sums.kinds), sums.whole)
    channels = parts(PurchaseChannel, sums.channels)
    yield _parts("구매방법", "구매방법별 실적", channels, sums.whole)


def _parts(head: str, caption: str, rows: tuple[Part, ...], whole: Sums) -> Table:
    """Numbers and amounts that add up to the whole, each with its share."""
    return Table(
        columns=(Column(34, head=True), *(Column(22, "right"),) * 3),
        head=(Row.of(head, "건수", "금액", "비율"),),
        groups=(
            *RowGroup.each(
                Row.of(
                    each.label,
                    Cell.count(each.sums.count),
                    Cell.thousand(each.sums.amount),
                    each.share,
                )
                for each in rows
            ),
            RowGroup.of(
                Row.of(
                    "계",
                    Cell.count(whole.count),
                    Cell.thousand(whole.amount),
                    "100.0%" if whole.amount else "-",
                    total=True,
                )
            ),
        ),
        unit=COUNTED_UNIT,
        caption=caption,
    )


def _firm_kinds(found: NoticeFigures) -> Iterator[Node]:
    """By what the firms were on the day; then the certified ones for the report by law."""
    sellers, whole = found.sellers, found.sums.whole
    lines = [(kind.label, sellers.bought(kind)) for kind in DesignationKind]
    if sellers.undesignated.count:
        lines.append(("지정이 끝난 기업 (사유를 적은 구매)", sellers.undesignated))
    yield Table(
        columns=(Column(34, head=True), *(Column(22, "right"),) * 3),
        head=(Row.of("기업 유형", "건수", "금액", "전체에 대한 비율"),),
        groups=(
            *RowGroup.each(_share_row(label, sums, whole) for label, sums in lines),
            RowGroup.of(_share_row("전체", whole, whole, strong=True)),
        ),
        unit=COUNTED_UNIT,
        caption="기업 유형별 실적",
    )
    yield Note(SEVERAL_KINDS)
    yield Table(
        columns=(Column(25, head=True), *(Column(19, "right"),) * 3, Column(18, "right")),
        head=(
            Row.of(
                Cell("구분", rowspan=2),
                Cell("인증 사회적기업", colspan=2),
                Cell("사회적경제기업 전체", rowspan=2),
                Cell("비율", rowspan=2),
            ),
            Row.of("건수", "금액"),
        ),
        groups=(
            *RowGroup.each(_certified_row(found, kind.label, kind) for kind in PurchaseKind),
            RowGroup.of(_certified_row(found, "계", None)),
        ),
        unit=COUNTED_UNIT,
        caption="인증 사회적기업 구매실적 (법정 보고 기준)",
    )
    yield Note(CERTIFIED)


def _share_row(label: str, sums: Sums, whole: Sums, *, strong: bool = False) -> Row:
    return Row.of(
        label,
        Cell.count(sums.count),
        Cell.thousand(sums.amount, strong=strong),
        rate(sums.amount, whole.amount),
    )


def _certified_row(found: NoticeFigures, label: str, kind: PurchaseKind | None) -> Row:
    certified = found.sellers.bought(DesignationKind.SOCIAL, of=kind)
    everything = found.sellers.bought(of=kind)
    return Row.of(
        label,
        Cell.count(certified.count),
        Cell.thousand(certified.amount, strong=True),
        Cell.thousand(everything.amount),
        rate(certified.amount, everything.amount),
        total=kind is None,
    )


def _firms(found: NoticeFigures) -> Iterator[Node]:
    if not found.sellers.largest:
        yield Note("구매실적이 없음.")
        return
    yield Table(
        columns=(
            Column(8, "center"),
            Column(44, head=True),
            *(Column(16, "right"),) * 3,
        ),
        head=(Row.of("순위", "기업", "건수", "금액", "비율"),),
        groups=RowGroup.each(
            Row.of(
                str(number),
                firm.name,
                Cell.count(firm.sums.count),
                Cell.thousand(firm.sums.amount),
                rate(firm.sums.amount, found.sums.whole.amount),
            )
            for number, firm in enumerate(found.sellers.largest, 1)
        ),
        unit=COUNTED_UNIT,
        caption="많이 구매한 기업",
    )
    yield Note(f"구매한 기업은 모두 {comma(found.sellers.firms)}곳임.")


def _asked(found: NoticeFigures) -> Iterator[Node]:
    """What is asked of all, and of those that have reached less than is usual by now."""
    yield Outline.of(ASKED)
    slow = [line.label for line in found.slow]
    if not slow:
        return
    pace = rate(found.usual.numerator, found.usual.denominator)
    yield Outline.of(f"{ASKED_OF_SLOW}\n○ 해당 부서 ({len(slow)}곳): {', '.join(slow)}")
    if found.learnt:
        first, last = found.learnt[0], found.learnt[-1]
        years = f"{first}년" if first == last else f"{first}~{last}년"
        yield Note(
            f"{years}에는 {found.month}월까지 한 해 구매액의 {pace}를 구매함. 달성률을 이와 견줌."
        )
    else:
        yield Note(f"견줄 지난해가 없어 매달 같게 나눈 {found.month}월까지의 몫({pace})과 견줌.")


def _corrected(found: NoticeFigures) -> Iterator[Node]:
    """Why closed months were opened, what was changed in them, and what that makes together."""
    yield _corrections(found.corrections)
    if not found.corrected:
        return
    before = sum(each.before for _, each in found.corrected)
    after = sum(each.after for _, each in found.corrected)
    yield Table(
        columns=(
            Column(8, "center", head=True),
            Column(17),
            Column(24),
            *(Column(17, "right"),) * 3,
        ),
        head=(Row.of("월", "부서", "정정한 구매", "종전", "변경", "증감"),),
        groups=(
            *RowGroup.each(
                Row.of(
                    f"{month}월",
                    each.department,
                    f"{kdate(each.day)} {each.firm} · {each.item} ({each.change.action})",
                    *_changed(each.before, each.after),
                )
                for month, each in found.corrected
            ),
            RowGroup.of(Row.of("계", "", "", *_changed(before, after), total=True)),
        ),
        unit="단위: 원",
        caption="정정한 구매와 금액",
    )
    now = found.sums.whole.amount
    yield Note(
        f"이 정정으로 구 전체 누계는 {comma(now - after + before)}원에서 {comma(now)}원으로 바뀜"
        " (함께누리몰에서 산 것도 더한 금액)."
    )


def _changed(before: int, after: int) -> Iterator[str]:
    """From, to, and how much more or less, in won: corrections may be smaller than 천원."""
    yield comma(before)
    yield comma(after)
    yield f"{after - before:+,}" if after != before else "0"


def _corrections(rows: tuple[Reopening, ...]) -> Table:
    """Closed months that were opened for a correction, and why."""
    return Table(
        columns=(
            Column(10, "center", head=True),
            Column(22),
            Column(44),
            Column(24, "center"),
        ),
        head=(Row.of("월", "부서", "사유", "정정을 마친 날"),),
        groups=RowGroup.each(
            Row.of(
                f"{row.closing.month.month}월",
                row.department.name,
                row.reason,
                kdate(localdate(row.finished_at)),
            )
            for row in rows
        ),
        caption="마감 뒤의 정정",
    )
