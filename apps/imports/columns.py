"""Which column of a sheet means what: by its heading, else by what stands in it.

People move columns, rename them, leave them out and put a title above; none of that should keep a
sheet from being read. What is guessed here is always shown, and can be changed.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from unicodedata import normalize

from apps.imports.registry import Raw, Row

#: The headings are looked for in so many rows from the top, what columns hold in so many more.
TOP, SAMPLE = 20, 60
#: A title has fewer cells than a record.
LEAST_CELLS = 3
#: Of the cells of a column so many (in a hundred) have to look like what it is taken for.
MOST = 80
_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]|<.*?>")
_UNIT = re.compile(r"(?:[(\[<]|단위[:\s]*)\s*((?:천|만|백만|천만|억)?원)\s*(?:[)\]>]|$)")
_NOTHING = (None, "")
_TOTALS = {"합계", "총계", "소계", "누계", "계", "총합계", "월계"}


@dataclass(frozen=True, slots=True)
class Column:
    """Something the records of a sheet have.

    ``synonyms`` are other headings it goes by, the likelier ones first. ``fits`` says whether a
    cell looks like one of it; without, it is known by its heading only. ``may``: whether a cell may
    be one beside others that do look so. ``required``: no record
    can be without it. ``money``: it holds amounts, for which a sheet may name a unit.
    """

    key: str
    heading: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    fits: Callable[[Raw], bool] | None = None
    may: Callable[[Raw], bool] | None = None
    money: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """What the columns of a sheet were taken for.

    ``above`` rows come before the first record: its headings, if it has any, and what stands above
    them; the headings stand in row ``head`` (0: nowhere). ``keys`` says of each column which it is
    (empty: ignored), ``headings`` how the sheet calls it (``3열`` where it does not). ``money`` is
    the key of the amounts; ``stated`` the unit given above the headings, for all of the sheet.
    """

    above: int
    head: int
    keys: tuple[str, ...]
    headings: tuple[str, ...]
    money: str = ""
    stated: str = ""

    @property
    def unit(self) -> str:
        """That of plain amounts, where the sheet names one (천원): beside their own heading first.

        What another column is in (예산, 단가) says nothing of them.
        """
        return _unit([self.heading_of(self.money)]) or self.stated

    def changed(self, chosen: Mapping[str, str]) -> "Layout":
        """With what somebody chose: the key of a column by its place (``{"0": "item"}``).

        A key chosen for one column is no longer that of another.
        """
        taken = {key for key in chosen.values() if key}
        keys = tuple(
            chosen.get(str(place), "" if key in taken else key)
            for place, key in enumerate(self.keys)
        )
        return replace(self, keys=keys)

    def missing(self, columns: Iterable[Column]) -> list[Column]:
        """The required columns the sheet does not have."""
        return [column for column in columns if column.required and column.key not in self.keys]

    def heading_of(self, key: str) -> str:
        """How the sheet calls the column; empty where it has none."""
        return self.headings[self.keys.index(key)] if key in self.keys else ""

    def values(self, row: Row) -> dict[str, Raw]:
        """The cells of a row by key; columns the sheet does not have are not in it."""
        if len(row) < len(self.keys):
            row = [*row, *[None] * (len(self.keys) - len(row))]
        values = dict(zip(self.keys, row, strict=False))
        values.pop("", None)
        return values

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Each column as the sheet calls it, and its key."""
        return tuple(zip(self.headings, self.keys, strict=True))


def squeezed(value: Raw) -> str:
    """A word without spaces, signs and case, full-width letters as plain ones.

    >>> squeezed(" 구매 일자*\\n"), squeezed("ＶＡＴ")
    ('구매일자', 'vat')
    """
    text = normalize("NFKC", str("" if value is None else value))
    return "".join(letter for letter in text if letter.isalnum()).lower()


def is_blank(row: Row) -> bool:
    return not any(cell not in _NOTHING for cell in row)


def is_total(row: Row) -> bool:
    """A line of sums below or between the records: ``합계`` and hardly anything else."""
    return _filled(row) <= LEAST_CELLS and any(squeezed(cell) in _TOTALS for cell in row)


def guess(rows: Sequence[Row], columns: Sequence[Column]) -> Layout:
    """What the columns of a sheet mean, from its first rows (blank ones among them)."""
    width = max(map(len, rows), default=0)
    names = {
        squeezed(name): (rank, column.key)
        for column in columns
        for rank, name in enumerate((column.heading, *column.synonyms))
    }
    named, head = _head(rows[:TOP], names, least=min(2, len(columns)))
    above = head or next((i for i, row in enumerate(rows) if _filled(row) >= LEAST_CELLS), 0)
    keys = {place: key for key, place in named.items()}
    keys |= _by_content(rows[above : above + SAMPLE], columns, keys, width)
    shown = [_shown(cell) for cell in rows[head - 1]] if head else []
    shown += [""] * (width - len(shown))
    return Layout(
        above,
        head,
        tuple(keys.get(place, "") for place in range(width)),
        tuple(heading or f"{place}열" for place, heading in enumerate(shown, 1)),
        next((column.key for column in columns if column.money), ""),
        _unit([cell for row in rows[: head - 1 if head else above] for cell in row]),
    )


def _head(
    rows: Sequence[Row], names: Mapping[str, tuple[int, str]], least: int
) -> tuple[dict[str, int], int]:
    """The row with most headings that are known, and its number; 0 where none has enough."""
    found = [_named(row, names) for row in rows]
    best = max(found, key=len, default={})
    return (best, found.index(best) + 1) if len(best) >= least else ({}, 0)


def _named(row: Row, names: Mapping[str, tuple[int, str]]) -> dict[str, int]:
    """The columns whose heading is known; of several for one the likeliest, then the first."""
    found: dict[str, tuple[int, int]] = {}
    for place, cell in enumerate(row):
        text = normalize("NFKC", cell) if isinstance(cell, str) else ""
        name = names.get(squeezed(_BRACKETS.sub("", text))) or names.get(squeezed(text))
        if name:
            rank, key = name
            found[key] = min(found.get(key, (rank, place)), (rank, place))
    return {key: place for key, (_, place) in found.items()}


def _by_content(
    rows: Sequence[Row], columns: Sequence[Column], named: Mapping[int, str], width: int
) -> dict[int, str]:
    """Columns without a known heading, by what stands in them; where several fit, none.

    A sheet without any headings takes the first that fits. What fewest columns could be is
    settled first: any text may be an item, hardly any is a day.
    """
    cells = {
        place: [row[place] for row in rows if place < len(row) and row[place] not in _NOTHING]
        for place in range(width)
        if place not in named
    }
    fitting = {
        column.key: {place for place, held in cells.items() if _fits(held, column)}
        for column in columns
        if column.key not in named.values()
    }
    found: dict[int, str] = {}
    while fitting:
        key = min(fitting, key=lambda key: len(fitting[key]))
        places = fitting.pop(key) - found.keys()
        if len(places) == 1 or (places and not named):
            found[min(places)] = key
    return found


def _fits(cells: Sequence[Raw], column: Column) -> bool:
    if column.fits is None or not cells:
        return False
    sure = [column.fits(cell) for cell in cells]
    if sum(sure) * 100 >= len(cells) * MOST:
        return True
    may = column.may
    rest = (cell for cell, known in zip(cells, sure, strict=True) if not known)
    return may is not None and sum(sure) * 2 >= len(cells) and all(map(may, rest))


def _unit(titles: Iterable[Raw]) -> str:
    """The unit a heading or the lines above it give: ``금액(천원)``, ``(단위: 천원)``."""
    texts = [normalize("NFKC", cell) for cell in titles if isinstance(cell, str)]
    units = [match[1] for text in texts if (match := _UNIT.search(text))]
    return units[-1] if units else ""


def _shown(cell: Raw) -> str:
    return " ".join(str("" if cell is None else cell).split())


def _filled(row: Row) -> int:
    return sum(cell not in _NOTHING for cell in row)
