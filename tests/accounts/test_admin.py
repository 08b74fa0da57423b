"""The admin's rooms of people, departments and roles."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import Department, User
from tests.conftest import SignIn
from tests.enterprises.queries import queries_of

# Django's own templates name variables they are not given.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
INDEX = reverse("admin:index")
ADMIN_LOGIN = reverse("admin:login")


def person_page(user: User, *new: tuple[Role, str, str]) -> dict[str, str]:
    """What the person's page posts: the roles already held, and new ones (role, first, last)."""
    rows = [
        {"id": f"{old.pk}", "group": f"{old.group_id}", "starts": f"{old.starts}"}
        for old in user.holdings.all()
    ]
    data = {"TOTAL_FORMS": f"{len(rows) + len(new)}", "INITIAL_FORMS": f"{len(rows)}"}
    for role, starts, ends in new:
        group = Group.objects.get(name=role.value)
        rows.append({"group": f"{group.pk}", "starts": starts, "ends": ends})
    for number, row in enumerate(rows):
        data |= {f"{number}-{key}": value for key, value in {"user": f"{user.pk}", **row}.items()}
    return {
        "username": user.username,
        "name": user.name,
        "is_active": "on",
        **{f"holdings-{key}": value for key, value in data.items()},
    }


def test_people_sign_in_by_the_portals_own_page(officer: User, client: Client) -> None:
    answer = client.get(ADMIN_LOGIN, {"next": INDEX})
    assert answer["Location"] == f"{reverse('account_login')}?next={INDEX}"
    client.post(ADMIN_LOGIN, {"username": "officer", "password": "Test-pass-1"})
    assert client.get(INDEX).status_code == 302


def test_officials_come_in_and_see_what_is_theirs(
    admin: User, officer: User, sign_in: SignIn
) -> None:
    people, statutes = reverse("admin:accounts_user_changelist"), "admin:rules_statute_changelist"
    for user, sees_people in ((admin, True), (officer, False)):
        client = sign_in(user)
        page = client.get(INDEX).content.decode()
        assert "사회적경제 업무포털 관리" in page
        assert (people in page) is sees_people
        assert (client.get(people).status_code == 200) is sees_people
        assert client.get(reverse(statutes)).status_code == 200


def test_others_are_sent_away(clerk: User, secretary: User, viewer: User, sign_in: SignIn) -> None:
    for user in (clerk, secretary, viewer):
        client = sign_in(user)
        assert client.get(INDEX).status_code == 302
        assert client.get(ADMIN_LOGIN).status_code == 403


def test_nobody_is_deleted(admin: User, clerk: User, sign_in: SignIn) -> None:
    client, people = sign_in(admin), reverse("admin:accounts_user_changelist")
    assert "delete_selected" not in client.get(people).content.decode()
    client.post(people, {"action": "delete_selected", "_selected_action": clerk.pk, "post": "yes"})
    url = reverse("admin:accounts_user_delete", args=[clerk.pk])
    assert client.post(url, {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=clerk.pk).exists()


def test_the_list_of_people_asks_no_more_the_longer_it_is(
    admin: User, department: Department, sign_in: SignIn
) -> None:
    client, people = sign_in(admin), reverse("admin:accounts_user_changelist")
    User.objects.create(username="one", department=department)
    one = queries_of(client, people)
    User.objects.create(username="two", department=department)
    assert queries_of(client, people) == one


class TestGivingRoles:
    def test_roles_are_offered_by_their_korean_names(self, admin: User, sign_in: SignIn) -> None:
        page = sign_in(admin).get(reverse("admin:accounts_user_change", args=[admin.pk]))
        [inline] = page.context["inline_admin_formsets"]
        group = inline.formset.empty_form.fields["group"]
        assert [label for _, label in group.choices][1:] == [
            Role(found.name).label for found in Group.objects.all()
        ]
        assert f"{admin} · 관리자" in page.content.decode()

    def test_admin_gives_a_role_for_a_time(
        self, admin: User, nobody: User, sign_in: SignIn
    ) -> None:
        url = reverse("admin:accounts_user_change", args=[nobody.pk])
        data = person_page(nobody, (Role.CLERK, "2016-01-01", "2016-12-31"))
        assert sign_in(admin).post(url, data).status_code == 302
        holding = nobody.holdings.get()
        assert (holding.group.name, f"{holding.ends}") == ("clerk", "2016-12-31")
        event = holding.events.get()  # type: ignore[attr-defined]
        assert event.pgh_context.metadata["user"] == admin.pk

    @pytest.mark.parametrize(
        ("new", "message"),
        [
            ([(Role.CLERK, "2016-01-01", "")], "같은 역할의 기간이 겹칩니다."),
            (
                [(Role.VIEWER, "2016-01-01", "2016-01-02"), (Role.VIEWER, "2016-01-02", "")],
                "같은 역할의 기간이 겹칩니다.",
            ),
            (
                [(Role.VIEWER, "2016-01-02", "2016-01-01")],
                "종료일은 시작일보다 앞설 수 없습니다.",
            ),
            ([(Role.VIEWER, "그제", "")], "올바른 날짜를 입력하세요."),
        ],
    )
    def test_wrong_times_are_said_and_nothing_is_saved(
        self,
        admin: User,
        clerk: User,
        sign_in: SignIn,
        new: list[tuple[Role, str, str]],
        message: str,
    ) -> None:
        url = reverse("admin:accounts_user_change", args=[clerk.pk])
        page = sign_in(admin).post(url, person_page(clerk, *new)).content.decode()
        assert message in page
        assert f'value="{new[0][1]}"' in page
        assert clerk.holdings.count() == 1

    def test_one_role_may_be_held_again_later(
        self, admin: User, nobody: User, sign_in: SignIn
    ) -> None:
        url = reverse("admin:accounts_user_change", args=[nobody.pk])
        data = person_page(
            nobody,
            (Role.CLERK, "2016-01-01", "2016-12-31"),
            (Role.CLERK, "2017-01-01", ""),
            (Role.VIEWER, "2016-06-01", ""),
        )
        assert sign_in(admin).post(url, data).status_code == 302
        assert nobody.holdings.count() == 3

    def test_no_page_shows_a_password(self, admin: User, clerk: User, sign_in: SignIn) -> None:
        page = sign_in(admin).get(reverse("admin:accounts_user_change", args=[clerk.pk]))
        _, salt, digest = clerk.password.rsplit("$", 2)
        assert digest not in page.content.decode()
        assert salt not in page.content.decode()
