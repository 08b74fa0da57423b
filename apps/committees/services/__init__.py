"""Every change of the committees' records."""

from apps.committees.services.allowances import pay_allowances
from apps.committees.services.attachments import attach, detach, order_attachments
from apps.committees.services.bodies import (
    delete_charter,
    delete_committee,
    save_charter,
    save_committee,
)
from apps.committees.services.books import ask_for_book
from apps.committees.services.follow_ups import delete_follow_up, save_follow_up
from apps.committees.services.hearings import cited, delete_hearing, hear_plan
from apps.committees.services.meetings import (
    NO_CHARTER,
    NO_ITEMS,
    call_meeting,
    close_meeting,
    confirm_minutes,
    delete_meeting,
    open_meeting,
    order_items,
    resume_meeting,
    save_meeting,
    withdraw_call,
)
from apps.committees.services.members import (
    delete_member,
    end_member,
    hand_over,
    hold_roster,
    number_letters,
    reappoint,
    save_member,
)
from apps.committees.services.minutes import draft_again, save_minutes
from apps.committees.services.series import order_hosts
from apps.committees.services.votes import (
    Votes,
    attend,
    attend_all,
    correct_hours,
    decide,
    decide_unanimously,
    leave,
    recuse,
    stay_away,
    take_part,
    tally_of,
    undo_decision,
)

__all__ = [
    "NO_CHARTER",
    "NO_ITEMS",
    "Votes",
    "ask_for_book",
    "attach",
    "attend",
    "attend_all",
    "call_meeting",
    "cited",
    "close_meeting",
    "confirm_minutes",
    "correct_hours",
    "decide",
    "decide_unanimously",
    "delete_charter",
    "delete_committee",
    "delete_follow_up",
    "delete_hearing",
    "delete_meeting",
    "delete_member",
    "detach",
    "draft_again",
    "end_member",
    "hand_over",
    "hear_plan",
    "hold_roster",
    "leave",
    "number_letters",
    "open_meeting",
    "order_attachments",
    "order_hosts",
    "order_items",
    "pay_allowances",
    "reappoint",
    "recuse",
    "resume_meeting",
    "save_charter",
    "save_committee",
    "save_follow_up",
    "save_meeting",
    "save_member",
    "save_minutes",
    "stay_away",
    "take_part",
    "tally_of",
    "undo_decision",
    "withdraw_call",
]
