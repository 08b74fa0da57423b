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
        records: dict[str, Any] = _ended(yaml.safe_load(file))
    return records


def _ended(part: Any) -> Any:
    """The same without the line break that ends a text of several lines in YAML."""
    if isinstance(part, dict):
        return {name: _ended(each) for name, each in part.items()}
    if isinstance(part, list):
        return [_ended(each) for each in part]
    return part.removesuffix("\n") if isinstance(part, str) else part


def plan_2016() -> dict[str, Any]:
    return read("plan-2016.yaml")
