"""The invented year has money spent and things done; of the real plan nothing is invented."""

from datetime import date

import pytest
from pytest_django.fixtures import Settings

from apps.plans import execution, progress
from apps.plans.models import Completion, Expenditure, Indicator, Plan
from apps.portal import sample

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def test_of_the_real_plan_nothing_is_invented(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    sample.load(today=TODAY)
    real, invented = Plan.objects.get(year=2016), Plan.objects.get(year=2026)
    assert {spent.line.plan for spent in Expenditure.objects.select_related("line__plan")} == {
        invented
    }
    assert all("(예시)" in text for text in Expenditure.objects.values_list("text", flat=True))
    assert {done.part.task.area.plan_id for done in Completion.objects.all()} == {invented.pk}
    assert {str(i.task)[:3] for i in Indicator.objects.all()} == {"3-1"}
    assert Indicator.objects.count() == 2
    total = execution.overall(invented, TODAY)
    assert total.budget * 6 < total.spent * 10 < total.budget * 10
    found = progress.plan_progress(invented, TODAY, TODAY)
    assert found.measured == len(found.tasks) > 10
    assert 0 < found.late < found.done
    assert progress.plan_progress(real, TODAY, TODAY).done == 0
