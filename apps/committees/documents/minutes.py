"""회의록 as a paper."""

from django.conf import settings

from apps.committees.enums import MeetingState
from apps.committees.models import Meeting, Minutes
from apps.committees.queries.attendance import attendances_of
from apps.committees.queries.minutes import draft_of, presiding
from apps.core.templatetags.office import kdate
from apps.documents.nodes import Document, Note, Outline, Signatures, TitleBox

UNCONFIRMED = "확정하지 않은 초안입니다."


def minutes_paper(meeting: Meeting) -> Document:
    """회의록: the saved text, else the draft from the records; says so until it is confirmed."""
    saved = Minutes.objects.filter(meeting=meeting).first()
    chair = presiding(attendances_of(meeting))
    signed = [("위원장", "")] if chair is None else [(chair.get_office_display(), chair.name)]
    confirmed = meeting.state == MeetingState.CONFIRMED
    return Document(
        title=f"{meeting} 회의록",
        subtitle=meeting.title,
        issuer=settings.DISTRICT_NAME,
        issued_on=kdate(meeting.held_on),
        nodes=(
            TitleBox(),
            *(() if confirmed else (Note(UNCONFIRMED),)),
            Outline.of(saved.text if saved else draft_of(meeting)),
            Signatures((*signed, ("작성자 간사", ""))),
        ),
    )
