"""Files of issued papers are made by a worker, whatever happens to it."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.accounts.models import User
from apps.core.tasks import MOST_ATTEMPTS, take_up_stalled
from apps.documents import issuing, making
from apps.documents.enums import FileFormat
from apps.documents.models import IssuedDocument
from apps.documents.nodes import Document
from apps.documents.tasks import make_files
from tests.documents.test_issuing import NOW, SMALL
from tests.documents.worker import forget_jobs, work
from tests.guards import GetNeverWrites

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def queue(transactional_db: None) -> Iterator[None]:
    forget_jobs()
    yield
    forget_jobs()


@pytest.fixture
def issued(officer: User) -> IssuedDocument:
    return issuing.issue(series="plan-2016", document=SMALL, at=NOW, by=officer)


def digests(issued: IssuedDocument) -> dict[str, str]:
    return {file.format: file.digest for file in issued.files.listed()}


def broken(document: Document) -> bytes:
    raise ValueError("no such font")


def jobs() -> list[str]:
    return list(ProcrastinateJob.objects.order_by("pk").values_list("status", flat=True))


def test_a_worker_makes_every_file_and_leaves_no_job(issued: IssuedDocument) -> None:
    before = issuing.progress_of(issued)
    assert (before.made, before.queued, before.percent) == (0, True, 0)
    work()
    after = issuing.progress_of(issued)
    assert (after.made, after.done, after.percent) == (len(FileFormat), True, 100)
    assert all(digests(issued).values())
    assert jobs() == []


def test_what_is_rolled_back_leaves_no_job(officer: User) -> None:
    with transaction.atomic():
        issuing.issue(series="x", document=SMALL, at=NOW, by=officer)
        assert jobs() == ["todo"]
        transaction.set_rollback(True)
    assert jobs() == []


def test_a_page_that_queues_a_job_fails_its_test(db: None) -> None:
    def page(request: HttpRequest) -> HttpResponse:
        make_files.defer(issued=1)
        return HttpResponse()

    with pytest.raises(AssertionError, match="a GET may not write"):
        GetNeverWrites(page)(RequestFactory().get("/"))
    assert GetNeverWrites(page)(RequestFactory().post("/")).status_code == 200
    assert jobs() == ["todo"]


def test_one_file_that_cannot_be_made_keeps_no_other_back(
    issued: IssuedDocument, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setitem(making.RENDERERS, FileFormat.PDF, broken)
        assert work() == MOST_ATTEMPTS - 1  # each time it waits before it is tried again
    found = digests(issued)
    assert not found.pop(FileFormat.PDF)
    assert all(found.values())
    progress = issuing.progress_of(issued)
    assert progress.stopped
    assert jobs() == ["failed"]

    issuing.make_again(issued=issued, by=officer)
    issuing.make_again(issued=issued, by=officer)  # a second click waits with the first
    assert issuing.progress_of(issued).queued
    assert jobs() == ["failed", "todo"]
    work()
    assert issuing.progress_of(issued).done
    assert digests(issued).items() > found.items()


def test_the_job_of_a_dead_worker_is_taken_up_by_another(issued: IssuedDocument) -> None:
    """The worker was killed after the first file: its job is still ``doing``, its life over."""
    die_with_job(attempts=1)
    first = issued.files.get(format=FileFormat.PDF)
    making.make_file(pk=first.pk, by=issued.issued_by)
    kept = digests(issued)[FileFormat.PDF]
    work()  # nothing waits: the job is the dead worker's
    assert not issuing.progress_of(issued).done

    app.configure_task(take_up_stalled.name).defer(timestamp=0)
    work()
    assert issuing.progress_of(issued).done
    assert digests(issued)[FileFormat.PDF] == kept


def test_a_job_that_kills_every_worker_is_given_up(issued: IssuedDocument) -> None:
    die_with_job(attempts=MOST_ATTEMPTS)
    app.configure_task(take_up_stalled.name).defer(timestamp=0)
    work()
    assert jobs() == ["failed"]
    assert issuing.progress_of(issued).stopped


def die_with_job(*, attempts: int) -> None:
    """As a worker leaves the queue when it is killed and nothing has been heard of it since."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')"
            " RETURNING id"
        )
        (worker,) = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = %s"
            " WHERE task_name = %s",
            [worker, attempts, make_files.name],
        )
