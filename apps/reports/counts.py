"""Numbers of firms in the yearly plan: what was published, or what the registry gives."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from apps.core.templatetags.office import kdate
from apps.documents.nodes import Bar, BarChart, Cell, Column, Node, Note, Row, RowGroup, Table
from apps.enterprises.models import PublishedCount
from apps.enterprises.queries import counts_on, yearly_change
from apps.plans.models import Plan

YEARS_SHOWN = 3


def count_nodes(plan: Plan) -> Iterator[Node]:
    """The last published numbers up to the plan's day, else the registry's own count.

    The two are never put in one table: each counts by its own rule.
    """
    if plan.counted_on is None:
        return
    published = list(PublishedCount.objects.filter(as_of__lte=plan.counted_on, kind=""))
    recent = date(plan.year - YEARS_SHOWN, 1, 1)
    if any(count.as_of >= recent for count in published):
        yield from _published(published, recent, plan.counted_on)
    else:
        yield from _computed(plan.counted_on)


def _published(counts: list[PublishedCount], recent: date, day: date) -> Iterator[Node]:
    """The row of numbers counted by one rule, the one most went by; others stand apart from it."""
    rules = Counter(count.rule for count in counts)
    rule = max(counts, key=lambda count: (rules[count.rule], count.as_of)).rule
    row = [count for count in counts if count.rule == rule][-YEARS_SHOWN - 1 :]
    others = [count for count in counts if count.rule != rule and count.as_of >= recent]
    yield BarChart(
        "사회적경제 조직 수 (공표)",
        tuple(Bar(_label(c), c.count, f"{c.count}개") for c in row),
    )
    yield _table("공표한 사회적경제 조직 수", row)
    if row[-1].as_of < day:
        yield Note(f"{_label(row[-1])} 뒤로는 같은 기준으로 공표한 수가 없음.")
    if others:
        yield _table("집계 기준이 달라 위의 수와 견줄 수 없는 수", others)


def _table(caption: str, counts: list[PublishedCount]) -> Table:
    return Table(
        columns=(Column(22, head=True), Column(12, "right"), Column(33), Column(33)),
        head=(Row.of("기준일", "조직 수", "집계 기준", "출처"),),
        groups=RowGroup.each(
            Row.of(_label(c), Cell.count(c.count), c.rule, c.source) for c in counts
        ),
        caption=caption,
        unit="단위: 개",
    )


def _label(count: PublishedCount) -> str:
    """The day, or only as much of it as was printed."""
    return count.date_note or kdate(count.as_of)


def _computed(day: date) -> Iterator[Node]:
    if years := yearly_change(day.year - YEARS_SHOWN, day):
        yield BarChart(
            "사회적경제기업 수 (등록부)",
            tuple(Bar(kdate(y.until), y.total.count, f"{y.total.count}개") for y in years),
        )
    counts = counts_on(day)
    yield Table(
        columns=(Column(50, head=True), Column(50, "right")),
        head=(Row.of("유형", "기업 수"),),
        groups=(
            *RowGroup.each(Row.of(g.group.label, Cell.count(g.count)) for g in counts.groups),
            RowGroup.of(
                Row.of("전체 (여러 유형인 기업은 한 번만)", Cell.count(counts.total), total=True)
            ),
        ),
        caption=f"유형별 기업 수 ({kdate(day)} 기준)",
        unit="단위: 개",
    )
    yield Note("여러 유형에 지정된 기업은 유형마다 세고, 전체에서는 한 번만 셈.")
