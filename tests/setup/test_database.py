"""The embedded database as its operators meet it: started, shared, killed, found again."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, LiteralString

import environ
import psycopg
import pytest

from socialeconomy.database import PROJECT, CannotStart, database_url, embedded_database

HOLD = "import sys; print('up', flush=True); sys.stdin.read()"


def launch() -> subprocess.Popen[str]:
    """A process of the portal, begun but not waited for."""
    return subprocess.Popen(
        [sys.executable, "-m", "socialeconomy.database", sys.executable, "-c", HOLD],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_until_up(process: subprocess.Popen[str]) -> None:
    assert process.stdout
    assert process.stdout.readline() == "up\n"


def leave(process: subprocess.Popen[str]) -> int:
    process.communicate(timeout=30)
    return process.returncode


@contextmanager
def user_of_database() -> Iterator[subprocess.Popen[str]]:
    """A process of the portal that uses the embedded database inside the block."""
    with launch() as process:
        wait_until_up(process)
        yield process
        leave(process)


def kill_group(process: subprocess.Popen[str]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def connect() -> psycopg.Connection:
    return psycopg.connect(database_url(environ.Env()), autocommit=True)


def ask(query: LiteralString) -> Any:
    """The one value a query on the embedded database gives."""
    with connect() as connection:
        row = connection.execute(query).fetchone()
    assert row
    return row[0]


def started_at() -> datetime:
    began = ask("SELECT pg_postmaster_start_time()")
    assert isinstance(began, datetime)
    return began


def is_stopped() -> bool:
    try:
        connect().close()
    except psycopg.OperationalError:
        return True
    return False


def server_process(home: Path) -> int:
    return int((home / "18" / "postmaster.pid").read_text().split("\n")[0])


def remember_something() -> None:
    with connect() as connection:
        connection.execute("CREATE TABLE kept AS SELECT '행복커피' AS name")


def remembered() -> str:
    return str(ask("SELECT name FROM kept"))


@contextmanager
def own_database(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A place for a database of the test's own, in a directory any account may pass."""
    with tempfile.TemporaryDirectory() as directory:
        Path(directory).chmod(0o755)
        monkeypatch.delenv("DATABASE_URL", raising=False)
        monkeypatch.setenv("EMBEDDED_DATABASE_DIR", f"{directory}/내 자료")
        sockets = environ.Env.db_url_config(database_url(environ.Env()))["OPTIONS"]["host"]
        yield Path(directory) / "내 자료"
        shutil.rmtree(sockets, ignore_errors=True)  # left by the servers that were killed


@pytest.fixture(scope="module")
def used_home() -> Iterator[Path]:
    """The files of a database that was started and stopped once: making them takes a second."""
    with pytest.MonkeyPatch.context() as monkeypatch, own_database(monkeypatch) as home:
        with user_of_database():
            pass
        yield home


@pytest.fixture
def new_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with own_database(monkeypatch) as home:
        yield home


@pytest.fixture
def home(used_home: Path, new_home: Path) -> Path:
    subprocess.run(["cp", "-a", used_home, new_home], check=True)
    return new_home


def test_trigrams_find_hangul(home: Path) -> None:
    with user_of_database():
        with connect() as connection:
            connection.execute("CREATE EXTENSION pg_trgm")
            connection.execute("CREATE TABLE firm AS SELECT '행복커피 협동조합' AS name")
        assert ask("SELECT similarity(name, '행복커피') > 0.3 FROM firm")
        assert not ask("SELECT similarity(name, '희망빵집') > 0 FROM firm")


def test_only_the_socket_is_open(home: Path) -> None:
    with user_of_database():
        assert ask("SHOW listen_addresses") == ""
        directory = Path(ask("SHOW unix_socket_directories"))
        assert (directory / ".s.PGSQL.5432").is_socket()
        assert directory.stat().st_mode & 0o777 == 0o700


def test_two_processes_share_one_server_and_the_last_stops_it(new_home: Path) -> None:
    first, second = launch(), launch()
    with first, second:
        wait_until_up(first)
        wait_until_up(second)
        began = started_at()
        assert leave(first) == 0
        assert started_at() == began
        assert leave(second) == 0
    assert is_stopped()


def test_data_outlives_a_kill_of_everything(home: Path) -> None:
    with user_of_database() as process:
        remember_something()
        os.kill(server_process(home), signal.SIGKILL)
        kill_group(process)
    assert (home / "18" / "postmaster.pid").exists()
    with user_of_database():
        assert remembered() == "행복커피"
    assert is_stopped()


def test_a_server_left_running_is_used_and_stopped(home: Path) -> None:
    with user_of_database() as process:
        began = started_at()
        kill_group(process)
    with user_of_database():
        assert started_at() == began
    assert is_stopped()


def test_the_dead_servers_number_may_be_another_process_by_now(home: Path) -> None:
    with user_of_database():
        remember_something()
        note = (home / "18" / "postmaster.pid").read_text().split("\n")
    owner = (home / "18").stat().st_uid
    drop = owner if os.geteuid() == 0 else None
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, cwd="/", user=drop) as other:
        (home / "18" / "postmaster.pid").write_text("\n".join([str(other.pid), *note[1:]]))
        with user_of_database():
            assert remembered() == "행복커피"
        assert other.poll() is None
        other.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_process_told_to_end_stops_the_server(home: Path, number: signal.Signals) -> None:
    with user_of_database() as process:
        process.send_signal(number)
        assert process.wait(30) == 128 + number
    assert is_stopped()


def test_the_commands_status_is_kept(home: Path) -> None:
    command = [sys.executable, "-m", "socialeconomy.database", "sh", "-c", "exit 7"]
    assert subprocess.run(command, cwd=PROJECT, check=False).returncode == 7


def test_database_url_goes_before_the_embedded_server(
    new_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://portal@db.example:5432/portal")
    assert database_url(environ.Env()) == "postgresql://portal@db.example:5432/portal"
    with embedded_database():
        assert not new_home.exists()


def test_url_is_understood_by_django(new_home: Path) -> None:
    config = environ.Env.db_url_config(database_url(environ.Env()))
    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert config["NAME"] == config["USER"] == "socialeconomy"
    assert config["HOST"] == ""  # or it would go before the socket's directory
    assert config["OPTIONS"]["host"].startswith("/tmp/")  # noqa: S108


def break_data_directory(home: Path) -> None:
    (home / "18" / "global" / "pg_control").unlink()


def put_a_file_in_its_place(home: Path) -> None:
    shutil.rmtree(home)
    home.write_text("")


@pytest.mark.parametrize("damage", [break_data_directory, put_a_file_in_its_place])
def test_a_server_that_cannot_start_says_why(
    home: Path, damage: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(home)
    monkeypatch.setattr("socialeconomy.database.PATIENCE", 0.0)
    with pytest.raises(CannotStart) as failure, embedded_database():
        pytest.fail("must not be reached")
    assert str(home) in str(failure.value)
    assert "내장 데이터베이스를 시작하지 못했습니다" in str(failure.value)
