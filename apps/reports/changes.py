"""The 수정 대비표: two editions of a plan as a paper of its own."""

from collections.abc import Iterator

from apps.documents.compare import comparison_table
from apps.documents.nodes import (
    Column,
    Document,
    Heading,
    Node,
    Note,
    Row,
    RowGroup,
    Summary,
    Table,
    TitleBox,
    roman,
)
from apps.plans.models import Plan
from apps.reports.editions import Comparison

NOTHING = "달라진 내용이 없습니다."


def change_paper(plan: Plan, found: Comparison) -> Document:
    """What changed, old and new beside each other: texts and rows, then figures."""
    old, new = found.old.label, found.new.label
    return Document(
        f"{plan.title} 수정 대비표 ({old}, {new})",
        plan.issuer,
        (
            TitleBox(),
            Summary(f"{old}과 {new}에서 달라진 곳 {found.count}건을 나란히 적음."),
            *_chapters(found),
        ),
    )


def _chapters(found: Comparison) -> Iterator[Node]:
    old, new = found.old.label, found.new.label
    yield Heading(1, "달라진 내용", roman(1))
    yield comparison_table(found.places, old=old, new=new) if found.places else Note(NOTHING)
    yield Heading(1, "달라진 수치", roman(2))
    if not found.figures:
        yield Note("계획서가 이름으로 인용한 수치에는 달라진 것이 없음.")
        return
    yield Table(
        columns=(Column(40, head=True), Column(30, "right"), Column(30, "right")),
        head=(Row.of("수치", old, new),),
        groups=RowGroup.each(Row.of(f.name, f.old, f.new) for f in found.figures),
    )
