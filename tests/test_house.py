"""The repository looks at itself: layers, templates, migrations."""

import re
import tomllib
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

ROOT: Path = settings.BASE_DIR
TEMPLATES = ROOT / "templates"
#: Found by Django, allauth or the form renderer under these names; no line of ours names them.
BY_CONVENTION = re.compile(
    r"^(\d{3}(_csrf)?\.html|account/.*|admin/.*|django/forms/.*|allauth/.*)$"
)


def own_templates() -> set[str]:
    return {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html")}


def sources() -> Iterator[str]:
    for folder in ("apps", "socialeconomy", "templates"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in (".py", ".html"):
                yield path.read_text(encoding="utf-8")


def test_every_template_is_used() -> None:
    text = "\n".join(sources())
    drawn = "documents/nodes/"  # named by the class of the node
    unused = {
        name
        for name in own_templates()
        if not BY_CONVENTION.match(name) and not name.startswith(drawn) and f'"{name}"' not in text
    }
    assert unused == set()


def test_every_node_has_its_template_and_every_template_its_node() -> None:
    from typing import get_args

    from apps.documents.nodes import Node

    named = {re.sub(r"(?<=[a-z])(?=[A-Z])", "_", n.__name__).lower() for n in get_args(Node)}
    assert {path.stem for path in (TEMPLATES / "documents/nodes").glob("*.html")} == named


def test_templates_hold_no_script_style_or_handler() -> None:
    """The content security policy would block them; better they never get there."""
    inline = re.compile(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=", re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in TEMPLATES.rglob("*.html")
        for match in inline.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    out = StringIO()
    call_command("makemigrations", check_changes=True, dry_run=True, stdout=out)
    assert "No changes detected" in out.getvalue()


def test_the_layers_contract_names_every_app() -> None:
    options = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = options["tool"]["importlinter"]["contracts"]
    assert [f"apps.{name}" for name in reversed(contract["layers"])] == settings.LOCAL_APPS


def test_files_stay_short() -> None:
    """A file near 500 lines asks to be split by entity."""
    long = {
        str(path.relative_to(ROOT)): lines
        for path in [*(ROOT / "apps").rglob("*.py"), *(ROOT / "socialeconomy").rglob("*.py")]
        if "migrations" not in path.parts
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > 500
    }
    assert long == {}


def test_no_lock_file_names_a_host() -> None:
    found = [path.name for path in ROOT.glob("requirements*.txt") if "://" in path.read_text()]
    assert found == []
