"""Whether a committee may open, and what it may decide, in words and with the article (R33)."""

from dataclasses import dataclass

from django.db import connection

from apps.committees.enums import CarryingBase, Portion, Verdict
from apps.committees.models import Absence, AgendaItem, Attendance, Charter, Meeting
from apps.committees.quorum import Tally, Threshold

NO_VOTE_TAKEN = "표결하지 않는 안건입니다. ‘접수’나 ‘보류’로 적어 주세요."
NOT_HEARD = "심의 안건은 접수로 끝낼 수 없습니다."
NOBODY_THERE = "출석한 위원이 없어 접수로 적을 수 없습니다."
NO_VOTES = "표를 적어 주세요. 찬성·반대·기권·무효가 모두 0표입니다."
CARRIES = (Verdict.CARRIED, Verdict.AMENDED)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rule says at one moment: whether it is met, in a sentence, and where it stands."""

    met: bool
    sentence: str
    citation: str


def heads_of(item: AgendaItem) -> Tally:
    """재적 and 출석 of an item, the recused left out; counted by the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT in_office, present FROM committees_heads(%s)", [item.pk])
        in_office, present = cursor.fetchone()
    return Tally(in_office, present)


def opening_heads(meeting: Meeting) -> Tally:
    """재적 on the meeting's day, and who is there before its first item."""
    in_office = meeting.committee.members.in_office(meeting.roster_day).count()
    first = meeting.items.order_by("order")[:1]
    late = Absence.objects.filter(item__in=first).values("member")
    return Tally(in_office, Attendance.objects.seated(meeting).exclude(member__in=late).count())


def is_chaired(item: AgendaItem) -> bool:
    """Whether the chair, or a vice chair, is there for the item and takes part in it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT chaired FROM committees_heads(%s)", [item.pk])
        return bool(cursor.fetchone()[0])


def opening(
    charter: Charter, tally: Tally, *, what: str = "개의", written: bool = False
) -> Standing:
    """Whether the committee may open, or go on.

    ``개의 가능: 재적 14명 중 9명 출석 (과반수 8명)``; ``what`` is 의결 at an item that is voted
    on, 접수 at another. In a ``written``
    meeting nobody comes: who answers (회신) counts.
    """
    came, must = ("회신", "회신해야") if written else ("출석", "와야")
    met = charter.rule.opens(tally)
    needed = _named(charter.opening, charter.rule.opening, tally.in_office)
    counted = f"재적 {tally.in_office}명 중 {tally.present}명 {came} ({needed})"
    short = charter.rule.opening.of(tally.in_office) - tally.present
    sentence = (
        f"{what} 가능: {counted}"
        if met
        else f"{what} 불가: {counted}, {short}명이 더 {must} 합니다"
    )
    return Standing(met, sentence, charter.citation)


def carrying(
    charter: Charter, tally: Tally, *, chair_in_favor: bool = False, written: bool = False
) -> Standing:
    """Whether the motion carries by the votes of ``tally``, in words."""
    rule = charter.rule
    if not rule.opens(tally):
        return opening(charter, tally, what="의결", written=written)
    met = rule.carries(tally, chair_in_favor=chair_in_favor)
    whole = tally.in_office if rule.of_office else tally.present
    present = "회신" if written else CarryingBase.PRESENT.label.removesuffix("위원")
    base = "재적" if rule.of_office else present
    needed = _named(charter.carrying, rule.carrying, whole)
    counted = f"{base} {whole}명 중 찬성 {tally.in_favor}명 ({needed})"
    if met and tally.in_favor < rule.needed(tally):
        counted = f"가부동수({tally.in_favor}:{tally.against})를 위원장이 찬성으로 결정"
    elif tally.tied and not met:
        counted += ", 가부동수는 부결"
    return Standing(met, f"{'가결' if met else '부결'}: {counted}", charter.citation)


def refusal(
    item: AgendaItem,
    verdict: str,
    charter: Charter | None,
    tally: Tally,
    *,
    chair_in_favor: bool = False,
) -> str:
    """Why the rule does not allow a verdict by these votes, with the article; empty where it does.

    ``charter`` is ``None`` for a body without votes. 보류 is always allowed.
    """
    if charter is None:
        if verdict == Verdict.HEARD and not tally.present:
            return NOBODY_THERE
        return "" if verdict in (Verdict.HEARD, Verdict.DEFERRED) else NO_VOTE_TAKEN
    if verdict == Verdict.DEFERRED:
        return ""
    if not item.is_voted and verdict != Verdict.HEARD:
        return NO_VOTE_TAKEN
    if item.is_voted and verdict == Verdict.HEARD:
        return NOT_HEARD
    written = item.meeting.is_written
    if verdict == Verdict.HEARD:
        said = opening(charter, tally, what="접수", written=written)
        return "" if said.met else f"{said.sentence}. 근거: {said.citation}"
    said = carrying(charter, tally, chair_in_favor=chair_in_favor, written=written)
    if verdict in CARRIES:
        return "" if said.met else f"{said.sentence}. 근거: {said.citation}"
    return _not_rejected(charter, tally, said)


def _not_rejected(charter: Charter, tally: Tally, said: Standing) -> str:
    """A motion fails by votes, before enough members; where too few are there it is put off."""
    if said.met:
        return f"찬성이 정족수에 이르러 부결이 아닙니다. {said.sentence}"
    if not charter.rule.opens(tally):
        return f"{said.sentence}. ‘보류’로 적어 주세요. 근거: {said.citation}"
    return "" if tally.voted else NO_VOTES


def _named(portion: str, threshold: Threshold, whole: int) -> str:
    label = Portion(portion).label if portion != Portion.FIXED else "정족수"
    return f"{label} {threshold.of(whole)}명"
