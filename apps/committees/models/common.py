"""What the committees' models share."""

from typing import Self, TypeVar

from django.db import models

from apps.accounts.models import User
from apps.committees.access import READERS, may_edit

M = TypeVar("M", bound=models.Model)


class OfficeQuerySet(models.QuerySet[M]):
    """Committees have no departments of their own: a role sees all of them or none."""

    def visible_to(self, user: User) -> Self:
        return self.all() if user.has_role(*READERS) else self.none()

    def editable_by(self, user: User) -> Self:
        return self.all() if may_edit(user) else self.none()
