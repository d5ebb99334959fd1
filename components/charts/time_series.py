"""How is a hedged figure drawn? Frames of figures in, Plotly figures out; pure functions.

A point is drawn where a number was printed. A range is a bar between its two ends; "more than" and "at least" carry an
open arrow upwards, "fewer than" and "up to" one downwards. Nothing is joined by a line across two figures.
"""

import itertools
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from components.charts.labels import OPEN_UP, Name, arrows_of, is_open, largest_of, names_of
from components.theme import (
    BORDER,
    GRID,
    INK,
    KIND_COLORS,
    LILAC,
    MUTED,
    NAVY,
    ORANGE,
    PAPER,
    PLOT_CONFIG,
    PLUM,
    SHADE,
    SMALL_SIZE,
    STACK_COLORS,
    STACK_PATTERNS,
    STATUS_COLORS,
    STATUS_SYMBOLS,
    TEAL,
    TEXT_SIZE,
    layout,
    room_for_numbers,
)
from data.record.dates import Span, say_period, span_between, span_of
from data.record.wording import Row, phrase_of, say_as_of, say_figure, say_unit, say_value

__all__ = ["PLOT_CONFIG", "counts_over_time", "hedged_rows", "wrap"]
ROW_HEIGHT = 62
# A space that no renderer swallows: between the axis and the words that stand on it.
OFF_AXIS = "\N{EN SPACE}"
ARROW = 34
LETTER, NARROW = 7.6, 300
FEW = 10
# Classes of marks among the numbers unaccounted for: colour, symbol, size. The exact counts come first.
MARKS = {
    "counts": (NAVY, "circle", 12),
    "before 2001": (INK, "circle", 10),
    "rounded or hedged": (TEAL, "circle", 8),
    "other exact numbers": (LILAC, "square", 8),
    "printed as missing": (PLUM, "diamond", 8),
    "outdated or conflicting": (ORANGE, "x", 8),
}
# Above the plot, which gives way to it: on a narrow screen it takes several lines.
LEGEND = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "font": {"size": SMALL_SIZE}}
# Marks on an axis of time, and rows below each other, that a chart draws at most: more than any chart of the record has,
# and as many as can be told apart.
MOST_MARKS, MOST_ROWS = 400, 120
SYMBOLS = {"exact": "circle", "range": "line-ns-open"}


def newest(frame: pd.DataFrame, most: int) -> pd.DataFrame:
    """The rows that a chart can hold: all of them, or those of the last days, in their order."""
    if len(frame) <= most:
        return frame
    days = frame["date" if "date" in frame else "start"].reset_index(drop=True)
    return frame.iloc[sorted(days.sort_values(kind="stable").index[-most:])]


def say_cut(figure: go.Figure, frame: pd.DataFrame, most: int) -> None:
    """Notes with a figure how many of how many rows it draws, where it does not draw all."""
    if len(frame) > most:
        figure.update_layout(meta={"drawn": most, "of": len(frame)})


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
    lines += [f"as printed: {phrase_of(row)}"] if row["as_printed"] else []
    lines += [wrap(row["attributed_to"]), wrap(row["locator"] or row["note"])]
    return "<br>".join(lines)


def middle_of(row: Row) -> float:
    """Where the mark of a row is anchored: its value, or the lower end of its range."""
    return float(row["low"] if row["qualifier"] == "range" else row["value"])


def hedged_rows(frame: pd.DataFrame) -> go.Figure:
    """A row a figure: label and unit above, its mark on an axis from zero, its number in words beside it."""
    rows = newest(frame, MOST_ROWS).to_dict("records")
    figure = go.Figure()
    draw_rows(figure, rows, range(len(rows), 0, -1))
    say_cut(figure, frame, MOST_ROWS)
    height = ROW_HEIGHT + 16 * any("<br>" in label_of(row) for row in rows)
    figure.update_layout(layout(height * len(rows) + 60, margin={"l": ARROW + 12, "r": 8, "t": 14, "b": 34}))
    figure.update_xaxes(
        range=[0, room_for_words(rows)],
        showgrid=True,
        gridcolor=GRID,
        zeroline=True,
        zerolinecolor=MUTED,
        tickformat=",d",
        nticks=5,
        tickfont={"size": SMALL_SIZE, "color": MUTED},
        fixedrange=True,
    )
    figure.update_yaxes(visible=False, range=[0.4, len(rows) + 0.75], fixedrange=True)
    return figure


def label_of(row: Row) -> str:
    """Label and unit of a row, broken to fit a narrow screen."""
    return wrap(f"{row['label']} ({say_unit(row)})", 46)


def room_for_words(rows: Sequence[Row]) -> float:
    """End of the axis that leaves room for the number in words beside each mark, on a narrow screen too."""
    ends = [1.0]
    for row in rows:
        words = len(say_value(row)) * LETTER + (ARROW + 24 if row["qualifier"] in OPEN_UP else 20)
        ends.append(largest_of(row) / (1 - min(words / NARROW, 0.8)))
    return max(ends)


def draw_rows(figure: go.Figure, rows: Sequence[Row], levels: Sequence[int]) -> None:
    """Rows of `hedged_rows`, each at its level; all are added at one time, since Plotly looks at all that there is
    whenever something is added."""
    placed = list(zip(rows, levels, strict=True))
    figure.add_traces([trace for row, level in placed for trace in _marks_of(row, level)])
    layout = figure.layout
    more = {
        "shapes": [_stem_of(row, level) for row, level in placed],
        "annotations": [words for row, level in placed for words in _words_of(row, level)],
    }
    figure.update_layout({name: [*(layout[name] or ()), *pieces] for name, pieces in more.items()})


def _ends_of(row: Row) -> list[float]:
    return [float(row["low"]), float(row["high"])] if row["qualifier"] == "range" else [middle_of(row)]


def _stem_of(row: Row, level: int) -> dict[str, Any]:
    """The line from zero to the mark of a row."""
    ends = {"x0": 0, "x1": _ends_of(row)[0], "y0": level, "y1": level}
    return {"type": "line", **ends, "line": {"color": GRID, "width": 2}, "layer": "below"}


def _marks_of(row: Row, level: int) -> list[go.Scatter]:
    """The mark of a row, over a bar between the two ends of a range."""
    ends, colour = _ends_of(row), KIND_COLORS[row["kind"]]
    bar = {"line": {"color": colour, "width": 9}, "opacity": 0.45, "hoverinfo": "skip"}
    mark = go.Scatter(
        x=ends,
        y=[level] * len(ends),
        mode="markers",
        marker=_marker(row, colour),
        cliponaxis=False,
        customdata=[row["figure_id"]] * len(ends),
        hovertemplate=hover_of(row) + "<extra></extra>",
        name=row["label"],
    )
    return [go.Scatter(x=ends, y=[level, level], mode="lines", **bar), mark] if len(ends) == 2 else [mark]


def _words_of(row: Row, level: int) -> list[dict[str, Any]]:
    """The arrow of an open figure, the label of a row above its mark, and its number beside it."""
    at, colour = _ends_of(row)[-1], KIND_COLORS[row["kind"]]
    label = {
        "x": 0,
        "text": label_of(row),
        "align": "left",
        "yanchor": "bottom",
        "yshift": 9,
        "font": {"size": TEXT_SIZE, "color": INK},
    }
    said = {
        "x": at,
        "text": f"<b>{say_value(row)}</b>",
        "xshift": ARROW + 16 if row["qualifier"] in OPEN_UP else 12,
        "font": {"size": TEXT_SIZE, "color": colour},
    }
    held = {"y": level, "showarrow": False, "xanchor": "left"}
    return [*_arrow_of(row, at, level, colour), label | held, said | held]


def _marker(row: Row, colour: str) -> dict[str, Any]:
    hollow = row["qualifier"] not in ("exact", "range")
    return {
        "symbol": SYMBOLS.get(row["qualifier"], "circle-open"),
        "size": 13 if hollow or row["qualifier"] == "exact" else 18,
        "color": colour,
        "line": {"color": colour, "width": 2.5},
    }


def _arrow_of(row: Row, at: float, level: int, colour: str) -> list[dict[str, Any]]:
    if not is_open(row):
        return []
    way = 1 if row["qualifier"] in OPEN_UP else -1
    arrow = {
        "x": at,
        "y": level,
        "ax": -way * ARROW,
        "ay": 0,
        "xshift": way * (ARROW + 8),
        "text": "",
        "showarrow": True,
        "arrowhead": 2,
        "arrowsize": 1.1,
        "arrowwidth": 2,
        "arrowcolor": colour,
    }
    return [arrow]


def counts_over_time(frame: pd.DataFrame, events: pd.DataFrame, years: tuple[int, int]) -> go.Figure:
    """Figures on a time axis, each as wide as its date is uncertain, with the stretches that hold no figure marked.

    Each class of mark has its own colour and symbol; the exact counts are in front. `events` are laid under the chart as
    spans on a strip of their own; an empty frame leaves the strip out.
    """
    rows = [
        row for row in newest(frame, MOST_MARKS).sort_values(["date", "figure_id"]).to_dict("records") if row["date"]
    ]
    figure = go.Figure()
    for name in reversed(MARKS):
        group = [row for row in rows if row["mark"] == name]
        if group:
            _draw_class(figure, group, name)
    for gap in gaps_between([span_of(row["date"]) for row in rows]):
        _draw_gap(figure, gap)
    has_strip = not events.empty
    say_cut(figure, frame, MOST_MARKS)
    _lay_out_time(figure, rows, years, has_strip)
    _draw_names(figure, rows)
    if has_strip:
        _draw_strip(figure, events)
    return figure


def _draw_class(figure: go.Figure, rows: Sequence[Row], name: str) -> None:
    colour, symbol, size = MARKS[name]
    open_always = name == "outdated or conflicting"
    width = 5 if name in ("counts", "before 2001") else 3
    draw_dated(figure, rows, name, Look(colour, symbol, size, width, open_always))


class Look(NamedTuple):
    """How the marks of a group look; hedged figures are hollow, or all where `hollow` is set."""

    colour: str
    symbol: str
    size: int = 10
    width: int = 4
    hollow: bool = False


def draw_dated(figure: go.Figure, rows: Sequence[Row], name: str, look: Look) -> None:
    """Dated figures of one group as one trace: spans as wide as the date is uncertain, ranges from end to end, arrows
    where a figure is open above or below."""
    x, y, ids, texts = _points_of(rows)
    figure.add_traces(arrows_of(rows, look.colour))
    symbols = [f"{look.symbol}-open" if hedged or look.hollow else look.symbol for hedged in _hedged(rows)]
    figure.add_trace(
        go.Scatter(
            x=x,
            y=y,
            mode="lines+markers",
            connectgaps=False,
            name=name,
            customdata=ids,
            text=texts,
            hovertemplate="%{text}<extra></extra>",
            line={"color": look.colour, "width": look.width},
            marker={
                "symbol": symbols,
                "size": look.size,
                "color": look.colour,
                "line": {"color": look.colour, "width": 2},
            },
            cliponaxis=False,
        )
    )


def _named_on_chart(rows: Sequence[Row]) -> list[tuple[Row, bool]]:
    """The figures that carry their number on the chart, and whether above: the first and last count, the brief's own.

    The counts fall over the years, so that there is room above and to the right of the first of them, and below and to
    the left of the others.
    """
    counts = [row for row in rows if row["mark"] == "counts"] or list(rows)
    named = {row["figure_id"]: (row, False) for row in rows if row["source_id"] == "brief-2012"}
    named |= {row["figure_id"]: (row, row is counts[0] and len(counts) > 1) for row in (counts[0], counts[-1])}
    return [(row, above or bool(row["date"] < "1990")) for row, above in named.values()]


def _draw_names(figure: go.Figure, rows: Sequence[Row]) -> None:
    names: dict[str, list[Name]] = {}
    for row, above in _named_on_chart(rows):
        names.setdefault(MARKS[row["mark"]][0], []).append(_name_of(row, above))
    figure.add_traces([names_of(those, colour) for colour, those in names.items()])


def _name_of(row: Row, above: bool) -> Name:
    span = span_of(row["date"])
    said = f"<b>{say_value(row)}</b>"
    if above:
        return Name(span.last, largest_of(row), said, "top right")
    return Name(span.first, largest_of(row), f"{said}<br>{say_as_of(row)}", "bottom left")


def gaps_between(spans: list[Span | None], shortest_years: int = 10) -> list[Span]:
    """Stretches of at least so many years between two dated figures in which there is none."""
    known = sorted(span for span in spans if span)
    pairs = itertools.pairwise(known)
    return [
        Span(before.last, after.first)
        for before, after in pairs
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
        "font": {"size": SMALL_SIZE, "color": MUTED},
    }
    figure.add_vrect(x0=gap.first, x1=gap.last, fillcolor=SHADE, line_width=0, layer="below", label=label)


def _lay_out_time(figure: go.Figure, rows: Sequence[Row], years: tuple[int, int], has_strip: bool) -> None:
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
        tickfont={"size": SMALL_SIZE, "color": MUTED},
        fixedrange=True,
    )
    figure.update_yaxes(
        range=[min(values) - pad, max(values) + pad],
        gridcolor=GRID,
        tickformat=",d",
        nticks=6,
        tickfont={"size": SMALL_SIZE, "color": MUTED},
        fixedrange=True,
        domain=[0.3, 1] if has_strip else [0, 1],
    )


def _draw_strip(figure: go.Figure, events: pd.DataFrame) -> None:
    rows = [(row, span_between(row["start"], row["end"])) for row in events.to_dict("records")]
    for level, (row, span) in enumerate((row, span) for row, span in rows if span):
        colour = STATUS_COLORS[row["status"]]
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
                showlegend=False,
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


def over_time(frame: pd.DataFrame, colours: dict[str, str], by: str = "stage", name_last: bool = True) -> go.Figure:
    """Figures on a time axis from zero, one colour and symbol a group, nothing joined; the last of each group is named."""
    figure = go.Figure()
    rows = [row for row in newest(frame, MOST_MARKS).sort_values("date").to_dict("records") if row["date"]]
    if not rows:
        return figure
    groups = [name for name in colours if any(row[by] == name for row in rows)]
    for number, name in enumerate(groups):
        group = [row for row in rows if row[by] == name]
        title = name if by == "stage" else group[0]["series_title"]
        draw_dated(figure, group, title, Look(colours[name], GROUP_SYMBOLS[number % len(GROUP_SYMBOLS)]))
        if name_last:
            _name_last(figure, group, colours[name])
    figure.update_layout(
        layout(
            430,
            margin={"l": room_for_numbers(max(largest_of(row) for row in rows)), "r": 16, "t": 30, "b": 34},
            showlegend=len(groups) > 1,
            legend=LEGEND,
        )
    )
    say_cut(figure, frame, MOST_MARKS)
    years = sorted(int(row["date"][:4]) for row in rows)
    figure.update_xaxes(
        type="date",
        range=[f"{years[0] - 1}-01-01", f"{years[-1] + 1}-12-31"],
        tickformat="%Y",
        dtick="M12" if years[-1] - years[0] < FEW else None,
        showgrid=False,
        linecolor=MUTED,
        tickfont={"size": SMALL_SIZE, "color": MUTED},
        fixedrange=True,
    )
    figure.update_yaxes(
        rangemode="tozero",
        dtick=1 if max(largest_of(row) for row in rows) <= FEW else None,
        gridcolor=GRID,
        tickformat=",d",
        tickfont={"size": SMALL_SIZE, "color": MUTED},
        fixedrange=True,
    )
    return figure


def _name_last(figure: go.Figure, rows: Sequence[Row], colour: str) -> None:
    last = rows[-1]
    span = span_of(last["date"])
    figure.add_annotation(
        x=span.last,
        y=largest_of(last),
        text=f"<b>{say_value(last)}</b>",
        showarrow=False,
        yshift=30 if last["qualifier"] in OPEN_UP else 14,
        xanchor="right",
        font={"size": TEXT_SIZE, "color": colour},
    )


def _points_of(rows: Sequence[Row]) -> tuple[list[Any], list[float | None], list[str | None], list[str]]:
    """Each row as its outline, a gap after it, so that no line joins two rows."""
    x: list[Any] = []
    y: list[float | None] = []
    ids: list[str | None] = []
    texts: list[str] = []
    for row in rows:
        outline = outline_of(row)
        x += [day for day, _ in outline] + [None]
        y += [value for _, value in outline] + [None]
        ids += [row["figure_id"]] * len(outline) + [None]
        texts += [hover_of(row)] * len(outline) + [""]
    return x, y, ids, texts


def outline_of(row: Row) -> list[tuple[date, float]]:
    """What a dated figure covers: a point, a span of time, a range of numbers, or a box of both."""
    span = span_of(row["date"])
    days = [span.first] if span.first == span.last else [span.first, span.last]
    if row["qualifier"] != "range":
        return [(day, largest_of(row)) for day in days]
    low, high = float(row["low"]), float(row["high"])
    if len(days) == 1:
        return [(days[0], low), (days[0], high)]
    first, last = days
    return [(first, low), (first, high), (last, high), (last, low), (first, low)]


def _hedged(rows: Sequence[Row]) -> list[bool]:
    """Whether each point that `_points_of` gives, gaps among them, is of a hedged figure."""
    return [row["qualifier"] != "exact" for row in rows for _ in range(len(outline_of(row)) + 1)]


def stacked_sums(sums: pd.DataFrame, names: dict[str, str]) -> go.Figure:
    """Sums of operations as bars by year, one colour a place, each bar carrying the ids it was added up from."""
    figure = go.Figure()
    places = [place for place in names if place in set(sums["place_id"])]
    for number, place in enumerate(places):
        part = sums[sums["place_id"] == place]
        figure.add_trace(
            go.Bar(
                x=[int(year) for year in part["year"]],
                y=[int(total) for total in part["total"]],
                name=names[place],
                marker={
                    "color": STACK_COLORS[number % len(STACK_COLORS)],
                    "pattern": {
                        "shape": STACK_PATTERNS[number % len(STACK_PATTERNS)],
                        "fillmode": "overlay",
                        "fgcolor": PAPER,
                        "fgopacity": 0.4,
                        "size": 9,
                        "solidity": 0.16,
                    },
                    "line": {"color": PAPER, "width": 1},
                },
                customdata=list(part["parts"]),
                text=[str(total) for total in part["total"]],
                textposition="inside",
                insidetextanchor="middle",
                constraintext="none",
                textfont={"size": SMALL_SIZE},
                textangle=0,
                hovertemplate="<b>%{y}</b> sets of remains (computed)<br>"
                + names[place]
                + ", %{x}<br>added up from %{customdata}<extra></extra>",
            )
        )
    figure.update_layout(
        layout(
            400,
            margin={"l": 8, "r": 8, "t": 40, "b": 34},
            barmode="stack",
            showlegend=True,
            legend=LEGEND,
            bargap=0.35,
        )
    )
    figure.update_xaxes(
        dtick=1, tickformat="d", automargin=True, tickfont={"size": SMALL_SIZE, "color": MUTED}, fixedrange=True
    )
    figure.update_yaxes(gridcolor=GRID, automargin=True, tickfont={"size": SMALL_SIZE, "color": MUTED}, fixedrange=True)
    return figure


GROUP_SYMBOLS = ("square", "circle", "diamond", "triangle-up", "cross")
