"""What somebody has to do after a meeting."""

from apps.accounts.models import User
from apps.committees.models import FollowUp
from apps.core.history import service
from apps.core.refusals import told


@service
def save_follow_up(*, follow_up: FollowUp, by: User) -> FollowUp:
    """Add one, correct it, or take down the day it was done. Raises ``ValidationError``."""
    follow_up.full_clean()
    with told():
        follow_up.save()
    return follow_up


@service
def delete_follow_up(*, follow_up: FollowUp, by: User) -> None:
    """It was written down by mistake."""
    follow_up.delete()
