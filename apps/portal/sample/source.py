"""The real plan's records, as they stand in ``fixtures/``."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

FIXTURES: Path = settings.BASE_DIR / "fixtures"


@cache
def read(name: str) -> dict[str, Any]:
    with (FIXTURES / name).open(encoding="utf-8") as file:
        records: dict[str, Any] = yaml.safe_load(file)
    return records


def plan_2016() -> dict[str, Any]:
    return read("plan-2016.yaml")
