"""The content security policy, and pages that live with it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from tests.conftest import SignIn

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
POLICY = {
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}
INLINE = re.compile(
    r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")[^>]*>|<style|<[^>]*\s(style|on[a-z]+)=",
    re.IGNORECASE,
)
OURS = ["portal:home", "portal:gallery", "rules:list", "audit:history", "enterprises:list"]
ADMINS = ["index", "accounts_user_add", "accounts_user_changelist", "rules_rulevalue_add"]


@pytest.mark.parametrize("name", [*OURS, *(f"admin:{page}" for page in ADMINS)])
def test_pages_allow_nothing_inline_and_have_nothing_inline(
    name: str, admin: User, sign_in: SignIn
) -> None:
    response = sign_in(admin).get(reverse(name))
    assert response.status_code == 200
    assert set(response["Content-Security-Policy"].split("; ")) == POLICY
    assert INLINE.findall(response.content.decode()) == []


@pytest.mark.parametrize(
    ("path", "status"), [("/accounts/login/", 200), ("/no/such/page/", 404), ("/rules/", 302)]
)
def test_strangers_pages_too(path: str, status: int) -> None:
    response = Client().get(path)
    assert response.status_code == status
    assert set(response["Content-Security-Policy"].split("; ")) == POLICY
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert INLINE.findall(response.content.decode()) == []
