"""Who reads and who writes, where many apps share one answer."""

from typing import Self, TypeVar

from django.db import models

from apps.accounts.access import OFFICIALS
from apps.accounts.enums import Role
from apps.accounts.models import User

M = TypeVar("M", bound=models.Model)
#: Who reads the records of every department.
OVERSEERS = (*OFFICIALS, Role.VIEWER)


class SharedQuerySet(models.QuerySet[M]):
    """Records the whole office works from: whoever has a role reads them, officials write."""

    def visible_to(self, user: User) -> Self:
        return self.all() if user.roles else self.none()

    def editable_by(self, user: User) -> Self:
        return self.all() if user.has_role(*OFFICIALS) else self.none()


class DepartmentalQuerySet(models.QuerySet[M]):
    """Records of one ``department`` each: its clerks read and write them, officials all of them.

    Viewers read all; others see none.
    """

    def visible_to(self, user: User) -> Self:
        return self.all() if user.has_role(*OVERSEERS) else self._of_own_department(user)

    def editable_by(self, user: User) -> Self:
        return self.all() if user.is_official else self._of_own_department(user)

    def _of_own_department(self, user: User) -> Self:
        if user.has_role(Role.CLERK) and user.department_id is not None:
            return self.filter(department=user.department_id)
        return self.none()
