"""Work that a worker does apart from any request (found by procrastinate under this name)."""

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from apps.documents.models import IssuedFile

#: A job that has stopped its worker so often is given up; the page then offers to try again.
MOST_ATTEMPTS = 3
#: What kept a file from being made may be gone after 5, then 25 seconds.
RETRY = RetryStrategy(max_attempts=MOST_ATTEMPTS - 1, exponential_wait=5)


@app.task(name="documents.make_files", retry=RETRY)
def make_files(issued: int) -> None:
    """Make the files of an issued paper that are not there yet, each for itself.

    A file that cannot be made does not keep the others from being made; the job then fails and is
    tried again.
    """
    from apps.documents.making import make_file  # the renderers are large; only a worker needs them

    missing = IssuedFile.objects.filter(issued=issued, digest="").select_related(
        "issued__issued_by"
    )
    failed: list[Exception] = []
    for file in missing.listed():
        try:
            make_file(pk=file.pk, by=file.issued.issued_by)
        except Exception as error:
            failed.append(error)
    if failed:
        raise ExceptionGroup(f"files of issued paper {issued}", failed)


@app.periodic(cron="* * * * *")
@app.task(name="documents.take_up_stalled", queueing_lock="take_up_stalled", pass_context=True)
async def take_up_stalled(context: JobContext, timestamp: int) -> None:
    """Give the jobs of workers that died (no sign of life for 30 seconds) to another worker."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs():
        if job.attempts < MOST_ATTEMPTS:
            await jobs.retry_job(job)
        else:
            await jobs.finish_job(job, status=Status.FAILED, delete_job=False)
