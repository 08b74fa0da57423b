"""``manage.py render plan 2016 --format pdf --output plan.pdf``"""

import re
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.loader import render_to_string

from apps.committees.documents.agenda import agenda
from apps.committees.models import Meeting
from apps.core.dates import today
from apps.documents.enums import FileFormat
from apps.documents.html import render_html
from apps.documents.http import FORMS, VARIANTS
from apps.documents.making import RENDERERS
from apps.documents.nodes import Document
from apps.plans.models import Plan
from apps.procurement.documents.papers import paper_of
from apps.procurement.editions import TARGETS, notice
from apps.reports.budget import budget_report
from apps.reports.editions import current_paper
from apps.reports.progress import progress_report

PAPERS = ["plan", "budget", "progress", "agenda", "targets", "notice"]
FORMATS = ["html", *(form.value for form in FORMS)]


class Command(BaseCommand):
    help = "Write an official paper from the records to a file."
    #: It only reads; looking through the whole project first would take as long as the paper.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paper", choices=PAPERS)
        parser.add_argument(
            "which",
            help="the year of a plan or budget; the quarter of its progress, as 2016-3;"
            " for an agenda a meeting's id or 2016-01; for the notice of purchases a month, as"
            " 2016-10; for targets the year",
        )
        parser.add_argument("--format", choices=FORMATS, default="pdf")
        parser.add_argument(
            "--variant",
            choices=[variant for variant in VARIANTS if variant],
            default="",
            help="of a PDF: archive for PDF/A",
        )
        parser.add_argument("--output", required=True, type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        form, variant = options["format"], options["variant"]
        if variant and form != FileFormat.PDF:
            raise CommandError("--variant는 PDF에만 쓸 수 있습니다.")
        document = _document(options["paper"], options["which"])
        output: Path = options["output"]
        render = _page if form == "html" else RENDERERS[VARIANTS[variant] if variant else form]
        content = render(document)
        try:
            output.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{output}: 파일을 쓸 수 없습니다.") from error
        self.stdout.write(f"{document.title}: {output}")


def _page(document: Document) -> bytes:
    body = render_html(document, level=1)
    return render_to_string("documents/paper.html", {"document": document, "body": body}).encode()


def _document(paper: str, which: str) -> Document:
    if paper == "agenda":
        return agenda(_meeting(which))
    if paper in ("targets", "notice"):
        return _purchases(paper, which)
    if paper == "progress":
        year, _, quarter = which.partition("-")
        return _progress(_plan(year), int(quarter) if quarter.isdecimal() else 0)
    plan = _plan(which)
    return current_paper(plan) if paper == "plan" else budget_report(plan, today())


def _plan(year: str) -> Plan:
    plan = Plan.objects.filter(year=int(year) if year.isdecimal() else 0).first()
    if plan is None:
        raise CommandError(f"{year}: 그런 연도의 추진계획이 없습니다.")
    return plan


def _progress(plan: Plan, quarter: int) -> Document:
    try:
        return progress_report(plan, quarter, today())
    except ValueError as error:
        raise CommandError(str(error)) from error


def _purchases(paper: str, which: str) -> Document:
    """What was sent out last, as long as the records say the same; else what they say, marked."""
    found = re.fullmatch(r"(20\d{2})" + (r"-(0[1-9]|1[0-2])" if paper == "notice" else ""), which)
    if found is None:
        raise CommandError(f"{which}: 연도는 2016, 달은 2016-10처럼 적으십시오.")
    year, *month = map(int, found.groups())
    try:
        made = paper_of(year, notice(*month) if month else TARGETS, today())
    except ValueError as error:
        raise CommandError(str(error)) from error
    return made.shown


def _meeting(which: str) -> Meeting:
    meetings = Meeting.objects.select_related("committee")
    month = re.fullmatch(r"([1-9]\d{3})-(\d{2})", which)
    if month:
        found = list(meetings.filter(month__year=month[1], month__month=month[2])[:2])
    else:
        found = list(meetings.filter(pk=int(which) if which.isdecimal() else 0))
    if len(found) != 1:
        raise CommandError(
            f"{which}: 그런 회의가 없습니다."
            if not found
            else f"{which}: 회의가 여럿입니다. 번호로 고르십시오."
        )
    return found[0]
