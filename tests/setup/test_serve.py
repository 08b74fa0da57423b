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
from pathlib import Path

import environ
import psycopg
import pytest

from socialeconomy.database import PROJECT, database_url

ADDRESS = "포털 주소: "


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as directory:
        Path(directory).chmod(0o755)
        yield Path(directory) / "pg"


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


def test_portal_is_served_until_ctrl_c(port: int) -> None:
    with start() as process:
        wait_until_up(process, port)
        page = sign_in_page(port)
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


def test_a_worker_that_dies_is_started_again(port: int) -> None:
    with start() as process:
        wait_until_up(process, port)
        first = wait_for_another(set(), registered)
        (killed,) = workers(process)
        os.kill(killed, signal.SIGKILL)
        wait_for_another({killed}, lambda: workers(process))
        wait_for_another({first}, registered)
        process.terminate()
        assert process.wait(30) == 128 + signal.SIGTERM
    assert not database_is_up()
