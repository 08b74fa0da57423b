"""``manage.py serve``: bring the portal up from nothing and serve it until it is told to stop."""

import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from functools import partial
from typing import Any

import environ
from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from apps.portal.models import SampleDistrict

PR_SET_PDEATHSIG = 1
#: Seconds between two looks at the processes; a worker that keeps dying is not started more often.
LOOK = 2
#: Seconds a worker has to end its job; a job cut off is taken up again later.
GRACE = 10
THIS_PC = ("127.0.0.1", "localhost", "::1")
#: The sample's sign-ins and their password are published.
SAMPLE_IN_PRODUCTION = (
    "예시 자료가 든 데이터베이스로는 운영할 수 없습니다. 새 데이터베이스를 지정하십시오."
)
NOT_BEYOND_THIS_PC = (
    "예시 자료가 든 포털은 이 컴퓨터에서만 열 수 있습니다. "
    "다른 컴퓨터에서 쓰려면 ENVIRONMENT=production으로 실행하십시오."
)


class Command(BaseCommand):
    help = "Prepare the database and the static files, then serve the portal."

    def handle(self, *args: Any, **options: Any) -> None:
        env = environ.Env()
        host = env.str("HOST", default="127.0.0.1")
        port = env.int("PORT", default=8000)
        if not settings.PRODUCTION and host not in THIS_PC:
            raise CommandError(NOT_BEYOND_THIS_PC)
        require_free_port(host, port)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        if not settings.PRODUCTION:
            call_command("load_sample", stdout=self.stdout)
        elif SampleDistrict.objects.exists():
            raise CommandError(SAMPLE_IN_PRODUCTION)
        call_command("collectstatic", interactive=False, verbosity=0)
        # A shell that starts us in the background has us ignore Ctrl-C.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self.stdout.write(f"포털 주소: http://{host}:{port}/ (끝내기: Ctrl-C)")
        self.stdout.flush()
        serve(host, port, workers=env.int("WORKERS", default=2))


def require_free_port(host: str, port: int) -> None:
    """CommandError when another program listens there: granian would share the port with it."""
    try:
        socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET
        ).close()
    except OSError as error:
        why = "이미 다른 프로그램이 쓰고 있습니다" if error.errno == errno.EADDRINUSE else error
        raise CommandError(
            f"{host}:{port}에서 포털을 열 수 없습니다({why}). "
            "다른 포트로 실행하십시오. 예: PORT=8001 make run"
        ) from error


def serve(host: str, port: int, *, workers: int) -> None:
    """Run granian, and a worker for jobs beside it, until it ends or this process is told to.

    The worker is started again when it dies. CommandError when granian fails.
    """
    granian = [sys.executable, "-m", "granian", "socialeconomy.wsgi:application"]
    granian += ["--interface", "wsgi", "--host", host, "--port", str(port)]
    # Each thread keeps a database connection, so threads bound the connections of a worker.
    granian += ["--workers", str(workers), "--blocking-threads", "4", "--respawn-failed-workers"]
    granian += ["--workers-kill-timeout", "10", "--log-level", "warning"]
    server = start(granian)
    worker = start_worker()
    try:
        while server.poll() is None:
            if worker.poll() is not None:
                worker = start_worker()
            with suppress(subprocess.TimeoutExpired):
                server.wait(LOOK)
    except KeyboardInterrupt:
        return
    finally:
        stop(server, worker)
    if server.returncode:
        raise CommandError(f"웹 서버가 멈추었습니다(상태 {server.returncode}).")


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """Start a process that ends with this one.

    It runs in a session of its own: Ctrl-C would reach granian's workers twice, from the terminal
    and from granian, and a worker that gets a second signal while it stops may hang.
    """
    return subprocess.Popen(  # noqa: S603  # our own words only
        command,
        cwd=settings.BASE_DIR,
        start_new_session=True,
        preexec_fn=partial(end_with, os.getpid()),
    )


def start_worker() -> subprocess.Popen[bytes]:
    """A worker as ``manage.py procrastinate worker`` starts more of them, here or elsewhere."""
    return start([sys.executable, "manage.py", "procrastinate", "worker"])


def stop(server: subprocess.Popen[bytes], worker: subprocess.Popen[bytes]) -> None:
    server.terminate()
    worker.terminate()
    server.wait()
    try:
        worker.wait(GRACE)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


def end_with(parent: int) -> None:
    """Have the kernel end a process when its parent is killed, so that nothing keeps the port."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # killed before we could ask
        os._exit(1)
