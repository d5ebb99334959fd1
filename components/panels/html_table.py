"""How does a table stand where no grid can scroll? As HTML, in a region of its own."""

from collections.abc import Iterable
from html import escape
from typing import Any

from components.panels.panel import Panel
from data.query.readable import cell_in_words, head_of
from data.record.wording import number_with_noun


def static_table(panel: Panel, most: int | None = None, has_anchors: bool = False) -> str:
    """The rows of a panel as an HTML table: all of them, or the first `most` with a line on how many there are.

    With anchors, a link can lead to a row by its id.
    """
    fields = {entry["name"]: entry for entry in panel.fields}
    named = [fields[name] for name in panel.columns]
    head = "".join(f'<th scope="col">{escape(head_of(list(panel.frame.columns), field))}</th>' for field in named)
    shown = panel.frame[panel.columns].head(most or len(panel.frame))
    anchors = [f' id="{escape(str(row_id))}"' if has_anchors else "" for row_id in panel.frame.iloc[:, 0]]
    lines = zip(anchors, shown.itertuples(index=False), strict=False)
    rows = "".join(f"<tr{anchor}>{_cells(panel, named, row)}</tr>" for anchor, row in lines)
    line = (
        f"<p>The first {len(shown):,} of {len(panel.frame):,} rows; the files hold all.</p>"
        if len(shown) < len(panel.frame)
        else ""
    )
    caption = f"<caption>{escape(panel.title)}: {number_with_noun(len(shown), 'row')}</caption>"
    table = f"{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
    return scrolling_table(table, f"Table: {panel.title}") + line


def scrolling_table(rows: str, name: str) -> str:
    """A table, given as the HTML of its rows, in a region of its own that keys can scroll; `name` is the region's."""
    return f'<div class="wide" tabindex="0" role="region" aria-label="{escape(name)}"><table>{rows}</table></div>'


def _cells(panel: Panel, fields: list[dict[str, Any]], row: Iterable[Any]) -> str:
    texts = (cell_in_words(panel.library, field, cell) for field, cell in zip(fields, row, strict=True))
    return "".join(f"<td>{escape(text)}</td>" for text in texts)
