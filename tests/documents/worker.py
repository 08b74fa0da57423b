"""A worker in the test's own process, on the test's own database."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector


def work() -> int:
    """Do every job that waits, as ``manage.py procrastinate worker`` does, and come back.

    A job put off to be tried again is tried at once; the answer is how often that was.
    The worker has connections of its own: what it is to see must be committed.
    """
    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    kept = connection.settings_dict["CONN_MAX_AGE"]
    connection.settings_dict["CONN_MAX_AGE"] = 0  # its thread ends: so must its connection
    try:
        with app.replace_connector(connector.get_worker_connector()) as worker:
            worker.periodic_defaults = {"max_delay": -1}  # the clock starts no job in a test
            options = {"wait": False, "install_signal_handlers": False, "listen_notify": False}
            # In a thread of its own: the browser of other tests may keep a loop in this one.
            with ThreadPoolExecutor(1) as thread:
                thread.submit(worker.run_worker, **options).result()
    finally:
        connection.settings_dict["CONN_MAX_AGE"] = kept
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET scheduled_at = NULL"
            " WHERE status = 'todo' AND scheduled_at IS NOT NULL"
        )
        put_off = cursor.rowcount
    return put_off + work() if put_off else 0


def forget_jobs() -> None:
    """An empty queue. Its tables are not Django's own, so that a test's flush leaves them."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
