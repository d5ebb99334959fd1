"""How does a figure stand on an axis of time? As wide as its date is uncertain, as high as its range, joined to no other."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import plotly.graph_objects as go

from components.charts.labels import arrow_traces, hover_text, largest_of
from data.record.dates import span_of
from data.record.wording import Row


class Look(NamedTuple):
    """How the marks of a group look; hedged figures are hollow, or all where `is_hollow` is set. Sizes in pixels."""

    color: str
    symbol: str
    size: int = 10
    width: int = 4
    is_hollow: bool = False


def draw_dated(figure: go.Figure, rows: Sequence[Row], name: str, look: Look) -> None:
    """Dated figures of one group as one trace: spans as wide as the date is uncertain, ranges from end to end, arrows
    where a figure is open above or below."""
    x, y, ids, texts = _points_of(rows)
    figure.add_traces(arrow_traces(rows, look.color))
    symbols = [f"{look.symbol}-open" if hedged or look.is_hollow else look.symbol for hedged in _are_hedged(rows)]
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
            line={"color": look.color, "width": look.width},
            marker={
                "symbol": symbols,
                "size": look.size,
                "color": look.color,
                "line": {"color": look.color, "width": 2},
            },
            cliponaxis=False,
        )
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
    span = span_of(row["date"])
    days = [span.first] if span.first == span.last else [span.first, span.last]
    if row["qualifier"] != "range":
        return [(day, largest_of(row)) for day in days]
    low, high = float(row["low"]), float(row["high"])
    if len(days) == 1:
        return [(days[0], low), (days[0], high)]
    first, last = days
    return [(first, low), (first, high), (last, high), (last, low), (first, low)]
