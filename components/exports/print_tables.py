"""How does a table of many columns fit a sheet? Short cells stand side by side, the long ones below them under their own names.

A table stays on paper as far as one sheet holds it: the rest of it is in the file of the rows.
"""

from collections.abc import Sequence
from html import escape
from math import ceil

import pandas as pd

from data.record.wording import Row

# Letters in a line of a table, in portrait and landscape, and the most that one column takes of them.
LETTERS_PORTRAIT, LETTERS_LANDSCAPE, MAX_COLUMN_LETTERS = 132, 190, 26
# Lines of a table that a sheet holds beside the words above it, and letters of a cell in one of them.
LINES_PORTRAIT, LINES_LANDSCAPE, CELL_LETTERS = 58, 38, 30
# Cells up to this length are never broken: ids, days, numbers.
UNBROKEN_LETTERS = 20
# Columns of prose, which stand below the row under their own names.
PROSE_COLUMNS = (
    "attributed_to",
    "note",
    "summary",
    "why",
    "text",
    "told_by",
    "source_id",
    "source_ids",
    "row_ids",
    "flags",
)


def table_html(
    cells: pd.DataFrame, columns: Sequence[str], technical: Sequence[str], titles: dict[str, str], landscape: bool
) -> str:
    """Rows of texts as an HTML table that fits the sheet; columns without any cell are left out and named below it.

    `technical` columns, of use to programs, come last in each row.
    """
    filled = [name for name in columns if (cells[name] != "").any()]
    beside = _side_by_side(cells, filled, titles, LETTERS_LANDSCAPE if landscape else LETTERS_PORTRAIT)
    below = [name for name in filled if name not in beside]
    head = "".join(f'<th scope="col">{escape(titles[name])}</th>' for name in beside)
    body = "".join(_row(row, beside, below, technical, titles) for row in cells.to_dict("records"))
    empty = ", ".join(titles[name] for name in columns if name not in filled)
    foot = f'<p class="key left">Empty here and left out: {escape(empty)}.</p>' if empty else ""
    return f"<table><thead><tr>{head}</tr></thead>{body}</table>{foot}"


def most_rows(landscape: bool, sheets: int) -> int:
    """More rows than so many sheets ever hold."""
    return sheets * (LINES_LANDSCAPE if landscape else LINES_PORTRAIT)


def rows_that_fit(
    cells: pd.DataFrame, columns: Sequence[str], titles: dict[str, str], landscape: bool, sheets: int = 1
) -> int:
    """How many rows of a table so many sheets hold, the first ones; about, since the printer sets the words."""
    letters = LETTERS_LANDSCAPE if landscape else LETTERS_PORTRAIT
    filled = [name for name in columns if (cells[name] != "").any()]
    beside = _side_by_side(cells, filled, titles, letters)
    number, room = 0, float(most_rows(landscape, sheets))
    for row in cells.to_dict("records"):
        below = sum(len(row[name]) + len(titles[name]) + 2 for name in filled if name not in beside and row[name])
        room -= max(ceil(len(row[name]) / CELL_LETTERS) for name in beside) + ceil(below / letters) + 0.4
        number += room >= 0
    return number


def _side_by_side(cells: pd.DataFrame, names: Sequence[str], titles: dict[str, str], line_length: int) -> list[str]:
    """Names of the columns that stand side by side: the first, then those that there is room for."""
    remaining, beside = line_length, []
    for name in names:
        longest = max(int(cells[name].str.len().max()), max(len(word) for word in titles[name].split()))
        width = min(longest, MAX_COLUMN_LETTERS) + 2
        if name == names[0] or (name not in PROSE_COLUMNS and width <= remaining):
            beside.append(name)
            remaining -= width
    return beside


def _row(
    row: Row, beside: Sequence[str], below: Sequence[str], technical: Sequence[str], titles: dict[str, str]
) -> str:
    """A row as a group that no page break divides."""
    cells = "".join(
        f"<td{' class=short' if len(row[name]) <= UNBROKEN_LETTERS else ''}>{escape(row[name])}</td>" for name in beside
    )
    more = [_named_cell(row, name, titles) for name in below if row[name]]
    more += [_named_cell(row, name, titles, ' class="technical"') for name in technical if row[name]]
    rest = (
        f'<tr class="rest"><td></td><td colspan="{max(len(beside) - 1, 1)}">{" ".join(more)}</td></tr>' if more else ""
    )
    return f"<tbody><tr>{cells}</tr>{rest}</tbody>"


def _named_cell(row: Row, name: str, titles: dict[str, str], attributes: str = "") -> str:
    return f"<span{attributes}><b>{escape(titles[name])}</b> {escape(row[name])}</span>"
