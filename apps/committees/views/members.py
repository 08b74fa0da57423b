"""Members: appointed, corrected, appointed again, followed, gone."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from apps.accounts.access import OfficeRequest, allowed
from apps.committees import services
from apps.committees.access import READERS, may_edit
from apps.committees.enums import Leaving
from apps.committees.forms.members import HandOverForm, MemberEndForm, MemberForm, ReappointForm
from apps.committees.models import Committee, Member
from apps.committees.queries.rosters import next_term
from apps.committees.queries.successors import successor_of
from apps.committees.views.bodies import editable_committee
from apps.core.access import load
from apps.core.dates import today
from apps.core.forms import Form, went_through
from apps.core.paging import page_of


@allowed(*READERS)
def member_create(request: OfficeRequest, committee_pk: int) -> HttpResponse:
    """Add a member to a committee."""
    member = Member(committee=editable_committee(request, committee_pk))
    return _edit_member(request, member, "위원 추가")


@allowed(*READERS)
def member_successor(request: OfficeRequest, pk: int) -> HttpResponse:
    """Appoint somebody to the seat of one who has left, for the rest of the term (잔임기간)."""
    gone = _editable_member(request, pk)
    return _edit_member(request, successor_of(gone, today()), f"후임 위촉 ({gone})")


@allowed(*READERS)
def member_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Correct what is written about a member."""
    return _edit_member(request, _editable_member(request, pk), "위원 정보 수정")


def _edit_member(request: OfficeRequest, member: Member, heading: str) -> HttpResponse:
    form = MemberForm(request.POST or None, instance=member)
    with transaction.atomic():
        if form.is_bound:
            services.hold_roster(member)  # before the form locks the member
        saved = went_through(form, lambda: services.save_member(member=member, by=request.user))
    if saved:
        messages.success(request, "위원 정보를 저장했습니다.")
        return redirect("committees:detail", member.committee_id)
    context = {"form": form, "committee": member.committee, "heading": heading}
    return render(request, "committees/member_form.html", context)


@allowed(*READERS)
def member_end(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take down when a member leaves, and why."""
    member = _editable_member(request, pk)
    leaving = Leaving.TRANSFERRED if member.is_ex_officio else Leaving.RESIGNED
    form = MemberEndForm(request.POST or None, initial={"leaving": leaving})

    def end() -> None:
        values = form.cleaned_data
        services.end_member(
            member=member,
            on=values["ends"],
            leaving=values["leaving"],
            reason=values["leaving_reason"],
            by=request.user,
        )

    return _change(request, member, form, end, f"{member} 퇴임", "퇴임으로 처리했습니다.")


@allowed(*READERS)
def member_reappoint(request: OfficeRequest, pk: int) -> HttpResponse:
    """Appoint a member again, as long as before from the day after the term ends."""
    member = _editable_member(request, pk)
    form = ReappointForm(request.POST or None, initial=next_term(member))

    def appoint() -> None:
        services.reappoint(member=member, by=request.user, **form.cleaned_data)

    return _change(request, member, form, appoint, f"{member} 재위촉", "다시 위촉했습니다.")


@allowed(*READERS)
def member_hand_over(request: OfficeRequest, pk: int) -> HttpResponse:
    """The post of a 당연직 has changed hands: one leaves, the next one comes."""
    member = _editable_member(request, pk)
    initial = {"is_official": member.is_official}
    form = HandOverForm(request.POST or None, initial=initial)

    def hand_over() -> None:
        services.hand_over(member=member, by=request.user, **form.cleaned_data)

    return _change(
        request, member, form, hand_over, f"{member.post} 후임", "후임 위원으로 바꾸었습니다."
    )


@allowed(*READERS)
def member_delete(request: OfficeRequest, pk: int) -> HttpResponse:
    """Remove a term that was entered by mistake."""
    member = _editable_member(request, pk)
    if request.method != "POST":
        return render(request, "committees/member_delete.html", {"member": member})
    try:
        services.delete_member(member=member, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, f"위원을 삭제했습니다: {member}")
    return redirect("committees:member_terms", member.committee_id)


def _change(
    request: OfficeRequest,
    member: Member,
    form: Form,
    change: Callable[[], None],
    heading: str,
    done: str,
) -> HttpResponse:
    """A form about a member, and back to the committee once it went through."""
    if went_through(form, change):
        messages.success(request, f"{member}: {done}")
        return redirect("committees:detail", member.committee_id)
    context = {"form": form, "committee": member.committee, "heading": heading, "member": member}
    return render(request, "committees/member_change.html", context)


@require_safe
@allowed(*READERS)
def member_terms(request: OfficeRequest, committee_pk: int) -> HttpResponse:
    """Every term ever held in a committee, and how each ended."""
    committee = load(Committee.objects.visible_to(request.user), committee_pk)
    rows = committee.members.order_by("-starts", "office", "appointment", "pk")
    context = {
        "committee": committee,
        "page": page_of(request, rows),
        "may_edit": may_edit(request.user),
    }
    return render(request, "committees/member_terms.html", context)


def _editable_member(request: OfficeRequest, pk: int) -> Member:
    members = Member.objects.visible_to(request.user).select_related("committee")
    return load(members, pk, editable=Member.objects.editable_by(request.user))
