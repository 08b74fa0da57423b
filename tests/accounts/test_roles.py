"""Roles are held for a time, and give nothing before or after it."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse

from apps.accounts.access import OfficeRequest, allowed
from apps.accounts.enums import Role
from apps.accounts.models import Department, RoleHolding, User
from apps.accounts.services import ADMIN_RIGHTS, give_role, sync_roles
from apps.core.dates import today
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def group(role: Role) -> Group:
    return Group.objects.get(name=role.value)


def hold(user: User, role: Role, starts: date, ends: date | None = None) -> RoleHolding:
    return RoleHolding.objects.create(user=user, group=group(role), starts=starts, ends=ends)


def fresh(user: User) -> User:
    """The person as the next request reads them."""
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize(
    ("starts", "ends", "held"),
    [
        (-9, None, True),
        (0, None, True),
        (0, 0, True),
        (-9, 0, True),
        (-9, -1, False),
        (1, None, False),
        (1, 9, False),
    ],
)
def test_a_role_counts_on_its_days_only(
    nobody: User, starts: int, ends: int | None, held: bool
) -> None:
    now = today()
    hold(nobody, Role.OFFICER, now + starts * DAY, None if ends is None else now + ends * DAY)
    user = fresh(nobody)
    assert user.has_role(Role.OFFICER) is held
    assert user.is_official is held
    assert user.has_perm("rules.change_rulevalue") is held


def test_yesterdays_role_opens_no_page(nobody: User, sign_in: SignIn) -> None:
    holding = hold(nobody, Role.VIEWER, today() - 9 * DAY)
    client = sign_in(nobody)
    assert client.get(reverse("rules:list")).status_code == 200
    holding.ends = today() - DAY
    holding.save()
    response = client.get(reverse("rules:list"))
    assert response.status_code == 403
    assert "권한이 없습니다" in response.content.decode()


def test_an_inactive_person_has_no_role(officer: User) -> None:
    officer.is_active = False
    officer.save()
    assert fresh(officer).roles == frozenset()
    assert not fresh(officer).has_perm("rules.change_rulevalue")


def test_several_roles_add_up(clerk: User) -> None:
    hold(clerk, Role.SECRETARY, date(2016, 1, 1))
    assert fresh(clerk).roles == {Role.CLERK, Role.SECRETARY}
    assert not fresh(clerk).is_official


class TestHoldingTwice:
    def test_the_database_refuses_days_held_twice(self, nobody: User) -> None:
        hold(nobody, Role.CLERK, date(2016, 1, 1), date(2016, 6, 30))
        for starts, ends in (
            (date(2016, 6, 30), None),
            (date(2015, 1, 1), date(2016, 1, 1)),
            (date(2015, 1, 1), None),
        ):
            with pytest.raises(IntegrityError, match="once_at_a_time"), transaction.atomic():
                hold(nobody, Role.CLERK, starts, ends)
        hold(nobody, Role.CLERK, date(2016, 7, 1))
        hold(nobody, Role.VIEWER, date(2016, 1, 1))
        assert nobody.holdings.count() == 3

    def test_the_service_says_so(self, admin: User, nobody: User) -> None:
        give_role(user=nobody, role=Role.CLERK, starts=date(2016, 1, 1), by=admin)
        with pytest.raises(ValidationError, match="같은 역할의 기간이 겹칩니다"):
            give_role(user=nobody, role=Role.CLERK, starts=date(2017, 1, 1), by=admin)
        with pytest.raises(ValidationError, match="종료일은 시작일보다 앞설 수 없습니다"):
            give_role(
                user=nobody,
                role=Role.VIEWER,
                starts=date(2016, 1, 2),
                ends=date(2016, 1, 1),
                by=admin,
            )
        assert nobody.holdings.count() == 1


class TestGiving:
    def test_it_is_recorded_who_gave_it(self, admin: User, nobody: User) -> None:
        holding = give_role(user=nobody, role=Role.CLERK, starts=date(2016, 1, 1), by=admin)
        event = holding.events.get()  # type: ignore[attr-defined]
        assert event.pgh_context.metadata["user"] == admin.pk

    @pytest.mark.ignore_template_errors
    @pytest.mark.parametrize("role", Role)
    def test_the_admin_site_opens_for_roles_with_rights_there(
        self, admin: User, nobody: User, role: Role
    ) -> None:
        give_role(user=nobody, role=role, starts=date(2016, 1, 1), by=admin)
        client = Client()
        client.force_login(nobody)
        page = client.get(reverse("admin:index"), follow=True)
        opens = role in (Role.ADMIN, Role.OFFICER)
        assert (page.status_code, "자료 관리" in page.text) == (200 if opens else 403, opens)


class TestAllowed:
    def view(self, user: object) -> HttpResponse:
        @allowed(Role.CLERK, Role.VIEWER)
        def page(request: OfficeRequest, word: str) -> HttpResponse:
            return HttpResponse(f"{word} {request.user}")

        request = HttpRequest()
        request.user = user  # type: ignore[assignment]
        response = page(request, "안녕")
        assert isinstance(response, HttpResponse)
        return response

    def test_one_of_the_roles_is_enough(self, clerk: User, viewer: User) -> None:
        assert self.view(clerk).content.decode() == f"안녕 {clerk}"
        assert self.view(viewer).content.decode() == f"안녕 {viewer}"

    def test_others_are_refused(self, admin: User, nobody: User) -> None:
        from django.contrib.auth.models import AnonymousUser

        for user in (admin, nobody, AnonymousUser()):
            with pytest.raises(PermissionDenied):
                self.view(user)


class TestRights:
    def test_admins_keep_people_and_officers_do_not(self, admin: User, officer: User) -> None:
        people = ("accounts.change_user", "accounts.add_roleholding", "accounts.add_department")
        assert all(admin.has_perm(right) for right in people)
        assert not any(officer.has_perm(right) for right in people)
        assert all(user.has_perm("rules.add_statute") for user in (admin, officer))

    def test_the_other_roles_have_no_right_in_the_admin_site(
        self, clerk: User, secretary: User, viewer: User
    ) -> None:
        for user in (clerk, secretary, viewer):
            assert user.get_all_permissions() == set()

    def test_syncing_again_changes_nothing_and_mends_what_was_changed(self, db: None) -> None:
        def rights() -> dict[str, set[str]]:
            return {
                found.name: set(found.permissions.values_list("codename", flat=True))
                for found in Group.objects.all()
            }

        before = rights()
        assert set(before) == {role.value for role in Role}
        assert {Role(name) for name, held in before.items() if held} == set(ADMIN_RIGHTS)
        sync_roles()
        assert rights() == before
        group(Role.VIEWER).permissions.set(Permission.objects.all())
        group(Role.ADMIN).permissions.clear()
        sync_roles()
        assert rights() == before


def test_departments_of_a_year(department: Department, other_department: Department) -> None:
    other_department.valid_from, other_department.valid_to = date(2016, 3, 1), date(2017, 1, 1)
    other_department.save()
    counts = {year: Department.objects.in_year(year).count() for year in range(2015, 2019)}
    assert counts == {2015: 1, 2016: 2, 2017: 2, 2018: 1}


@pytest.mark.parametrize(
    ("starts", "ends", "there"),
    [
        (None, None, True),
        (date(2016, 3, 31), None, True),
        (date(2016, 4, 1), None, False),
        (None, date(2016, 3, 1), True),
        (None, date(2016, 2, 29), False),
        (date(2016, 3, 7), date(2016, 3, 8), True),
        (date(2016, 1, 1), date(2016, 2, 9), False),
    ],
)
def test_whether_a_department_is_there_in_march(
    starts: date | None, ends: date | None, there: bool, department: Department
) -> None:
    department.valid_from, department.valid_to = starts, ends
    department.save()
    march = (date(2016, 3, 1), date(2016, 3, 31))
    assert department.exists_between(*march) is there
    assert Department.objects.between(*march).exists() is there


def test_a_department_does_not_end_before_it_starts(department: Department) -> None:
    department.valid_from, department.valid_to = date(2016, 3, 1), date(2016, 2, 29)
    with pytest.raises(ValidationError, match="폐지일은 설치일보다 앞설 수 없습니다"):
        department.full_clean()
    with pytest.raises(IntegrityError, match="ends_after_it_starts"):
        department.save()
