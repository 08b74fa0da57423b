"""Two hundred clerks enter purchases in the same minute, on the server that ``serve`` runs."""

import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from http.client import HTTPConnection
from urllib.parse import urlencode
from uuid import UUID, uuid5

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import Count, Sum
from django.test import Client

from apps.accounts.enums import DepartmentKind, Role
from apps.accounts.models import Department, RoleHolding, User
from apps.procurement.models import MonthlySum, Purchase
from tests.procurement.factories import make_enterprise, typed

DEPARTMENTS, CLERKS, EACH = 40, 200, 1
SPACE = UUID("7d3c1a52-9a0e-4a36-8f0e-0d8f6f1f2016")
CHANNELS, KINDS = ("mall", "direct"), ("goods", "service", "works")
PATH = "/procurement/2016/purchases/new/"
TOKEN = "t" * 32


@dataclass(frozen=True)
class Sent:
    """A purchase as one clerk sends it; ``times`` at the same moment, ``again`` a little later."""

    clerk: int
    session: str
    fields: dict[str, str]
    times: int
    again: bool


@pytest.fixture
def clerks(transactional_db: None) -> list[User]:
    """Five clerks each of forty departments."""
    departments = Department.objects.bulk_create(
        Department(code=f"D{n:02}", name=f"부서 {n}", kind=DepartmentKind.HEADQUARTERS, position=n)
        for n in range(DEPARTMENTS)
    )
    users = User.objects.bulk_create(
        User(username=f"clerk{n}", name=f"담당 {n}", department=departments[n % DEPARTMENTS])
        for n in range(CLERKS)
    )
    group = Group.objects.get(name=Role.CLERK.value)
    RoleHolding.objects.bulk_create(
        RoleHolding(user=user, group=group, starts=date(2010, 1, 1)) for user in users
    )
    return users


@pytest.fixture
def server(clerks: list[User]) -> Iterator[int]:
    """The port of a server of the test's database."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    to = connection.get_connection_params()
    who = f"{to['user']}:{to.get('password') or ''}"
    place = f"{who}@:{to.get('port') or 5432}/{to['dbname']}?host={to['host']}"
    command = [sys.executable, "-m", "granian", "socialeconomy.wsgi:application"]
    command += ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "2", "--blocking-threads", "4", "--log-level", "warning"]
    environment = {"DATABASE_URL": f"postgresql://{place}", "SECRET_KEY": settings.SECRET_KEY}
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env={**os.environ, **environment}) as run:
        try:
            wait_until_up(port)
            yield port
        finally:
            run.terminate()
            run.wait(20)


def wait_until_up(port: int) -> None:
    for _ in range(300):
        with suppress(OSError), closing(HTTPConnection("127.0.0.1", port, timeout=10)) as asking:
            asking.request("GET", "/accounts/login/")
            assert asking.getresponse().status == 200
            return
        time.sleep(0.1)
    raise AssertionError("the server does not answer")


def purchases(clerks: list[User]) -> list[Sent]:
    """What everybody sends: amounts that tell each purchase, and some sent more than once."""
    for number in range(5):
        make_enterprise(f"나눔가게 {number}동점")
    found = []
    for n, clerk in enumerate(clerks):
        browser = Client()
        browser.force_login(clerk)
        for turn in range(EACH):
            serial = n * EACH + turn
            fields = typed(
                enterprise=f"나눔가게 {serial % 5}동점",
                purchased_on=f"2016-{3 + serial % 2:02}-{1 + serial % 28:02}",
                kind=KINDS[serial % 3],
                channel=CHANNELS[serial % 2],
                amount=str(10_000 + serial),
                item=f"품목 {serial}",
                entry_key=str(uuid5(SPACE, str(serial))),
            )
            session = browser.cookies["sessionid"].value
            found.append(Sent(clerk.pk, session, fields, 1 + (serial % 9 == 0), serial % 11 == 0))
    return found


def send(port: int, sent: Sent) -> int:
    """Post the form as a browser does; the status of the answer."""
    body = urlencode({**sent.fields, "csrfmiddlewaretoken": TOKEN})
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"sessionid={sent.session}; csrftoken={TOKEN}",
    }
    with closing(HTTPConnection("127.0.0.1", port, timeout=300)) as asking:
        asking.request("POST", PATH, body, headers)
        return asking.getresponse().status


def by_cell(rows: Iterator[tuple[int, date, str, str, int]]) -> dict[object, tuple[int, int]]:
    """How many and how much by department, month, kind and channel."""
    count, total = Counter[object](), Counter[object]()
    for department, day, kind, channel, amount in rows:
        cell = department, day.replace(day=1), kind, channel
        count[cell] += 1
        total[cell] += amount
    return {cell: (count[cell], total[cell]) for cell in count}


def test_nothing_is_lost_and_nothing_counts_twice(server: int, clerks: list[User]) -> None:
    wanted = purchases(clerks)
    first = [sent for sent in wanted for _ in range(sent.times)]
    with ThreadPoolExecutor(CLERKS) as crowd:
        answers = list(crowd.map(lambda sent: send(server, sent), first))
        answers += crowd.map(lambda sent: send(server, sent), [s for s in wanted if s.again])
    assert set(answers) <= {200, 302}, Counter(answers)
    keys = Purchase.objects.values_list("entry_key", flat=True)
    assert sorted(map(str, keys)) == sorted(sent.fields["entry_key"] for sent in wanted)
    whose = {user.pk: user.department_id for user in clerks}
    sent_sums = by_cell(
        (
            whose[sent.clerk] or 0,
            date.fromisoformat(sent.fields["purchased_on"]),
            sent.fields["kind"],
            sent.fields["channel"],
            int(sent.fields["amount"]),
        )
        for sent in wanted
    )
    ledger = Purchase.objects.values_list("department", "purchased_on", "kind", "channel", "amount")
    kept = {
        (row.department_id, row.month, row.kind, row.channel): (row.count, row.amount)
        for row in MonthlySum.objects.all()
    }
    assert kept == by_cell(ledger.iterator()) == sent_sums
    entered = Purchase.objects.aggregate(rows=Count("pk"), won=Sum("amount"))
    assert entered == {"rows": CLERKS * EACH, "won": sum(range(10_000, 10_000 + CLERKS * EACH))}
