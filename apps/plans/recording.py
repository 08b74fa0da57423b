"""What is recorded under a plan while it runs."""

from datetime import date

from apps.accounts.models import User
from apps.core.history import service
from apps.core.refusals import told
from apps.plans.models import BudgetLine, Expenditure


@service
def record_expenditure(
    *,
    line: BudgetLine,
    spent_on: date,
    amount: int,
    text: str,
    document_number: str = "",
    by: User,
) -> Expenditure:
    """Money spent from a budget line, in won: the door for whoever pays, a person or an app.

    Raises ``ValidationError`` at the field that is wrong: more than what is left of the line, a
    day outside the plan's year, conditional money, a closed plan (:mod:`apps.plans.triggers`).
    """
    spent = Expenditure(
        line=line, spent_on=spent_on, amount=amount, text=text, document_number=document_number
    )
    spent.full_clean()
    with told():
        spent.save()
    return spent
