"""How is a hedged figure drawn? Frames of figures in, Plotly figures out; pure functions.

A point is drawn where a number was printed. A range is a bar between its two ends; "more than" and "at least" carry an
open arrow upwards, "fewer than" and "up to" one downwards. Nothing is joined by a line across two figures.
"""

import itertools
from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.theme import (
    BORDER,
    GRID,
    INK,
    KIND_COLOURS,
    MUTED,
    NAVY,
    PLOT_CONFIG,
    SHADE,
    SMALL_SIZE,
    STATUS_COLOURS,
    STATUS_SYMBOLS,
    TEXT_SIZE,
    layout,
)
from data.dates import Span, say_period, span_between
from data.say import Row, say_as_of, say_figure, say_unit, say_value

__all__ = ["PLOT_CONFIG", "counts_over_time", "hedged_rows", "wrap"]
ROW_HEIGHT = 62
ARROW = 34
LETTER, NARROW = 7.6, 300
OPEN_UP, OPEN_DOWN = ("more_than", "at_least"), ("fewer_than", "up_to")
SYMBOLS = {"exact": "circle", "range": "line-ns-open"}


def wrap(text: str, width: int = 60) -> str:
    """Text broken into lines for a hover label, by whole words."""
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + len(word) >= width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "<br>".join([*lines, line])


def hover_of(row: Row) -> str:
    """What a mark says: the figure, as printed, as of when, who says it, where in the source."""
    lines = [f"<b>{say_figure(row)}</b>", row["scope"], say_as_of(row)]
    lines += [f"as printed: “{row['as_printed']}”"] if row["as_printed"] else []
    lines += [wrap(row["attributed_to"]), wrap(row["locator"] or row["note"])]
    return "<br>".join(lines)


def middle_of(row: Row) -> float:
    """Where the mark of a row is anchored: its value, or the lower end of its range."""
    return float(row["low"] if row["qualifier"] == "range" else row["value"])


def upper_of(row: Row) -> float:
    """The largest number that is printed in the row."""
    return float(row["high"] if row["qualifier"] == "range" else row["value"])


def hedged_rows(frame: pd.DataFrame) -> go.Figure:
    """A row a figure: label and unit above, its mark on an axis from zero, its number in words beside it."""
    rows = frame.to_dict("records")
    figure = go.Figure()
    for position, row in enumerate(rows):
        _draw_mark(figure, row, len(rows) - position)
    height = ROW_HEIGHT + 16 * any("<br>" in label_of(row) for row in rows)
    figure.update_layout(layout(height * len(rows) + 60, margin={"l": ARROW + 12, "r": 8, "t": 14, "b": 34}))
    figure.update_xaxes(
        range=[0, _room_for_words(rows)],
        showgrid=True,
        gridcolor=GRID,
        zeroline=True,
        zerolinecolor=MUTED,
        tickformat=",d",
        nticks=5,
        automargin=True,
        tickfont={"size": SMALL_SIZE, "color": MUTED},
        fixedrange=True,
    )
    figure.update_yaxes(visible=False, range=[0.4, len(rows) + 0.75], fixedrange=True)
    return figure


def label_of(row: Row) -> str:
    """Label and unit of a row, broken to fit a narrow screen."""
    return wrap(f"{row['label']} ({say_unit(row)})", 46)


def _room_for_words(rows: Sequence[Row]) -> float:
    """End of the axis that leaves room for the number in words beside each mark, on a narrow screen too."""
    ends = [1.0]
    for row in rows:
        words = len(say_value(row)) * LETTER + (ARROW + 24 if row["qualifier"] in OPEN_UP else 20)
        ends.append(upper_of(row) / (1 - min(words / NARROW, 0.8)))
    return max(ends)


def _draw_mark(figure: go.Figure, row: Row, level: float) -> None:
    colour = KIND_COLOURS[row["kind"]]
    ends = [float(row["low"]), float(row["high"])] if row["qualifier"] == "range" else [middle_of(row)]
    figure.add_shape(type="line", x0=0, x1=ends[0], y0=level, y1=level, line={"color": GRID, "width": 2}, layer="below")
    if len(ends) == 2:
        figure.add_trace(
            go.Scatter(
                x=ends,
                y=[level, level],
                mode="lines",
                line={"color": colour, "width": 9},
                opacity=0.45,
                hoverinfo="skip",
            )
        )
    figure.add_trace(
        go.Scatter(
            x=ends,
            y=[level] * len(ends),
            mode="markers",
            marker=_marker(row, colour),
            cliponaxis=False,
            customdata=[row["figure_id"]] * len(ends),
            hovertemplate=hover_of(row) + "<extra></extra>",
            name=row["label"],
        )
    )
    _draw_arrow(figure, row, ends[-1], level, colour)
    figure.add_annotation(
        x=0,
        y=level,
        text=label_of(row),
        showarrow=False,
        align="left",
        xanchor="left",
        yanchor="bottom",
        yshift=9,
        font={"size": TEXT_SIZE, "color": INK},
    )
    shift = ARROW + 16 if row["qualifier"] in OPEN_UP else 12
    figure.add_annotation(
        x=ends[-1],
        y=level,
        text=f"<b>{say_value(row)}</b>",
        showarrow=False,
        xanchor="left",
        xshift=shift,
        font={"size": TEXT_SIZE, "color": colour},
    )


def _marker(row: Row, colour: str) -> dict[str, Any]:
    hollow = row["qualifier"] not in ("exact", "range")
    return {
        "symbol": SYMBOLS.get(row["qualifier"], "circle-open"),
        "size": 13 if hollow or row["qualifier"] == "exact" else 18,
        "color": colour,
        "line": {"color": colour, "width": 2.5},
    }


def _draw_arrow(figure: go.Figure, row: Row, at: float, level: float, colour: str) -> None:
    if row["qualifier"] not in OPEN_UP + OPEN_DOWN:
        return
    way = 1 if row["qualifier"] in OPEN_UP else -1
    figure.add_annotation(
        x=at,
        y=level,
        ax=-way * ARROW,
        ay=0,
        xshift=way * (ARROW + 8),
        text="",
        showarrow=True,
        arrowhead=2,
        arrowsize=1.1,
        arrowwidth=2,
        arrowcolor=colour,
    )


def counts_over_time(frame: pd.DataFrame, events: pd.DataFrame, years: tuple[int, int]) -> go.Figure:
    """Figures on a time axis, each as wide as its date is uncertain, with the stretches that hold no figure marked.

    `events` are laid under the chart as spans on a strip of their own; an empty frame leaves the strip out.
    """
    rows = [row for row in frame.to_dict("records") if row["date"]]
    figure = go.Figure()
    for row in rows:
        _draw_dated(figure, row)
    for gap in gaps_between([span_between(row["date"], row["date"]) for row in rows]):
        _draw_gap(figure, gap)
    has_strip = not events.empty
    _lay_out_time(figure, rows, years, has_strip)
    if has_strip:
        _draw_strip(figure, events)
    return figure


def gaps_between(spans: list[Span | None], shortest_years: int = 10) -> list[Span]:
    """Stretches of at least so many years between two dated figures in which there is none."""
    known = sorted(span for span in spans if span)
    pairs = itertools.pairwise(known)
    return [
        Span(before.last, after.first)
        for before, after in pairs
        if (after.first - before.last).days >= shortest_years * 365
    ]


def _draw_dated(figure: go.Figure, row: Row) -> None:
    span = span_between(row["date"], row["date"])
    assert span is not None
    colour, value = KIND_COLOURS[row["kind"]], upper_of(row)
    hover = hover_of(row) + "<extra></extra>"
    if span.first == span.last:
        figure.add_trace(
            go.Scatter(
                x=[span.first],
                y=[value],
                mode="markers",
                marker=_marker(row, colour),
                customdata=[row["figure_id"]],
                hovertemplate=hover,
                name=row["figure_id"],
            )
        )
    else:
        figure.add_trace(
            go.Scatter(
                x=[span.first, span.last],
                y=[value, value],
                mode="lines+markers",
                line={"color": colour, "width": 6},
                marker={"size": 8, "color": colour, "symbol": "line-ns-open", "line": {"width": 2}},
                customdata=[row["figure_id"]] * 2,
                hovertemplate=hover,
                name=row["figure_id"],
            )
        )
    if row["qualifier"] in OPEN_UP + OPEN_DOWN:
        way = 1 if row["qualifier"] in OPEN_UP else -1
        figure.add_annotation(
            x=span.last,
            y=value,
            ax=0,
            ay=way * ARROW,
            yshift=way * (ARROW + 8),
            text="",
            showarrow=True,
            arrowhead=2,
            arrowwidth=2,
            arrowcolor=colour,
        )
    late = span.last.year > 1985
    figure.add_annotation(
        x=span.first if late else span.last,
        y=value,
        text=f"<b>{say_figure(row)}</b><br>{say_as_of(row)}",
        showarrow=False,
        align="right" if late else "left",
        xanchor="right" if late else "left",
        xshift=-12 if late else 12,
        font={"size": TEXT_SIZE, "color": colour},
    )


def _draw_gap(figure: go.Figure, gap: Span) -> None:
    middle = gap.first + (gap.last - gap.first) / 2
    figure.add_vrect(x0=gap.first, x1=gap.last, fillcolor=SHADE, line_width=0, layer="below")
    figure.add_annotation(
        x=middle,
        y=0.04,
        yref="y domain",
        text=f"no figure between {gap.first.year} and {gap.last.year}",
        showarrow=False,
        font={"size": SMALL_SIZE, "color": MUTED},
        yanchor="bottom",
    )


def _lay_out_time(figure: go.Figure, rows: Sequence[Row], years: tuple[int, int], has_strip: bool) -> None:
    values = [upper_of(row) for row in rows] or [0.0, 1.0]
    pad = max((max(values) - min(values)) * 0.9, max(values) * 0.02, 1)
    figure.update_layout(layout(470 if has_strip else 380))
    figure.update_xaxes(
        range=[f"{years[0]}-01-01", f"{years[1]}-12-31"],
        type="date",
        showgrid=False,
        linecolor=MUTED,
        ticks="outside",
        tickcolor=BORDER,
        tickfont={"size": SMALL_SIZE, "color": MUTED},
        fixedrange=True,
    )
    figure.update_yaxes(
        range=[min(values) - pad, max(values) + pad],
        gridcolor=GRID,
        tickformat=",d",
        nticks=6,
        automargin=True,
        tickfont={"size": SMALL_SIZE, "color": MUTED},
        fixedrange=True,
        domain=[0.3, 1] if has_strip else [0, 1],
    )


def _draw_strip(figure: go.Figure, events: pd.DataFrame) -> None:
    rows = [(row, span_between(row["start"], row["end"])) for row in events.to_dict("records")]
    for level, (row, span) in enumerate((row, span) for row, span in rows if span):
        colour = STATUS_COLOURS[row["status"]]
        hover = f"<b>{wrap(row['title'])}</b><br>{say_period(row['start'], row['end'])} ({row['status']})<br>{wrap(row['attributed_to'])}<extra></extra>"
        figure.add_trace(
            go.Scatter(
                x=[span.first, span.last],
                y=[level % 4, level % 4],
                yaxis="y2",
                mode="lines+markers",
                line={"color": colour, "width": 4},
                marker={
                    "symbol": STATUS_SYMBOLS[row["status"]],
                    "size": 9,
                    "color": colour,
                    "line": {"width": 2, "color": colour},
                },
                hovertemplate=hover,
                customdata=[row["event_id"]] * 2,
                name=row["title"],
            )
        )
    figure.update_layout(
        yaxis2={"domain": [0, 0.2], "visible": False, "range": [-0.8, 3.8], "fixedrange": True},
        xaxis={"anchor": "free", "position": 0},
    )
    figure.add_annotation(
        x=0,
        xref="paper",
        y=0.245,
        yref="paper",
        text=f"Events: {events.iloc[0]['lane']}",
        showarrow=False,
        xanchor="left",
        font={"size": SMALL_SIZE, "color": NAVY},
    )
