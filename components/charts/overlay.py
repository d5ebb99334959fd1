"""How do a reader's own figures stand on a chart of the record? A copy of the chart with them on top; pure functions.

They have a look of their own, large hollow diamonds: with a dot inside where printed without a hedge, empty where hedged,
with the arrows and spans of all figures. Nothing joins them to the record. A reader's text is plain text: no part of it is
read as markup or as a template.
"""

from copy import deepcopy
from html import escape

import pandas as pd
import plotly.graph_objects as go

from components.charts.axes import LEGEND, START_NOTE, note_start_of_axis
from components.charts.dated import Look, draw_dated
from components.charts.hedged_rows import ROW_HEIGHT, SECOND_LINE, draw_rows, end_of_axis
from components.charts.labels import largest_of, middle_of
from components.charts.time_series import FEW
from components.theme import INK, SMALL_SIZE
from data.record.dates import span_of
from data.record.wording import Row, value_in_words

NAME = "your own figures, not of the record"
EXACT, HEDGED, SIZE = "diamond-open-dot", "diamond-open", 17
MOST_ROWS, MOST_NAMED = 12, 4
ROOM = 0.2  # of the height, kept free above and below own marks


def can_hold_own_figures(figure: go.Figure | None) -> bool:
    """True where own figures can stand on a figure: on its one axis of time, or as further rows."""
    is_alone = figure is not None and (figure.layout.meta or {}).get("charts", 1) == 1
    return is_alone and figure is not None and figure.layout.height is not None


def with_own_figures(figure: go.Figure, rows: pd.DataFrame) -> tuple[go.Figure, int]:
    """A copy of a chart of figures with a reader's rows laid over it, and how many of them it holds.

    On an axis of time those with a date are drawn, on a chart of rows the first dozen, below those of the record.
    """
    copy = deepcopy(figure)
    plain = [_plain(row) for row in rows.sort_values("date", kind="stable").to_dict("records")]
    if copy.layout.xaxis.type == "date":
        dated = [row for row in plain if row["date"]]
        _add_dated(copy, dated)
        return copy, len(dated)
    _add_rows(copy, plain[:MOST_ROWS])
    return copy, len(plain[:MOST_ROWS])


def _plain(row: Row) -> Row:
    """The row with its texts escaped, so that a chart shows them as plain text."""
    return {
        name: escape(cell, quote=False).replace("%", "&#37;") if isinstance(cell, str) else cell
        for name, cell in row.items()
    }


def _add_dated(figure: go.Figure, rows: list[Row]) -> None:
    if not rows:
        return
    draw_dated(figure, rows, NAME, Look(INK, EXACT, SIZE, 3, open_symbol=HEDGED))
    figure.data[-1].customdata = None  # a card is of the record
    for row in rows[-MOST_NAMED:]:
        figure.add_annotation(
            x=span_of(row["date"]).first,
            y=largest_of(row),
            text=f"<b>{value_in_words(row)}</b> (your own)",
            showarrow=False,
            xanchor="right",
            yanchor="top",
            xshift=8,
            yshift=-22,
            font={"size": SMALL_SIZE, "color": INK},
        )
    figure.update_layout(showlegend=True, legend={**LEGEND, **figure.layout.legend.to_plotly_json()})
    _widen_axes(figure, rows)


def _widen_axes(figure: go.Figure, rows: list[Row]) -> None:
    """Lets the axes reach the own figures, never less far than before."""
    spans = [span_of(row["date"]) for row in rows]
    start, end = figure.layout.xaxis.range
    first, last = min(span.first for span in spans), max(span.last for span in spans)
    figure.layout.xaxis.range = [min(str(start), f"{first.year}-01-01"), max(str(end), f"{last.year}-12-31")]
    lowest, highest = min(middle_of(row) for row in rows), max(largest_of(row) for row in rows)
    if figure.layout.yaxis.range is not None:
        low, high = figure.layout.yaxis.range
        room = (max(high, highest) - min(low, lowest)) * ROOM
        figure.layout.yaxis.range = [
            low if low + room <= lowest else lowest - room,
            high if highest + room <= high else highest + room,
        ]
        if any(note.name == START_NOTE for note in figure.layout.annotations):
            note_start_of_axis(figure)
    elif highest > FEW:
        figure.layout.yaxis.dtick = None


def _add_rows(figure: go.Figure, rows: list[Row]) -> None:
    bottom, top = figure.layout.yaxis.range
    count_before = len(figure.data)
    # No kind of the record has the color of a term on such a chart: own rows are ink, whatever they count.
    own = [{**row, "kind": "term", "label": f"{row['label']}, your own figure"} for row in rows]
    draw_rows(figure, own, range(0, -len(rows), -1))
    for trace in figure.data[count_before:]:
        trace.customdata = None
        if trace.mode == "markers":
            trace.marker.symbol = HEDGED if "open" in str(trace.marker.symbol) else EXACT
            trace.marker.size = SIZE
    figure.layout.height += len(rows) * (ROW_HEIGHT + SECOND_LINE)
    figure.layout.yaxis.range = [bottom - len(rows), top]
    figure.layout.xaxis.range = [0, max(figure.layout.xaxis.range[1], end_of_axis(rows))]
