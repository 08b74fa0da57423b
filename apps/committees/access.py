"""Who reads and who keeps the committees' records; purchase clerks have no business here."""

from apps.accounts.access import OFFICIALS
from apps.accounts.enums import Role
from apps.accounts.models import User

EDITORS = (*OFFICIALS, Role.SECRETARY)
READERS = (*EDITORS, Role.VIEWER)


def may_edit(user: User) -> bool:
    """Whether ``user`` keeps rosters and meetings."""
    return user.has_role(*EDITORS)
