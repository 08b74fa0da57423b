"""Reading and committing files, apart from any request (found by procrastinate by this name).

Jobs of workers that died are taken up again by :func:`apps.core.tasks.take_up_stalled`.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.accounts.models import User
from apps.core.tasks import RETRY
from apps.imports.enums import ImportState
from apps.imports.models import FilePart


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


@app.periodic(cron="0 * * * *")
@app.task(name="imports.remove_contents", queueing_lock="remove_contents")
def remove_contents(timestamp: int) -> None:
    """Remove what stood in files that were decided on long ago; what became of them is kept.

    So with files nobody has decided on for as long, but for those a job is yet to read. Hourly, as
    a PC of the office is not on at night.
    """
    last = timezone.now() - timedelta(days=settings.IMPORTED_FILES_KEPT_DAYS)
    past = (
        Q(file__state=ImportState.COMMITTED, file__committed_at__lt=last)
        | Q(file__state=ImportState.REJECTED, file__rejected_at__lt=last)
        | Q(file__state=ImportState.UNDONE, file__undone_at__lt=last)
        | Q(file__state=ImportState.UPLOADED, file__uploaded_at__lt=last)
        | Q(file__state=ImportState.CHECKED, file__checked_at__lt=last)
    )
    jobs = ProcrastinateJob.objects.filter(
        task_name__in=(check_file.name, commit_file.name), status__in=("todo", "doing")
    )
    awaited = list(jobs.values_list("args__file", flat=True))
    FilePart.objects.filter(past).exclude(file__in=awaited).delete()
