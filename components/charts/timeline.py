"""When, and in what order? Events in, a Plotly figure of lanes out; pure functions.

The most important events carry their title, all others are ticks; a mark is as wide as its date is uncertain. The figure
is laid out for the narrowest drawing that a page gives it: on a wider one the words have more air.
"""

from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from components.charts.axes import TICK_FONT
from components.charts.event_lanes import GAP, LANES, MARKED, Lane, PlacedEvent, Scale, lanes_of, title_of
from components.charts.labels import wrap
from components.charts.limits import MOST_MARKS, newest, note_cut
from components.theme import GRID, INK, MUTED, SHADE, SMALL_SIZE, STATUS_COLORS, STATUS_SYMBOLS, layout
from data.record.dates import period_in_words
from data.record.wording import Row

__all__ = ["LANES", "MARKED", "timeline"]

# Pixels: a drawing beside its rail at the narrowest, and a phone's; the names of the lanes left of the years.
WIDTH, NARROW_WIDTH, NAMES_WIDTH, RIGHT = 868, 340, 98, 8
# Pixels of a line of titles on paper and of the labels of the years; lines of the lowest drawing.
LINE_HEIGHT, YEARS_HEIGHT, LEAST_LINES = 19, 26, 12
# Air at the ends of the axis, as parts of it.
EDGE, NARROW_EDGE = 1 / 110, 1 / 40
NO_TITLE = "happened, no title here"
TICK_SYMBOLS = STATUS_SYMBOLS | {"happened": "line-ns-open"}
LEGEND: dict[str, Any] = {"orientation": "h", "x": 0, "y": -0.01, "yanchor": "top", "font": {"size": SMALL_SIZE}}


class Level(NamedTuple):
    """A placed event and how far down the drawing it is, in lines of titles."""

    event: PlacedEvent
    y: float


def timeline(events: pd.DataFrame, years: tuple[int, int], is_narrow: bool = False) -> go.Figure:
    """Lanes of dated events between two years, one mark an event; undated ones are not drawn (the page lists them).

    A narrow one has no titles, its key events are larger marks, and the name of a lane stands above its marks.
    """
    first, last = date(years[0], 1, 1), date(years[1], 12, 31)
    edge = (last - first) * (NARROW_EDGE if is_narrow else EDGE)
    pixels = NARROW_WIDTH if is_narrow else WIDTH - NAMES_WIDTH - RIGHT
    scale = Scale(first - edge, last + edge, pixels)
    lanes = lanes_of(newest(events, MOST_MARKS), scale, not is_narrow)
    heights = [lane.height + is_narrow for lane in lanes]
    tops = [0.0, *accumulate(heights)]
    levels = [level for lane, top in zip(lanes, tops, strict=False) for level in _levels(lane, top + is_narrow)]
    figure = go.Figure(
        [*_key_traces(levels), *_tick_traces(levels)],
        _layout_of(
            [
                *(_name_of_lane(lane, top, is_narrow) for lane, top in zip(lanes, tops, strict=False)),
                *(_title(level) for level in levels if level.event.title in ("after", "before")),
            ],
            [_band(top, height) for top, height in list(zip(tops, heights, strict=False))[::2]],
            tops[-1],
            scale,
            is_narrow,
        ),
    )
    note_cut(figure, events, MOST_MARKS)
    return figure


def _levels(lane: Lane, top: float) -> list[Level]:
    """Each event of a lane that begins so far down: titles in the middle of their lines, ticks on thin lines below them."""
    return [
        Level(event, top + (lane.level_of_line(event.line) if event.title else lane.level_of_ticks(event.line)))
        for event in lane.placed
    ]


def _key_traces(levels: Sequence[Level]) -> list[go.Scatter]:
    """The events with titles, one trace a status in the order of the legend."""
    titled = [level for level in levels if level.event.title]
    return [
        _trace(
            status, [level for level in titled if level.event.row["status"] == status], STATUS_SYMBOLS[status], 10, 5
        )
        for status in STATUS_COLORS
        if any(level.event.row["status"] == status for level in titled)
    ]


def _tick_traces(levels: Sequence[Level]) -> list[go.Scatter]:
    """All other events, one trace a status; the legend names a status once, and what a tick is."""
    ticks = [level for level in levels if not level.event.title]
    titled = {level.event.row["status"] for level in levels if level.event.title}
    traces = []
    for status in STATUS_COLORS:
        found = [level for level in ticks if level.event.row["status"] == status]
        if found:
            is_fact = status == "happened"
            trace = _trace(NO_TITLE if is_fact else status, found, TICK_SYMBOLS[status], 4 if is_fact else 6, 3)
            traces.append(trace.update(showlegend=is_fact or status not in titled))
    return traces


def _trace(name: str, levels: Sequence[Level], symbol: str, size: float, width: float) -> go.Scatter:
    """Marks of one look; between the first and the last day that a date can mean, a bar."""
    color = STATUS_COLORS[levels[0].event.row["status"]]
    x: list[date | None] = []
    y: list[float | None] = []
    texts: list[str] = []
    ids: list[str | None] = []
    for level in levels:
        span, row = level.event.span, level.event.row
        days = [span.first] if span.first == span.last else [span.first, span.last]
        x += [*days, None]
        y += [*[level.y] * len(days), None]
        texts += [*[_hover_text(row)] * len(days), ""]
        ids += [*[str(row["event_id"])] * len(days), None]
    return go.Scatter(
        x=x,
        y=y,
        text=texts,
        customdata=ids,
        mode="lines+markers",
        name=name,
        line={"color": color, "width": width},
        marker={"symbol": symbol, "size": size, "color": color, "opacity": 1, "line": {"width": 2, "color": color}},
        hovertemplate="%{text}<extra></extra>",
        selected={"marker": {"size": 15}},
        unselected={"marker": {"opacity": 1}},
    )


def _hover_text(row: Row) -> str:
    """What the pointer reads at a mark: title, day, what became of it, who says so."""
    when = period_in_words(row["start"], row["end"])
    lines = [f"<b>{wrap(row['title'])}</b>", when if row["status"] == "happened" else f"{when} · {row['status']}"]
    return "<br>".join([*lines, wrap(row["attributed_to"])])


def _title(level: Level) -> dict[str, Any]:
    event = level.event
    is_before = event.title == "before"
    at, anchor = (event.span.first, "right") if is_before else (event.span.last, "left")
    place = {"x": at, "y": level.y, "xanchor": anchor, "xshift": -GAP if is_before else GAP}
    return place | {"text": title_of(event.row), "showarrow": False, "font": {"size": SMALL_SIZE, "color": INK}}


def _name_of_lane(lane: Lane, top: float, is_narrow: bool) -> dict[str, Any]:
    """The name at the left of the years, in two lines where it has more words; on a narrow drawing above the marks."""
    name = lane.name[:1].upper() + lane.name[1:]
    lines = [name] if is_narrow else name.rsplit(" ", 1)
    place = {"x": 0, "xref": "paper", "y": top, "xanchor": "left", "yanchor": "top", "align": "left"}
    shift = 4 if is_narrow else 4 - NAMES_WIDTH
    return place | {
        "text": "<br>".join(f"<b>{line}</b>" for line in lines),
        "showarrow": False,
        "xshift": shift,
        "font": {"size": SMALL_SIZE, "color": MUTED},
    }


def _band(top: float, height: float) -> dict[str, Any]:
    across = {"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": top, "y1": top + height}
    return across | {"fillcolor": SHADE, "line": {"width": 0}, "layer": "below"}


def _layout_of(
    notes: list[dict[str, Any]], bands: list[dict[str, Any]], lines: float, scale: Scale, is_narrow: bool
) -> dict[str, Any]:
    left, right = (8, 8) if is_narrow else (NAMES_WIDTH, RIGHT)
    return layout(
        round(max(lines, LEAST_LINES) * LINE_HEIGHT) + YEARS_HEIGHT + 8,
        margin={"l": left, "r": right, "t": YEARS_HEIGHT, "b": 8},
        annotations=notes,
        shapes=bands,
        showlegend=not is_narrow,
        legend=LEGEND,
        yaxis={"visible": False, "range": [lines, 0], "fixedrange": True},
        xaxis={
            "range": [scale.first, scale.last],
            "type": "date",
            "side": "top",
            "gridcolor": GRID,
            "tickfont": TICK_FONT,
            "fixedrange": True,
        },
    )
