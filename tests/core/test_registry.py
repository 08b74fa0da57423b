"""What apps offer to the whole is found by the names of their modules."""

from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings

from apps.core.registry import duty_sources, search_sources


@pytest.mark.parametrize(
    ("module", "sources"), [("duties", duty_sources), ("searches", search_sources)]
)
def test_every_module_of_the_name_is_asked(module: str, sources: list[object]) -> None:
    folders = sorted(Path(settings.BASE_DIR, "apps").glob(f"*/{module}.py"))
    names = {import_module(f"apps.{path.parent.name}.{module}").__name__ for path in folders}
    assert names
    assert {source.__module__ for source in sources} == names


@pytest.mark.parametrize("sources", [duty_sources, search_sources])
def test_no_source_is_asked_twice(sources: list[object]) -> None:
    assert len(sources) == len(set(sources))
