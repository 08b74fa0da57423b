"""Every address of the portal against every role, held to one written table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from apps.accounts.models import User
from apps.plans.models import Plan
from tests.world import YEAR, World, make_world

ROLES = ("admin", "officer", "clerk", "secretary", "viewer", "nobody", "anonymous")
NOBODY = ""
OFFICIALS = "admin officer"
EVERYONE = "admin officer clerk secretary viewer"
BUYERS = "admin officer clerk viewer"
BUYING = "admin officer clerk"
OVERSEERS = "admin officer viewer"
MEETERS = "admin officer secretary viewer"
CALLERS = "admin officer secretary"
#: Those who hold a role in the department a request went to, and the officials.
COLLEAGUES = "admin officer clerk secretary"
SIGNED_IN = f"{EVERYONE} nobody"
ANYBODY = f"{SIGNED_IN} anonymous"


@dataclass(frozen=True)
class Access:
    """Who may open an address (``get``) and who may send to it (``post``), and its arguments.

    Whoever is not named gets 403 or 404; without signing in one is sent to the sign-in page.
    """

    get: str = NOBODY
    post: str = NOBODY
    args: tuple[str | int, ...] = ()


def edits(who: str, *args: str | int) -> Access:
    return Access(who, who, args)


TABLE = {
    "portal:home": Access(EVERYONE),
    "portal:gallery": Access(OFFICIALS),
    "account_login": Access(ANYBODY, ANYBODY),
    "account_logout": Access(SIGNED_IN, SIGNED_IN),
    "account_inactive": Access(ANYBODY),
    "account_reauthenticate": Access(SIGNED_IN, SIGNED_IN),
    "account_change_password": Access(SIGNED_IN, SIGNED_IN),
    "audit:history": Access(OFFICIALS),
    "rules:list": Access(EVERYONE),
    "rules:verify": Access(post=OFFICIALS, args=("rulevalue",)),
    "rules:statutes": Access(EVERYONE),
    "rules:statute_create": edits(CALLERS),
    "rules:statute_edit": edits(OFFICIALS, "statute"),
    "plans:inbox": Access(EVERYONE),
    "plans:request": Access(OFFICIALS, args=("departmentrequest",)),
    "plans:request_send": edits(OFFICIALS, "departmentrequest"),
    "plans:delivery": Access(COLLEAGUES, OFFICIALS, ("requestdelivery",)),
    "plans:delivery_read": Access(post=COLLEAGUES, args=("requestdelivery",)),
    "plans:delivery_answer": edits(COLLEAGUES, "requestdelivery"),
    "plans:letter": Access(COLLEAGUES, args=("requestdelivery",)),
    "plans:letter_pdf": Access(COLLEAGUES, args=("requestdelivery",)),
    "plans:letter_hwpx": Access(COLLEAGUES, args=("requestdelivery",)),
    "plans:letter_xlsx": Access(COLLEAGUES, args=("requestdelivery",)),
    "plans:requests": Access(OFFICIALS, args=(YEAR,)),
    "plans:requests_letter": Access(OFFICIALS, args=(YEAR,)),
    "plans:requests_letter_pdf": Access(OFFICIALS, args=(YEAR,)),
    "plans:requests_letter_hwpx": Access(OFFICIALS, args=(YEAR,)),
    "plans:requests_letter_xlsx": Access(OFFICIALS, args=(YEAR,)),
    "plans:requests_standing": Access(OFFICIALS, args=(YEAR,)),
    "plans:requests_standing_pdf": Access(OFFICIALS, args=(YEAR,)),
    "plans:requests_standing_hwpx": Access(OFFICIALS, args=(YEAR,)),
    "plans:requests_standing_xlsx": Access(OFFICIALS, args=(YEAR,)),
    "plans:order": Access(OFFICIALS, args=(YEAR,)),
    "plans:task_order": Access(OFFICIALS, args=("task",)),
    "plans:move": Access(post=OFFICIALS, args=(YEAR,)),
    "plans:list": Access(EVERYONE),
    "plans:create": edits(OFFICIALS),
    "plans:detail": Access(EVERYONE, args=(YEAR,)),
    "plans:edit": edits(OFFICIALS, YEAR),
    "plans:sections": Access(EVERYONE, args=(YEAR,)),
    "plans:months": Access(EVERYONE, args=(YEAR,)),
    "plans:roll": edits(OFFICIALS, YEAR),
    "plans:roll_notes": Access(EVERYONE, args=(YEAR,)),
    "plans:basic_list": Access(EVERYONE),
    "plans:basic_create": edits(OFFICIALS),
    "plans:basic": Access(EVERYONE, args=("basicplan",)),
    "plans:basic_edit": edits(OFFICIALS, "basicplan"),
    "plans:checks": Access(EVERYONE, args=(YEAR,)),
    "plans:section_edit": edits(OFFICIALS, YEAR, "plansection"),
    "plans:requests_edit": edits(OFFICIALS, YEAR),
    "plans:area_create": edits(OFFICIALS, YEAR),
    "plans:area_edit": edits(OFFICIALS, YEAR, "focusarea"),
    "plans:area_delete": edits(OFFICIALS, YEAR, "focusarea"),
    "plans:task_create": edits(OFFICIALS, YEAR, "focusarea"),
    "plans:figures": Access(EVERYONE, args=(YEAR,)),
    "plans:figure_options": Access(EVERYONE, args=(YEAR,)),
    "plans:results": Access(EVERYONE),
    "plans:result_create": edits(OFFICIALS),
    "plans:result_edit": edits(OFFICIALS, "result"),
    "plans:result_delete": edits(OFFICIALS, "result"),
    "plans:budget": Access(EVERYONE, args=(YEAR,)),
    "plans:programs_edit": edits(OFFICIALS, YEAR),
    "plans:line_create": edits(OFFICIALS, YEAR),
    "plans:line_edit": edits(OFFICIALS, "budgetline"),
    "plans:line_delete": edits(OFFICIALS, "budgetline"),
    "plans:execution": Access(EVERYONE, args=(YEAR,)),
    "plans:expenditures": Access(EVERYONE, args=(YEAR,)),
    "plans:expenditures_xlsx": Access(EVERYONE, args=(YEAR,)),
    "plans:expenditure_create": edits(OFFICIALS, YEAR),
    "plans:expenditure_edit": edits(OFFICIALS, "expenditure"),
    "plans:expenditure_delete": edits(OFFICIALS, "expenditure"),
    "plans:progress": Access(EVERYONE, args=(YEAR,)),
    "plans:task_progress": Access(EVERYONE, args=("task",)),
    "plans:indicators_edit": edits(OFFICIALS, "task"),
    "plans:milestone_done": Access(post=OFFICIALS, args=("milestone",)),
    "plans:step_done": Access(post=OFFICIALS, args=("taskstep",)),
    "plans:completion_edit": edits(OFFICIALS, "completion"),
    "plans:completion_undo": Access(post=OFFICIALS, args=("completion",)),
    "plans:task": Access(EVERYONE, args=("task",)),
    "plans:task_edit": edits(OFFICIALS, "task"),
    "plans:task_delete": edits(OFFICIALS, "task"),
    "plans:steps_edit": edits(OFFICIALS, "task"),
    "plans:milestones_edit": edits(OFFICIALS, "task"),
    "plans:task_section_create": edits(OFFICIALS, "task"),
    "plans:task_section_edit": edits(OFFICIALS, "task", "tasksection"),
    "plans:task_section_delete": edits(OFFICIALS, "task", "tasksection"),
    "enterprises:list": Access(EVERYONE),
    "enterprises:export": Access(EVERYONE, args=("csv",)),
    "enterprises:add": edits(OFFICIALS),
    "enterprises:detail": Access(EVERYONE, args=("enterprise",)),
    "enterprises:edit": edits(OFFICIALS, "enterprise"),
    "enterprises:close": edits(OFFICIALS, "enterprise"),
    "enterprises:designation_add": edits(OFFICIALS, "enterprise"),
    "enterprises:designation_end": edits(OFFICIALS, "designation"),
    "enterprises:designation_convert": edits(OFFICIALS, "designation"),
    "enterprises:products": Access(EVERYONE),
    "enterprises:product_add": edits(OFFICIALS, "enterprise"),
    "enterprises:product_edit": edits(OFFICIALS, "product"),
    "enterprises:product_delete": edits(OFFICIALS, "product"),
    "enterprises:counts": Access(EVERYONE),
    "committees:list": Access(MEETERS),
    "committees:detail": Access(MEETERS, args=("committee",)),
    "committees:create": edits(CALLERS),
    "committees:edit": edits(CALLERS, "committee"),
    "committees:delete": edits(CALLERS, "committee"),
    "committees:charter_create": edits(CALLERS, "committee"),
    "committees:charter_edit": edits(CALLERS, "charter"),
    "committees:charter_delete": edits(CALLERS, "charter"),
    "committees:letters": Access(MEETERS, args=("committee",)),
    "committees:letters_number": edits(CALLERS, "committee"),
    "committees:letters_pdf": Access(MEETERS, args=("committee",)),
    "committees:letters_hwpx": Access(MEETERS, args=("committee",)),
    "committees:letter_pdf": Access(MEETERS, args=("member",)),
    "committees:letter_hwpx": Access(MEETERS, args=("member",)),
    "committees:member_terms": Access(MEETERS, args=("committee",)),
    "committees:member_create": edits(CALLERS, "committee"),
    "committees:member_delete": edits(CALLERS, "member"),
    "committees:member_reappoint": edits(CALLERS, "member"),
    "committees:member_successor": edits(CALLERS, "member"),
    "committees:member_hand_over": edits(CALLERS, "member"),
    "committees:member_edit": edits(CALLERS, "member"),
    "committees:member_end": edits(CALLERS, "member"),
    "committees:meeting_create": edits(CALLERS, "committee"),
    "committees:allowances": Access(MEETERS, CALLERS, ("meeting",)),
    "committees:allowances_pdf": Access(MEETERS, args=("meeting",)),
    "committees:allowances_xlsx": Access(MEETERS, args=("meeting",)),
    "committees:hosts": edits(CALLERS, "committee"),
    "committees:hearing_create": edits(CALLERS, "agendaitem"),
    "committees:hearing_delete": edits(CALLERS, "planhearing"),
    "committees:follow_up_create": edits(CALLERS, "meeting"),
    "committees:follow_up_edit": edits(CALLERS, "followup"),
    "committees:follow_up_delete": edits(CALLERS, "followup"),
    "committees:meeting": Access(MEETERS, args=("meeting",)),
    "committees:meeting_edit": edits(CALLERS, "meeting"),
    "committees:meeting_call": Access(post=CALLERS, args=("meeting",)),
    "committees:meeting_withdraw": edits(CALLERS, "meeting"),
    "committees:meeting_delete": edits(CALLERS, "meeting"),
    "committees:meeting_agenda": Access(MEETERS, args=("meeting",)),
    "committees:agenda_hwpx": Access(MEETERS, args=("meeting",)),
    "committees:book_make": Access(post=CALLERS, args=("meeting",)),
    "committees:papers": Access(MEETERS, args=("meeting",)),
    "committees:papers_book": Access(MEETERS, args=("meeting",)),
    "committees:paper_pdf": Access(MEETERS, args=("meeting", "signing")),
    "committees:paper_hwpx": Access(MEETERS, args=("meeting", "signing")),
    "committees:minutes": Access(MEETERS, args=("meeting",)),
    "committees:minutes_edit": edits(CALLERS, "meeting"),
    "committees:minutes_draft": edits(CALLERS, "meeting"),
    "committees:minutes_confirm": edits(CALLERS, "meeting"),
    "committees:notice_pdf": Access(MEETERS, args=("meeting",)),
    "committees:notice_hwpx": Access(MEETERS, args=("meeting",)),
    "committees:meeting_calendar": Access(MEETERS, args=("meeting",)),
    "committees:item_move": Access(post=CALLERS, args=("agendaitem",)),
    "committees:attachments": Access(MEETERS, CALLERS, ("agendaitem",)),
    "committees:attachment": Access(MEETERS, args=("attachment",)),
    "committees:attachment_move": Access(post=CALLERS, args=("attachment",)),
    "committees:attachment_delete": edits(CALLERS, "attachment"),
    "committees:room": Access(MEETERS, args=("meeting",)),
    "committees:room_move": Access(post=CALLERS, args=("meeting",)),
    "committees:room_everybody": Access(post=CALLERS, args=("meeting",)),
    "committees:room_seat": Access(post=CALLERS, args=("meeting", "member")),
    "committees:room_recuse": Access(post=CALLERS, args=("agendaitem",)),
    "committees:room_rejoin": Access(post=CALLERS, args=("agendaitem", "member")),
    "committees:room_decide": Access(post=CALLERS, args=("agendaitem",)),
    "committees:room_undo": Access(post=CALLERS, args=("agendaitem",)),
    "imports:list": Access(BUYERS),
    "imports:new": edits(BUYING, "purchases"),
    "imports:template_xlsx": Access(BUYING, args=("purchases",)),
    "imports:detail": Access(BUYERS, args=("fileimport",)),
    "imports:progress": Access(BUYERS, args=("fileimport",)),
    "imports:faults_xlsx": Access(BUYERS, args=("fileimport",)),
    "imports:columns": Access(post=BUYING, args=("fileimport",)),
    "imports:answers": Access(post=BUYING, args=("fileimport",)),
    "imports:forget": Access(post=BUYING, args=("fileimport",)),
    "imports:check": Access(post=BUYING, args=("fileimport",)),
    "imports:commit": Access(post=BUYING, args=("fileimport",)),
    "imports:reject": Access(post=BUYING, args=("fileimport",)),
    "imports:undo": edits(BUYING, "fileimport"),
    "procurement:home": Access(BUYERS),
    "procurement:suppliers": Access(BUYING),
    "procurement:district": Access(OVERSEERS, args=(YEAR,)),
    "procurement:standing": Access(BUYERS, args=(YEAR, "department")),
    "procurement:targets": edits(OFFICIALS, YEAR),
    "procurement:survey": Access(OVERSEERS, args=(YEAR,)),
    "procurement:survey_edit": edits(OFFICIALS, YEAR),
    "procurement:survey_answer": edits(BUYING, YEAR, "department"),
    "procurement:months": Access(OVERSEERS, args=(YEAR,)),
    "procurement:month": Access(OVERSEERS, args=(YEAR, 3)),
    "procurement:month_close": edits(OFFICIALS, YEAR, 3),
    "procurement:month_reopen": edits(OFFICIALS, YEAR, 2),
    "procurement:month_finish": Access(post=OFFICIALS, args=(YEAR, 2)),
    "procurement:reopening_finish": Access(post=BUYING, args=(YEAR, "reopening")),
    "procurement:own_months": Access(BUYERS, args=(YEAR, "department")),
    "procurement:month_report": Access(post=BUYING, args=(YEAR, "department", 3)),
    "procurement:list": Access(BUYERS, args=(YEAR,)),
    "procurement:export": Access(BUYERS, args=(YEAR,)),
    "procurement:export_csv": Access(BUYERS, args=(YEAR,)),
    "procurement:create": edits(BUYING, YEAR),
    "procurement:paste": edits(BUYING, YEAR),
    "procurement:edit": edits(BUYING, YEAR, "purchase"),
    "procurement:delete": edits(BUYING, YEAR, "purchase"),
    "procurement:papers": Access(BUYERS, args=(YEAR,)),
    "procurement:paper": Access(BUYERS, args=(YEAR, "targets")),
    "procurement:paper_pdf": Access(BUYERS, args=(YEAR, "notice-03")),
    "procurement:paper_hwpx": Access(BUYERS, args=(YEAR, "notice-03")),
    "procurement:paper_xlsx": Access(BUYERS, args=(YEAR, "notice-03")),
    "procurement:paper_issue": edits(OFFICIALS, YEAR, "notice-03"),
    "procurement:edition": Access(BUYERS, args=(YEAR, "targets", 1)),
    "procurement:edition_files": Access(BUYERS, args=(YEAR, "targets", 1)),
    "procurement:edition_file": Access(BUYERS, args=(YEAR, "targets", 1, "pdf")),
    "procurement:edition_again": Access(post=OFFICIALS, args=(YEAR, "targets", 1)),
    "reports:progress": Access(EVERYONE, args=(YEAR, 1)),
    "reports:progress_pdf": Access(EVERYONE, args=(YEAR, 1)),
    "reports:progress_hwpx": Access(EVERYONE, args=(YEAR, 1)),
    "reports:progress_xlsx": Access(EVERYONE, args=(YEAR, 1)),
    "reports:issued": Access(EVERYONE, args=(YEAR,)),
    "reports:confirm": edits(OFFICIALS, YEAR),
    "reports:revise": edits(OFFICIALS, YEAR),
    "reports:close": edits(OFFICIALS, YEAR),
    "reports:edition": Access(EVERYONE, args=(YEAR, 1)),
    "reports:edition_files": Access(EVERYONE, args=(YEAR, 1)),
    "reports:edition_file": Access(EVERYONE, args=(YEAR, 1, "pdf")),
    "reports:edition_again": Access(post=OFFICIALS, args=(YEAR, 1)),
    "reports:compare": Access(EVERYONE, args=(YEAR,)),
    "reports:compare_pdf": Access(EVERYONE, args=(YEAR,)),
    "reports:plan": Access(EVERYONE, args=(YEAR,)),
    "reports:plan_pdf": Access(EVERYONE, args=(YEAR,)),
    "reports:plan_hwpx": Access(EVERYONE, args=(YEAR,)),
    "reports:plan_xlsx": Access(EVERYONE, args=(YEAR,)),
    "reports:budget": Access(EVERYONE, args=(YEAR,)),
    "reports:budget_pdf": Access(EVERYONE, args=(YEAR,)),
    "reports:budget_hwpx": Access(EVERYONE, args=(YEAR,)),
    "reports:budget_xlsx": Access(EVERYONE, args=(YEAR,)),
}
#: The admin's addresses come from the models it keeps; who may open them is held by model.
ADMIN = {
    "accounts.department": "admin",
    "accounts.user": "admin",
    "rules.statute": OFFICIALS,
    "rules.rulevalue": OFFICIALS,
    "enterprises.enterprise": OFFICIALS,
    "enterprises.designation": OFFICIALS,
    "enterprises.product": OFFICIALS,
    "enterprises.publishedcount": OFFICIALS,
    "procurement.supplieralias": OFFICIALS,
}
#: The admin's own pages, about no model.
ADMIN_PAGES = {
    "index": OFFICIALS,
    "login": ANYBODY,
    "logout": OFFICIALS,
    "password_change": OFFICIALS,
    "password_change_done": OFFICIALS,
    "jsi18n": OFFICIALS,
    "autocomplete": NOBODY,
    "view_on_site": NOBODY,
    "app_list": OFFICIALS,
}


def names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """Every named address, with its namespaces."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name is not None:
                yield f"{prefix}{pattern.name}"
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from names(pattern, prefix + inner)


EVERY_NAME = tuple(dict.fromkeys(names(get_resolver())))
ADMIN_NAMES = tuple(name for name in EVERY_NAME if name.startswith("admin:"))


@pytest.fixture
def people(
    admin: User, officer: User, clerk: User, secretary: User, viewer: User, nobody: User
) -> dict[str, User | AnonymousUser]:
    """Somebody of each role, one without any, and somebody not signed in."""
    signed_in = (admin, officer, clerk, secretary, viewer, nobody)
    return dict(zip(ROLES, (*signed_in, AnonymousUser()), strict=True))


@pytest.fixture
def world(clerk: User) -> World:
    return make_world(clerk)


@pytest.fixture
def clients(people: dict[str, User | AnonymousUser]) -> dict[str, Client]:
    """A browser of each, signed in already."""
    browsers = {role: Client() for role in people}
    for role, person in people.items():
        if isinstance(person, User):
            browsers[role].force_login(person)
    return browsers


def by_app(addresses: Iterable[str]) -> list[list[str]]:
    """The addresses in lists of one app each: one world is laid for all of a list."""
    return [list(group) for _, group in groupby(addresses, lambda name: name.partition(":")[0])]


def of_app(addresses: list[str]) -> str:
    return addresses[0].partition(":")[0]


def address(name: str, args: tuple[str | int, ...], world: World) -> str:
    return reverse(name, args=[world[a].pk if a in world else a for a in args])


def test_every_address_stands_in_the_table() -> None:
    own = {name for name in EVERY_NAME if not name.startswith("admin:")}
    assert own == set(TABLE), "name the new address in TABLE, or take the old one out"


def test_every_address_has_a_name() -> None:
    """What has no name escapes the table; the admin's own catch-all is the one exception."""

    def nameless(resolver: URLResolver) -> Iterator[str]:
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLResolver):
                if pattern.namespace != "admin":
                    yield from nameless(pattern)
            elif pattern.name is None:
                yield str(pattern.pattern)

    assert list(nameless(get_resolver())) == []


def outcome(status: int, location: str) -> str:
    """``in``, ``out``, ``sign in``, or the bare status where neither was expected."""
    if location.startswith(reverse("account_login")):
        return "sign in"
    if status in (200, 302):
        return "in"
    return "out" if status in (403, 404) else str(status)


def expected_get(role: str, row: Access) -> str:
    if role in row.get.split():
        return "in"
    if role == "anonymous":
        return "sign in"
    return "out" if row.get else "405"  # what only takes a POST says so to everybody


@pytest.mark.parametrize("names", by_app(TABLE), ids=of_app)
def test_who_may_open(names: list[str], clients: dict[str, Client], world: World) -> None:
    wrong = {}
    for name in names:
        row = TABLE[name]
        url = address(name, row.args, world)
        for role, client in clients.items():
            response = client.get(url)
            found = outcome(response.status_code, response.headers.get("Location", ""))
            if found != (wanted := expected_get(role, row)):
                wrong[name, role] = f"{found}, not {wanted}"
    assert wrong == {}


#: What sending does to one's own account is told in tests/accounts.
SENT_TO = [n for n, row in TABLE.items() if row.post and not n.startswith("account_")]


#: An empty form names nothing to be moved.
MOVE = "plans:move"


@pytest.mark.parametrize("names", by_app(SENT_TO), ids=of_app)
def test_who_may_send(names: list[str], clients: dict[str, Client], world: World) -> None:
    """An empty form is bad input or a plain yes; whoever may not send it changes nothing."""
    before = fingerprint()
    for name in names:
        with transaction.atomic():
            send(name, clients, world, before)
            transaction.set_rollback(True)


def send(name: str, clients: dict[str, Client], world: World, before: object) -> None:
    """First those who may not, then those who may."""
    row = TABLE[name]
    url = address(name, row.args, world)
    for role in clients.keys() - row.post.split():
        response = clients[role].post(url)
        assert outcome(response.status_code, response.headers.get("Location", "")) == (
            "sign in" if role == "anonymous" else "out"
        ), (name, role)
    assert fingerprint() == before, name
    for place, role in enumerate(row.post.split()):
        response = clients[role].post(url)
        # The first of several may have deleted the row; the rest find it gone.
        done = (200, 302, 404) if place or name == MOVE else (200, 302)
        assert response.status_code in done, (name, role, response.status_code)


def fingerprint() -> list[tuple[str, int, str]]:
    """What every table of the portal holds, sessions aside."""
    one = "SELECT '{0}', count(*), md5(string_agg(row::text, chr(10) ORDER BY row::text)) FROM {0}"
    tables = set(connection.introspection.table_names()) - {"django_session", "django_cache"}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"{one.format(table)} AS row" for table in tables))
        return sorted(cursor.fetchall())


def admin_access(name: str, world: World) -> tuple[str, tuple[str | int, ...]]:
    """Who may open an address of the admin, and its arguments."""
    bare = name.removeprefix("admin:")
    if bare == "app_list":
        return ADMIN_PAGES[bare], ("rules",)
    if bare == "view_on_site":
        return ADMIN_PAGES[bare], (ContentType.objects.get_for_model(Plan).pk, world["plan"].pk)
    if bare in ADMIN_PAGES:
        return ADMIN_PAGES[bare], ()
    if bare == "auth_user_password_change":
        return ADMIN["accounts.user"], (world["user"].pk,)
    if bare == "accounts_user_delete":  # the history would lose who acted
        return NOBODY, (world["user"].pk,)
    label = next(key for key in ADMIN if bare.startswith(f"{key.replace('.', '_')}_"))
    action = bare.removeprefix(f"{label.replace('.', '_')}_")
    one = action in ("history", "delete", "change")
    return ADMIN[label], (world[label.split(".")[1]].pk,) if one else ()


def of_model(name: str) -> str:
    """The app and model of an address of the admin; its own pages are one group."""
    return next((key for key in ADMIN if f":{key.replace('.', '_')}_" in name), "admin")


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize(
    "names",
    [list(group) for _, group in groupby(sorted(ADMIN_NAMES, key=of_model), of_model)],
    ids=lambda group: of_model(group[0]),
)
def test_who_may_open_the_admin(names: list[str], clients: dict[str, Client], world: World) -> None:
    for name in names:
        who, args = admin_access(name, world)
        url = reverse(name, args=args)
        for role, client in clients.items():
            response = client.get(url)
            # Sending is the only way to some pages of the admin: 405 is as good as no.
            got_in = response.status_code == 200
            if role not in who.split():
                assert not got_in, (name, role)
            elif name not in POST_ONLY:
                assert got_in or name == "admin:login", (name, role, response.status_code)


POST_ONLY = (
    "admin:logout",
    "admin:enterprises_enterprise_process_import",
    "admin:enterprises_designation_process_import",
)
