"""``manage.py import_purchases purchases.csv --json``

Where nothing is recorded that should have been, it ends with exit code 1; with ``--json`` it ends
with 0 then too, as the verdict says so (``committed``).
"""

import json
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.accounts.access import OFFICIALS
from apps.accounts.models import Department, RoleHolding, User
from apps.core.dates import today
from apps.core.refusals import told
from apps.imports.kinds import FileRefused
from apps.imports.registry import Outcome
from apps.imports.working import import_at_once, is_refused


class Command(BaseCommand):
    help = (
        "Record the purchases of a spreadsheet or CSV file. With a faulty row nothing is recorded,"
        " unless --skip-faults."
    )
    #: A file of a hundred thousand rows takes seconds; looking through the project as long.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--department", metavar="CODE", help="whose purchases all of them are")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
        parser.add_argument(
            "--skip-faults", action="store_true", help="record the good rows beside faulty ones"
        )
        parser.add_argument(
            "--by",
            metavar="USERNAME",
            help="who records them; the first 관리자 (else 담당자) if not given",
        )
        parser.add_argument("--json", action="store_true", help="the verdict as JSON, nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        by, department = _person(options["by"]), _department(options["department"])
        path: Path = options["file"]
        writes: bool = not options["dry_run"]
        try:
            content = path.open("rb")
        except OSError as error:
            raise CommandError(f"{path}: 파일을 열 수 없습니다.") from error
        try:
            with content, told():
                outcome = import_at_once(
                    kind="purchases",
                    content=File(content, name=path.name),
                    department=department,
                    skips_faults=options["skip_faults"],
                    writes=writes,
                    by=by,
                )
        except PermissionDenied as error:
            raise CommandError(f"{by.username}: 이 구매를 등록할 권한이 없습니다.") from error
        except FileRefused as error:
            raise CommandError(f"{path}: {error}") from error
        except ValidationError as error:
            raise CommandError(f"{path}: {' '.join(error.messages)}") from error
        committed = writes and not is_refused(outcome, options["skip_faults"])
        if options["json"]:
            self._say_json(outcome, committed)
            return
        self._say(outcome, committed)
        if writes and not committed:
            raise CommandError(f"{path}: 고칠 곳이 있어 반영하지 않았습니다.")

    def _say_json(self, outcome: Outcome, committed: bool) -> None:
        verdict = {
            "rows": outcome.rows,
            "created": outcome.created,
            "duplicates": outcome.duplicates,
            "errors": [
                {"row": fault.row, "column": fault.column, "message": fault.message}
                for fault in outcome.faults
            ],
            "committed": committed,
        }
        self.stdout.write(json.dumps(verdict, ensure_ascii=False, indent=2))

    def _say(self, outcome: Outcome, committed: bool) -> None:
        for fault in outcome.faults:
            self.stdout.write(f"{fault.row}행 {fault.column}: {fault.message}")
        for note in outcome.notes:
            self.stdout.write(note)
        if outcome.ignored:
            self.stdout.write(f"읽지 않은 열: {', '.join(outcome.ignored)}")
        self.stdout.write(
            f"읽은 줄 {outcome.rows:,}, 파일 안 중복 {outcome.twice:,}, 이미 있는 줄"
            f" {outcome.known:,}, 오류 줄 {outcome.faulty:,}, 새로 반영할 줄 {outcome.fresh:,}"
        )
        self.stdout.write(
            f"{outcome.created:,}줄을 반영했습니다." if committed else "반영하지 않았습니다."
        )


def _person(username: str | None) -> User:
    if username is not None:
        people = User.objects.filter(username=username, is_active=True)
    else:
        held = RoleHolding.objects.in_force(today())
        found = (held.filter(group__name=role).values("user") for role in OFFICIALS)
        choices = (User.objects.filter(pk__in=keys, is_active=True) for keys in found)
        people = next((people for people in choices if people.exists()), User.objects.none())
    person = people.order_by("pk").first()
    if person is None:
        raise CommandError(f"{username or '담당자'}: 그런 사용자가 없습니다.")
    return person


def _department(code: str | None) -> Department | None:
    if code is None:
        return None
    department = Department.objects.filter(code=code).first()
    if department is None:
        raise CommandError(f"{code}: 그런 부서가 없습니다.")
    return department
