"""Letters of appointment: which are numbered, and the papers."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from apps.accounts.access import OfficeRequest, allowed
from apps.committees import services
from apps.committees.access import READERS, may_edit
from apps.committees.documents.letters import letters
from apps.committees.enums import Appointment
from apps.committees.models import Committee, Member
from apps.committees.views.bodies import editable_committee
from apps.core.access import load
from apps.core.dates import today
from apps.documents.enums import FileFormat
from apps.documents.http import paper_response


@allowed(*READERS)
def letter_list(request: OfficeRequest, pk: int) -> HttpResponse:
    """The appointed and those to come, with their letters; sending numbers what has none."""
    if request.method == "POST":
        committee = editable_committee(request, pk)
        count = services.number_letters(committee=committee, on=today(), by=request.user)
        messages.success(request, f"위촉장 {count}건에 번호를 매겼습니다.")
        return redirect("committees:letters", pk)
    committee = load(Committee.objects.visible_to(request.user), pk)
    serving = committee.members.not_ended(today())
    members = list(serving.filter(appointment=Appointment.APPOINTED))
    context = {
        "committee": committee,
        "members": members,
        "named": sum(bool(member.name) for member in members),
        "unnumbered": sum(bool(m.name and not m.letter_number) for m in members),
        "may_edit": may_edit(request.user),
    }
    return render(request, "committees/letters.html", context)


@require_safe
@allowed(*READERS)
def committee_letters(request: OfficeRequest, pk: int, form: FileFormat) -> HttpResponse:
    """The letters of all who are appointed, or will be, one after another."""
    committee = load(Committee.objects.visible_to(request.user), pk)
    members = list(committee.members.lettered().not_ended(today()))
    if not members:
        raise Http404
    return paper_response(letters(committee, members), form)


@require_safe
@allowed(*READERS)
def member_letter(request: OfficeRequest, pk: int, form: FileFormat) -> HttpResponse:
    """The letter of one member."""
    members = Member.objects.visible_to(request.user).lettered().select_related("committee")
    member = load(members, pk)
    return paper_response(letters(member.committee, [member]), form, mark=member.name)
