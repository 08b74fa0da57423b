"""Reading and committing files, apart from any request (found by procrastinate by this name).

Jobs of workers that died are taken up again by :func:`apps.documents.tasks.take_up_stalled`.
"""

from procrastinate.contrib.django import app

from apps.accounts.models import User
from apps.documents.tasks import RETRY


@app.task(name="imports.check_file", retry=RETRY)
def check_file(file: int, by: int) -> None:
    """Read a file and say what it would bring."""
    from apps.imports import working  # the readers are large; only a worker needs them

    working.check(pk=file, by=User.objects.get(pk=by))


@app.task(name="imports.commit_file", retry=RETRY)
def commit_file(file: int, by: int) -> None:
    """Read a file again and record what it brings, as it was shown."""
    from apps.imports import working

    working.commit(pk=file, by=User.objects.get(pk=by))
