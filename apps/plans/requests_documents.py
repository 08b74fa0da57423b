"""Papers of requests to departments: the request itself, and how its answers stand."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Prefetch
from django.utils import timezone

from apps.accounts.models import Department
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
    Table,
    TitleBox,
    roman,
)
from apps.plans.enums import Standing
from apps.plans.models import DepartmentRequest, Plan, RequestDelivery
from apps.plans.requests import day, with_counts
from apps.plans.texts import filled


def _requests(plan: Plan, department: Department | None) -> list[DepartmentRequest]:
    """The plan's requests with their deliveries, or those that went to one department."""
    sent = RequestDelivery.objects.select_related("department").order_by(
        "department__position", "pk"
    )
    rows = plan.requests.prefetch_related(Prefetch("deliveries", queryset=sent))
    if department is not None:
        rows = rows.filter(deliveries__department=department)
    return list(rows.order_by("position", "pk"))


def letter(plan: Plan, department: Department | None = None) -> Document:
    """행정사항 협조 요청: what was sent to one department, or what the plan asks of all."""
    nodes: list[Node] = [TitleBox()]
    requests = _requests(plan, department)
    to = department.name if department else "항목마다 적은 부서"
    nodes.append(KeyFacts((("수신", to), ("발신", plan.issuer), ("근거", plan.title))))
    for number, request in enumerate(requests, 1):
        nodes += _asked(number, request, department)
    if not requests:
        nodes.append(Note("요청한 행정사항이 없습니다."))
    title = f"{plan.year}년 행정사항 협조 요청"
    if department is not None:
        title = f"{title} ({department.name})"
    days = [row.sent_at for request in requests for row in _went(request, department)]
    sent_on = kdate(timezone.localdate(max(days))) if days else ""
    return filled(Document(title, plan.issuer, tuple(nodes), issued_on=sent_on), plan)[0]


def _went(request: DepartmentRequest, department: Department | None) -> list[RequestDelivery]:
    return [
        row
        for row in request.deliveries.all()
        if department is None or row.department_id == department.pk
    ]


def _asked(
    number: int, request: DepartmentRequest, department: Department | None
) -> Iterator[Node]:
    sent = _went(request, department)
    title = "협조 요청 사항" if department else request.addressee
    yield Heading(1, title, roman(number) if number <= 12 else f"{number}")
    yield Outline.of(sent[0].body if department and sent else request.body)
    days = sorted({row.due for row in sent if row.due}) or ([request.due] if request.due else [])
    facts = [("회신 기한", ", ".join(map(day, days)) or day(None))]
    if department is None:
        names = ", ".join(row.department.name for row in sent)
        facts.append(("받는 부서", f"{names} ({len(sent)}곳)" if sent else "아직 보내지 않음"))
    yield KeyFacts(tuple(facts))


def standing(plan: Plan, today: date) -> Document:
    """회신 현황: what each department has answered until ``today``, and what became of it."""
    nodes: list[Node] = [TitleBox()]
    requests = _requests(plan, None)
    nodes.append(_sums(plan, today))
    for number, request in enumerate(requests, 1):
        numeral = roman(number) if number <= 12 else f"{number}"
        nodes += [Heading(1, request.addressee, numeral), Outline.of(request.body)]
        nodes.append(_answers(request.deliveries.all(), today))
    paper = Document(f"{plan.year}년 행정사항 회신 현황", plan.issuer, tuple(nodes))
    return filled(paper, plan)[0]


def _sums(plan: Plan, today: date) -> Table:
    heads = ("보냄", "확인", "회신", "처리 완료", "기한 지남")
    figures = [
        (row.addressee, (row.sent, row.read, row.answered, row.settled, row.overdue))
        for row in with_counts(plan, today)
    ]
    totals = [sum(column) for column in zip(*(each for _, each in figures), strict=True)]
    return Table(
        columns=(Column(40, head=True), *(Column(12, "right") for _ in heads)),
        head=(Row.of("행정사항", *heads),),
        groups=(
            *RowGroup.each(Row.of(name, *map(Cell.count, each)) for name, each in figures),
            RowGroup.of(Row.of("계", *map(Cell.count, totals or [0] * len(heads)), total=True)),
        ),
        unit="단위: 곳",
    )


def _answers(sent: Iterable[RequestDelivery], today: date) -> Node:
    rows = [
        Row.of(
            row.department.name,
            day(row.due),
            _state(row, today),
            row.answer or "-",
            row.follow_up or "-",
        )
        for row in sent
    ]
    if not rows:
        return Note("아직 보내지 않았습니다.")
    return Table(
        columns=(
            Column(18, head=True),
            Column(17, "center"),
            Column(15, "center"),
            Column(30),
            Column(20),
        ),
        head=(Row.of("부서", "회신 기한", "상태", "회신 내용", "처리 내용"),),
        groups=RowGroup.each(rows),
    )


def _state(row: RequestDelivery, today: date) -> str:
    standing = row.standing(today)
    if standing == Standing.ANSWERED and row.answered_at:
        return f"{standing.label}\n{timezone.localdate(row.answered_at):%m. %d.}"
    return str(standing.label)
