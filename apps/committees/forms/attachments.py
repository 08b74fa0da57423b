"""Papers to an agenda item, several at a time."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from apps.committees.attachments import MOST_BYTES, OTHERS, TOO_LARGE
from apps.core.forms import Form

ACCEPTED = ",".join(f".{ending}" for ending in ("pdf", "png", "jpg", "jpeg", *sorted(OTHERS)))

#: At a time; a browser may send more (see the settings), to be told so here.
MOST_FILES = 100
TOO_MANY_FILES = (
    f"파일은 한 번에 {MOST_FILES}개까지 붙일 수 있습니다. 고른 파일 {{}}개를 나누어 올려 주세요."
)


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or more; each is checked as one."""

    widget = SeveralFiles({"accept": ACCEPTED})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        if data and len(data) > MOST_FILES:
            raise ValidationError(TOO_MANY_FILES.format(len(data)))
        return [super(FilesField, self).clean(file, initial) for file in data or [None]]


class AttachmentForm(Form):
    papers = FilesField(
        label="붙일 파일",
        max_length=255,
        allow_empty_file=True,
        help_text=f"여러 개를 한 번에 고를 수 있습니다. 파일마다 {MOST_BYTES >> 20}MB까지. "
        "PDF와 그림은 회의자료에 묶이고, 한글·오피스 문서는 목록에 적힙니다.",
    )


def content_of(file: UploadedFile[bytes]) -> bytes:
    """What the file holds. Raises ``ValidationError`` for one too large, which was not kept."""
    if (file.size or 0) > MOST_BYTES:
        raise ValidationError(TOO_LARGE)
    content: bytes = file.read()
    return content
