"""A production portal starts only with what makes it safe."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

SAFE = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "k3yW1th-Enough_letters.And=digits+to/pass~the*check(of)length50",
    "ALLOWED_HOSTS": "portal.example",
}


def manage(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """``manage.py`` as an operator runs it, with these variables alone about the portal."""
    ours = {
        "DEBUG",
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "ENVIRONMENT",
        "SECURE_SSL_REDIRECT",
        "BEHIND_PROXY",
        "DJANGO_ALLOW_ASYNC_UNSAFE",  # left by the browser tests
    }
    kept = {key: value for key, value in os.environ.items() if key not in ours}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", *command],
        cwd=settings.BASE_DIR,
        env=kept | variables,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY must be set when ENVIRONMENT=production"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS must be set when ENVIRONMENT=production"),
        ({"DEBUG": "1"}, "DEBUG must be off when ENVIRONMENT=production"),
    ],
)
def test_it_refuses_to_start_unsafely(wrong: dict[str, str], sentence: str) -> None:
    ended = manage("check", **SAFE | wrong)
    assert ended.returncode != 0
    assert sentence in ended.stderr


def test_with_its_settings_it_passes_every_deployment_check() -> None:
    ended = manage("check", "--deploy", "--fail-level", "WARNING", **SAFE)
    assert ended.returncode == 0, ended.stderr
    assert "no issues" in ended.stdout


def test_the_sample_is_never_loaded_there() -> None:
    ended = manage("load_sample", **SAFE)
    assert ended.returncode == 1
    assert "운영 환경에서는 예시 자료를 불러올 수 없습니다." in ended.stderr


def test_a_proxy_is_trusted_only_where_there_is_one() -> None:
    trusting = ("SECURE_PROXY_SSL_HEADER =", "ALLAUTH_TRUSTED_PROXY_COUNT = 1 ")
    behind = manage("diffsettings", BEHIND_PROXY="on", **SAFE).stdout
    alone = manage("diffsettings", **SAFE).stdout
    assert "SECURE_SSL_REDIRECT = True" in alone
    assert all(setting in behind for setting in trusting)
    assert not any(setting in alone for setting in trusting)
