"""What stands at a mark on an axis of time? The arrow of a figure that is open above or below, and its number in words.

Both are traces, and the words of a gap are a label of its shape: Plotly draws annotations twice and measures each anew.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import plotly.graph_objects as go

from components.theme import PAPER, TEXT_SIZE
from data.record.dates import Span, span_of
from data.record.wording import Row

OPEN_UP, OPEN_DOWN = ("more than", "at least"), ("fewer than", "up to")
# Pixels from a figure to the tip of its arrow and to the middle of its shaft; size of the head and of the shaft.
TIP, SHAFT, HEAD_SIZE, SHAFT_SIZE, SHAFT_WIDTH = 19, 9.5, 6, 6.4, 1.4
# An unseen mark of this size keeps words off their figure.
CLEARANCE = 14
HALO = ", ".join([f"0 0 3px {PAPER}"] * 4)
SILENT: dict[str, Any] = {"hoverinfo": "skip", "showlegend": False, "cliponaxis": False}


class Name(NamedTuple):
    """Words at a place of a chart of time, and on which side of it: as "bottom left", or "top right"."""

    x: Any
    y: float
    text: str
    side: str


def is_open(row: Row) -> bool:
    """Whether a figure is open above or below: "more than", "up to" and their like."""
    return row["qualifier"] in OPEN_UP + OPEN_DOWN


def largest_of(row: Row) -> float:
    """The largest number that is printed in the row."""
    return float(row["high"] if row["qualifier"] == "range" else row["value"])


def arrows_of(rows: Sequence[Row], colour: str) -> list[go.Scatter]:
    """The arrows of dated figures that are open, as one trace: a shaft and a head each; none where none is open."""
    opened = [row for row in rows if is_open(row)]
    if not opened:
        return []
    count = len(opened)
    turns = [180 if row["qualifier"] in OPEN_UP else 0 for row in opened]
    days = [_middle(span_of(row["date"])) for row in opened]
    marker = {
        "symbol": ["line-ns-open", "arrow-down"] * count,
        "size": [SHAFT_SIZE, HEAD_SIZE] * count,
        "angle": _twice(turns),
        "standoff": [SHAFT, TIP] * count,
        "color": colour,
        "line": {"color": colour, "width": SHAFT_WIDTH},
        "opacity": 1,
    }
    return [
        go.Scatter(
            x=_twice(days),
            y=_twice([largest_of(row) for row in opened]),
            mode="markers",
            name="open",
            marker=marker,
            unselected={"marker": {"opacity": 1}},
            **SILENT,
        )
    ]


def _twice(cells: Sequence[Any]) -> list[Any]:
    return [cell for cell in cells for _ in range(2)]


def _middle(span: Span) -> date:
    return span.first + (span.last - span.first) / 2


def names_of(names: Sequence[Name], colour: str) -> go.Scatter:
    """Words at places of a chart as one trace in one colour, with a halo of paper that keeps them apart from lines."""
    return go.Scatter(
        x=[name.x for name in names],
        y=[name.y for name in names],
        mode="markers+text",
        name="names",
        text=[name.text for name in names],
        textposition=[name.side for name in names],
        textfont={"size": TEXT_SIZE, "color": colour, "shadow": HALO},
        marker={"size": CLEARANCE, "color": colour, "opacity": 0},
        unselected={"textfont": {"color": colour}, "marker": {"opacity": 0}},
        **SILENT,
    )
