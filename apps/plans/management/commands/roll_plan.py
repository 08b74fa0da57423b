"""``manage.py roll_plan 2016 2017 [--empty-amounts] [--by officer]``"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.accounts.enums import Role
from apps.accounts.models import RoleHolding, User
from apps.core.dates import today
from apps.plans.enums import RollOutcome
from apps.plans.models import Plan
from apps.plans.rollover import Choices, roll


class Command(BaseCommand):
    help = "Make a later year's draft plan from a plan by rule, and tell what became of each part."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int, help="the year of the plan to roll")
        parser.add_argument("to", type=int, help="the year of the new plan")
        parser.add_argument("--empty-amounts", action="store_true", help="begin with amounts of 0")
        parser.add_argument(
            "--by", help="sign-in name of who acts; else the first administrator there is"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        year, to = options["year"], options["to"]
        plan = Plan.objects.filter(year=year).first()
        if plan is None:
            raise CommandError(f"{year}: 그런 연도의 추진계획이 없습니다.")
        if not year < to <= 2100:
            raise CommandError(f"{to}: {year}년보다 뒤의 해로 옮길 수 있습니다.")
        if Plan.objects.filter(year=to).exists():
            raise CommandError(f"{to}: 이 연도의 추진계획이 이미 있습니다.")
        choices = Choices(keep_amounts=not options["empty_amounts"])
        new = roll(plan=plan, year=to, by=_person(options["by"]), choices=choices)
        self.stdout.write(f"{new.title}: 만들었습니다.")
        for outcome in RollOutcome:
            count = new.roll_notes.filter(outcome=outcome).count()
            self.stdout.write(f"{outcome.label}: {count}건")
        for note in new.roll_notes.filter(outcome=RollOutcome.OPEN):
            self.stdout.write(f"- {note.place}: {note.before} ({note.reason})")


def _person(username: str | None) -> User:
    """Who the history names as having rolled the plan."""
    if username:
        person = User.objects.filter(username=username).first()
        if person is None or not person.is_official:
            raise CommandError(f"{username}: 계획을 만들 수 있는 사람이 아닙니다.")
        return person
    admins = RoleHolding.objects.in_force(today()).filter(group__name=Role.ADMIN.value)
    held = admins.select_related("user").order_by("user").first()
    if held is None:
        raise CommandError("관리자가 없습니다. --by로 누가 만드는지 적어 주십시오.")
    return held.user
