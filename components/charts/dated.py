"""How does a figure stand on an axis of time? As wide as its date is uncertain, as high as its range, joined to no other."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import plotly.graph_objects as go

from components.charts.labels import (
    NOT_HOVERED,
    arrow_traces,
    day_drawn,
    hover_text,
    largest_of,
    middle_day,
    one_or_each,
)
from components.theme import PAPER
from data.record.dates import span_of
from data.record.wording import OPEN_DOWN, Row


class Look(NamedTuple):
    """How the marks of a group look; hedged figures are hollow, or all where `is_hollow` is set. Sizes in pixels.

    Where it `covers`, hollow marks are filled with paper, so that one in front of a filled one looks hollow; an
    `open_symbol` takes the place of the symbol's own hollow form. Where the `foot` of the axis is given, a figure that is
    open below is a bar from there, else it has an arrow downwards.
    """

    color: str
    symbol: str
    size: int = 10
    width: int = 4
    is_hollow: bool = False
    foot: float | None = None
    covers: bool = False
    open_symbol: str = ""

    @property
    def hollow_symbol(self) -> str:
        return self.open_symbol or (self.symbol if self.covers else f"{self.symbol}-open")


def draw_dated(figure: go.Figure, rows: Sequence[Row], name: str, look: Look) -> None:
    """Dated figures of one group as one trace: spans as wide as the date is uncertain, ranges from end to end, arrows
    where a figure is open above or below."""
    x, y, ids, texts = _points_of(rows)
    open_below = OPEN_DOWN if look.foot is not None else ()
    bars = _bars_from_foot([row for row in rows if row["qualifier"] in open_below], look)
    arrows = arrow_traces([row for row in rows if row["qualifier"] not in open_below], look.color)
    hollow = [hedged or look.is_hollow for hedged in _are_hedged(rows)]
    fill = PAPER if look.covers else look.color
    marks = go.Scatter(
        x=x,
        y=y,
        mode="lines+markers",
        connectgaps=False,
        name=name,
        customdata=ids,
        text=texts,
        hovertemplate="%{text}<extra></extra>",
        line={"color": look.color, "width": look.width},
        marker={
            "symbol": one_or_each([look.hollow_symbol if one else look.symbol for one in hollow]),
            "size": look.size,
            "color": one_or_each([fill if one else look.color for one in hollow]),
            "line": {"color": look.color, "width": 2},
        },
        cliponaxis=False,
    )
    # all at one time: Plotly looks at all that there is whenever something is added
    figure.add_traces([*bars, *arrows, marks])


def _bars_from_foot(rows: Sequence[Row], look: Look) -> list[go.Scatter]:
    """Bars from the foot of the axis up to figures that are open below, as one trace; none where none is."""
    if not rows:
        return []
    days = [middle_day(span_of(day_drawn(row))) for row in rows]
    ends = [(look.foot, largest_of(row), None) for row in rows]
    return [
        go.Scatter(
            x=[cell for day in days for cell in (day, day, None)],
            y=[cell for end in ends for cell in end],
            mode="lines",
            name="open below",
            connectgaps=False,
            line={"color": look.color, "width": look.width + 3},
            opacity=0.45,
            **NOT_HOVERED,
        )
    ]


def joined_trace(pairs: Sequence[tuple[Row, Row]], color: str) -> go.Scatter:
    """Thin lines between the two counts of each pair: from the last day of the one to the first day of the other."""
    ends = [(span_of(day_drawn(one)).last, span_of(day_drawn(other)).first) for one, other in pairs]
    return go.Scatter(
        x=[day for first, last in ends for day in (first, last, None)],
        y=[number for one, other in pairs for number in (largest_of(one), largest_of(other), None)],
        mode="lines",
        name="joined",
        connectgaps=False,
        line={"color": color, "width": 1.5},
        **NOT_HOVERED,
    )


def _points_of(rows: Sequence[Row]) -> tuple[list[Any], list[float | None], list[str | None], list[str]]:
    """Days, values, ids and hover texts: each row as its outline, a gap after it, so that no line joins two rows."""
    x: list[Any] = []
    y: list[float | None] = []
    ids: list[str | None] = []
    texts: list[str] = []
    for row in rows:
        outline = outline_of(row)
        x += [day for day, _ in outline] + [None]
        y += [value for _, value in outline] + [None]
        ids += [row["figure_id"]] * len(outline) + [None]
        texts += [hover_text(row)] * len(outline) + [""]
    return x, y, ids, texts


def _are_hedged(rows: Sequence[Row]) -> list[bool]:
    """Whether each point that `_points_of` gives, gaps among them, is of a hedged figure."""
    return [row["qualifier"] != "exact" for row in rows for _ in range(len(outline_of(row)) + 1)]


def outline_of(row: Row) -> list[tuple[date, float]]:
    """What a dated figure covers: a point, a span of time, a range of numbers, or a box of both."""
    span = span_of(day_drawn(row))
    days = [span.first] if span.first == span.last else [span.first, span.last]
    if row["qualifier"] != "range":
        return [(day, largest_of(row)) for day in days]
    low, high = float(row["low"]), float(row["high"])
    if len(days) == 1:
        return [(days[0], low), (days[0], high)]
    first, last = days
    return [(first, low), (first, high), (last, high), (last, low), (first, low)]
