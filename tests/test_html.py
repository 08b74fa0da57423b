"""Every page is valid HTML, by the Nu HTML checker."""

import json
import shutil
import subprocess
import warnings
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from apps.accounts.models import User
from tests.test_access import TABLE, address
from tests.world import make_world

#: Parts of a page that htmx fetches.
FRAGMENTS = (
    "committees:papers_book",
    "imports:progress",
    "plans:figure_options",
    "procurement:suppliers",
    "procurement:edition_files",
    "reports:edition_files",
)
CHECKER: Path = settings.BASE_DIR / "var/tools/vnu.jar"


@pytest.mark.filterwarnings("default:Java")
def test_every_page_is_valid(officer: User, clerk: User, tmp_path: Path) -> None:
    java = shutil.which("java")
    if java is None or not CHECKER.exists():
        warnings.warn("Java or the HTML checker is missing: NO PAGE WAS CHECKED", stacklevel=1)
        pytest.skip("Java or the HTML checker is missing: NO PAGE WAS CHECKED")
    world = make_world(clerk)
    client = Client()
    client.force_login(officer)
    for name, row in TABLE.items():
        if "officer" not in row.get.split() or name in FRAGMENTS:
            continue
        url = address(name, row.args, world)
        answers = {"get": client.get(url)}
        if row.post and not name.endswith(("_delete", "logout")):
            answers["post"] = client.post(url)
        for method, answer in answers.items():
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                file = tmp_path / f"{name.replace(':', '.')}.{method}.html"
                file.write_bytes(answer.content)
    command = [java, "-Xss4m", "-jar", str(CHECKER), "--errors-only", "--format", "json"]
    run = subprocess.run([*command, str(tmp_path)], capture_output=True, text=True, check=False)
    found = [
        f"{Path(message['url']).name}:{message.get('lastLine')} {message['message']}"
        for message in json.loads(run.stderr)["messages"]
    ]
    assert len(list(tmp_path.iterdir())) > 60
    assert found == []
