"""When, and in what order? Events in, a Plotly figure of lanes out; pure functions.

An event is as wide as its date is uncertain. Within a lane, events that would touch stand on lines of their own, their
titles beside them; where titles are left off (narrow screens), only the spans themselves must not touch.
"""

from datetime import date
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from components.charts.axes import TICK_FONT
from components.charts.labels import wrap
from components.charts.limits import MOST_MARKS, newest, note_cut
from components.theme import GRID, INK, MUTED, SHADE, SMALL_SIZE, STATUS_COLORS, STATUS_SYMBOLS, TEXT_SIZE, layout
from data.record.dates import Span, period_in_words, span_between
from data.record.tables import BRIEF
from data.record.wording import Row

LINE_HEIGHT = 23
WIDTH_IN_LETTERS = 165
TITLE_LETTERS = 62
MOST_TITLED_LINES = 9
LANES = (
    "war",
    "prisoners",
    "returns",
    "joint operations",
    "talks",
    "law and organizations",
    "archives",
    "identification",
)
Interval = tuple[date, date]
MARKED = {"fell through": " (plan, fell through)", "planned": " (plan)", "claimed": " (claim)"}


class PlacedEvent(NamedTuple):
    """An event, its span and the line of its lane on which it stands.

    `title` is "after", "before" (to the left of the mark) or "" where there is no room for it.
    """

    row: Row
    span: Span
    line: int
    title: str


def timeline(events: pd.DataFrame, years: tuple[int, int], titled: bool = True) -> go.Figure:
    """Lanes of dated events between two years, one mark an event; undated ones are not drawn (the page lists them).

    The brief's events are titled in bold.
    """
    drawn, first, last = newest(events, MOST_MARKS), date(years[0], 1, 1), date(years[1], 12, 31)
    marks: list[go.Scatter] = []
    notes: list[dict[str, Any]] = []
    bands: list[dict[str, Any]] = []
    level = 0
    for number, lane in enumerate(name for name in LANES if name in set(drawn["lane"])):
        placed = place_in_lines(drawn[drawn["lane"] == lane], first, last, titled)
        lines = 1 + max((event.line for event in placed), default=0)
        marks += [_mark_of(event, level + 1 + event.line) for event in placed]
        notes += [
            _name_of_lane(lane, level),
            *(_title_of(event, level + 1 + event.line) for event in placed if event.title),
        ]
        bands += [_band(level, lines)] if number % 2 == 0 else []
        level += lines + 1
    figure = go.Figure(marks, _layout_of(notes, bands, level, first, last))
    note_cut(figure, events, MOST_MARKS)
    return figure


def place_in_lines(events: pd.DataFrame, first: date, last: date, titled: bool) -> list[PlacedEvent]:
    """Events of one lane on as few lines as keep spans and titles from touching.

    Events of the brief are placed first and always carry their title; of the others those that find room on the first
    lines do, and the rest stand without one (the pointer and the list below have it).
    """
    letter = (last - first) / WIDTH_IN_LETTERS
    lines: list[list[Interval]] = []
    placed = []
    order = events.assign(other=events["source_id"] != BRIEF).sort_values(["other", "start", "event_id"])
    for row in order.to_dict("records"):
        span = span_between(row["start"], row["end"])
        if not span or span.last < first or span.first > last:
            continue
        room = (min(len(row["title"]), TITLE_LETTERS) + len(MARKED.get(row["status"], "")) + 4) * letter
        bare = (span.first - letter, span.last + 2 * letter)
        candidates = [(bare, "")]
        if titled:
            candidates = [
                ((bare[0], span.last + room), "after"),
                ((span.first - room, bare[1]), "before"),
                *([] if row["source_id"] == BRIEF else candidates),
            ]
        interval, title, line = _first_fit(candidates, lines, last)
        lines.extend([] for _ in range(line + 1 - len(lines)))
        lines[line].append(interval)
        placed.append(PlacedEvent(row, span, line, title))
    return placed


def _first_fit(
    candidates: list[tuple[Interval, str]], lines: list[list[Interval]], last: date
) -> tuple[Interval, str, int]:
    """The first candidate, and the first line, that are free; titles that may be left off use the first lines only."""
    for interval, title in candidates:
        if title == "after" and interval[1] > last:
            continue
        may_go_without = title and len(candidates) == 3
        for number in range(MOST_TITLED_LINES if may_go_without else len(lines) + 1):
            if number >= len(lines) or all(end < interval[0] or start > interval[1] for start, end in lines[number]):
                return interval, title, number
    raise AssertionError("a new line is always free")


def _mark_of(event: PlacedEvent, level: int) -> go.Scatter:
    row, span = event.row, event.span
    color = STATUS_COLORS[row["status"]]
    lines = [f"<b>{wrap(row['title'])}</b>", f"{period_in_words(row['start'], row['end'])} · {row['status']}"]
    lines += [wrap(row["summary"]), wrap(row["attributed_to"])]
    symbol = {
        "symbol": STATUS_SYMBOLS[row["status"]],
        "size": 10,
        "color": color,
        "line": {"width": 2.2, "color": color},
    }
    days = [span.first] if span.first == span.last else [span.first, span.last]
    return go.Scatter(
        x=days,
        y=[level] * len(days),
        mode="lines+markers",
        line={"color": color, "width": 5},
        marker=symbol,
        customdata=[row["event_id"]] * len(days),
        hovertemplate="<br>".join(lines) + "<extra></extra>",
        name=row["title"],
    )


def _title_of(event: PlacedEvent, level: int) -> dict[str, Any]:
    title = event.row["title"]
    text = title if len(title) <= TITLE_LETTERS else title[: TITLE_LETTERS - 1].rsplit(" ", 1)[0] + " …"
    text += MARKED.get(event.row["status"], "")
    if event.row["source_id"] == BRIEF:
        text = f"<b>{text}</b>"
    at, anchor, shift = (event.span.first, "right", -9) if event.title == "before" else (event.span.last, "left", 9)
    return {"x": at, "y": level, "text": text, "showarrow": False, "xanchor": anchor, "xshift": shift} | _font(
        SMALL_SIZE, INK
    )


def _name_of_lane(lane: str, level: int) -> dict[str, Any]:
    place = {"x": 0, "xref": "paper", "y": level, "xanchor": "left", "xshift": 4}
    return place | {"text": f"<b>{lane}</b>", "showarrow": False} | _font(TEXT_SIZE, MUTED)


def _font(size: int, color: str) -> dict[str, Any]:
    return {"font": {"size": size, "color": color}}


def _band(level: int, lines: int) -> dict[str, Any]:
    across = {"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": level - 0.5, "y1": level + lines + 0.5}
    return across | {"fillcolor": SHADE, "line": {"width": 0}, "layer": "below"}


def _layout_of(
    notes: list[dict[str, Any]], bands: list[dict[str, Any]], levels: int, first: date, last: date
) -> dict[str, Any]:
    edge = (last - first) / 60
    return layout(
        max(levels, 3) * LINE_HEIGHT + 60,
        margin={"l": 8, "r": 8, "t": 40, "b": 8},
        annotations=notes,
        shapes=bands,
        yaxis={"visible": False, "range": [levels - 0.4, -0.6], "fixedrange": True},
        xaxis={
            "range": [first - edge, last + edge],
            "type": "date",
            "side": "top",
            "gridcolor": GRID,
            "tickfont": TICK_FONT,
            "fixedrange": True,
        },
    )
