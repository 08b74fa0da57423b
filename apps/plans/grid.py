"""A small table typed cell by cell, for the tables on a task's page."""

from collections.abc import Mapping
from itertools import chain, count, takewhile
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.forms.utils import flatatt

Grid = list[list[str]]
ROWS, COLUMNS = 40, 20


def trimmed(cells: Grid) -> Grid:
    """The grid without the empty rows and columns at its end; all rows equally long."""
    rows = [[cell.strip() for cell in row] for row in cells]
    height = max((i for i, row in enumerate(rows, 1) if any(row)), default=0)
    width = max((i for row in rows for i, cell in enumerate(row, 1) if cell), default=0)
    return [(row + [""] * width)[:width] for row in rows[:height]]


class GridWidget(forms.Widget):
    """One text area a cell; an empty row and column at the end let the table grow."""

    template_name = "plans/widgets/grid.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows = trimmed(value or [])
        width = (len(rows[0]) if rows else 2) + 1
        filled = [*([*row, ""] for row in rows), [""] * width]
        if not rows:
            filled.append([""] * width)
        described = flatatt(
            {k: v for k, v in context["widget"]["attrs"].items() if k == "aria-describedby"}
        )
        context["widget"] |= {
            "described": described,
            "rows": [
                [{"name": f"{name}-{r}-{c}", "text": text} for c, text in enumerate(row)]
                for r, row in enumerate(filled)
            ],
        }
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Grid:
        return list(takewhile(bool, (self._row(data, f"{name}-{r}") for r in count())))

    def _row(self, data: Mapping[str, Any], name: str) -> list[str]:
        cells = (data.get(f"{name}-{c}") for c in count())
        return [str(cell) for cell in takewhile(lambda cell: cell is not None, cells)]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return f"{name}-0-0" not in data


class GridField(forms.Field):
    """A table as rows of cells; its first row is the head."""

    widget = GridWidget

    def to_python(self, value: Any) -> Grid:
        cells = trimmed(value or [])
        if cells and not all(cells[0]):
            raise forms.ValidationError("표의 첫 줄은 열 제목입니다. 빈 열 제목을 채워 주세요.")
        if len(cells) > ROWS or any(len(row) > COLUMNS for row in cells):
            raise forms.ValidationError(f"표는 {ROWS}줄, {COLUMNS}열까지 적을 수 있습니다.")
        for cell in chain.from_iterable(cells):
            ProhibitNullCharactersValidator()(cell)
        return cells

    def has_changed(self, initial: Any, data: Any) -> bool:
        return trimmed(initial or []) != trimmed(data or [])
