"""``manage.py benchmark``: how fast the portal is at a million purchases, and beside what."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.portal import benchmark
from apps.portal.benchmark.duel import Result

HEAD = f"{'':75} {'peer':>11} {'ours':>11} {'median':>9} {'worst':>9}  goal"


class Command(BaseCommand):
    help = "Measure the portal beside its peers, in a database of its own."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="the results as one JSON list")
        parser.add_argument(
            "--per-year",
            type=int,
            default=benchmark.PER_YEAR,
            help="purchases in each of the ten years",
        )
        parser.add_argument("--only", default="", choices=benchmark.PARTS, help="one part of it")

    def handle(self, *args: Any, **options: Any) -> None:
        found = []
        if not options["json"]:
            self.stdout.write(HEAD)
        for result in benchmark.run(per_year=options["per_year"], only=options["only"]):
            found.append(result.as_dict())
            if not options["json"]:
                self.stdout.write(_line(result))
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))


def _line(result: Result) -> str:
    verdict = "reached" if result.reached else "NOT reached"
    peer, ours = (_shown(value, result.unit) for value in (result.peer, result.ours))
    return (
        f"{result.name:75} {peer:>11} {ours:>11}"
        f" {result.median:>8.2f}× {result.worst:>8.2f}×  {result.goal} {verdict}"
    )


def _shown(value: float, unit: str) -> str:
    return f"{value * 1000:,.2f} ms" if unit == "s" and value < 1 else f"{value:,.2f} {unit}"
