"""``manage.py serve``: bring the portal up from nothing and serve it until it is told to stop."""

import signal
import socket
from typing import Any

import environ
from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

# A thread keeps a database connection, so these bound the connections a worker holds.
THREADS = 4


class Command(BaseCommand):
    help = "Prepare the database and the static files, then serve the portal."

    def handle(self, *args: Any, **options: Any) -> None:
        env = environ.Env()
        host = env.str("HOST", default="127.0.0.1")
        port = env.int("PORT", default=8000)
        require_free_port(host, port)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        if not settings.PRODUCTION:
            call_command("load_sample", stdout=self.stdout)
        call_command("collectstatic", interactive=False, verbosity=0)
        connections.close_all()  # the workers are forks and must open their own
        server = Granian(
            "socialeconomy.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=env.int("WORKERS", default=2),
            blocking_threads=THREADS,
            respawn_failed_workers=True,
            log_level=LogLevels.warning,
        )
        server.on_startup(stop_when_terminal_closes)
        self.stdout.write(f"포털이 열렸습니다: http://{host}:{port}/ (끝내기: Ctrl-C)")
        self.stdout.flush()
        server.serve()


def require_free_port(host: str, port: int) -> None:
    """CommandError when another program listens there: granian would share the port with it."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen()
        except OSError as error:
            raise CommandError(
                f"{host}:{port}에서 열 수 없습니다({error.strerror}). "
                "다른 포트로 실행하십시오. 예: PORT=8001 make run"
            ) from error


def stop_when_terminal_closes() -> None:
    """Granian would take the closed terminal's signal as a wish to restart its workers."""
    signal.signal(signal.SIGHUP, signal.getsignal(signal.SIGTERM))
