"""How does a table of many columns fit a sheet? Short cells stand side by side, the long ones below them under their own names."""

from collections.abc import Sequence
from html import escape

import pandas as pd

from data.record.wording import Row

# Letters that stand side by side in a line of a table, upright and sideways, and most that one column takes of them.
LETTERS, LETTERS_WIDE, MOST_LETTERS = 132, 190, 26
# Cells up to so many letters are never broken: ids, days, numbers.
SHORT = 20
# Columns that need the words of their row: below it, under their own names.
PROSE = ("attributed_to", "note", "summary", "why", "text", "told_by", "source_id", "source_ids", "row_ids", "flags")


def table_of(frame: pd.DataFrame, columns: Sequence[str], titles: dict[str, str], wide: bool) -> str:
    """Rows as a table that fits the sheet; a column without any cell is left out, and named at the foot."""
    cells = frame[list(columns)].map(lambda cell: "" if pd.isna(cell) else str(cell))
    filled = [name for name in columns if (cells[name] != "").any()]
    beside = _beside(cells, filled, titles, LETTERS_WIDE if wide else LETTERS)
    below = [name for name in filled if name not in beside]
    head = "".join(f"<th>{escape(titles[name])}</th>" for name in beside)
    body = "".join(_row(row, beside, below, titles) for row in cells.to_dict("records"))
    empty = ", ".join(titles[name] for name in columns if name not in filled)
    foot = f'<p class="key left">Without any cell here, and left out: {escape(empty)}.</p>' if empty else ""
    return f"<table><thead><tr>{head}</tr></thead>{body}</table>{foot}"


def _beside(cells: pd.DataFrame, names: Sequence[str], titles: dict[str, str], letters: int) -> list[str]:
    """Columns that stand side by side: the first, then in their order those that there is room for."""
    room, taken = letters, []
    for name in names:
        longest = max(int(cells[name].str.len().max()), max(len(word) for word in titles[name].split()))
        needs = min(longest, MOST_LETTERS) + 2
        if name == names[0] or (name not in PROSE and needs <= room):
            taken.append(name)
            room -= needs
    return taken


def _row(row: Row, beside: Sequence[str], below: Sequence[str], titles: dict[str, str]) -> str:
    """A row as a group that no sheet parts."""
    cells = "".join(
        f"<td{' class=short' if len(row[name]) <= SHORT else ''}>{escape(_spaced(row[name]))}</td>" for name in beside
    )
    rest = " ".join(
        f"<span><b>{escape(titles[name])}</b> {escape(_spaced(row[name]))}</span>" for name in below if row[name]
    )
    more = f'<tr class="rest"><td></td><td colspan="{max(len(beside) - 1, 1)}">{rest}</td></tr>' if rest else ""
    return f"<tbody><tr>{cells}</tr>{more}</tbody>"


def _spaced(text: str) -> str:
    """Lists of ids with a space after each, so that a line can end there."""
    return text if " " in text else text.replace(";", "; ")
