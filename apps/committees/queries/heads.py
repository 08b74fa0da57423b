"""Whether a committee may open, and what it may decide, in words and with the article (R33)."""

from dataclasses import dataclass

from django.db import connection

from apps.committees.enums import CarryingBase, Portion
from apps.committees.models import AgendaItem, Charter, Meeting
from apps.committees.quorum import Tally, Threshold


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
    """재적 on the meeting's day, and who has been there since before its first item."""
    in_office = meeting.committee.members.in_office(meeting.roster_day).count()
    return Tally(in_office, meeting.attendances.filter(from_item=None).count())


def opening(charter: Charter, tally: Tally) -> Standing:
    """Whether the committee may open, or go on.

    ``개의 가능: 재적 14명 중 9명 출석 (과반수 8명)``
    """
    met = charter.rule.opens(tally)
    needed = _named(charter.opening, charter.rule.opening, tally.in_office)
    counted = f"재적 {tally.in_office}명 중 {tally.present}명 출석 ({needed})"
    short = charter.rule.opening.of(tally.in_office) - tally.present
    sentence = (
        f"개의 가능: {counted}" if met else f"개의 불가: {counted}, {short}명이 더 와야 합니다"
    )
    return Standing(met, sentence, charter.citation)


def carrying(charter: Charter, tally: Tally, *, chair_in_favor: bool = False) -> Standing:
    """Whether the motion carries by the votes of ``tally``, in words."""
    rule = charter.rule
    if not rule.opens(tally):
        return opening(charter, tally)
    met = rule.carries(tally, chair_in_favor=chair_in_favor)
    whole = tally.in_office if rule.of_office else tally.present
    base = CarryingBase(charter.carrying_of).label.removesuffix("위원")
    needed = _named(charter.carrying, rule.carrying, whole)
    counted = f"{base} {whole}명 중 찬성 {tally.in_favor}명 ({needed})"
    if met and tally.in_favor < rule.needed(tally):
        counted = f"가부동수({tally.in_favor}:{tally.against})를 위원장이 찬성으로 결정"
    elif tally.tied and not met:
        counted += ", 가부동수는 부결"
    return Standing(met, f"{'가결' if met else '부결'}: {counted}", charter.citation)


def _named(portion: str, threshold: Threshold, whole: int) -> str:
    label = Portion(portion).label if portion != Portion.FIXED else "정족수"
    return f"{label} {threshold.of(whole)}명"
