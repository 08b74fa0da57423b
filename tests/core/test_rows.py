"""One row for a user, and rows in pages."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory

from apps.accounts.models import Department
from apps.core.access import load
from apps.core.paging import page_of

pytestmark = pytest.mark.django_db
ALL = Department.objects.all()
NONE = Department.objects.none()


class TestLoad:
    def test_row_one_may_change(self, department: Department) -> None:
        assert load(ALL, department.pk, editable=ALL) == department

    def test_row_by_another_key(self, department: Department) -> None:
        Department.objects.create(code="DONG", name="가람동", kind="dong", position=7)
        assert load(ALL, 1, by="position") == department

    def test_row_one_may_only_read(self, department: Department) -> None:
        assert load(ALL, department.pk) == department
        with pytest.raises(PermissionDenied):
            load(ALL, department.pk, editable=NONE)

    def test_strangers_row_is_not_found_even_where_it_could_be_changed(
        self, department: Department
    ) -> None:
        with pytest.raises(Http404):
            load(NONE, department.pk, editable=ALL)

    @pytest.mark.parametrize("key", [0, 10**18, 10**30])
    def test_no_number_breaks_it(self, key: int) -> None:
        with pytest.raises(Http404):
            load(ALL, key)


class TestPages:
    @pytest.mark.parametrize(
        ("asked", "number"),
        [("", 1), ("?page=2", 2), ("?page=x", 1), ("?page=999", 3), ("?page=0", 3), ("?page=", 1)],
    )
    def test_any_page_asked_for_gives_the_nearest(self, asked: str, number: int) -> None:
        Department.objects.bulk_create(
            Department(code=f"D{n}", name=f"{n}과", kind="hq", position=n) for n in range(7)
        )
        page = page_of(RequestFactory().get(f"/{asked}"), ALL, per_page=3)
        first = 3 * (number - 1)
        assert page.number == number
        assert [row.position for row in page] == list(range(first, min(first + 3, 7)))

    def test_an_empty_list_has_one_empty_page(self) -> None:
        page = page_of(RequestFactory().get("/?page=4"), ALL)
        assert (page.number, list(page)) == (1, [])
