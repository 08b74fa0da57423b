"""Where the portal does not open: the sample's sign-ins are published."""

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from apps.portal.models import SampleDistrict


def test_the_sample_is_not_served_beyond_this_pc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOST", "0.0.0.0")  # noqa: S104  # what must be refused
    with pytest.raises(CommandError, match="이 컴퓨터에서만"):
        call_command("serve")


@pytest.mark.django_db
def test_production_refuses_a_database_with_the_sample(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PRODUCTION = True
    monkeypatch.setenv("PORT", "0")
    SampleDistrict.objects.create()
    with pytest.raises(CommandError, match="예시 자료가 든 데이터베이스"):
        call_command("serve")
