"""What Excel and others put on the clipboard comes back as the cells it was."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from apps.procurement.intake.clipboard import split

#: What a cell can hold; a quote opens one of Excel's only where there is a line break in it.
letters = st.characters(exclude_characters="\0\t\r,;", exclude_categories=["Cs"])
cells = st.text(letters, max_size=8).filter(lambda cell: "\n" in cell or cell[:1] != '"')


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Rows of two to five cells; the last of each is filled, so that nothing is cut off."""
    row = st.lists(cells, min_size=(width := draw(st.integers(1, 4))), max_size=width)
    filled = cells.filter(lambda cell: cell.strip() != "")
    return draw(st.lists(st.builds(lambda a, b: [*a, b], row, filled), min_size=1, max_size=6))


def as_excel(rows: list[list[str]]) -> str:
    """A range as Excel copies it: quotes only around a cell with a line break."""

    def cell(text: str) -> str:
        return '"{}"'.format(text.replace('"', '""')) if "\n" in text else text

    return "".join("\t".join(map(cell, row)) + "\r\n" for row in rows)


def as_csv(rows: list[list[str]], delimiter: str) -> str:
    """Lines of a CSV file; every cell is quoted, as it may be."""
    quoted = [['"{}"'.format(cell.replace('"', '""')) for cell in row] for row in rows]
    return "".join(delimiter.join(row) + "\r\n" for row in quoted)


@given(tables())
@example([['5" 화면', 'a"'], ["b", '"\n".']])
def test_what_excel_copies_comes_back(rows: list[list[str]]) -> None:
    assert split(as_excel(rows)) == rows


@given(tables(), st.sampled_from(",;"))
def test_what_a_csv_file_holds_comes_back(rows: list[list[str]], delimiter: str) -> None:
    assert split(as_csv(rows, delimiter)) == rows


@given(st.text(max_size=60))
def test_any_text_is_a_table_of_equal_rows(text: str) -> None:
    rows = split(text)
    assert len({len(row) for row in rows}) <= 1
    assert all(any(cell.strip() for cell in row) for row in rows)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("\r\n\t\t\r\n", []),
        ("a\tb", [["a", "b"]]),
        ("a\tb\r\n\r\nc\td\t\r\n", [["a", "b"], ["c", "d"]]),
        ('"특별" 간식\t1,000\r\n', [['"특별" 간식', "1,000"]]),
        ('"열린 따옴표\t1\r\nb\t2\r\n', [['"열린 따옴표', "1"], ["b", "2"]]),
        ('a,"1,000원"\nb,2', [["a", "1,000원"], ["b", "2"]]),
        ("a;1,000\nb;2", [["a", "1,000"], ["b", "2"]]),
        ("\ta\r\n\tb", [["", "a"], ["", "b"]]),
        ("a\rb", [["a"], ["b"]]),
    ],
)
def test_hard_texts(text: str, rows: list[list[str]]) -> None:
    assert split(text) == rows
