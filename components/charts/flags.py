"""How are events laid over a chart of time? As numbered flags below its figures, in order of their days; the key names them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.charts.labels import wrap
from components.theme import GRID, PAPER, SMALL_SIZE, STATUS_COLORS, color_of_words
from data.record.dates import Span, period_in_words, span_between
from data.record.wording import Row

# Lines of flags, which they take in turn, and the part of the height that they have.
LINES, TOP = 4, 0.2


def numbered(events: pd.DataFrame) -> list[tuple[int, Row, Span]]:
    """The dated events in order of their days, numbered from one, with their spans."""
    dated = [(row, span) for row in events.to_dict("records") if (span := span_between(row["start"], row["end"]))]
    dated.sort(key=lambda pair: (pair[1], pair[0]["event_id"]))
    return [(number, row, span) for number, (row, span) in enumerate(dated, start=1)]


def draw_flags(figure: go.Figure, events: pd.DataFrame, axes: Mapping[str, tuple[date, date]]) -> None:
    """Each dated event as a flag with its number, and as a line as long as it took, under the figures."""
    for number, row, span in numbered(events):
        axis = "x" if span.last >= axes["x"][0] or "x2" not in axes else "x2"
        figure.add_trace(_flag(number, row, span, axis))
        figure.add_shape(
            type="line",
            x0=max(span.first, axes[axis][0]),
            x1=max(span.first, axes[axis][0]),
            y0=0,
            y1=1,
            xref=axis,
            yref="y domain",
            layer="below",
            line={"color": GRID, "width": 1},
        )
    figure.update_layout(
        yaxis2={"domain": [0, TOP], "visible": False, "range": [-0.6, LINES - 0.4], "fixedrange": True}
    )


def _flag(number: int, row: Row, span: Span, axis: str) -> go.Scatter:
    color = color_of_words(STATUS_COLORS[row["status"]])
    when = f"{period_in_words(row['start'], row['end'])} ({row['status']})"
    days = [span.first, span.last] if span.first != span.last else [span.first]
    is_filled = row["status"] == "happened"
    size = 18 if number < 100 else 22
    marker: dict[str, Any] = {
        "symbol": "circle",
        "size": [size, 4][: len(days)],
        "color": color if is_filled else PAPER,
        "line": {"width": 2, "color": color},
    }
    return go.Scatter(
        x=days,
        y=[(number - 1) % LINES] * len(days),
        xaxis=axis,
        yaxis="y2",
        mode="lines+markers+text",
        line={"color": color, "width": 2},
        marker=marker,
        text=[str(number), ""][: len(days)],
        textposition="middle center",
        textfont={"size": SMALL_SIZE - 1, "color": PAPER if is_filled else color},
        hovertemplate=f"<b>{wrap(row['title'])}</b><br>{when}<br>{wrap(row['attributed_to'])}<extra></extra>",
        customdata=[row["event_id"]] * len(days),
        name=row["title"],
        showlegend=False,
    )
