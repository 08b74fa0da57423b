"""The meeting room: who is there, which item is called, how the vote went.

Every tick and vote is a form of its own, and the whole page answers. What is sent twice, as after a
lost connection, is recorded once.
"""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import OfficeRequest, allowed
from apps.accounts.models import User
from apps.committees import services
from apps.committees.access import READERS, may_edit
from apps.committees.enums import MeetingState
from apps.committees.forms.room import DecisionForm, RecusalForm, SeatForm, TappedForm
from apps.committees.models import AgendaItem, Meeting, Member, Recusal
from apps.committees.models.members import MemberQuerySet
from apps.committees.queries import too_early
from apps.committees.queries.room import Judgement, Room, judged, room_of
from apps.committees.views.meetings import editable_meeting, meetings_of
from apps.core.access import load
from apps.core.dates import today
from apps.core.forms import went_through

#: What a button of the room does, and the state it leads to.
MOVES: dict[str, tuple[Callable[..., None], MeetingState]] = {
    "open": (services.open_meeting, MeetingState.OPENED),
    "close": (services.close_meeting, MeetingState.CLOSED),
    "resume": (services.resume_meeting, MeetingState.OPENED),
}
#: What is said then, of a meeting in a room and of one in writing.
SAID = {
    "open": ("개의를 기록했습니다.", "의결을 시작했습니다. 안건마다 결과를 적어 주세요."),
    "close": ("산회를 기록했습니다.", "의결을 마쳤습니다."),
    "resume": ("회의를 다시 열었습니다.", "의결을 다시 시작했습니다."),
}
NO_SUCH_MOVE = "누른 단추를 알 수 없습니다. 화면을 새로 고쳐 주세요."


@require_safe
@allowed(*READERS)
def room(request: OfficeRequest, pk: int) -> HttpResponse:
    """The room as it stands."""
    return _shown(request, load(meetings_of(request), pk))


@require_POST
@allowed(*READERS)
def room_move(request: OfficeRequest, pk: int) -> HttpResponseRedirect:
    """개의, 산회, 다시 열기; told as done where somebody has done it already."""
    meeting = editable_meeting(request, pk)
    name = request.POST.get("move", "")
    if name not in MOVES:
        messages.error(request, NO_SUCH_MOVE)
        return _back(request, meeting)
    change, reached = MOVES[name]
    if meeting.state == reached:
        return _back(request, meeting)
    form = TappedForm(request.POST)
    form.is_valid()
    stamp = {} if name == "resume" else {"at": form.moment(meeting.held_on)}
    said = SAID[name][meeting.is_written]
    return _did(request, meeting, partial(change, meeting=meeting, by=request.user, **stamp), said)


@require_POST
@allowed(*READERS)
def room_everybody(request: OfficeRequest, pk: int) -> HttpResponseRedirect:
    """전원 출석."""
    meeting = editable_meeting(request, pk)
    return _did(request, meeting, lambda: services.attend_all(meeting=meeting, by=request.user))


@require_POST
@allowed(*READERS)
def room_seat(request: OfficeRequest, pk: int, member_pk: int) -> HttpResponse:
    """A member is there, is gone, or was there for some items only."""
    meeting = editable_meeting(request, pk)
    member = load(meeting.committee.members.visible_to(request.user), member_pk)
    form = SeatForm(member, list(meeting.items.all()), request.POST)
    if went_through(form, lambda: _seat(meeting, member, form, request.user)):
        return _back(request, meeting)
    return _shown(request, meeting, seat=(member, form))


@require_POST
@allowed(*READERS)
def room_recuse(request: OfficeRequest, pk: int) -> HttpResponse:
    """제척·기피·회피 at an item."""
    item = _editable_item(request, pk)
    form = RecusalForm(_members(item.meeting), request.POST)

    def save() -> None:
        services.recuse(item=item, by=request.user, **form.cleaned_data)

    if went_through(form, save):
        return _back(request, item.meeting)
    return _shown(request, item.meeting, recusal=form)


@require_POST
@allowed(*READERS)
def room_rejoin(request: OfficeRequest, pk: int, member_pk: int) -> HttpResponseRedirect:
    """The member takes part in the item after all."""
    item = _editable_item(request, pk)
    found = Recusal.objects.filter(item=item, member=member_pk).first()
    if found is None:
        return _back(request, item.meeting)
    return _did(request, item.meeting, lambda: services.take_part(recusal=found, by=request.user))


@require_POST
@allowed(*READERS)
def room_decide(request: OfficeRequest, pk: int) -> HttpResponse:
    """What came of an item; with ``check`` only what the votes typed so far allow."""
    item = _editable_item(request, pk)
    form = DecisionForm(item, request.POST)
    if "unanimous" in request.POST:
        form.fields["verdict"].required = False
    if "check" in request.POST:
        return _checked(request, item, form)
    if went_through(form, partial(_decide, request, item, form)):
        messages.success(request, f"결과를 기록했습니다: {item.heading}")
        return redirect("committees:room", item.meeting_id)
    if hasattr(AgendaItem.objects.select_related("resolution").get(pk=pk), "resolution"):
        said = " ".join(map(str, form.non_field_errors()))
        messages.error(request, f"{said} 보낸 결과: {item.heading} {form.in_words}")
        return redirect("committees:room", item.meeting_id)
    return _shown(request, item.meeting, decision=form, chosen=item.pk)


@require_POST
@allowed(*READERS)
def room_undo(request: OfficeRequest, pk: int) -> HttpResponseRedirect:
    """결과 취소: the item is open again."""
    item = _editable_item(request, pk)
    seen = request.POST.get("seen", "")
    number = int(seen) if seen.isdecimal() else None
    change = partial(services.undo_decision, item=item, seen=number, by=request.user)
    return _did(request, item.meeting, change, f"결과를 취소했습니다: {item.heading}")


def _seat(meeting: Meeting, member: Member, form: SeatForm, by: User) -> None:
    match form.cleaned_data["seat"]:
        case "here":
            at = form.clock(meeting.held_on)
            services.attend(meeting=meeting, member=member, at=at, by=by)
        case "gone":
            at = form.clock(meeting.held_on)
            services.leave(meeting=meeting, member=member, at=at, by=by)
        case "away":
            services.stay_away(meeting=meeting, member=member, by=by)
        case "hours":
            services.correct_hours(meeting=meeting, member=member, by=by, **form.hours)


def _decide(request: OfficeRequest, item: AgendaItem, form: DecisionForm) -> None:
    text = form.cleaned_data["text"]
    if "unanimous" in request.POST:
        services.decide_unanimously(item=item, text=text, by=request.user)
        return
    verdict = form.cleaned_data["verdict"]
    services.decide(item=item, verdict=verdict, votes=form.votes, text=text, by=request.user)


def _checked(request: OfficeRequest, item: AgendaItem, form: DecisionForm) -> HttpResponse:
    """The same page with the votes judged; for a script only that part of it."""
    form.fields["verdict"].required = False
    form.is_valid()
    if not request.headers.get("HX-Request"):
        return _shown(request, item.meeting, decision=form, chosen=item.pk)
    shown = room_of(item.meeting, item.pk)
    context = {"decision": form, "judgement": _judged(shown, form)}
    return render(request, "committees/room/verdict.html", context)


def _judged(shown: Room, form: DecisionForm) -> Judgement | None:
    """The votes of the form judged; more than there are heads are told beside them."""
    if not form.is_bound or form.errors.get("in_favor"):
        return judged(shown, None)
    votes = form.votes
    try:
        written = shown.meeting.is_written
        tally = services.tally_of(shown.heads, votes, written=written)
    except ValidationError as error:
        form.add_error(None, error)
        return judged(shown, None)
    return judged(shown, tally, chair_in_favor=votes.chair_in_favor)


def _shown(
    request: OfficeRequest,
    meeting: Meeting,
    *,
    seat: tuple[Member, SeatForm] | None = None,
    recusal: RecusalForm | None = None,
    decision: DecisionForm | None = None,
    chosen: int | None = None,
) -> HttpResponse:
    shown = room_of(meeting, chosen or _chosen(request))
    forms = dict([seat] if seat else [])
    seats = [
        (each, forms.get(each.member) or SeatForm.shown(each.member, shown.items, each.row))
        for each in shown.seats
    ]
    decision = decision or (DecisionForm(shown.current) if shown.current else None)
    context = {
        "meeting": meeting,
        "room": shown,
        "seats": seats,
        "form": seat[1] if seat else recusal or decision,
        "recusal": recusal or RecusalForm(_members(meeting)),
        "decision": decision,
        "judgement": _judged(shown, decision) if decision else None,
        "early": too_early(meeting, today()) if meeting.state == MeetingState.CALLED else "",
        "may_edit": may_edit(request.user),
    }
    return render(request, "committees/room/room.html", context)


def _did(
    request: OfficeRequest, meeting: Meeting, change: Callable[[], object], said: str = ""
) -> HttpResponseRedirect:
    """Make a change that needs no form; what it refuses, the page says."""
    try:
        change()
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        if said:
            messages.success(request, said)
    return _back(request, meeting)


def _back(request: OfficeRequest, meeting: Meeting) -> HttpResponseRedirect:
    """To the room, at the item that was called."""
    chosen = _chosen(request)
    called = f"?item={chosen}" if chosen else ""
    return redirect(reverse("committees:room", args=[meeting.pk]) + called)


def _chosen(request: OfficeRequest) -> int | None:
    item = request.GET.get("item", "")
    return int(item) if item.isdecimal() else None


def _members(meeting: Meeting) -> MemberQuerySet:
    return meeting.committee.members.in_office(meeting.roster_day)


def _editable_item(request: OfficeRequest, pk: int) -> AgendaItem:
    items = AgendaItem.objects
    visible = items.visible_to(request.user).select_related("meeting__committee")
    return load(visible, pk, editable=items.editable_by(request.user))
