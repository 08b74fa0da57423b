"""A worker reads and records files; killed at any moment, it leaves nothing half done."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit, urlunsplit

import environ
import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from apps.accounts.models import User
from apps.core.tasks import take_up_stalled
from apps.imports import progress, services
from apps.imports.enums import ImportState
from apps.imports.models import FileImport, ImportProgress
from apps.imports.progress import work_on
from apps.procurement.models import MonthlySum, Purchase
from socialeconomy.database import database_url
from tests.conftest import SignIn
from tests.documents.worker import forget_jobs, work
from tests.imports.files import csv_file
from tests.procurement.factories import make_enterprise

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = 300
PATIENCE = 30.0


@pytest.fixture(autouse=True)
def queue(transactional_db: None) -> Iterator[None]:
    forget_jobs()
    yield
    forget_jobs()


@pytest.fixture
def file(clerk: User) -> FileImport:
    """A file that was sent in; its check waits for a worker."""
    make_enterprise("행복커피")
    rows = [["구매일자", "기업명", "품목", "구분", "금액"]]
    rows += [["2016-05-02", "행복커피", f"원두 {n}", "물품", str(n)] for n in range(1, ROWS + 1)]
    content = ContentFile(csv_file(rows), "구매.csv")
    return services.upload(
        kind="purchases", name="구매.csv", content=content, department=clerk.department, by=clerk
    )


def recorded(file: FileImport) -> tuple[str, int, int]:
    """Its state, the purchases there are, and how many the monthly sums count."""
    file.refresh_from_db()
    sums = sum(MonthlySum.objects.values_list("count", flat=True))
    return file.state, Purchase.objects.count(), sums


def test_a_worker_checks_and_commits(file: FileImport, clerk: User) -> None:
    assert work_on(file) is not None
    work()
    assert recorded(file) == (ImportState.CHECKED, 0, 0)
    services.commit(file=file, by=clerk)
    assert work_on(file) is not None
    work()
    assert recorded(file) == (ImportState.COMMITTED, ROWS, ROWS)
    assert work_on(file) is None


def test_a_second_click_commits_nothing_twice(
    file: FileImport, clerk: User, sign_in: SignIn
) -> None:
    work()
    client: Client = sign_in(clerk)
    for _ in range(2):
        client.post(reverse("imports:commit", args=[file.pk]))
    work()
    client.post(reverse("imports:commit", args=[file.pk]))
    work()
    assert recorded(file) == (ImportState.COMMITTED, ROWS, ROWS)


def test_nothing_is_asked_for_when_what_asks_is_undone(clerk: User) -> None:
    content = ContentFile(b"a,b", "x.csv")
    with transaction.atomic():
        services.upload(kind="purchases", name="x.csv", content=content, department=None, by=clerk)
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone() == (0,)


@contextmanager
def locked(statement: str) -> Iterator[None]:
    """Hold a lock in a connection of our own."""
    own = connection.copy()
    try:
        own.set_autocommit(False)
        with own.cursor() as cursor:
            cursor.execute(statement)
            yield
    finally:
        own.rollback()
        own.close()


@contextmanager
def worker_process() -> Iterator[subprocess.Popen[bytes]]:
    """A worker as the office runs it, on the test's database."""
    url = urlsplit(database_url(environ.Env()))
    ours = urlunsplit(url._replace(path=f"/{connection.settings_dict['NAME']}"))
    process = subprocess.Popen(
        [sys.executable, "manage.py", "procrastinate", "worker"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": ours},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(there: Callable[[], bool]) -> None:
    give_up = time.monotonic() + PATIENCE
    while not there():
        assert time.monotonic() < give_up, "the worker did not come that far"
        time.sleep(0.05)


def blocked() -> bool:
    """Whether somebody waits for a lock of ours."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        (waiting,) = cursor.fetchone()
    return bool(waiting)


def all_dead() -> None:
    """Nothing has been heard of any worker for long."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'"
        )


#: Where the worker is stopped: before it reads, when it has read all and is to write, and when all
#: is written but not committed.
MOMENTS = {
    "before reading": "SELECT FROM imports_importprogress FOR UPDATE",
    "before writing": "LOCK TABLE procurement_purchase IN SHARE MODE",
    "before the end": "LOCK TABLE imports_importfault IN SHARE MODE",
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_worker_leaves_nothing_and_another_takes_up(
    moment: str, file: FileImport, clerk: User
) -> None:
    work()
    services.commit(file=file, by=clerk)
    with worker_process() as process:
        with locked(MOMENTS[moment]):
            wait_until(blocked)
            process.send_signal(signal.SIGKILL)
            process.wait()
        assert recorded(file) == (ImportState.CHECKED, 0, 0)
    left = work_on(file)
    assert left is not None
    assert left.queued

    all_dead()
    with suppress(AlreadyEnqueued):  # by the clock of the worker that died
        app.configure_task(take_up_stalled.name).defer(timestamp=0)
    work()
    assert recorded(file) == (ImportState.COMMITTED, ROWS, ROWS)
    assert work_on(file) is None


def test_how_many_rows_were_read_is_seen_before_the_work_is_committed(
    file: FileImport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "PAUSE", 0.0)
    with transaction.atomic(), progress.telling(file, 1200) as told:
        told(300)
        with ThreadPoolExecutor(1) as other:  # with a connection of its own
            done, percent, text = other.submit(seen_elsewhere, file).result()
    assert (done, percent) == (300, 25)
    assert text == "읽는 중: 약 1,200줄 가운데 300줄을 읽었습니다."


def seen_elsewhere(file: FileImport) -> tuple[int, int, str]:
    try:
        work = work_on(file)
        assert work is not None
        return work.done, work.percent, work.text
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("lock", "stage"),
    [
        ("SELECT pg_advisory_lock('procurement_purchase'::regclass::int, 0)", "중복을 찾는 중"),
        (MOMENTS["before the end"], "저장하는 중"),
    ],
)
def test_how_far_it_is_can_be_seen_while_it_works(
    file: FileImport, clerk: User, lock: str, stage: str
) -> None:
    work()
    services.commit(file=file, by=clerk)
    with worker_process(), locked(lock):
        wait_until(blocked)
        seen = work_on(file)
        assert seen is not None
        assert seen.whole == ROWS + 2  # lines, with the headings and what follows the last end
        assert seen.text == f"{stage}: 301줄을 모두 읽었습니다."
        assert recorded(file) == (ImportState.CHECKED, 0, 0)
        assert ImportProgress.objects.filter(file=file).exists()
