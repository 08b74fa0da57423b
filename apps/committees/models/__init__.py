"""Committees, their members, meetings and what was decided there."""

from apps.committees.models.bodies import Charter, Committee, CommitteeQuerySet, Host
from apps.committees.models.books import AgendaBook
from apps.committees.models.meetings import AgendaItem, Attachment, Meeting, MeetingQuerySet
from apps.committees.models.members import Member, MemberQuerySet
from apps.committees.models.records import Allowance, FollowUp, Minutes, PlanHearing
from apps.committees.models.votes import Absence, Attendance, Recusal, Resolution

__all__ = [
    "Absence",
    "AgendaBook",
    "AgendaItem",
    "Allowance",
    "Attachment",
    "Attendance",
    "Charter",
    "Committee",
    "CommitteeQuerySet",
    "FollowUp",
    "Host",
    "Meeting",
    "MeetingQuerySet",
    "Member",
    "MemberQuerySet",
    "Minutes",
    "PlanHearing",
    "Recusal",
    "Resolution",
]
