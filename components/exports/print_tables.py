"""How does a table of many columns fit a sheet? Short cells stand side by side, the long ones below them under their own names."""

from collections.abc import Sequence
from html import escape

import pandas as pd

from data.record.wording import Row

# Letters in a line of a table, in portrait and landscape, and the most that one column takes of them.
LETTERS_PORTRAIT, LETTERS_LANDSCAPE, MAX_COLUMN_LETTERS = 132, 190, 26
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


def table_html(frame: pd.DataFrame, columns: Sequence[str], titles: dict[str, str], landscape: bool) -> str:
    """Rows as an HTML table that fits the sheet; columns without any cell are left out and named below it."""
    cells = frame[list(columns)].map(lambda cell: "" if pd.isna(cell) else str(cell))
    filled = [name for name in columns if (cells[name] != "").any()]
    beside = _side_by_side(cells, filled, titles, LETTERS_LANDSCAPE if landscape else LETTERS_PORTRAIT)
    below = [name for name in filled if name not in beside]
    head = "".join(f"<th>{escape(titles[name])}</th>" for name in beside)
    body = "".join(_row(row, beside, below, titles) for row in cells.to_dict("records"))
    empty = ", ".join(titles[name] for name in columns if name not in filled)
    foot = f'<p class="key left">Without any cell here, and left out: {escape(empty)}.</p>' if empty else ""
    return f"<table><thead><tr>{head}</tr></thead>{body}</table>{foot}"


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


def _row(row: Row, beside: Sequence[str], below: Sequence[str], titles: dict[str, str]) -> str:
    """A row as a group that no page break divides."""
    cells = "".join(
        f"<td{' class=short' if len(row[name]) <= UNBROKEN_LETTERS else ''}>{escape(_with_spaces(row[name]))}</td>"
        for name in beside
    )
    rest = " ".join(
        f"<span><b>{escape(titles[name])}</b> {escape(_with_spaces(row[name]))}</span>" for name in below if row[name]
    )
    more = f'<tr class="rest"><td></td><td colspan="{max(len(beside) - 1, 1)}">{rest}</td></tr>' if rest else ""
    return f"<tbody><tr>{cells}</tr>{more}</tbody>"


def _with_spaces(text: str) -> str:
    """Lists of ids with a space after each semicolon, so that a line can end there."""
    return text if " " in text else text.replace(";", "; ")
