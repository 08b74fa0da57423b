"""People of an invented office, and the guards that hold for every test."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client, TransactionTestCase
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker

from apps.accounts.enums import DepartmentKind, Role
from apps.accounts.models import Department, RoleHolding, User
from tests import district

#: The whole of ``tests.guards`` holds in every test.
GUARDS = ["tests.guards.GetNeverWrites"]
SignIn = Callable[[User], Client]
LONG_AGO = date(2000, 1, 1)


#: What takes long in one test: met last, it would keep the other workers waiting.
LONG = ("tests/setup/", "tests/test_html.py", "test_many_clerks.py", "tests/portal/test_sample.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not any(long in item.nodeid for long in LONG))


def make_user(username: str, *roles: Role, department: Department | None = None) -> User:
    """A person who has held the roles since long ago."""
    user = User.objects.create_user(
        username=username, name=f"{username} 님", department=department, password="Test-pass-1"
    )
    for role in roles:
        RoleHolding.objects.create(
            user=user, group=Group.objects.get(name=role.value), starts=LONG_AGO
        )
    return user


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The rows of an empty portal, put back after each test that commits."""
    with django_db_blocker.unblock():
        call_command("flush", interactive=False, verbosity=0)  # what tests broken off have left
        begun = district.all_rows()
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(
            TransactionTestCase, "_fixture_teardown", lambda case: district.replace_all(begun)
        )
        yield


@pytest.fixture(autouse=True)
def guards(settings: Settings) -> None:
    settings.MIDDLEWARE = [*GUARDS, *settings.MIDDLEWARE]
    # A slow hash is the point of a real one, and only waiting in a test.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def department(db: None) -> Department:
    return Department.objects.create(
        code="JOB", name="일자리과", kind=DepartmentKind.HEADQUARTERS, position=1
    )


@pytest.fixture
def other_department(db: None) -> Department:
    return Department.objects.create(
        code="PARK", name="공원과", kind=DepartmentKind.HEADQUARTERS, position=2
    )


@pytest.fixture
def admin(department: Department) -> User:
    return make_user("admin", Role.ADMIN, department=department)


@pytest.fixture
def officer(department: Department) -> User:
    return make_user("officer", Role.OFFICER, department=department)


@pytest.fixture
def clerk(department: Department) -> User:
    return make_user("clerk", Role.CLERK, department=department)


@pytest.fixture
def other_clerk(other_department: Department) -> User:
    return make_user("other_clerk", Role.CLERK, department=other_department)


@pytest.fixture
def secretary(department: Department) -> User:
    return make_user("secretary", Role.SECRETARY, department=department)


@pytest.fixture
def viewer(other_department: Department) -> User:
    return make_user("viewer", Role.VIEWER, department=other_department)


@pytest.fixture
def nobody(department: Department) -> User:
    """Somebody with an account and no role today."""
    return make_user("nobody", department=department)


@pytest.fixture
def sign_in() -> SignIn:
    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in
