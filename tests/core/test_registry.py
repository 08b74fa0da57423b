"""What apps offer to the whole is found by the names of their modules."""

from importlib import import_module
from pathlib import Path

from django.conf import settings

from apps.core.registry import duty_sources


def test_every_module_of_the_name_is_asked() -> None:
    folders = sorted(Path(settings.BASE_DIR, "apps").glob("*/duties.py"))
    names = {import_module(f"apps.{path.parent.name}.duties").__name__ for path in folders}
    assert names
    assert {source.__module__ for source in duty_sources} == names


def test_no_source_is_asked_twice() -> None:
    assert len(duty_sources) == len(set(duty_sources))
