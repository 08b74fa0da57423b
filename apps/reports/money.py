"""What the plan and the budget report both say of the plan's money."""

from collections.abc import Iterator

from django.utils.timezone import localdate

from apps.core.money import thousand
from apps.core.templatetags.office import kdate
from apps.documents.nodes import Node, Note, Outline
from apps.plans import queries
from apps.plans.budget_tables import source_chart, source_table
from apps.plans.enums import Account, MoneySource
from apps.plans.models import Plan
from apps.plans.queries import BudgetTotals


def issued_on(plan: Plan) -> str:
    """The day the plan was confirmed; while it is open the paper says that it is a draft.

    The day of a paper published before the portal, whose ``source`` the plan names, is not known.
    """
    if plan.open or plan.confirmed_at is None:
        return f"{plan.year}년도 ({plan.get_state_display()})"
    if plan.source:
        return f"{plan.year}년"
    return kdate(localdate(plan.confirmed_at))


def district_money(plan: Plan) -> Outline:
    """``□ 일반회계: 50,206천원 (구비)``, a line for each account the plan has firm 구비 in."""
    accounts = [a for a in queries.sums_by_account(plan) if a.firm]
    lines = [(a.account, a.firm) for a in accounts] or [(Account.GENERAL, 0)]
    return Outline.of(
        "\n".join(f"□ {account.label}: {thousand(firm)}천원 (구비)" for account, firm in lines)
    )


def all_sources(totals: BudgetTotals) -> Iterator[Node]:
    """The money of all sources as a table and a chart; what is not certain stands apart."""
    line = f"□ 모든 재원: {thousand(totals.firm)}천원"
    if totals.conditional:
        extra, together = thousand(totals.conditional), thousand(totals.total)
        line += f" (선정 시 {extra}천원 별도, 모두 선정되면 {together}천원)"
    yield Outline.of(line)
    yield source_table(totals)
    yield from unsplit_note(totals)
    yield from chart(totals)


def chart(totals: BudgetTotals) -> Iterator[Node]:
    if totals.by_source:
        yield source_chart(totals)


def source_notes(totals: BudgetTotals) -> Iterator[Node]:
    """What a reader of the table by source has to know of its figures."""
    yield from unsplit_note(totals)
    if totals.conditional:
        yield Note("‘선정 시’는 공모에 선정될 때만 오는 금액이며, 확정·예상 금액에 넣지 않음.")


def unsplit_note(totals: BudgetTotals) -> Iterator[Node]:
    if any(s.source is MoneySource.NATIONAL_CITY for s in totals.by_source):
        yield Note("국·시비: 국비·시비 미구분")
