"""Who opens which screen of public purchasing, and for which departments."""

from apps.accounts.access import OFFICIALS
from apps.accounts.enums import Role
from apps.accounts.models import Department, DepartmentQuerySet, User
from apps.accounts.querysets import OVERSEERS

READERS = (*OVERSEERS, Role.CLERK)
WRITERS = (*OFFICIALS, Role.CLERK)


def visible_departments(user: User) -> DepartmentQuerySet:
    """The departments whose purchases the user may read."""
    return Department.objects.all() if user.has_role(*OVERSEERS) else _own_department(user)


def writable_departments(user: User) -> DepartmentQuerySet:
    """The departments for which the user may enter purchases."""
    return Department.objects.all() if user.is_official else _own_department(user)


def may_write(user: User, department: int) -> bool:
    """Whether :func:`writable_departments` has the department, without asking the database."""
    return user.is_official or (user.has_role(Role.CLERK) and user.department_id == department)


def _own_department(user: User) -> DepartmentQuerySet:
    if user.has_role(Role.CLERK) and user.department_id is not None:
        return Department.objects.filter(pk=user.department_id)
    return Department.objects.none()
