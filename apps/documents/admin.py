"""The queue of jobs is the machine's own; people see how far a paper's files are on its page."""

from django.contrib import admin
from procrastinate.contrib.django.models import ProcrastinateJob

admin.site.unregister(ProcrastinateJob)
