"""Looking through a paper when it comes, so that a broken one is named then, not at printing."""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from threading import Lock

from django.core.exceptions import ValidationError
from PIL import Image, ImageFile, ImageOps
from pypdf import PdfReader
from pypdf.errors import DependencyError

from apps.committees.binding import try_out
from apps.committees.enums import AttachmentKind

#: Of one file, and so many pages of it.
MOST_BYTES, MOST_PAGES = 30 << 20, 300
IMAGES = {"PNG": "png", "JPEG": "jpg"}
#: What members open with a program of their own.
OTHERS = {"hwp", "hwpx", "xlsx", "xls", "docx", "pptx", "csv", "txt", "zip"}
EMPTY = "내용이 없는 파일입니다."
TOO_LARGE = f"{MOST_BYTES >> 20}MB보다 큰 파일은 붙일 수 없습니다. 줄이거나 나누어 올려 주세요."
BROKEN = "파일이 손상되어 열 수 없습니다. 원본을 다시 저장해 올려 주세요."
ENCRYPTED = (
    "암호나 보안 설정이 걸린 PDF는 회의자료에 묶을 수 없습니다. "
    "암호와 보안을 풀고 저장해 올려 주세요."
)
TOO_MANY = f"{MOST_PAGES}쪽이 넘는 PDF입니다. 필요한 쪽만 나누어 올려 주세요."
NOT_OURS = (
    "붙일 수 없는 종류의 파일입니다. PDF, 그림(PNG, JPG), 한글·오피스 문서만 붙일 수 있습니다."
)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file is: ``pages`` only where they can be bound into the agenda book."""

    kind: AttachmentKind
    pages: int | None
    digest: str


def looked_through(name: str, content: bytes) -> Looked:
    """What the file is, found by its content. Raises ``ValidationError`` with what to do."""
    if not content:
        raise ValidationError(EMPTY)
    if len(content) > MOST_BYTES:
        raise ValidationError(TOO_LARGE)
    digest = hashlib.sha256(content).hexdigest()
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if content.lstrip()[:5] == b"%PDF-" or ending == "pdf":
        return Looked(AttachmentKind.PDF, _pages(content), digest)
    if content.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        _refuse_broken_image(content)
        return Looked(AttachmentKind.IMAGE, 1, digest)
    if ending not in OTHERS:
        raise ValidationError(NOT_OURS)
    return Looked(AttachmentKind.OTHER, None, digest)


def media_type(kind: str, content: bytes) -> str:
    """What a browser is told a paper is; it opens PDF and pictures only, and saves the rest."""
    if kind == AttachmentKind.PDF:
        return "application/pdf"
    if kind == AttachmentKind.IMAGE:
        return "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"
    return "application/octet-stream"


def _pages(content: bytes) -> int:
    """How many pages the PDF has; each is tried out as it will be bound."""
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ValidationError(ENCRYPTED)
        pages = len(reader.pages)
        if pages > MOST_PAGES:
            raise ValidationError(TOO_MANY)
        try_out(reader.pages)
    except ValidationError:
        raise
    except DependencyError as error:  # AES, which pypdf alone does not read, password or none
        raise ValidationError(ENCRYPTED) from error
    except Exception as error:  # whatever the bytes of a stranger's file bring pypdf to raise
        raise ValidationError(BROKEN) from error
    if not pages:
        raise ValidationError(BROKEN)
    return pages


def _refuse_broken_image(content: bytes) -> None:
    try:
        with _WHOLE_IMAGES, Image.open(BytesIO(content), formats=list(IMAGES)) as image:
            image.load()
            ImageOps.exif_transpose(image)
    except Exception as error:  # as of a PDF
        raise ValidationError(BROKEN) from error


class _WholeImages:
    """Pillow takes no image that breaks off; WeasyPrint, once it is loaded, has it take them."""

    def __init__(self) -> None:
        self.alone, self.lenient = Lock(), False

    def __enter__(self) -> None:
        self.alone.acquire()
        self.lenient = ImageFile.LOAD_TRUNCATED_IMAGES
        ImageFile.LOAD_TRUNCATED_IMAGES = False

    def __exit__(self, *_: object) -> None:
        ImageFile.LOAD_TRUNCATED_IMAGES = self.lenient
        self.alone.release()


_WHOLE_IMAGES = _WholeImages()
