"""A spreadsheet or CSV file as rows, one after the other."""

import codecs
import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from typing import IO

from apps.imports import workbook
from apps.imports.kinds import (
    CHUNK,
    HEAD_ROWS,
    MOST_COLUMNS,
    TOO_WIDE,
    UTF_16,
    WEB,
    FileRefused,
    Limits,
    recognised,
    too_long,
)
from apps.imports.registry import Row

NOT_TEXT = "글자를 읽을 수 없는 파일입니다. 엑셀에서 ‘CSV UTF-8’이나 xlsx로 저장해 올려 주세요."
BAD_CSV = "따옴표가 닫히지 않았거나 한 칸이 지나치게 긴 CSV 파일입니다. xlsx로 저장해 올려 주세요."
DELIMITERS = ("\t", ";", ",")
SAMPLE = 1 << 16
QUOTED = re.compile(r'"(?:[^"]|"")*("|$)')


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a file, from row 1 on; they can be gone through once.

    A blank line is an empty row. ``count`` is about how many rows there are. A workbook's sheet has
    a ``name``; ``others`` are the visible sheets that are not read.
    """

    rows: Iterator[Row]
    count: int
    name: str = ""
    others: tuple[str, ...] = ()


@contextmanager
def opened(file: IO[bytes], limits: Limits = WEB) -> Iterator[Sheet]:
    """The sheet of a file with records: the first visible one with content.

    Raises `FileRefused` for a file that cannot or must not be read; going through the rows may
    raise it too.
    """
    if recognised(file, limits) == "csv":
        yield from _csv(file, limits)
    else:
        yield from _workbook(file, limits)


def _bounded(rows: Iterator[Row], limits: Limits) -> Iterator[Row]:
    """No more than the limits, whatever stands above the records; who counts them is exact."""
    left = limits.rows + HEAD_ROWS
    for row in rows:
        if row:
            left -= 1
            if left < 0:
                raise too_long(limits)
        if len(row) > MOST_COLUMNS:
            if any(cell is not None for cell in row[MOST_COLUMNS:]):
                raise FileRefused(TOO_WIDE)
            row = row[:MOST_COLUMNS]
        yield row


def _csv(file: IO[bytes], limits: Limits) -> Iterator[Sheet]:
    encoding, lines = _encoding(file)
    file.seek(0)
    text = TextIOWrapper(file, encoding=encoding, newline="")
    try:
        delimiter = _delimiter(text.read(SAMPLE))
        text.seek(0)
        yield Sheet(_bounded(_csv_rows(text, delimiter), limits), lines)
    finally:
        text.detach()  # the file is its opener's to close


def _csv_rows(text: TextIOWrapper, delimiter: str) -> Iterator[Row]:
    try:
        for row in csv.reader(text, delimiter=delimiter):
            yield [cell or None for cell in row] if any(row) else ()
    except csv.Error as error:
        raise FileRefused(BAD_CSV) from error


def _encoding(file: IO[bytes]) -> tuple[str, int]:
    """How the text is written, and how many line ends it has: one pass, nothing kept."""
    file.seek(0)
    found = ("utf-16",) if file.read(2) in UTF_16 else ("utf-8-sig", "cp949")
    for encoding in found:
        decoder, lines = codecs.getincrementaldecoder(encoding)(), 0
        file.seek(0)
        try:
            while chunk := file.read(CHUNK):
                text = decoder.decode(chunk)
                if "\0" in text:
                    raise FileRefused(NOT_TEXT)
                lines += text.count("\n")
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding, lines + 1
    raise FileRefused(NOT_TEXT)


def _delimiter(sample: str) -> str:
    """What most lines have equally often, else what is most often; commas are in amounts too."""
    lines = [line for line in QUOTED.sub("", sample).splitlines()[:50] if line.strip()]
    for delimiter in DELIMITERS:
        counts = [line.count(delimiter) for line in lines]
        if (most := max(counts, default=0)) and counts.count(most) * 2 > len(counts):
            return delimiter
    return max(DELIMITERS, key=lambda delimiter: sum(line.count(delimiter) for line in lines))


def _workbook(file: IO[bytes], limits: Limits) -> Iterator[Sheet]:
    with workbook.read(file, limits) as (head, rows):
        yield Sheet(_bounded(rows, limits), head.height, head.name, head.others)
