"""What comes out of a clipboard: a table of Excel's, or lines of a CSV file, as rows of cells."""

import re
from collections.abc import Iterator
from functools import lru_cache

MOST_ROWS = 500
#: So many lines of titles and headings may stand above them.
MOST_TITLES = 5
#: A table of a year has eleven columns; some offices keep a few of their own beside them.
MOST_COLUMNS = 20
#: Letters of a paste. So many reach the portal in one form, even with nine bytes to a syllable.
MOST_LETTERS = 200_000
#: What stands in quotes, and the commas within an amount.
_NO_DELIMITER = re.compile(r'"(?:[^"]|"")*"|(?<=[0-9]),(?=[0-9]{3})')


def split(text: str) -> list[list[str]]:
    """The rows of ``text``, all equally long; without blank rows, and empty columns at the end.

    Excel parts cells by tabs, and puts a cell with line breaks into quotes; any other quote is the
    cell's own, as in ``"특별" 간식``. Where there is no tab, the cells are parted by commas or
    semicolons, and quoted as in a CSV file.
    """
    rows = [row for row in _rows(text.replace("\0", "")) if any(cell.strip() for cell in row)]
    width = max((_filled(row) for row in rows), default=0)
    return [(row + [""] * width)[:width] for row in rows]


def _filled(row: list[str]) -> int:
    """The columns up to the last cell with something in it."""
    return max(place for place, cell in enumerate(row, 1) if cell.strip())


def _rows(text: str) -> Iterator[list[str]]:
    row: list[str] = []
    for cell in _cell(_delimiter(text)).finditer(text):
        quoted, bare, end = cell.groups()
        row.append(bare if quoted is None else quoted.replace('""', '"'))
        if end in "\r\n":
            yield row
            row = []


def _delimiter(text: str) -> str:
    if "\t" in text:
        return "\t"
    first = _NO_DELIMITER.sub("", text).strip("\r\n").partition("\n")[0]
    return max(",;", key=first.count)


@lru_cache
def _cell(delimiter: str) -> re.Pattern[str]:
    """A cell and what ends it. In Excel nobody can type a tab, and only line breaks need quotes."""
    excel = r'(?:[^"\t\r\n]|"")*+[\r\n](?:[^"\t]|"")*+'
    inside = excel if delimiter == "\t" else r'(?:[^"]|"")*+'
    return re.compile(
        rf'(?:"({inside})"(?=[{delimiter}\r\n]|\Z)|([^{delimiter}\r\n]*))({delimiter}|\r\n?|\n|\Z)'
    )
