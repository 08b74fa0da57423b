"""``manage.py load_sample``: the real 2016 plan and an invented current year."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.core.dates import today
from apps.portal import sample
from apps.portal.sample.office import PASSWORD, PEOPLE


class Command(BaseCommand):
    help = "Load the sample district once; a second run changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("운영 환경에서는 예시 자료를 불러올 수 없습니다.")
        loaded = sample.load(today=today())
        self.stdout.write("예시 자료를 불러왔습니다." if loaded else "예시 자료가 이미 있습니다.")
        for username, role, _, department in PEOPLE:
            self.stdout.write(f"  {username:<10} {PASSWORD}  {role.label} ({department})")
