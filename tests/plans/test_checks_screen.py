"""The checker's screen: findings by rule, the way to each, and nothing when all is well."""

import pytest
from django.conf import settings
from django.urls import reverse

from apps.accounts.models import User
from apps.plans.checking import findings
from apps.plans.registry import plan_checks
from tests.conftest import SignIn
from tests.plans.clean import YEAR, make_clean_plan

pytestmark = pytest.mark.django_db
CHECKS = reverse("plans:checks", args=[YEAR])
OVERVIEW = reverse("plans:detail", args=[YEAR])


def test_nothing_amiss(viewer: User, sign_in: SignIn) -> None:
    make_clean_plan()
    page = sign_in(viewer).get(CHECKS)
    assert "이상 없음" in page.content.decode()
    assert page.context["count"] == 0


def test_a_finding_leads_an_official_to_where_it_is_mended(
    officer: User, viewer: User, sign_in: SignIn
) -> None:
    plan = make_clean_plan()
    task = plan.areas.get(number=1).tasks.get(number=1)
    task.departments.clear()
    (found,) = findings(plan)

    html = sign_in(officer).get(CHECKS).content.decode()
    assert f'<a href="{found.url}">과제 1-1</a>' in html
    assert found.message in html
    assert found.url == reverse("plans:task", args=[task.pk])

    assert found.url not in sign_in(viewer).get(CHECKS).content.decode()


def test_the_overview_says_how_many_there_are(officer: User, sign_in: SignIn) -> None:
    plan = make_clean_plan()
    for task in (task for area in plan.areas.all() for task in area.tasks.all()):
        task.departments.clear()
    page = sign_in(officer).get(OVERVIEW)
    assert page.context["finding_count"] == len(findings(plan)) > 1
    assert f'href="{CHECKS}">점검에서 찾은 것' in page.content.decode()


def test_an_unknown_year_is_not_found(officer: User, sign_in: SignIn) -> None:
    assert sign_in(officer).get(reverse("plans:checks", args=[2050])).status_code == 404


def test_the_guide_tells_every_rule() -> None:
    guide = (settings.BASE_DIR / "docs/ko/checks.md").read_text(encoding="utf-8")
    rows = [f"| {rule.name} | {rule.sentence} |" for rule in plan_checks.values()]
    assert [row for row in rows if row not in guide] == []
