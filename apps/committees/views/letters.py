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
from apps.committees.forms.members import NumberForm
from apps.committees.models import Committee, Member
from apps.committees.views.bodies import editable_committee
from apps.core.access import load
from apps.core.dates import today
from apps.core.forms import went_through
from apps.documents.enums import FileFormat
from apps.documents.http import paper_response


@require_safe
@allowed(*READERS)
def letter_list(request: OfficeRequest, pk: int) -> HttpResponse:
    """The appointed and those to come, with their letters."""
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


@allowed(*READERS)
def letters_number(request: OfficeRequest, pk: int) -> HttpResponse:
    """Who gets which number; sent, those who were ticked get theirs."""
    committee = editable_committee(request, pk)
    form = NumberForm(request.POST or None, committee=committee, on=today())
    given: list[Member] = []

    def number() -> None:
        chosen = form.cleaned_data["members"]
        given.extend(
            services.number_letters(committee=committee, on=today(), only=chosen, by=request.user)
        )

    if went_through(form, number):
        listed = ", ".join(f"{member.name} {member.letter_number}" for member in given)
        messages.success(request, f"위촉장 번호를 매겼습니다: {listed}")
        return redirect("committees:letters", pk)
    return render(request, "committees/letters_number.html", {"committee": committee, "form": form})


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
