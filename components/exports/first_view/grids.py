"""How does a grid of rows look where no script runs? As a table of its first rows, in the words of the grid."""

import json
from html import escape
from typing import Any

import pandas as pd
import pyarrow as pa

from components.exports.first_view.tree import Node

# Rows that the tallest grid shows before it is scrolled, in a window of 1920x1080.
FIRST_ROWS = 21
LONGEST_CELL = 90


def grid(node: Node) -> str:
    """The first rows of a grid, its columns in the order of the grid and under their titles."""
    content = node.content
    frame = _frame_of(content.arrow_data)
    columns = json.loads(content.columns or "{}")
    names = [name for name in (list(content.column_order) or list(frame.columns)) if name in frame]
    head = "".join(f'<th scope="col">{escape(str(columns.get(name, {}).get("label") or name))}</th>' for name in names)
    rows = "".join(_row(row, names) for row in frame.head(FIRST_ROWS).to_dict("records"))
    label = escape(content.alt or "Rows")
    return f'<div class="first-grid" role="region" aria-label="{label}" tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _frame_of(arrow: Any) -> pd.DataFrame:
    """The rows of a grid, in the words that a styler gave them where it gave any."""
    if arrow.HasField("styler") and arrow.styler.display_values:
        return _read(arrow.styler.display_values)
    return _read(arrow.data)


def _read(data: bytes) -> pd.DataFrame:
    frame: pd.DataFrame = pa.ipc.open_stream(data).read_pandas()
    return frame


def _row(row: dict[Any, Any], names: list[str]) -> str:
    return f"<tr>{''.join(f'<td>{escape(_in_words(row[name]))}</td>' for name in names)}</tr>"


def _in_words(cell: Any) -> str:
    if cell is None or cell is pd.NA or cell != cell:
        return ""
    text = f"{cell:,}" if isinstance(cell, (int, float)) and not isinstance(cell, bool) else str(cell)
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"
