"""How did a count change over time? Frames of figures in, Plotly figures with an axis of dates out; pure functions.

A figure is drawn where a number was printed, and nothing is joined by a line across two figures. Stretches of years
without any figure are shaded and named.
"""

import itertools
from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from components.charts.axes import LEGEND, TICK_FONT
from components.charts.dated import Look, draw_dated
from components.charts.labels import Name, largest_of, names_trace, wrap
from components.charts.limits import MOST_MARKS, newest, note_cut
from components.theme import (
    BORDER,
    GRID,
    INK,
    LILAC,
    MUTED,
    NAVY,
    ORANGE,
    PLUM,
    SHADE,
    SMALL_SIZE,
    STATUS_COLORS,
    STATUS_SYMBOLS,
    TEAL,
    TEXT_SIZE,
    color_of_words,
    layout,
    room_for_numbers,
)
from data.record.dates import Span, period_in_words, span_between, span_of
from data.record.tables import BRIEF
from data.record.wording import OPEN_UP, Row, as_of_in_words, value_in_words

# A space that no renderer swallows: between the axis and the words that stand on it.
OFF_AXIS = "\N{EN SPACE}"
# Up to so many years, and up to so large a number, each has a label on its axis.
FEW = 10
# Classes of marks among the numbers unaccounted for: color, symbol, size. The exact counts come first.
MARKS = {
    "counts": (NAVY, "circle", 12),
    "before 2001": (INK, "circle", 10),
    "rounded or hedged": (TEAL, "circle", 8),
    "other exact numbers": (LILAC, "square", 8),
    "printed as missing": (PLUM, "diamond", 8),
    "outdated or conflicting": (ORANGE, "x", 8),
}
GROUP_SYMBOLS = ("square", "circle", "diamond", "triangle-up", "cross")
# Lines of the strip of events, which they take in turn.
STRIP_LINES = 4


def counts_over_time(frame: pd.DataFrame, events: pd.DataFrame, years: tuple[int, int]) -> go.Figure:
    """Figures on a time axis, each as wide as its date is uncertain, with the stretches that hold no figure marked.

    Each class of mark has its own color and symbol; the exact counts are in front. `events` are laid under the chart as
    spans on a strip of their own; an empty frame leaves the strip out.
    """
    in_order = newest(frame, MOST_MARKS).sort_values(["date", "figure_id"])
    rows = [row for row in in_order.to_dict("records") if row["date"]]
    figure = go.Figure()
    for name in reversed(MARKS):
        of_class = [row for row in rows if row["mark"] == name]
        if of_class:
            draw_dated(figure, of_class, name, _look_of_class(name))
    for gap in gaps_between([span_of(row["date"]) for row in rows]):
        _draw_gap(figure, gap)
    has_strip = not events.empty
    note_cut(figure, frame, MOST_MARKS)
    _lay_out_counts(figure, rows, years, has_strip)
    _draw_names(figure, rows)
    if has_strip:
        _draw_strip(figure, events)
    return figure


def _look_of_class(name: str) -> Look:
    color, symbol, size = MARKS[name]
    width = 5 if name in ("counts", "before 2001") else 3
    return Look(color, symbol, size, width, is_hollow=name == "outdated or conflicting")


def _named_on_chart(rows: Sequence[Row]) -> list[tuple[Row, bool]]:
    """The figures that carry their number on the chart, and whether above: the first and last count, the brief's own.

    The counts fall over the years, so that there is room above and to the right of the first of them, and below and to
    the left of the others.
    """
    counts = [row for row in rows if row["mark"] == "counts"] or list(rows)
    named = {row["figure_id"]: (row, False) for row in rows if row["source_id"] == BRIEF}
    named |= {row["figure_id"]: (row, row is counts[0] and len(counts) > 1) for row in (counts[0], counts[-1])}
    return [(row, is_above or bool(row["date"] < "1990")) for row, is_above in named.values()]


def _draw_names(figure: go.Figure, rows: Sequence[Row]) -> None:
    names_by_color: dict[str, list[Name]] = {}
    for row, is_above in _named_on_chart(rows):
        names_by_color.setdefault(MARKS[row["mark"]][0], []).append(_name_of(row, is_above))
    figure.add_traces([names_trace(names, color) for color, names in names_by_color.items()])


def _name_of(row: Row, is_above: bool) -> Name:
    span = span_of(row["date"])
    number = f"<b>{value_in_words(row)}</b>"
    if is_above:
        return Name(span.last, largest_of(row), number, "top right")
    return Name(span.first, largest_of(row), f"{number}<br>{as_of_in_words(row)}", "bottom left")


def gaps_between(spans: list[Span | None], shortest_years: int = 10) -> list[Span]:
    """Stretches of at least so many years between two dated figures in which there is none."""
    known = sorted(span for span in spans if span)
    return [
        Span(before.last, after.first)
        for before, after in itertools.pairwise(known)
        if (after.first - before.last).days >= shortest_years * 365
    ]


def _draw_gap(figure: go.Figure, gap: Span) -> None:
    """A shaded stretch, its words set upright so that they stay inside it on a narrow screen too."""
    label = {
        "text": f"{OFF_AXIS}no figure {gap.first.year} to {gap.last.year}",
        "textangle": -90,
        "textposition": "bottom center",
        "xanchor": "left",
        "yanchor": "middle",
        "padding": 0,
        "font": TICK_FONT,
    }
    figure.add_vrect(x0=gap.first, x1=gap.last, fillcolor=SHADE, line_width=0, layer="below", label=label)


def _lay_out_counts(figure: go.Figure, rows: Sequence[Row], years: tuple[int, int], has_strip: bool) -> None:
    values = [largest_of(row) for row in rows] or [0.0, 1.0]
    pad = max((max(values) - min(values)) * 0.18, max(values) * 0.015, 1)
    figure.update_layout(
        layout(
            500 if has_strip else 410,
            margin={"l": room_for_numbers(max(values) + pad), "r": 8, "t": 8, "b": 34},
            showlegend=len({row["mark"] for row in rows}) > 1,
            legend=LEGEND,
        )
    )
    figure.update_xaxes(
        range=[f"{years[0]}-01-01", f"{years[1]}-12-31"],
        type="date",
        showgrid=False,
        linecolor=MUTED,
        ticks="outside",
        tickcolor=BORDER,
        tickfont=TICK_FONT,
        fixedrange=True,
    )
    figure.update_yaxes(
        range=[min(values) - pad, max(values) + pad],
        gridcolor=GRID,
        tickformat=",d",
        nticks=6,
        tickfont=TICK_FONT,
        fixedrange=True,
        domain=[0.3, 1] if has_strip else [0, 1],
    )


def _draw_strip(figure: go.Figure, events: pd.DataFrame) -> None:
    """Events as spans on a strip under the chart, with the name of their lane above them."""
    spans = [(row, span_between(row["start"], row["end"])) for row in events.to_dict("records")]
    for number, (row, span) in enumerate((row, span) for row, span in spans if span):
        figure.add_trace(_event_trace(row, span, number % STRIP_LINES))
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


def _event_trace(row: Row, span: Span, level: int) -> go.Scatter:
    color = STATUS_COLORS[row["status"]]
    when = f"{period_in_words(row['start'], row['end'])} ({row['status']})"
    return go.Scatter(
        x=[span.first, span.last],
        y=[level, level],
        yaxis="y2",
        mode="lines+markers",
        line={"color": color, "width": 4},
        marker={
            "symbol": STATUS_SYMBOLS[row["status"]],
            "size": 9,
            "color": color,
            "line": {"width": 2, "color": color},
        },
        hovertemplate=f"<b>{wrap(row['title'])}</b><br>{when}<br>{wrap(row['attributed_to'])}<extra></extra>",
        customdata=[row["event_id"]] * 2,
        name=row["title"],
        showlegend=False,
    )


def grouped_over_time(
    frame: pd.DataFrame, colors: dict[str, str], by: str = "stage", name_last: bool = True
) -> go.Figure:
    """Figures on a time axis from zero, one color and symbol a group, nothing joined; the last of each group is named."""
    figure = go.Figure()
    rows = [row for row in newest(frame, MOST_MARKS).sort_values("date").to_dict("records") if row["date"]]
    if not rows:
        return figure
    groups = [name for name in colors if any(row[by] == name for row in rows)]
    for number, name in enumerate(groups):
        group = [row for row in rows if row[by] == name]
        title = name if by == "stage" else group[0]["series_title"]
        draw_dated(figure, group, title, Look(colors[name], GROUP_SYMBOLS[number % len(GROUP_SYMBOLS)]))
        if name_last:
            _name_last(figure, group, colors[name])
    largest = max(largest_of(row) for row in rows)
    margin = {"l": room_for_numbers(largest), "r": 16, "t": 30, "b": 34}
    figure.update_layout(layout(430, margin=margin, showlegend=len(groups) > 1, legend=LEGEND))
    note_cut(figure, frame, MOST_MARKS)
    _set_axes_of_groups(figure, rows, largest)
    return figure


def _set_axes_of_groups(figure: go.Figure, rows: Sequence[Row], largest: float) -> None:
    years = sorted(int(row["date"][:4]) for row in rows)
    figure.update_xaxes(
        type="date",
        range=[f"{years[0] - 1}-01-01", f"{years[-1] + 1}-12-31"],
        tickformat="%Y",
        dtick="M12" if years[-1] - years[0] < FEW else None,
        showgrid=False,
        linecolor=MUTED,
        tickfont=TICK_FONT,
        fixedrange=True,
    )
    figure.update_yaxes(
        rangemode="tozero",
        dtick=1 if largest <= FEW else None,
        gridcolor=GRID,
        tickformat=",d",
        tickfont=TICK_FONT,
        fixedrange=True,
    )


def _name_last(figure: go.Figure, rows: Sequence[Row], color: str) -> None:
    last = rows[-1]
    figure.add_annotation(
        x=span_of(last["date"]).last,
        y=largest_of(last),
        text=f"<b>{value_in_words(last)}</b>",
        showarrow=False,
        yshift=30 if last["qualifier"] in OPEN_UP else 14,
        xanchor="right",
        font={"size": TEXT_SIZE, "color": color_of_words(color)},
    )
