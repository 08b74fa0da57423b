"""The glossary names everything the office keeps."""

import re
from enum import EnumMeta
from importlib import import_module
from importlib.util import find_spec

import pytest
from django.apps import apps
from django.conf import settings

GLOSSARY = (settings.BASE_DIR / "docs" / "glossary.md").read_text(encoding="utf-8")
OURS = [config for config in apps.get_app_configs() if config.name.startswith("apps.")]
MODELS = [
    model
    for config in OURS
    for model in config.get_models()
    if not hasattr(model, "pgh_tracked_model")  # a table of the history
]
ENUMS = [
    member
    for config in OURS
    if find_spec(f"{config.name}.enums")
    for member in vars(import_module(f"{config.name}.enums")).values()
    if isinstance(member, EnumMeta)
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_model_is_in_the_glossary(model: type) -> None:
    assert f"`{model.__name__}`" in GLOSSARY


@pytest.mark.parametrize("enum", ENUMS, ids=lambda enum: enum.__qualname__)
def test_every_value_of_an_enum_is_in_the_glossary(enum: EnumMeta) -> None:
    """On a line that names the enum."""
    lines = [line for line in GLOSSARY.splitlines() if f"`{enum.__name__}" in line]
    words = set(re.findall(r"\w+", " ".join(lines)))
    assert set(enum.__members__) <= words
