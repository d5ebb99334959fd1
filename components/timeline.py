"""When, and in what order? Events in, a Plotly figure of lanes out; pure functions.

An event is as wide as its date is uncertain. Within a lane, events that would touch stand on lines of their own, their
titles beside them; where titles are left off (narrow screens), only the spans themselves must not touch.
"""

from datetime import date
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from components.charts import wrap
from components.theme import GRID, INK, MUTED, SHADE, SMALL_SIZE, STATUS_COLOURS, STATUS_SYMBOLS, TEXT_SIZE, layout
from data.dates import Span, say_period, span_between
from data.say import Row

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
    "law and organisations",
    "archives",
    "identification",
)
BRIEF = "brief-2012"
MARKED = {"fell through": " (plan, fell through)", "planned": " (plan)", "claimed": " (claim)"}


class Placed(NamedTuple):
    """An event, its span and the line of its lane on which it stands.

    `title` is "after", "before" (to the left of the mark) or "" where there is no room for it.
    """

    row: Row
    span: Span
    line: int
    title: str


def timeline(events: pd.DataFrame, years: tuple[int, int], titled: bool = True) -> go.Figure:
    """Lanes of dated events between two years, one mark an event; undated ones are not drawn (the page lists them).

    The brief's events are ringed and titled in bold.
    """
    figure = go.Figure()
    first, last = date(years[0], 1, 1), date(years[1], 12, 31)
    level, lanes = 0, []
    for lane in [name for name in LANES if name in set(events["lane"])]:
        placed = place_in_lines(events[events["lane"] == lane], first, last, titled)
        lines = 1 + max((event.line for event in placed), default=0)
        lanes.append((lane, level, lines))
        for event in placed:
            _draw_event(figure, event, level + 1 + event.line)
        level += lines + 1
    _lay_out(figure, lanes, level, first, last)
    return figure


def place_in_lines(events: pd.DataFrame, first: date, last: date, titled: bool) -> list[Placed]:
    """Events of one lane on as few lines as keep spans and titles from touching.

    Events of the brief are placed first and always carry their title; of the others those that find room on the first
    lines do, and the rest stand without one (a pointer and the list below tell it).
    """
    letter = (last - first) / WIDTH_IN_LETTERS
    lines: list[list[tuple[date, date]]] = []
    placed = []
    order = events.assign(other=events["source_id"] != BRIEF).sort_values(["other", "start", "event_id"])
    for row in order.to_dict("records"):
        span = span_between(row["start"], row["end"])
        if not span or span.last < first or span.first > last:
            continue
        room = (min(len(row["title"]), TITLE_LETTERS) + len(MARKED.get(row["status"], "")) + 4) * letter
        bare = (span.first - letter, span.last + 2 * letter)
        wanted = [(bare, "")]
        if titled:
            wanted = [
                ((bare[0], span.last + room), "after"),
                ((span.first - room, bare[1]), "before"),
                *([] if row["source_id"] == BRIEF else wanted),
            ]
        place, title, line = _first_fit(wanted, lines, last)
        lines.extend([] for _ in range(line + 1 - len(lines)))
        lines[line].append(place)
        placed.append(Placed(row, span, line, title))
    return placed


Place = tuple[date, date]


def _first_fit(wanted: list[tuple[Place, str]], lines: list[list[Place]], last: date) -> tuple[Place, str, int]:
    """The first place wanted, and the first line, that are free; titles that may be left off use the first lines only."""
    for place, title in wanted:
        if title == "after" and place[1] > last:
            continue
        may_go_without = title and len(wanted) == 3
        for number in range(MOST_TITLED_LINES if may_go_without else len(lines) + 1):
            if number >= len(lines) or all(end < place[0] or start > place[1] for start, end in lines[number]):
                return place, title, number
    raise AssertionError("a new line is always free")


def _draw_event(figure: go.Figure, event: Placed, level: int) -> None:
    row, span = event.row, event.span
    colour = STATUS_COLOURS[row["status"]]
    hover = f"<b>{wrap(row['title'])}</b><br>{say_period(row['start'], row['end'])} · {row['status']}<br>{wrap(row['summary'])}<br>{wrap(row['attributed_to'])}<extra></extra>"
    marker = {
        "symbol": STATUS_SYMBOLS[row["status"]],
        "size": 10,
        "color": colour,
        "line": {"width": 2.2, "color": colour},
    }
    days = [span.first] if span.first == span.last else [span.first, span.last]
    figure.add_trace(
        go.Scatter(
            x=days,
            y=[level] * len(days),
            mode="lines+markers",
            line={"color": colour, "width": 5},
            marker=marker,
            customdata=[row["event_id"]] * len(days),
            hovertemplate=hover,
            name=row["title"],
        )
    )
    if event.title:
        _draw_title(figure, event, level)


def _draw_title(figure: go.Figure, event: Placed, level: int) -> None:
    title = event.row["title"]
    text = title if len(title) <= TITLE_LETTERS else title[: TITLE_LETTERS - 1].rsplit(" ", 1)[0] + " …"
    text += MARKED.get(event.row["status"], "")
    if event.row["source_id"] == BRIEF:
        text = f"<b>{text}</b>"
    at, anchor, shift = (event.span.first, "right", -9) if event.title == "before" else (event.span.last, "left", 9)
    figure.add_annotation(
        x=at,
        y=level,
        text=text,
        showarrow=False,
        xanchor=anchor,
        xshift=shift,
        font={"size": SMALL_SIZE, "color": INK},
    )


def _lay_out(figure: go.Figure, lanes: list[tuple[str, int, int]], levels: int, first: date, last: date) -> None:
    for number, (lane, level, lines) in enumerate(lanes):
        if number % 2 == 0:
            figure.add_hrect(y0=level - 0.5, y1=level + lines + 0.5, fillcolor=SHADE, line_width=0, layer="below")
        figure.add_annotation(
            x=0,
            xref="paper",
            y=level,
            text=f"<b>{lane}</b>",
            showarrow=False,
            xanchor="left",
            xshift=4,
            font={"size": TEXT_SIZE, "color": MUTED},
        )
    figure.update_layout(layout(max(levels, 3) * LINE_HEIGHT + 60, margin={"l": 8, "r": 8, "t": 40, "b": 8}))
    figure.update_yaxes(visible=False, range=[levels - 0.4, -0.6], fixedrange=True)
    edge = (last - first) / 60
    figure.update_xaxes(
        range=[first - edge, last + edge],
        type="date",
        side="top",
        gridcolor=GRID,
        tickfont={"size": SMALL_SIZE, "color": MUTED},
        fixedrange=True,
    )
