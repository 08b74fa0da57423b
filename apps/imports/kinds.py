"""What kind of file it is, by its content; what is not safe or not ours to read is refused."""

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Literal
from zipfile import BadZipFile, ZipFile, ZipInfo

Kind = Literal["xlsx", "xls", "csv"]


class FileRefused(Exception):
    """A file that is not read at all; its text is a sentence for whoever sent it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read at most: rows of records, bytes, and bytes a workbook unpacks to.

    ``memory`` is what the process that reads a workbook may take, in bytes.
    """

    rows: int
    size: int
    unpacked: int
    memory: int


WEB = Limits(rows=100_000, size=30 << 20, unpacked=200 << 20, memory=3 << 29)
#: From a shell a person waits for it knowingly.
SHELL = Limits(rows=5_000_000, size=2 << 30, unpacked=2 << 30, memory=16 << 30)

SAVE_AS = "엑셀에서 열어 ‘Excel 통합 문서(*.xlsx)’로 저장한 뒤 올려 주세요."
REMOVED = (
    "오래되어 올린 파일의 내용을 지웠으므로 검사하거나 반영할 수 없습니다. 파일을 다시 올려 주세요."
)
NO_CONTENT = "내용이 없는 파일입니다."
BROKEN = f"파일이 손상되어 읽을 수 없습니다. {SAVE_AS}"
ENCRYPTED = "암호가 걸린 파일은 읽을 수 없습니다. 암호를 풀고 저장한 뒤 올려 주세요."
MACROS = (
    "매크로가 든 파일은 받지 않습니다. "
    "‘Excel 통합 문서(*.xlsx)’로 저장하면 매크로가 빠지니 그 파일을 올려 주세요."
)
BOMB = "압축을 풀면 지나치게 커지는 파일이어서 읽지 않았습니다. 필요한 시트만 남겨 올려 주세요."
TOO_WIDE = "열이 너무 많은 시트입니다. 오른쪽 멀리 적힌 칸을 지우고 올려 주세요."
NOT_OURS = "엑셀(xlsx, xls)이나 CSV 파일만 읽을 수 있습니다."

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
#: How files of other programs begin.
OTHERS = {
    b"%PDF": "PDF 문서입니다.",
    b"\x89PNG": "그림 파일입니다.",
    b"\xff\xd8\xff": "그림 파일입니다.",
    b"HWP Document File": "한글 문서입니다.",
    b"PK\x05\x06": "빈 압축 파일입니다.",
    b"Rar!": "압축 파일입니다.",
    b"7z\xbc\xaf": "압축 파일입니다.",
    b"{\\rtf": "서식 있는 글(RTF)입니다.",
}
#: A web page or XML that other systems pass off as a spreadsheet; Excel opens it, with a warning.
MARKUP = re.compile(rb"(?i)(\xef\xbb\xbf)?\s*<(!doctype|html|table|meta|head|body|\?xml|style)")
MARKUP_SAID = f"이름은 엑셀이지만 속은 웹 문서인 파일입니다. {SAVE_AS}"
MOST_COLUMNS = 104  #: to CZ
#: A cell with content beyond them, or in a row of six digits, as Excel writes it: said in words
#: before the reader is tried, which lays out the whole rectangle (see ``workbook``).
FAR = re.compile(rb'\sr="(?:([D-Z][A-Z]|[A-Z]{3})\d+|[A-Z]{1,3}(\d{6,7}))"[^>/]*>\s*<[^/]')
OVERLAP = 200
#: The records an Excel 97 workbook with a password begins with (BOF, maybe WRITEPROT, FILEPASS).
PASSWORD = re.compile(rb"(?s)\x09\x08\x10\x00.{16}(\x86\x00\x00\x00)?\x2f\x00")
CHUNK = 1 << 20
#: Titles and headings above the records.
HEAD_ROWS = 20


def recognised(file: IO[bytes], limits: Limits = WEB) -> Kind:
    """What the file is; raises `FileRefused` for what will not be read, before it is opened."""
    file.seek(0)
    start = file.read(4096)
    if not start.strip(b"\xef\xbb\xbf \t\r\n"):
        raise FileRefused(NO_CONTENT)
    if start.startswith(ZIP):
        _look_into_zip(file, limits)
        return "xlsx"
    if start.startswith(OLE):
        file.seek(0)
        _look_into_ole(file.read())
        return "xls"
    for beginning, said in OTHERS.items():
        if start.startswith(beginning):
            raise FileRefused(f"{said} {NOT_OURS}")
    if MARKUP.match(start):
        raise FileRefused(MARKUP_SAID)
    if b"\0" in start and not start.startswith(UTF_16):
        raise FileRefused(NOT_OURS)
    return "csv"


def _look_into_zip(file: IO[bytes], limits: Limits) -> None:
    """A workbook without macros that unpacks to no more than its directory says, and we allow."""
    try:
        with ZipFile(file) as book:
            entries = book.infolist()
            _look_at_names({entry.filename for entry in entries}, book)
            if any(entry.flag_bits & 1 for entry in entries):
                raise FileRefused(ENCRYPTED)
            if sum(entry.file_size for entry in entries) > limits.unpacked:
                raise FileRefused(BOMB)
            for entry in entries:
                _look_into_entry(book, entry, limits)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise FileRefused(BROKEN) from error


def _look_at_names(names: Iterable[str], book: ZipFile) -> None:
    kind = book.read("mimetype")[:100] if "mimetype" in names else b""
    if b"hwp" in kind:
        raise FileRefused(f"한글 문서(hwpx)입니다. {NOT_OURS}")
    if "xl/workbook.bin" in names or b"spreadsheet" in kind:
        raise FileRefused(f"읽을 수 없는 형식의 스프레드시트입니다. {SAVE_AS}")
    if not any(name.startswith("xl/") for name in names):
        raise FileRefused(f"엑셀 파일이 아닙니다. {NOT_OURS}")
    if any("vbaproject" in name.lower() or "xl/macrosheets/" in name.lower() for name in names):
        raise FileRefused(MACROS)


def _look_into_entry(book: ZipFile, entry: ZipInfo, limits: Limits) -> None:
    """Unpack it once: what is longer than the directory says, or damaged, is a `BadZipFile`."""
    sheet = entry.filename.startswith("xl/worksheets/")
    before = b""
    with book.open(entry) as part:
        while chunk := part.read(CHUNK):
            for column, row in FAR.findall(before + chunk) if sheet else ():
                if column:
                    raise FileRefused(TOO_WIDE)
                if int(row) > limits.rows + HEAD_ROWS:
                    raise too_long(limits)
            before = chunk[-OVERLAP:]


def too_long(limits: Limits) -> FileRefused:
    return FileRefused(f"한 번에 {limits.rows:,}줄까지 읽습니다. 파일을 나누어 올려 주세요.")


def too_large(limits: Limits) -> str:
    return f"파일은 {limits.size >> 20}MB까지 올릴 수 있습니다. 나누어 올려 주세요."


def _look_into_ole(content: bytes) -> None:
    """An Excel 97 workbook without macros; the names of an OLE file's streams are UTF-16."""

    def names(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if names("EncryptedPackage") or PASSWORD.search(content):
        raise FileRefused(ENCRYPTED)
    if names("HwpSummaryInformation"):
        raise FileRefused(f"한글 문서(hwp)입니다. {NOT_OURS}")
    if not names("Workbook") and not names("Book"):
        raise FileRefused(f"엑셀 파일이 아닙니다. {NOT_OURS}")
    if names("_VBA_PROJECT"):
        raise FileRefused(MACROS)
