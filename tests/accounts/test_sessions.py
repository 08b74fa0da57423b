"""Sessions end some time after the last click, and are not written with every one."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from tests.conftest import SignIn

HOME = reverse("portal:home")


def test_clicks_in_quick_order_write_nothing(clerk: User, sign_in: SignIn) -> None:
    client = sign_in(clerk)
    client.get(HOME)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(HOME).status_code == 200
    assert [q["sql"] for q in queries if "UPDATE" in q["sql"]] == []


def test_a_click_a_minute_later_moves_the_end(clerk: User, sign_in: SignIn) -> None:
    client = sign_in(clerk)
    row = Session.objects.get()
    earlier = row.expire_date = timezone.now() + timedelta(seconds=1700)
    row.save()
    client.get(HOME)
    assert Session.objects.get().expire_date > earlier + timedelta(seconds=60)


def test_what_a_session_is_told_is_kept_at_once(clerk: User, sign_in: SignIn) -> None:
    client = sign_in(clerk)
    session = client.session
    session["told"] = "something"
    session.save()
    client.get(HOME)
    assert client.session["told"] == "something"
