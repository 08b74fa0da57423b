"""Members: appointed, corrected, gone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from apps.accounts.access import OfficeRequest, allowed
from apps.committees import services
from apps.committees.access import READERS
from apps.committees.forms.members import MemberEndForm, MemberForm
from apps.committees.models import Member
from apps.committees.views.bodies import editable_committee
from apps.core.access import load
from apps.core.forms import went_through


@allowed(*READERS)
def member_create(request: OfficeRequest, committee_pk: int) -> HttpResponse:
    """Add a member to a committee."""
    member = Member(committee=editable_committee(request, committee_pk))
    return _edit_member(request, member, "위원 추가")


@allowed(*READERS)
def member_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Correct what is written about a member."""
    return _edit_member(request, _editable_member(request, pk), "위원 정보 수정")


def _edit_member(request: OfficeRequest, member: Member, heading: str) -> HttpResponse:
    form = MemberForm(request.POST or None, instance=member)
    if went_through(form, lambda: services.save_member(member=member, by=request.user)):
        messages.success(request, "위원 정보를 저장했습니다.")
        return redirect("committees:detail", member.committee_id)
    context = {"form": form, "committee": member.committee, "heading": heading}
    return render(request, "committees/member_form.html", context)


@allowed(*READERS)
def member_end(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take down the last day of a member who leaves."""
    member = _editable_member(request, pk)
    form = MemberEndForm(request.POST or None)

    def end() -> None:
        services.end_member(member=member, on=form.cleaned_data["ends"], by=request.user)

    if went_through(form, end):
        messages.success(request, "마지막 재임일을 저장했습니다.")
        return redirect("committees:detail", member.committee_id)
    context = {"form": form, "committee": member.committee, "heading": f"{member} 퇴임"}
    return render(request, "committees/member_form.html", context)


def _editable_member(request: OfficeRequest, pk: int) -> Member:
    members = Member.objects.visible_to(request.user).select_related("committee")
    return load(members, pk, editable=Member.objects.editable_by(request.user))
