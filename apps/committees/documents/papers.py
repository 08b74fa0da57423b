"""The papers of a meeting that are printed from its records, by the name in their address."""

from collections.abc import Callable
from dataclasses import dataclass

from apps.committees.documents.minutes import minutes_paper
from apps.committees.documents.resolution import resolutions
from apps.committees.documents.results import results
from apps.committees.documents.signing import signing
from apps.committees.documents.votes import vote_sheets
from apps.committees.models import Meeting
from apps.documents.nodes import Document


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper, what it is for, and whether it tells what happened: then there is none before."""

    label: str
    purpose: str
    make: Callable[[Meeting], Document]
    afterwards: bool = False
    for_votes: bool = False

    def is_there(self, meeting: Meeting) -> bool:
        """Whether there is anything to print: a body without votes decides nothing."""
        if self.for_votes and not meeting.committee.decides_by_vote:
            return False
        return meeting.is_closed or not self.afterwards


PAPERS = {
    "signing": Paper("참석자 등록부", "회의 날 위원이 서명합니다.", signing),
    "votes": Paper(
        "표결지", "심의 안건마다 위원에게 한 장씩 나누어 줍니다.", vote_sheets, for_votes=True
    ),
    "resolution": Paper(
        "의결서", "의결 주문과 표결 결과에 위원이 서명합니다.", resolutions, True, for_votes=True
    ),
    "results": Paper("회의 결과 통지", "위원과 제안 부서에 결과를 알립니다.", results, True),
    "minutes": Paper("회의록", "확정 전에는 초안으로 인쇄합니다.", minutes_paper, True),
}
