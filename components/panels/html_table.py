"""How does a table stand where no grid can scroll? As HTML, in a region of its own."""

from html import escape
from typing import Any

import pandas as pd

from components.panels.panel import Panel


def static_table(panel: Panel, most: int | None = None) -> str:
    """The rows of a panel as an HTML table: all of them, or the first `most` with a line on how many there are."""
    titles = {entry["name"]: entry["title"] for entry in panel.fields}
    head = "".join(f"<th>{escape(titles[name])}</th>" for name in panel.columns)
    shown = panel.frame[panel.columns].head(most or len(panel.frame))
    rows = "".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in shown.itertuples(index=False))
    line = (
        f"<p>The first {len(shown)} of {len(panel.frame)} rows; the files hold all.</p>"
        if len(shown) < len(panel.frame)
        else ""
    )
    return scrolling_table(f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>", f"Table: {panel.title}") + line


def scrolling_table(rows: str, name: str) -> str:
    """A table, given as the HTML of its rows, in a region of its own that keys can scroll; `name` is the region's."""
    return f'<div class="wide" tabindex="0" role="region" aria-label="{escape(name)}"><table>{rows}</table></div>'


def _cell(cell: Any) -> str:
    if isinstance(cell, str):
        return f"<td>{escape(cell)}</td>"
    return f"<td>{'' if pd.isna(cell) else escape(str(cell))}</td>"
