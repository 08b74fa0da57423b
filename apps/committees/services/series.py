"""Who holds the meetings of a body in turn."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError

from apps.accounts.models import User
from apps.committees.models import Committee, Host
from apps.core.history import service


@service
def order_hosts(*, committee: Committee, names: Sequence[str], by: User) -> None:
    """Let ``names`` take turns, in this order; whoever is not named takes none any more.

    Meetings that were held keep their host. Raises ``ValidationError`` for a name given twice.
    """
    Committee.objects.select_for_update().get(pk=committee.pk)
    twice = sorted({name for name in names if list(names).count(name) > 1})
    if twice:
        raise ValidationError({"hosts": f"두 번 적은 기관이 있습니다: {', '.join(twice)}"})
    committee.hosts.exclude(name__in=names).delete()
    known = {host.name: host for host in committee.hosts.all()}
    for order, name in enumerate(names, 1):
        host = known.get(name) or Host(committee=committee, name=name)
        host.order = order
        host.full_clean(validate_constraints=False)  # orders may be swapped: deferred
        host.save()
