"""What the page of a file says about it."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from apps.accounts.models import User
from apps.core.money import comma
from apps.imports.enums import ImportState
from apps.imports.kinds import REMOVED
from apps.imports.models import FileImport
from apps.imports.outcomes import Found
from apps.imports.progress import Work
from apps.imports.registry import Importer, Outcome, importers

NUMBER = re.compile(r"\d[\d,]*")
SHORT = 14

#: States in which nobody has decided on a file.
UNDECIDED = (ImportState.UPLOADED, ImportState.CHECKED)
#: States in which nothing of a file is recorded any more.
GIVEN_BACK = (ImportState.REJECTED, ImportState.UNDONE)
#: States in which the same file may have brought something, or still may.
ALIVE = (ImportState.UPLOADED, ImportState.CHECKED, ImportState.COMMITTED)
GIVEN_UP = (
    "작업을 끝내지 못했고 아무것도 저장하지 않았습니다. 다시 해 보고, 그래도 안 되면 "
    "관리자에게 알려 주세요."
)
NO_COLUMNS = "필요한 열을 찾지 못해 읽지 않았습니다. 아래에서 열의 뜻을 골라 주세요."


@dataclass(frozen=True, slots=True)
class Verdict:
    """The one sentence that says where a file stands; ``tone`` as of an alert."""

    tone: str
    text: str


@dataclass(frozen=True, slots=True)
class Badge:
    """The state of a file in one word; ``tone`` as of a badge."""

    label: str
    tone: str


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done with a file, when and by whom."""

    label: str
    at: datetime
    by: User


@dataclass(frozen=True, slots=True)
class Cell:
    """A text of a preview; ``css`` sets numbers to the right and keeps short texts on one line."""

    text: str
    css: str


def shown(file: FileImport, found: Found, work: Work | None, user: User) -> dict[str, Any]:
    """What the page says of a file, and what ``user`` may do with it.

    ``open`` is a file they may decide on, ``busy`` one a job is at work on, ``again`` one they may
    send in anew, ``kept`` one whose content is still there.
    """
    importer, outcome = importers[file.kind], found.outcome
    may_edit = FileImport.objects.editable_by(user).filter(pk=file.pk).exists()
    busy = work is not None and work.queued
    removed = not file.parts.exists()
    return {
        "importer": importer,
        "found": found,
        "outcome": outcome,
        "badge": badge(file, outcome.fresh, outcome.faulty),
        "preview": preview(importer, outcome),
        "taken": taken(importer, outcome),
        "verdict": verdict(file, outcome, work, removed),
        "steps": steps(file),
        "twin": same_before(file, user),
        "may_edit": may_edit,
        "busy": busy,
        "again": may_edit and (file.state in GIVEN_BACK or (removed and file.state in UNDECIDED)),
        "open": may_edit and file.state == ImportState.CHECKED and not busy and not removed,
        "kept": not removed,
    }


def badge(file: FileImport, fresh: int, faulty: int) -> Badge:
    """Where a file stands, with so many ``fresh`` and ``faulty`` rows."""
    match file.state:
        case ImportState.COMMITTED:
            return Badge(file.get_state_display(), "success")
        case ImportState.CHECKED if fresh or faulty:
            return Badge("확인 필요", "warning")
        case ImportState.CHECKED:
            return Badge("반영할 줄 없음", "neutral")
        case ImportState.REJECTED if file.refusal:
            return Badge("읽지 못함", "danger")
        case _:
            return Badge(file.get_state_display(), "neutral")


def preview(importer: Importer, outcome: Outcome) -> list[list[Cell]]:
    """The first rows as the page shows them, below their headings; empty columns are left out."""
    columns = [
        (heading, texts)
        for heading, *texts in zip(importer.headings, *outcome.first, strict=False)
        if any(texts)
    ]
    head = [Cell(heading, _css(texts[0])) for heading, texts in columns]
    rows = [
        [Cell(text, _css(text)) for text in row]
        for row in zip(*(c[1] for c in columns), strict=True)
    ]
    return [head, *rows] if rows else []


def _css(text: str) -> str:
    if NUMBER.fullmatch(text):
        return "num"
    return "nowrap" if len(text) <= SHORT else ""


def taken(importer: Importer, outcome: Outcome) -> list[tuple[str, str]]:
    """The columns that were read: what the file calls them, and what they were taken for."""
    labels = dict(importer.columns)
    return [(heading, labels[key]) for heading, key in outcome.columns if key in labels]


def same_before(file: FileImport, user: User) -> FileImport | None:
    """The same file, uploaded earlier, where the user may see it."""
    twins = FileImport.objects.visible_to(user).filter(
        kind=file.kind, digest=file.digest, pk__lt=file.pk, state__in=ALIVE
    )
    return twins.select_related("uploaded_by").order_by("-pk").first()


def verdict(file: FileImport, outcome: Outcome, work: Work | None, removed: bool) -> Verdict | None:
    """Where the file stands; nothing while it is being read. ``removed``: its content is."""
    if removed and file.state in UNDECIDED and not (work and work.queued):
        return Verdict("warning", REMOVED)
    if work:
        return Verdict("error", GIVEN_UP) if work.stopped else None
    match file.state:
        case ImportState.CHECKED:
            return _checked(file, outcome)
        case ImportState.COMMITTED:
            return Verdict("success", _committed(outcome))
        case ImportState.REJECTED if file.refusal:
            return Verdict("error", file.refusal)
        case ImportState.REJECTED:
            return Verdict("info", "반영하지 않기로 한 파일입니다. 저장된 자료가 없습니다.")
        case ImportState.UNDONE:
            return Verdict("info", "반영을 취소해 이 파일에서 온 자료를 모두 삭제했습니다.")
        case _:
            return Verdict("warning", "아직 검사하지 않은 파일입니다. ‘다시 검사’를 눌러 주세요.")


def _checked(file: FileImport, outcome: Outcome) -> Verdict:
    if file.refusal:
        return Verdict("warning", file.refusal)
    if outcome.faulty and not outcome.rows:
        return Verdict("warning", NO_COLUMNS)
    if outcome.faulty:
        rest = (
            f"고쳐서 다시 올리거나, 오류 줄을 빼고 {comma(outcome.fresh)}줄만 반영할 수 있습니다."
            if outcome.fresh
            else "고쳐서 다시 올려 주세요."
        )
        return Verdict(
            "warning",
            f"오류가 있는 줄이 {comma(outcome.faulty)}줄 있어 아직 저장하지 않았습니다. {rest}",
        )
    if not outcome.fresh:
        return Verdict("info", "새로 반영할 줄이 없습니다. 모두 이미 있거나 중복된 줄입니다.")
    return Verdict(
        "info",
        f"오류가 없습니다. 아래를 확인하고 ‘반영’을 누르면 {comma(outcome.fresh)}줄을 저장합니다.",
    )


def _committed(outcome: Outcome) -> str:
    left = [
        f"{what} {comma(count)}줄"
        for what, count in (("오류", outcome.faulty), ("중복", outcome.duplicates))
        if count
    ]
    said = f"{comma(outcome.created)}줄을 반영했습니다."
    return f"{said} {', '.join(left)}은 저장하지 않았습니다." if left else said


def steps(file: FileImport) -> list[Step]:
    """What has been done with the file so far, in order."""
    done = (
        ("올림", file.uploaded_at, file.uploaded_by),
        ("검사", file.checked_at, file.checked_by),
        ("반영", file.committed_at, file.committed_by),
        ("반영하지 않음", file.rejected_at, file.rejected_by),
        ("반영 취소", file.undone_at, file.undone_by),
    )
    return [Step(label, at, by) for label, at, by in done if at is not None and by is not None]
