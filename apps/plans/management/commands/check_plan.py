"""``manage.py check_plan 2016 --json``"""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.plans.checking import checked
from apps.plans.models import Plan


class Command(BaseCommand):
    help = "List what does not agree in a yearly plan."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("--json", action="store_true", help="as a JSON list, nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = Plan.objects.filter(year=options["year"]).first()
        if plan is None:
            raise CommandError(f"{options['year']}: 그런 연도의 추진계획이 없습니다.")
        rules = [each for each in checked(plan) if each.findings]
        if options["json"]:
            rows = [
                {"rule": found.rule, "where": found.where, "message": found.message}
                for each in rules
                for found in each.findings
            ]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for each in rules:
            self.stdout.write(f"{each.rule.name}: {each.rule.sentence}")
            for found in each.findings:
                self.stdout.write(f"  - {found.where}: {found.message}")
        count = sum(len(each.findings) for each in rules)
        self.stdout.write(
            f"{plan.title}: 점검 결과 {count}건" if count else f"{plan.title}: 이상 없음"
        )
