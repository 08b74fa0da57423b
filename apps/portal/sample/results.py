"""Results of 2015 that the plan of 2016 prints and no record of the portal gives."""

from apps.accounts.models import User
from apps.core.history import service
from apps.plans.models import Result
from apps.portal.sample import source


@service
def load(*, by: User) -> None:
    printed = source.plan_2016()["results"]
    Result.objects.bulk_create(
        Result(year=printed["year"], source=printed["source"], **row) for row in printed["rows"]
    )
