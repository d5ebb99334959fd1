"""What stands at a mark? Its number in words, what the pointer reads, and the arrow of a figure that is open above or below.

Arrows and names on an axis of time are traces, and the words of a gap are a label of its shape: Plotly draws annotations
twice and measures each anew.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import plotly.graph_objects as go

from components.theme import PAPER, TEXT_SIZE, color_of_words
from data.record.dates import Span, span_of
from data.record.wording import (
    OPEN_DOWN,
    OPEN_UP,
    Row,
    as_of_in_words,
    figure_in_words,
    quoted_wording,
    without_pointers,
)

# Pixels from a figure to the tip of its arrow and to the middle of its shaft; size of its head and its shaft, each ten on a
# stage.
TIP, SHAFT, ARROW_SIZE, SHAFT_WIDTH = 19, 9.5, 6.7, 1.4
# An unseen mark of this size keeps words off their figure.
CLEARANCE = 14
# Pixels from a mark to its arrow to the right.
BESIDE_MARK = 8
HALO = ", ".join([f"0 0 3px {PAPER}"] * 4)
NOT_HOVERED: dict[str, Any] = {"hoverinfo": "skip", "showlegend": False, "cliponaxis": False}


class Name(NamedTuple):
    """Words at a place of a chart of time, and on which side of it: as "bottom left", or "top right"."""

    x: Any
    y: float
    text: str
    side: str


def is_open(row: Row) -> bool:
    """Whether a figure is open above or below: "more than", "up to" and their like."""
    return row["qualifier"] in OPEN_UP + OPEN_DOWN


def day_drawn(row: Row) -> str:
    """The date at which a row is drawn: its own, unless a chart gives it another place in the cell `drawn_on`."""
    return str(row.get("drawn_on") or row["date"])


def largest_of(row: Row) -> float:
    """The largest number that is printed in the row."""
    return float(row["high"] if row["qualifier"] == "range" else row["value"])


def middle_of(row: Row) -> float:
    """Where the mark of a row is anchored: its value, or the lower end of its range."""
    return float(row["low"] if row["qualifier"] == "range" else row["value"])


def wrap(text: str, width: int = 60) -> str:
    """Text broken into lines of about so many letters by whole words, <br> between them."""
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + len(word) >= width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "<br>".join([*lines, line])


def hover_text(row: Row) -> str:
    """What the pointer reads at a mark: the figure, as printed, as of when, who says it, where in the source."""
    lines = [f"<b>{figure_in_words(row)}</b>", row["scope"], as_of_in_words(row)]
    lines += [f"as printed: {quoted_wording(row)}"] if row["as_printed"] else []
    lines += [wrap(row["attributed_to"]), wrap(without_pointers(row["locator"] or row["note"]))]
    return "<br>".join(lines)


def arrow_traces(rows: Sequence[Row], color: str) -> list[go.Scatter]:
    """The arrows of dated figures that are open, as two traces, their shafts and their heads; none where none is open."""
    opened = [row for row in rows if is_open(row)]
    if not opened:
        return []
    days = [middle_day(span_of(day_drawn(row))) for row in opened]
    values = [largest_of(row) for row in opened]
    angle = one_or_each([180 if row["qualifier"] in OPEN_UP else 0 for row in opened])
    return [
        go.Scatter(
            x=days,
            y=values,
            mode="markers",
            name="open",
            marker={
                "symbol": symbol,
                "size": ARROW_SIZE,
                "angle": angle,
                "standoff": standoff,
                "color": color,
                "line": {"color": color, "width": SHAFT_WIDTH},
                "opacity": 1,
            },
            unselected={"marker": {"opacity": 1}},
            **NOT_HOVERED,
        )
        for symbol, standoff in (("line-ns-open", SHAFT), ("arrow-down", TIP))
    ]


def one_or_each(cells: Sequence[Any]) -> Any:
    """What is said of each mark, once where it is the same of all: Plotly examines each entry of a list, whenever a trace is
    touched."""
    return list(cells) if len(set(cells)) > 1 else cells[0]


def arrow_to_the_right(row: Row, level: float, color: str, length: float) -> dict[str, Any]:
    """The arrow of a figure that is open above, on an axis across, as a note of a chart: it begins beside the mark."""
    return {
        "x": largest_of(row),
        "y": level,
        "ax": -length,
        "ay": 0,
        "xshift": length + BESIDE_MARK,
        "text": "",
        "showarrow": True,
        "arrowhead": 2,
        "arrowsize": 1.1,
        "arrowwidth": 2,
        "arrowcolor": color,
    }


def middle_day(span: Span) -> date:
    return span.first + (span.last - span.first) / 2


def names_trace(names: Sequence[Name], color: str) -> go.Scatter:
    """Words at places of a chart as one trace in the shade of one color, with a halo of paper that keeps them apart from
    lines."""
    shade = color_of_words(color)
    return go.Scatter(
        x=[name.x for name in names],
        y=[name.y for name in names],
        mode="markers+text",
        name="names",
        text=[name.text for name in names],
        textposition=[name.side for name in names],
        textfont={"size": TEXT_SIZE, "color": shade, "shadow": HALO},
        marker={"size": CLEARANCE, "color": color, "opacity": 0},
        unselected={"textfont": {"color": shade}, "marker": {"opacity": 0}},
        **NOT_HOVERED,
    )
