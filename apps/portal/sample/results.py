"""Results of 2015 that the plan of 2016 prints and no record of the portal gives."""

from apps.accounts.models import User
from apps.core.history import service
from apps.plans.enums import SectionKey
from apps.plans.models import Plan, Result
from apps.plans.texts import printed
from apps.portal.sample import source


@service
def load(*, plan: Plan, by: User) -> None:
    """The results, and their names in place of the numbers the plan's section of them prints."""
    records = source.plan_2016()["results"]
    section = plan.sections.get(key=SectionKey.RESULTS)
    for row in records["rows"]:
        place = row.get("at", "")
        values = {key: value for key, value in row.items() if key != "at"}
        result = Result.objects.create(year=records["year"], source=records["source"], **values)
        number = printed(result.value, result.unit)
        linked = place.replace(number, f"{{{{전년 {result.name}}}}}")
        section.body = section.body.replace(place, linked) if place else section.body
    section.save()
