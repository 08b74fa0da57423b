"""Who reads and who writes, where many apps share one answer."""

from typing import Self, TypeVar

from django.db import models

from apps.accounts.access import OFFICIALS
from apps.accounts.models import User

M = TypeVar("M", bound=models.Model)


class SharedQuerySet(models.QuerySet[M]):
    """Records the whole office works from: whoever has a role reads them, officials write."""

    def visible_to(self, user: User) -> Self:
        return self.all() if user.roles else self.none()

    def editable_by(self, user: User) -> Self:
        return self.all() if user.has_role(*OFFICIALS) else self.none()
