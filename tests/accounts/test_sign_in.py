"""Signing in and out, and one's own password."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from apps.accounts.models import User
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
PASSWORD = "Test-pass-1"
LOGIN = reverse("account_login")
CHANGE = reverse("account_change_password")
HOME = reverse("portal:home")
WRONG = "아이디 또는 비밀번호가 올바르지 않습니다"


@pytest.fixture(autouse=True)
def no_failures_yet(settings: Settings, db: None) -> Iterator[None]:
    """Failures are counted in the cache; a slow hash would outlast the minute they count for."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    yield
    cache.clear()


def try_in(client: Client, username: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(LOGIN, {"login": username, "password": password, **more})


def test_signing_in_leads_to_ones_first_screen(clerk: User, client: Client) -> None:
    assert try_in(client, "clerk")["Location"] == HOME
    assert "clerk 님님의 업무" in client.get(HOME).content.decode()


def test_signing_in_leads_to_the_page_asked_for_but_not_elsewhere(clerk: User) -> None:
    rules = reverse("rules:list")
    asked = Client().get(rules)
    assert asked["Location"] == f"{LOGIN}?next={rules}"
    assert try_in(Client(), "clerk", next=rules)["Location"] == rules
    assert try_in(Client(), "clerk", next="https://evil.example/")["Location"] == HOME


@pytest.mark.parametrize(("username", "password"), [("clerk", "wrong"), ("stranger", PASSWORD)])
def test_wrong_words_say_the_same_and_keep_the_name(
    clerk: User, client: Client, username: str, password: str
) -> None:
    page = try_in(client, username, password).content.decode()
    assert WRONG in page
    assert f'value="{username}"' in page
    assert password not in page
    assert client.get(HOME).status_code == 302


def test_repeated_failures_stop_even_the_right_password_for_a_while(
    clerk: User, other_clerk: User
) -> None:
    for _ in range(5):
        assert WRONG in try_in(Client(), "clerk", "wrong").content.decode()
    client = Client()
    page = try_in(client, "clerk").content.decode()
    assert "너무 많은" in page
    assert client.get(HOME).status_code == 302
    assert try_in(Client(), "other_clerk")["Location"] == HOME


def test_too_many_tries_from_one_place_get_a_page_of_their_own(clerk: User) -> None:
    for _ in range(30):
        try_in(Client(), "clerk")
    response = try_in(Client(), "clerk")
    assert response.status_code == 429
    assert "너무 자주 시도했습니다" in response.content.decode()


def test_an_inactive_person_does_not_get_in(clerk: User, client: Client) -> None:
    clerk.is_active = False
    clerk.save()
    assert WRONG in try_in(client, "clerk").content.decode()
    assert client.get(HOME).status_code == 302


def test_nobody_signs_up(client: Client) -> None:
    for path in ("signup/", "password/reset/", "email/"):
        assert client.get(f"/accounts/{path}").status_code == 404
    assert "signup" not in client.get(LOGIN).content.decode()


class TestPasswordChange:
    def change(self, client: Client, old: str, new: str, again: str = "") -> Any:
        data = {"oldpassword": old, "password1": new, "password2": again or new}
        return client.post(CHANGE, data)

    def test_the_new_one_counts_and_one_stays_signed_in(self, clerk: User, sign_in: SignIn) -> None:
        client = sign_in(clerk)
        page = client.get(
            self.change(client, PASSWORD, "Moonlit-forest-9")["Location"], follow=True
        )
        assert "비밀번호를 바꾸었습니다." in page.content.decode()
        assert WRONG in try_in(Client(), "clerk").content.decode()
        assert try_in(Client(), "clerk", "Moonlit-forest-9")["Location"] == HOME

    @pytest.mark.parametrize(
        ("old", "new", "again", "message"),
        [
            ("wrong", "Moonlit-forest-9", "", "현재 비밀번호"),
            (PASSWORD, "Short-1", "", "최소 9"),
            (PASSWORD, "password1234", "", "너무 흔히 사용되는"),
            (PASSWORD, "82736450918", "", "숫자로만"),
            (PASSWORD, "Moonlit-forest-9", "Moonlit-forest-8", "동일한 비밀번호"),
        ],
    )
    def test_a_bad_one_changes_nothing(
        self, clerk: User, sign_in: SignIn, old: str, new: str, again: str, message: str
    ) -> None:
        page = self.change(sign_in(clerk), old, new, again).content.decode()
        assert message in page
        assert new not in page
        clerk.refresh_from_db()
        assert clerk.check_password(PASSWORD)


class TestSession:
    def test_it_ends_so_many_seconds_after_the_last_request(
        self, clerk: User, client: Client
    ) -> None:
        try_in(client, "clerk")
        session = client.session
        idle = timedelta(seconds=settings.SESSION_COOKIE_AGE)
        assert abs(session.get_expiry_date() - timezone.now() - idle) < timedelta(minutes=1)
        assert not client.cookies["sessionid"]["max-age"]  # forgotten with the browser, too
        assert client.cookies["sessionid"]["httponly"]
        row = Session.objects.get(pk=session.session_key)
        row.expire_date = timezone.now() + timedelta(seconds=5)
        row.save()
        client.get(HOME)
        row.refresh_from_db()
        assert row.expire_date > timezone.now() + idle - timedelta(minutes=1)
        row.expire_date = timezone.now() - timedelta(seconds=1)
        row.save()
        assert client.get(HOME).status_code == 302

    def test_signing_out_is_a_post(self, clerk: User, sign_in: SignIn) -> None:
        client = sign_in(clerk)
        logout = reverse("account_logout")
        assert "로그아웃할까요?" in client.get(logout).content.decode()
        assert client.get(HOME).status_code == 200
        assert client.post(logout)["Location"] == LOGIN
        assert client.get(HOME).status_code == 302

    def test_signing_in_needs_the_forms_token(self, clerk: User) -> None:
        client = Client(enforce_csrf_checks=True)
        response = try_in(client, "clerk")
        assert response.status_code == 403
        assert "화면이 오래되었습니다" in response.content.decode()
