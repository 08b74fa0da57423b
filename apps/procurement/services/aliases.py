"""Remembering which firm somebody meant by a name (R21)."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone

from apps.accounts.models import Department, User
from apps.core.history import service
from apps.enterprises.models import Enterprise
from apps.procurement.access import own_department
from apps.procurement.models import SupplierAlias
from apps.procurement.suppliers.matching import LONGEST_NAME, asked_as, keys_of, may_be_remembered


@service
def remember(*, name: str, number: str = "", enterprise: Enterprise, by: User) -> None:
    """From now on ``name`` means ``enterprise``: an official says so for all, a clerk for the own
    department.

    With a ``number`` it does only where that 사업자등록번호 stands beside it. What it meant before
    is replaced. Nothing is kept of what is no name (``may_be_remembered``).

    Raises ``PermissionDenied`` where ``by`` enters no purchases.
    """
    department = own_department(by)
    if department is None and not by.is_official:
        raise PermissionDenied
    name = " ".join(name.split())[:LONGEST_NAME].rstrip()
    if not may_be_remembered(name):
        return
    choice = SupplierAlias(
        name=asked_as(name, number),
        enterprise=enterprise,
        department_id=None if by.is_official else department,
        chosen_at=timezone.now(),
        chosen_by=by,
    )
    # Two people who choose at the same moment: the later one's choice stands.
    SupplierAlias.objects.bulk_create(
        [choice],
        update_conflicts=True,
        unique_fields=["name_key", "department"],
        update_fields=["name", "enterprise", "chosen_at", "chosen_by"],
    )


@service
def forget(*, name: str, department: Department | None, by: User) -> None:
    """Ask again which firm ``name`` means: a choice that was wrong.

    A clerk takes back what the own department chose; an official what holds for all, and what
    ``department`` chose. Raises ``PermissionDenied`` where ``by`` enters no purchases.
    """
    own = own_department(by)
    if own is None and not by.is_official:
        raise PermissionDenied
    whose = Q(department=None) | Q(department=department) if by.is_official else Q(department=own)
    SupplierAlias.objects.filter(whose, name_key__in=keys_of(name)).delete()
