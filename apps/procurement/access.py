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
    return user.is_official or own_department(user) == department


def own_department(user: User) -> int | None:
    """The key of the department a clerk buys for; ``None`` for everybody else."""
    return user.department_id if user.has_role(Role.CLERK) else None


def _own_department(user: User) -> DepartmentQuerySet:
    own = own_department(user)
    return Department.objects.none() if own is None else Department.objects.filter(pk=own)
