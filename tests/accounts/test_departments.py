"""Departments of the district office."""

import pytest
from django.db import IntegrityError

from apps.accounts.models import Department

pytestmark = pytest.mark.django_db


def test_a_department_is_of_a_known_kind(department: Department) -> None:
    with pytest.raises(IntegrityError, match="department_kind_is_known"):
        Department.objects.filter(pk=department.pk).update(kind="branch")
