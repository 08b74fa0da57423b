"""Tables typed cell by cell: what is typed comes back, the empty rim does not."""

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from apps.plans.grid import COLUMNS, ROWS, Grid, GridField, GridWidget, trimmed
from tests.plans.screen import typed

CELLS = st.text("가나 1\n", max_size=4)
RAGGED = st.lists(st.lists(CELLS, max_size=4), max_size=5)
TABLES = (
    st.integers(1, 4)
    .flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=5))
    .map(trimmed)
)


class TableForm(forms.Form):
    table = GridField(label="표", required=False)


class Page:
    """The form alone, as a page."""

    def __init__(self, form: forms.Form) -> None:
        html = f'<form class="form"><input name="csrfmiddlewaretoken">{form["table"]}</form>'
        self.content = html.encode()


def sent(cells: Grid) -> dict[str, str]:
    """A table as a browser sends it."""
    return {f"table-{r}-{c}": cell for r, row in enumerate(cells) for c, cell in enumerate(row)}


def filled(grid: Grid) -> dict[tuple[int, int], str]:
    """The cells that hold something, by their place."""
    return {
        (r, c): cell.strip()
        for r, row in enumerate(grid)
        for c, cell in enumerate(row)
        if cell.strip()
    }


@given(RAGGED)
def test_trimming_keeps_every_filled_cell_in_its_place(cells: Grid) -> None:
    grid = trimmed(cells)
    assert filled(grid) == filled(cells)
    assert len({len(row) for row in grid}) <= 1
    assert trimmed(grid) == grid
    if grid:
        assert any(grid[-1])
        assert any(row[-1] for row in grid)


@given(RAGGED)
def test_what_a_browser_sends_is_read_as_typed(cells: Grid) -> None:
    whole = [row for row in cells if row]
    assert GridWidget().value_from_datadict(sent(whole), {}, "table") == whole


@given(TABLES)
def test_a_table_shown_and_sent_back_is_the_same_with_room_to_grow(cells: Grid) -> None:
    form = TableForm(initial={"table": cells})
    back = {name: values[0] for name, values in typed(Page(form)).items()}
    rows = len({name.split("-")[1] for name in back})
    columns = len({name.split("-")[2] for name in back})
    assert (rows, columns) == ((len(cells) + 1, len(cells[0]) + 1) if cells else (2, 3))
    again = TableForm(back, initial={"table": cells})
    assert not again.has_changed()
    head_is_whole = all(cells[0]) if cells else True
    assert again.is_valid() is head_is_whole
    if head_is_whole:
        assert again.cleaned_data["table"] == cells


@given(TABLES, st.integers(0, 4), st.integers(0, 3))
def test_a_table_has_changed_where_a_cell_has(cells: Grid, row: int, column: int) -> None:
    if row < len(cells) and column < len(cells[0]):
        other = [list(line) for line in cells]
        other[row][column] += "다"
        assert TableForm(sent(other), initial={"table": cells}).has_changed()


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ([["구분", ""], ["가", "1"]], "빈 열 제목을 채워 주세요."),
        ([["", "금액"]], "빈 열 제목을 채워 주세요."),
        ([["구분"], *([["가"]] * ROWS)], "표는 40줄, 20열까지 적을 수 있습니다."),
        ([["구분"] * (COLUMNS + 1)], "표는 40줄, 20열까지 적을 수 있습니다."),
        ([["구분"], ["\x00"]], "null 문자"),
    ],
)
def test_a_table_that_is_refused(cells: Grid, message: str) -> None:
    (error,) = TableForm(sent(cells)).errors["table"]
    assert message in str(error)


def test_the_largest_table_fits() -> None:
    largest = [["칸"] * COLUMNS for _ in range(ROWS)]
    form = TableForm(sent(largest))
    assert form.is_valid()
    assert form.cleaned_data["table"] == largest


def test_a_page_without_the_table_leaves_it_alone() -> None:
    widget = GridWidget()
    assert widget.value_omitted_from_data({}, {}, "table")
    assert not widget.value_omitted_from_data(sent([[""]]), {}, "table")
