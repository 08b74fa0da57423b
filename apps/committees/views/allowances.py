"""참석수당: the pay list of a meeting, and paying it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from apps.accounts.access import OfficeRequest, allowed
from apps.committees import services
from apps.committees.access import READERS, may_edit
from apps.committees.documents.allowances import allowances as paper
from apps.committees.forms.allowances import PayForm
from apps.committees.models import Meeting
from apps.committees.queries.allowances import allowance_rule, pay_list, total, usual_line
from apps.committees.views.meetings import editable_meeting, meetings_of
from apps.core.access import load
from apps.core.dates import today
from apps.core.forms import went_through
from apps.documents.enums import FileFormat
from apps.documents.http import paper_response


@allowed(*READERS)
def allowances(request: OfficeRequest, pk: int) -> HttpResponse:
    """Who is paid how much, and what that leaves of the budget; sent, all of them are paid."""
    find = editable_meeting if request.method == "POST" else _readable
    meeting = find(request, pk)
    form = PayForm(request.POST or None, meeting=meeting, today=today())

    def pay() -> None:
        services.pay_allowances(meeting=meeting, **form.cleaned_data, by=request.user)

    if went_through(form, pay):
        messages.success(request, "참석수당 지급을 기록했습니다.")
        return redirect("committees:allowances", pk)
    pays = pay_list(meeting)
    context = {
        "meeting": meeting,
        "form": form,
        "pays": pays,
        "total": total(pays),
        "rule": allowance_rule(meeting),
        "line": usual_line(meeting.committee, meeting.month.year),
        "unpaid": meeting.is_closed and any(pay.paid_on is None for pay in pays),
        "may_edit": may_edit(request.user),
    }
    return render(request, "committees/allowances.html", context)


@require_safe
@allowed(*READERS)
def allowances_paper(request: OfficeRequest, pk: int, form: FileFormat) -> HttpResponse:
    """The pay list as a file."""
    return paper_response(paper(_readable(request, pk)), form)


def _readable(request: OfficeRequest, pk: int) -> Meeting:
    return load(meetings_of(request), pk)
