"""How are events laid over a chart of time? As numbered flags below its figures, in order of their days; the key names them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from components.charts.labels import wrap
from components.theme import GRID, PAPER, SMALL_SIZE, STATUS_COLORS, color_of_words
from data.record.dates import Span, period_in_words, span_between
from data.record.wording import Row

# Lines of flags, and the part of the height that they have.
LINES, TOP = 4, 0.2
# Pixels that a flag wants on its line, and of the whole width on a narrow screen; size of a flag and of an event without one.
ROOM, NARROW = 26, 560
FLAG, DOT = 20, 7
# First and last day of each axis of days.
Axes = Mapping[str, tuple[date, date]]


class Flag(NamedTuple):
    """An event with its number, its days, its axis and its line; one without room of its own is a dot beside the flag before it."""

    number: int
    row: Row
    span: Span
    axis: str
    line: int
    label: str


def numbered(events: pd.DataFrame) -> list[tuple[int, Row, Span]]:
    """The dated events in order of their days, numbered from one, with their spans."""
    dated = [(row, span) for row in events.to_dict("records") if (span := span_between(row["start"], row["end"]))]
    dated.sort(key=lambda pair: (pair[1], pair[0]["event_id"]))
    return [(number, row, span) for number, (row, span) in enumerate(dated, start=1)]


def draw_flags(figure: go.Figure, flags: Sequence[Flag], axes: Axes) -> None:
    """Each flag with its number, and as a line as long as its event took, under the figures."""
    in_order = sorted(flags, key=lambda flag: bool(flag.label))
    figure.add_traces([_trace_of(flag, axes[flag.axis]) for flag in in_order])
    # all at once: Plotly checks every shape of a figure anew for each one that is added
    lines = [_line_above(flag, axes[flag.axis]) for flag in in_order if flag.label]
    figure.layout.shapes = [*figure.layout.shapes, *lines]
    figure.update_layout(
        yaxis2={"domain": [0, TOP], "visible": False, "range": [-0.6, LINES - 0.4], "fixedrange": True}
    )


def _line_above(flag: Flag, axis: tuple[date, date]) -> go.layout.Shape:
    """The line that leads from a flag up through the figures."""
    day = max(flag.span.first, axis[0])
    place = {"x0": day, "x1": day, "y0": 0, "y1": 1, "xref": flag.axis, "yref": "y domain"}
    return go.layout.Shape(type="line", layer="below", line={"color": GRID, "width": 1}, **place)


def flags_of(events: pd.DataFrame, axes: Axes, widths: Mapping[str, float]) -> list[Flag]:
    """The events with their lines: each on the first line with room for its flag. Where none has room, an event is a dot,
    and the label of the flag before it says so by a plus. An event of other years than those of the axes has no flag.

    `axes` holds the first and last day of each axis, `widths` the part of the chart's width that it has.
    """
    flags: list[Flag] = []
    taken: dict[tuple[str, int], date] = {}
    for number, row, span in numbered(events):
        axis = "x2" if "x2" in axes and span.last < axes["x"][0] else "x"
        first, last = axes[axis]
        if span.last < first or span.first > last:
            continue
        room = (last - first) * (ROOM / (NARROW * widths[axis]))
        day = max(span.first, first)
        free = [line for line in range(LINES) if (axis, line) not in taken or taken[axis, line] <= day]
        if free:
            taken[axis, free[0]] = max(day + room, span.last)
            flags.append(Flag(number, row, span, axis, free[0], str(number)))
            continue
        head = max(n for n, flag in enumerate(flags) if flag.label and flag.axis == axis)
        flags[head] = flags[head]._replace(label=f"{flags[head].number}+")
        flags.append(Flag(number, row, span, axis, flags[head].line, ""))
    return flags


def _trace_of(flag: Flag, axis: tuple[date, date]) -> go.Scatter:
    """A flag or a dot at the first day of its event that is on the axis, and a line to its last."""
    row, span = flag.row, Span(max(flag.span.first, axis[0]), min(flag.span.last, axis[1]))
    color = color_of_words(STATUS_COLORS[row["status"]])
    when = f"{period_in_words(row['start'], row['end'])} ({row['status']})"
    days = [span.first, span.last] if span.first != span.last else [span.first]
    is_filled = row["status"] == "happened"
    return go.Scatter(
        x=days,
        y=[flag.line] * len(days),
        xaxis=flag.axis,
        yaxis="y2",
        mode="lines+markers+text",
        line={"color": color, "width": 2},
        marker={
            "symbol": "circle",
            "size": [FLAG if flag.label else DOT, 4][: len(days)],
            "color": color if is_filled else PAPER,
            "opacity": 1,
            "line": {"width": 2, "color": color},
        },
        text=[flag.label, ""][: len(days)],
        textposition="middle center",
        textfont={"size": SMALL_SIZE - 1, "color": PAPER if is_filled else color},
        hovertemplate=f"<b>{flag.number}. {wrap(row['title'])}</b><br>{when}<br>{wrap(row['attributed_to'])}<extra></extra>",
        customdata=[row["event_id"]] * len(days),
        name=row["title"],
        showlegend=False,
        cliponaxis=False,
    )
