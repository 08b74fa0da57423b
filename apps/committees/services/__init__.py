"""Every change of the committees' records."""

from apps.committees.services.attachments import attach, detach, order_attachments
from apps.committees.services.meetings import (
    NO_CHARTER,
    NO_ITEMS,
    call_meeting,
    close_meeting,
    confirm_minutes,
    delete_meeting,
    open_meeting,
    resume_meeting,
    save_meeting,
    withdraw_call,
)
from apps.committees.services.members import end_member, save_member
from apps.committees.services.votes import (
    Votes,
    attend,
    decide,
    recuse,
    stay_away,
    take_part,
    undo_decision,
)

__all__ = [
    "NO_CHARTER",
    "NO_ITEMS",
    "Votes",
    "attach",
    "attend",
    "call_meeting",
    "close_meeting",
    "confirm_minutes",
    "decide",
    "delete_meeting",
    "detach",
    "end_member",
    "open_meeting",
    "order_attachments",
    "recuse",
    "resume_meeting",
    "save_meeting",
    "save_member",
    "stay_away",
    "take_part",
    "undo_decision",
    "withdraw_call",
]
