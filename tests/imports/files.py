"""Files as offices send them in: the good ones, and those that must not be read."""

import csv
import struct
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook  # type: ignore[import-untyped]

#: BIFF8 records of an Excel 97 workbook.
BOF, EOF, BOUNDSHEET, LABEL, NUMBER, FILEPASS = 0x809, 0x0A, 0x85, 0x204, 0x203, 0x2F


def csv_file(rows: Iterable[Sequence[str]], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    text = StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx(rows: Iterable[Sequence[Any]], **sheets: Iterable[Sequence[Any]]) -> bytes:
    """A workbook; ``sheets`` come before the sheet ``자료`` that has ``rows``."""
    book = Workbook()
    book.remove(book.active)
    for name, content in [*sheets.items(), ("자료", rows)]:
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def zipped(**entries: bytes) -> bytes:
    """A ZIP; ``__`` in a name stands for a slash, ``_dot_`` for a dot."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as book:
        for name, content in entries.items():
            book.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return file.getvalue()


def with_entry(book: bytes, name: str, content: bytes) -> bytes:
    """A workbook with one more part."""
    file = BytesIO(book)
    with ZipFile(file, "a", ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def with_parts(book: bytes, changed: Mapping[str, bytes]) -> bytes:
    """A workbook with parts of it written otherwise."""
    file = BytesIO()
    with ZipFile(BytesIO(book)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, changed.get(entry.filename) or old.read(entry))
    return file.getvalue()


def xls(
    rows: Sequence[Sequence[str | float]], *, password: bool = False, stream: str = "Workbook"
) -> bytes:
    """An Excel 97 workbook with one sheet."""
    sheet = _record(BOF, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(cell, str):
                text = struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le")
                sheet += _record(LABEL, place + text)
            else:
                sheet += _record(NUMBER, place + struct.pack("<d", cell))
    sheet += _record(EOF, b"")
    start = _record(BOF, struct.pack("<HHHHII", 0x600, 0x05, 0, 0, 0, 0))
    if password:
        start += _record(FILEPASS, struct.pack("<HHH", 1, 1, 1) + bytes(48))
    name = b"\x04\x00Data"
    length = len(start) + 4 + 6 + len(name) + 4
    start += _record(BOUNDSHEET, struct.pack("<IH", length, 0) + name) + _record(EOF, b"")
    return ole({stream: start + sheet})


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def ole(streams: dict[str, bytes]) -> bytes:
    """A compound file (MS-CFB) of large enough streams, in sectors of 512 bytes."""
    free, end, fat_sector = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    fat, body = [fat_sector], b""
    entries = [_entry("Root Entry", 5, child=1 if streams else free, start=end)]
    for number, (name, content) in enumerate(streams.items(), 1):
        content = content.ljust(4096, b"\0")
        content += bytes(-len(content) % 512)
        first, count = len(fat), len(content) // 512
        fat += [*range(first + 1, first + count), end]
        body += content
        right = number + 1 if number < len(streams) else free
        entries.append(_entry(name, 2, right=right, start=first, size=len(content)))
    directory = b"".join(entries)
    directory += bytes(-len(directory) % 512)
    first = len(fat)
    fat += [*range(first + 1, first + len(directory) // 512), end]
    table = struct.pack("<128I", *(fat + [free] * (128 - len(fat))))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, first, 0, 4096, end, 0, end, 0
    )
    header += struct.pack("<109I", 0, *[free] * 108)
    return header + table + body + directory


def _entry(
    name: str,
    kind: int,
    *,
    child: int = 0xFFFFFFFF,
    right: int = 0xFFFFFFFF,
    start: int,
    size: int = 0,
) -> bytes:
    text = name.encode("utf-16-le")
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text) + 2, kind, 1, 0xFFFFFFFF, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
