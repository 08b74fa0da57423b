"""Debian's chromium against the portal with the sample district, on any day."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from apps.core.dates import today
from apps.portal.sample.office import PASSWORD
from tests import district

# Playwright runs an event loop of its own, in which Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, NARROW = (1440, 900), (390, 844)
SignedIn = Callable[..., Page]
#: Milliseconds a page may take on a busy machine.
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    assert Path(CHROMIUM).exists(), "browser tests need Debian's chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def portal(settings: Settings, live_server: LiveServer, transactional_db: None) -> LiveServer:
    """The portal on a port of its own, with the sample district of today."""
    # The test server finds static files by their plain names.
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}
    district.lay_down(today())
    return live_server


@pytest.fixture
def signed_in(browser: Browser, portal: LiveServer) -> Iterator[SignedIn]:
    """``signed_in("clerk")`` is a page on which that sample person has just signed in.

    ``script=False`` is a browser that runs no JavaScript.
    """
    contexts = []

    def sign_in(username: str, size: tuple[int, int] = WIDE, *, script: bool = True) -> Page:
        context = browser.new_context(
            base_url=portal.url,
            java_script_enabled=script,
            viewport={"width": size[0], "height": size[1]},
            locale="ko-KR",
            timezone_id="Asia/Seoul",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.goto("/accounts/login/")
        page.locator("[name=login]").fill(username)
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="로그인").click()
        page.wait_for_url("**/")
        return page

    yield sign_in
    for context in contexts:
        for page in context.pages:
            page.goto("about:blank")  # what a page sends when it is left, it sends now
        context.close()
    wait_for_requests()


def wait_for_requests() -> None:
    """Until the portal's last answers are given: a flush meanwhile would meet their locks."""
    with connection.cursor() as cursor:
        for _ in range(100):
            cursor.execute(
                "SELECT pg_sleep(0.05), (SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                " AND state <> 'idle')"
            )
            if cursor.fetchone()[1] == 0:
                return
