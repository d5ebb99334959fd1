"""How did the number unaccounted for change? Frames of figures in, a Plotly figure on an axis of dates out; pure functions.

A figure is drawn where a number was printed. A thin line joins the pairs of counts that it is given, and no others.
Years before the chart's own are in a narrow strip at its left, on the same scale of numbers. Stretches of years without
any figure are shaded and named.
"""

import itertools
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from components.charts.axes import LEGEND, TICK_FONT, foot_of_axis, note_start_of_axis
from components.charts.dated import Look, draw_dated, joined_trace
from components.charts.flags import draw_flags, flags_of
from components.charts.gaps import draw_gap, gaps_between, words_of_gap
from components.charts.labels import Name, largest_of, names_trace
from components.charts.limits import MOST_MARKS, newest_dated, note_cut
from components.charts.phone import Phone, Seat, seats_of
from components.theme import (
    BORDER,
    GRID,
    INK,
    LILAC,
    MUTED,
    NAVY,
    ORANGE,
    PLUM,
    SMALL_SIZE,
    TEAL,
    color_of_words,
    layout,
    room_for_numbers,
)
from data.query.joins import rows_of_pairs
from data.record.dates import span_of
from data.record.tables import BRIEF
from data.record.wording import Row, as_of_in_words, value_in_words

# Classes of marks among the numbers unaccounted for: color, symbol, size. The counts come first.
MARKS = {
    "counts": (NAVY, "circle", 11),
    "before 2001": (INK, "circle", 10),
    "rounded or hedged": (TEAL, "circle", 8),
    "other exact numbers": (LILAC, "square", 8),
    "printed as missing": (PLUM, "diamond", 8),
    "outdated or conflicting": (ORANGE, "x", 8),
}
# Parts of the width: where the strip of earlier years ends, and where the chart's own begin.
STRIP_END, MAIN_START = 0.2, 0.23
# Parts of the height: what the flags of events take below, and the pace of each period above.
FLAGS_TOP, PACE_FOOT = 0.24, 0.885
# Air below the lowest figure, as a part of that above the highest: the name of the newest count is there.
ROOM_BELOW = 1.5


class Pace(NamedTuple):
    """A period between two counts, and what is said of it in a few words."""

    first: date
    last: date
    text: str


class Reading(NamedTuple):
    """What is known of the figures beside their own cells.

    `start` is the first year of the chart's own axis; what is older is in the strip. `official` are the ids of the counts
    that are drawn filled, all exact ones where it is None; `pairs` those that a line joins; `is_whole` says that no
    choice leaves out figures of the classes shown, so that a gap is one of the record.
    """

    start: int | None = None
    official: frozenset[str] | None = None
    pairs: Sequence[tuple[str, str]] = ()
    paces: Sequence[Pace] = ()
    is_whole: bool = True


def counts_over_time(
    frame: pd.DataFrame, events: pd.DataFrame, years: tuple[int, int], reading: Reading | None = None
) -> go.Figure:
    """Figures on a time axis, each as wide as its date is uncertain, with the stretches that hold no figure marked.

    Each class of mark has its own color and symbol; the counts are in front. `events` are laid over the chart as
    numbered flags, as far as they are of the years drawn; an empty frame leaves them out.
    """
    known = reading or Reading()
    rows = newest_dated(frame, "figure_id")
    axes = _axes_of(rows, years, known.start)
    flags = flags_of(events, axes, {"x": 1 - MAIN_START if "x2" in axes else 1, "x2": STRIP_END})
    figure = go.Figure()
    _draw_joins(figure, rows, known.pairs, axes)
    for name in reversed(MARKS):
        _draw_class(figure, name, [row for row in rows if row["mark"] == name], known.official, axes)
    note_cut(figure, frame, MOST_MARKS)
    _lay_out(figure, rows, axes, has_flags=bool(flags))
    phone = Phone(figure, axes)
    _draw_names(figure, rows, axes, phone)
    for gap in gaps_between([span_of(row["date"]) for row in rows]):
        words = words_of_gap(gap, known.is_whole)
        draw_gap(figure, gap, axes, words, room=lambda axis, day: phone.room_above_foot(phone.x(axis, day)))
    _draw_paces(figure, known.paces, axes, phone)
    if flags:
        draw_flags(figure, flags, axes)
    note_start_of_axis(figure)
    return figure


def _axes_of(rows: Sequence[Row], years: tuple[int, int], start: int | None) -> dict[str, tuple[date, date]]:
    """First and last day of each horizontal axis: the chart's own, and the strip of what is older, where there is one.

    Where fewer than two figures are of the chart's own years, all years are on one axis.
    """
    first, last = date(years[0], 1, 1), date(years[1], 12, 31)
    if start is None or not years[0] < start <= years[1]:
        return {"x": (first, last)}
    begin = date(start, 1, 1)
    if sum(span_of(row["date"]).last >= begin for row in rows) < 2:
        return {"x": (first, last)}
    if all(span_of(row["date"]).last >= begin for row in rows):
        return {"x": (begin, last)}
    return {"x": (begin, last), "x2": (first, date(start - 1, 12, 31))}


def _axis_of(row: Row, axes: dict[str, tuple[date, date]]) -> str:
    return "x" if span_of(row["date"]).last >= axes["x"][0] else "x2"


def _draw_class(
    figure: go.Figure,
    name: str,
    rows: Sequence[Row],
    official: frozenset[str] | None,
    axes: dict[str, tuple[date, date]],
) -> None:
    """The figures of a class, in the strip and on the chart: the brief's and the last in front; a filled one is in the legend."""
    filled: list[Row] = []
    leading: list[Row] = []
    hollow: list[Row] = []
    for row in rows:
        if official is None or name != "counts" or row["figure_id"] in official:
            filled.append(row)
        else:
            (leading if row["source_id"] == BRIEF or row is rows[-1] else hollow).append(row)
    parts = [hollow, filled, leading]
    drawn: dict[bool, go.Scatter] = {}
    for axis, part in itertools.product(reversed(axes), parts):
        of_axis = [row for row in part if _axis_of(row, axes) == axis]
        if of_axis:
            count = len(figure.data)
            draw_dated(figure, of_axis, name, _look_of_class(name, is_hollow=part is not filled))
            figure.data[-1].update(legendrank=list(MARKS).index(name) + 1, showlegend=False)
            for trace in figure.data[count:]:
                trace.update(xaxis=axis)
            drawn[part is filled] = figure.data[-1]
    if drawn:
        drawn[max(drawn)].showlegend = True


def _look_of_class(name: str, is_hollow: bool) -> Look:
    color, symbol, size = MARKS[name]
    width = 5 if name in ("counts", "before 2001") else 3
    return Look(color, symbol, size, width, is_hollow=is_hollow or name == "outdated or conflicting", covers=True)


def _draw_joins(
    figure: go.Figure, rows: Sequence[Row], pairs: Sequence[tuple[str, str]], axes: dict[str, tuple[date, date]]
) -> None:
    """A thin line between the two counts of each pair that are both on the chart's own axis."""
    joined = rows_of_pairs([row for row in rows if _axis_of(row, axes) == "x"], pairs)
    if joined:
        figure.add_trace(joined_trace(joined, NAVY))


def _named_on_chart(rows: Sequence[Row]) -> list[tuple[Row, bool]]:
    """The figures that carry their number on the chart, and whether above: the first and last count, the brief's own.

    The counts fall over the years, so that there is room above and to the right of the first of them, and below and to
    the left of the others.
    """
    counts = [row for row in rows if row["mark"] == "counts"] or list(rows)
    named = {row["figure_id"]: (row, False) for row in rows if row["source_id"] == BRIEF}
    named |= {row["figure_id"]: (row, row is counts[0] and len(counts) > 1) for row in (counts[0], counts[-1])}
    return [(row, is_above or bool(row["date"] < "1990")) for row, is_above in named.values()]


def _draw_names(figure: go.Figure, rows: Sequence[Row], axes: dict[str, tuple[date, date]], phone: Phone) -> None:
    names: dict[tuple[str, str], list[Name]] = {}
    for row, is_above in _named_on_chart(rows) if rows else ():
        axis = _axis_of(row, axes)
        name = _name_of(row, is_above)
        if not is_above and not phone.has_room_left_of(axis, name.x, name.text.split("<br>")):
            name = name._replace(side="top right")  # the counts fall: above the later ones there is room
        names.setdefault((color_of_words(MARKS[row["mark"]][0]), axis), []).append(name)
    for (color, axis), group in names.items():
        figure.add_trace(names_trace(group, color).update(xaxis=axis))


def _name_of(row: Row, is_above: bool) -> Name:
    span = span_of(row["date"])
    number = f"<b>{value_in_words(row)}</b>"
    if is_above:
        return Name(span.last, largest_of(row), number, "top right")
    return Name(span.first, largest_of(row), f"{number}<br>{as_of_in_words(row)}", "bottom left")


def _draw_paces(figure: go.Figure, paces: Sequence[Pace], axes: dict[str, tuple[date, date]], phone: Phone) -> None:
    """Periods as brackets above the figures with their pace in words, where at least half of one is on the chart's own axis."""
    start, end = axes["x"]
    cut = [pace._replace(first=max(pace.first, start), last=min(pace.last, end)) for pace in paces]
    shown = [(seen, seen.last - seen.first, pace.last - pace.first) for seen, pace in zip(cut, paces, strict=True)]
    drawn = [seen for seen, part, whole in shown if part * 2 >= whole]
    ends = [(phone.x("x", pace.first), phone.x("x", pace.last)) for pace in drawn]
    for pace, seat in zip(drawn, seats_of([pace.text for pace in drawn], ends, phone.width), strict=True):
        _draw_pace(figure, pace, seat)


def _draw_pace(figure: go.Figure, pace: Pace, seat: Seat) -> None:
    line = {"color": MUTED, "width": 1}
    height = PACE_FOOT + 0.015
    first, last = pace.first, pace.last
    for x0, x1, y0 in ((first, last, height), (first, first, PACE_FOOT), (last, last, PACE_FOOT)):
        figure.add_shape(type="line", x0=x0, x1=x1, y0=y0, y1=height, xref="x", yref="paper", line=line)
    figure.add_annotation(
        x={"first": first, "middle": first + (last - first) / 2, "last": last}[seat.place],
        xref="x",
        xanchor=seat.side,
        xshift={"left": 3, "center": 0, "right": -3}[seat.side],
        align=seat.side,
        y=height,
        yref="paper",
        yanchor="bottom",
        text=seat.text,
        showarrow=False,
        font={"size": SMALL_SIZE, "color": INK},
    )


def _lay_out(figure: go.Figure, rows: Sequence[Row], axes: dict[str, tuple[date, date]], has_flags: bool) -> None:
    values = [largest_of(row) for row in rows] or [0.0, 1.0]
    pad = max((max(values) - min(values)) * 0.18, max(values) * 0.015, 1)
    figure.update_layout(
        layout(
            560 if has_flags else 480,
            margin={"l": room_for_numbers(max(values) + pad), "r": 8, "t": 8, "b": 54},
            showlegend=len({row["mark"] for row in rows}) > 1,
            legend=LEGEND,
        )
    )
    _set_time_axes(figure, axes)
    figure.update_yaxes(
        range=[foot_of_axis(min(values) - pad * ROOM_BELOW), max(values) + pad],
        gridcolor=GRID,
        tickformat=",d",
        nticks=6,
        tickfont=TICK_FONT,
        fixedrange=True,
        domain=[FLAGS_TOP if has_flags else 0, PACE_FOOT - 0.01],
        anchor="free",
        position=0,
    )


def _set_time_axes(figure: go.Figure, axes: dict[str, tuple[date, date]]) -> None:
    shared: dict[str, Any] = {
        "type": "date",
        "showgrid": False,
        "linecolor": MUTED,
        "ticks": "outside",
        "tickcolor": BORDER,
        "tickfont": TICK_FONT,
        "tickformat": "%Y",
        "fixedrange": True,
        "anchor": "free",
        "position": 0,
    }
    has_strip = "x2" in axes
    figure.update_layout(xaxis=shared | {"range": _ends(axes["x"]), "domain": [MAIN_START if has_strip else 0, 1]})
    if not has_strip:
        return
    figure.update_layout(
        xaxis2=shared
        | {"range": _ends(axes["x2"]), "domain": [0, STRIP_END], "nticks": 3, "ticklabeloverflow": "hide past div"}
    )
    first, last = axes["x2"]
    figure.add_annotation(
        x=0,
        xref="paper",
        xanchor="left",
        y=PACE_FOOT + 0.015,
        yref="paper",
        yanchor="bottom",
        text=f"Earlier:<br>{first.year}-{last.year}",
        align="left",
        showarrow=False,
        font={"size": SMALL_SIZE, "color": MUTED},
    )


def _ends(axis: tuple[date, date]) -> list[str]:
    return [day.isoformat() for day in axis]
