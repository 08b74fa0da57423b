"""What jobs of all apps share (found by procrastinate under this name)."""

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

#: A job that has stopped its worker so often is given up; the page then offers to try again.
MOST_ATTEMPTS = 3
#: What kept a job from being done may be gone after 5, then 25 seconds.
RETRY = RetryStrategy(max_attempts=MOST_ATTEMPTS - 1, exponential_wait=5)


@app.periodic(cron="* * * * *")
@app.task(name="core.take_up_stalled", queueing_lock="take_up_stalled", pass_context=True)
async def take_up_stalled(context: JobContext, timestamp: int) -> None:
    """Give the jobs of workers that died (no sign of life for 30 seconds) to another worker."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs():
        if job.attempts < MOST_ATTEMPTS:
            await jobs.retry_job(job)
        else:
            await jobs.finish_job(job, status=Status.FAILED, delete_job=False)
