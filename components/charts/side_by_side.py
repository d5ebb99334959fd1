"""How do several series compare? One chart for each measure, all on the same years; frames of figures in, a Plotly figure out.

A figure is drawn where a number was printed: hollow where it is hedged or not an office's own, as wide as its date is
uncertain, as high as its range. Those without a date are in a strip of their own. A line joins the pairs that it is given.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from components.charts.axes import LEGEND, TICK_FONT, foot_of_axis, note_start_of_axis
from components.charts.cells import (
    ABOVE,
    BELOW,
    NO_YEAR,
    Cell,
    cells_of,
    day_among_undated,
    day_of_year,
    height_of,
    height_of_cell,
)
from components.charts.dated import Look, draw_dated, joined_trace
from components.charts.gaps import NARROWEST_NAMED, draw_gap, gaps_between, words_of_gap
from components.charts.labels import Name, day_drawn, largest_of, middle_of, names_trace
from components.charts.limits import MOST_MARKS, newest
from components.charts.naming import Box, side_of_name
from components.charts.time_series import FEW
from components.theme import (
    BORDER,
    GRID,
    INK,
    MILLIONS,
    MUTED,
    SMALL_SIZE,
    layout,
    room_for_numbers,
)
from data.query.joins import rows_of_pairs
from data.record.dates import span_of
from data.record.wording import OPEN_UP, Row, value_in_words

MARK_SIZE, MARK_WIDTH = 10, 4
MILLION = 1_000_000
# Pixels that the numbers of the highest and the lowest figure, and an arrow, want above and below them.
ROOM, ROOM_FOR_ARROW = 34, 12
# Of so few figures each carries its number.
FEW_NAMED = 4
# A gap in a chart of this width or lower has no words.
NARROWEST_CELL, LOWEST_CELL = 400, 260


class SeriesLook(NamedTuple):
    """A series as it looks on every chart: its name, its color, its symbol."""

    title: str
    color: str
    symbol: str


class Chart(NamedTuple):
    """One chart: what its axis of numbers counts, and the figures on it."""

    title: str
    rows: pd.DataFrame


class Manner(NamedTuple):
    """How the charts are laid out: first and last day, by year or by day, from zero or not; which figures are filled and
    which joined; whether no choice leaves figures out."""

    days: tuple[date, date]
    is_by_year: bool
    is_from_zero: bool
    official: frozenset[str]
    pairs: Sequence[tuple[str, str]]
    is_whole: bool


def side_by_side(
    charts: Sequence[Chart], looks: Mapping[str, SeriesLook], manner: Manner, is_narrow: bool = False
) -> go.Figure:
    """The charts in cells beside and below each other, on a narrow screen below each other; one alone fills the figure."""
    rows = [_placed(chart.rows, looks, manner) for chart in charts]
    high = height_of_cell(len(charts), is_narrow)
    scales = [_scale_of(of_chart, manner, high) for of_chart in rows]
    dates = [[bool(row["date"]) for row in of_chart] for of_chart in rows]
    cells = cells_of([top for _, top in scales], [*map(any, dates)], [not all(of) for of in dates], is_narrow)
    spec = layout(height_of(len(charts), is_narrow), showlegend=len(looks) > 1, legend=LEGEND)
    # set before anything is drawn, since Plotly looks at all that there is whenever something is set
    figure = go.Figure(layout=spec | _layout_of(charts, cells, scales, manner))
    for cell, of_chart, scale in zip(cells, rows, scales, strict=True):
        _draw_chart(figure, cell, of_chart, looks, manner, scale)
    _name_in_legend(figure, looks)
    if len(charts) == 1:
        note_start_of_axis(figure)
    return figure


def _about(counts: Sequence[int]) -> dict[str, int]:
    """How many charts there are, and where they do not draw all rows, how many."""
    drawn = sum(min(count, MOST_MARKS) for count in counts)
    cut = {"drawn": drawn, "of": sum(counts)} if drawn < sum(counts) else {}
    return {"charts": len(counts), **cut}


def _placed(frame: pd.DataFrame, looks: Mapping[str, SeriesLook], manner: Manner) -> list[Row]:
    """The figures in order of their days, each with where it is drawn: its own days, a place in its year, or in the strip."""
    in_order = newest(frame, MOST_MARKS).sort_values(["date", "figure_id"])
    rows: list[Row] = [*in_order.to_dict("records")]
    series = [name for name in looks if any(row["series_id"] == name for row in rows)]
    undated = [row["figure_id"] for row in rows if not row["date"]]
    return [{**row, "drawn_on": _place_of(row, series, undated, manner)} for row in rows]


def _place_of(row: Row, series: list[str], undated: list[str], manner: Manner) -> str:
    if not row["date"]:
        return day_among_undated(undated.index(row["figure_id"]), len(undated))
    if manner.is_by_year:
        return day_of_year(span_of(row["date"]).last.year, series.index(row["series_id"]), len(series))
    return str(row["date"])


def _scale_of(rows: Sequence[Row], manner: Manner, high: float) -> tuple[float, float]:
    """The lower and the upper end of an axis of numbers, with room for the numbers of its figures in a chart so high."""
    top, bottom = max(largest_of(row) for row in rows), min(middle_of(row) for row in rows)
    above = ROOM + ROOM_FOR_ARROW * any(row["qualifier"] in OPEN_UP for row in rows)
    if manner.is_from_zero:
        return 0.0, max(top, 1.0) * high / (high - above)
    span = max(top - bottom, top * 0.03, 1.0)
    return foot_of_axis(bottom - span * ROOM / high * 2), top + span * above / high * 1.5


def _draw_chart(
    figure: go.Figure,
    cell: Cell,
    rows: Sequence[Row],
    looks: Mapping[str, SeriesLook],
    manner: Manner,
    scale: tuple[float, float],
) -> None:
    dated, undated = [row for row in rows if row["date"]], [row for row in rows if not row["date"]]
    _draw_gaps(figure, cell, dated, manner)
    for axis, part in ((_axis_of_undated(cell), undated), (cell.x, dated)):
        count = len(figure.data)
        _draw_joins(figure, part, looks, manner.pairs)
        for series_id, look in looks.items():
            _draw_series(figure, [row for row in part if row["series_id"] == series_id], look, manner, scale[0])
        if part:
            _draw_names(figure, cell, part, looks, manner, scale)
        for trace in figure.data[count:]:
            trace.xaxis, trace.yaxis = axis, cell.y


def _draw_gaps(figure: go.Figure, cell: Cell, dated: Sequence[Row], manner: Manner) -> None:
    is_wide = cell.size[0] >= NARROWEST_CELL and cell.size[1] >= LOWEST_CELL
    for gap in gaps_between([span_of(row["date"]) for row in dated]):
        words = words_of_gap(gap, manner.is_whole, "figures")
        draw_gap(figure, gap, {cell.x: manner.days}, words, cell.y, NARROWEST_NAMED if is_wide else 1)


def _draw_joins(
    figure: go.Figure, rows: Sequence[Row], looks: Mapping[str, SeriesLook], pairs: Sequence[tuple[str, str]]
) -> None:
    """A thin line between the two counts of each pair, in the color of their series."""
    joined = rows_of_pairs(rows, pairs)
    for series_id, look in looks.items():
        of_series = [ends for ends in joined if ends[0]["series_id"] == series_id]
        if of_series:
            figure.add_trace(joined_trace(of_series, look.color))


def _draw_series(figure: go.Figure, rows: Sequence[Row], look: SeriesLook, manner: Manner, foot: float) -> None:
    """The figures of a series: filled where an office prints an exact one, in front of the hollow ones."""
    for is_hollow in (True, False):
        part = [row for row in rows if (row["figure_id"] not in manner.official) == is_hollow]
        if part:
            mark = Look(look.color, look.symbol, MARK_SIZE, MARK_WIDTH, is_hollow, foot, covers=True)
            draw_dated(figure, part, look.title, mark)
            figure.data[-1].showlegend = False


def _draw_names(
    figure: go.Figure,
    cell: Cell,
    rows: Sequence[Row],
    looks: Mapping[str, SeriesLook],
    manner: Manner,
    scale: tuple[float, float],
) -> None:
    """The numbers of few figures, or of the newest of each series, where they have room."""
    places = {row["figure_id"]: _pixels_of(row, cell, manner, scale) for row in rows}
    whole = Box(0, 0, *cell.size)
    taken: list[Box] = []
    for series_id, look in looks.items():
        of_series = [row for row in rows if row["series_id"] == series_id]
        names = []
        for row in reversed(of_series if len(rows) <= FEW_NAMED else _leading(of_series)):
            text = value_in_words(row)
            found = side_of_name(text, places[row["figure_id"]], places.values(), taken, whole)
            if found:
                span = span_of(day_drawn(row))
                day = span.first if found[0].endswith("left") else span.last
                names.append(Name(day, largest_of(row), f"<b>{text}</b>", found[0]))
                taken.append(found[1])
        if names:
            figure.add_trace(names_trace(names, look.color))


def _leading(rows: Sequence[Row]) -> Sequence[Row]:
    """The newest figure of a series: an exact count where it has them."""
    return ([row for row in rows if row["mark"] == "counts"] or list(rows))[-1:]


def _pixels_of(row: Row, cell: Cell, manner: Manner, scale: tuple[float, float]) -> tuple[float, float]:
    """Where the mark of a row is in its cell, from the lower left corner."""
    start, end = manner.days if row["date"] else _no_days()
    part = (cell.dated if row["date"] else cell.undated) or cell.across
    days = (span_of(day_drawn(row)).last - start).days / max((end - start).days, 1)
    width = cell.across[1] - cell.across[0]
    across = (part[0] - cell.across[0] + days * (part[1] - part[0])) / width
    return across * cell.size[0], (largest_of(row) - scale[0]) / (scale[1] - scale[0]) * cell.size[1]


def _no_days() -> tuple[date, date]:
    return date(NO_YEAR, 1, 1), date(NO_YEAR, 12, 31)


def _axis_of_undated(cell: Cell) -> str:
    """Name of the axis of figures without a date: the chart's own where it has no other."""
    return cell.x if cell.dated is None else f"x{cell.number + 50}"


def _layout_of(
    charts: Sequence[Chart], cells: Sequence[Cell], scales: Sequence[tuple[float, float]], manner: Manner
) -> dict[str, Any]:
    """Axes, titles and margins."""
    left = room_for_numbers(_as_written(max(high for _, high in scales)))
    is_noted = len(cells) == 1 and scales[0][0] > 0  # where the axis begins is said below its years
    margin = {"l": left, "r": 16, "t": ABOVE, "b": 54 if is_noted else BELOW}
    axes: dict[str, Any] = {}
    words = []
    for chart, cell, (low, high) in zip(charts, cells, scales, strict=True):
        axes |= _axes_of(cell, low, high, manner)
        begins = f"; the axis begins at {low:,.0f}" if low and len(cells) > 1 else ""
        words.append(_words(f"<b>{chart.title}</b>{begins}", cell.across[0], cell.up[1], "bottom", INK))
        if cell.undated:
            words.append(_words("no date", cell.undated[0], cell.up[0], "top", MUTED))
    return {"margin": margin, "annotations": words, "meta": _about([len(chart.rows) for chart in charts]), **axes}


def _as_written(value: float) -> float:
    """A number with as many digits as an axis writes of it: in millions where it is larger."""
    return value / MILLION * 10 if value >= MILLION else value


def _axes_of(cell: Cell, low: float, high: float, manner: Manner) -> dict[str, Any]:
    """The axes of a chart by their names in the layout: of time, of figures without a date, of numbers."""
    shared: dict[str, Any] = {"type": "date", "showgrid": False, "fixedrange": True, "anchor": cell.y}
    own: dict[str, Any] = {
        "linecolor": MUTED,
        "ticks": "outside",
        "tickcolor": BORDER,
        "tickfont": TICK_FONT,
        "tickformat": "%Y",
    }
    own["dtick"] = "M12" if manner.days[1].year - manner.days[0].year < FEW else None
    own["ticklabelmode"] = "period" if manner.is_by_year else "instant"
    axes = {}
    if cell.dated:
        axes[cell.x] = shared | own | {"range": _ends(manner.days), "domain": cell.dated}
    if cell.undated:
        axes[_axis_of_undated(cell)] = shared | {"range": _ends(_no_days()), "domain": cell.undated, "visible": False}
    axes[cell.y] = {
        "range": [low, high],
        "domain": cell.up,
        "anchor": cell.x,
        "gridcolor": GRID,
        "tickformat": MILLIONS if high >= MILLION else ",d",
        "dtick": 1 if high - low <= FEW else None,
        "nticks": 6 if cell.size[1] > LOWEST_CELL else 4,
        "tickfont": TICK_FONT,
        "fixedrange": True,
    }
    return {f"{name[0]}axis{name[1:]}": spec for name, spec in axes.items()}


def _ends(days: tuple[date, date]) -> list[str]:
    return [day.isoformat() for day in days]


def _words(text: str, x: float, y: float, anchor: str, color: str) -> dict[str, Any]:
    """Words above or below a cell, at its left edge or at that of its strip."""
    return {
        "text": text,
        "x": x,
        "xref": "paper",
        "xanchor": "left",
        "y": y,
        "yref": "paper",
        "yanchor": anchor,
        "yshift": 5 if anchor == "bottom" else -5,
        "showarrow": False,
        "align": "left",
        "font": {"size": SMALL_SIZE, "color": color},
    }


def _name_in_legend(figure: go.Figure, looks: Mapping[str, SeriesLook]) -> None:
    """One entry a series: its first filled mark, or its first hollow one."""
    for rank, look in enumerate(looks.values(), start=1):
        traces = [trace for trace in figure.data if trace.name == look.title and trace.customdata is not None]
        if traces:
            leading = next((trace for trace in traces if trace.marker.color == look.color), traces[0])
            leading.showlegend, leading.legendrank = True, rank
