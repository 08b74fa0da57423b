"""The papers of a meeting that are printed from its records, by the name in their address."""

from collections.abc import Callable
from dataclasses import dataclass

from apps.committees.documents.minutes import minutes_paper
from apps.committees.documents.resolution import resolutions
from apps.committees.documents.results import results
from apps.committees.documents.seats import nameplates, seating
from apps.committees.documents.signing import signing
from apps.committees.documents.votes import vote_sheets
from apps.committees.enums import MeetingMode
from apps.committees.models import Meeting
from apps.documents.nodes import Document


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper, what it is for, and which meetings have one.

    One that tells what happened is there ``afterwards``; one of a vote only where the body takes
    votes, one of a room only where members come together in one.
    """

    label: str
    purpose: str
    make: Callable[[Meeting], Document]
    afterwards: bool = False
    for_votes: bool = False
    in_room: bool = False

    def lacking(self, meeting: Meeting) -> str:
        """Why there is nothing to print, in a sentence; empty where there is."""
        if self.for_votes and not meeting.committee.decides_by_vote:
            return "의결하지 않는 협의체에는 없습니다."
        if self.in_room and meeting.mode != MeetingMode.IN_PERSON:
            return "한자리에 모이는 회의에만 있습니다."
        if self.afterwards and not meeting.is_closed:
            return "산회한 뒤에 만들 수 있습니다."
        return ""


PAPERS = {
    "nameplates": Paper("명패", "위원마다 한 장씩 반으로 접어 세웁니다.", nameplates, in_room=True),
    "seating": Paper("좌석 배치도", "회의장에 자리를 놓을 때 봅니다.", seating, in_room=True),
    "signing": Paper("참석자 등록부", "회의 날 위원이 서명합니다.", signing, in_room=True),
    "votes": Paper(
        "표결지", "심의 안건마다 위원에게 한 장씩 나누어 줍니다.", vote_sheets, for_votes=True
    ),
    "resolution": Paper(
        "의결서", "의결 주문과 표결 결과에 위원이 서명합니다.", resolutions, True, for_votes=True
    ),
    "results": Paper("회의 결과 통지", "위원과 제안 부서에 결과를 알립니다.", results, True),
    "minutes": Paper("회의록", "확정 전에는 초안으로 인쇄합니다.", minutes_paper, True),
}
