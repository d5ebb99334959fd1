"""How many in each year? Columns as wide as their fiscal year, other definitions as marks, and sums by year and area; pure functions."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.charts.axes import LEGEND, TICK_FONT, end_of_axis, set_axis_of_years
from components.charts.dated import Look, draw_dated
from components.charts.labels import hover_text, largest_of
from components.charts.limits import MOST_MARKS, newest_dated, note_cut
from components.charts.time_series import GROUP_SYMBOLS
from components.static.bars import MILLISECONDS_OF_DAY
from components.theme import GRID, INK, NAVY, ORANGE, SMALL_SIZE, TEXT_SIZE, color_of_words, color_on, layout
from data.record.dates import span_between
from data.record.wording import Row, sets_of_remains, value_in_words

HEIGHT = 400
# The series whose figures are columns, and the goal that is a line from its year on.
COLUMNS, GOAL = "accounted_for_fiscal_year", "accounted_for_annual_goal"
# Share of its fiscal year that a column is wide, and of the axis that one is high in which its number has room.
WIDTH, TALL = 0.84, 0.1
# Of the sums: pixels of a row and of its tallest column, of a column's width.
ROW, TALLEST, THICK = 74, 44, 20


def accounted_by_year(frame: pd.DataFrame, leading: set[str], colors: dict[str, str]) -> go.Figure:
    """Figures of fiscal and calendar years: those of `leading`, by their ids, as columns, all others as marks.

    `colors` has a color for each series. The goal is a line from the first day of its year to the end of the axis.
    """
    figure = go.Figure()
    rows = newest_dated(frame)
    if not rows:
        return figure
    years = [int(row["date"][:4]) for row in rows]
    end = f"{max(years) + 1}-06-30"
    top = end_of_axis(map(largest_of, rows), 1.12)
    columns = [row for row in rows if row["figure_id"] in leading]
    if columns:
        figure.add_trace(_columns(columns, colors[COLUMNS], top))
    marked = [name for name in colors if any(row["series_id"] == name for row in rows)]
    for number, name in enumerate(marked):
        group = [row for row in rows if row["series_id"] == name and row["figure_id"] not in leading]
        symbol = GROUP_SYMBOLS[number % len(GROUP_SYMBOLS)]
        if group:
            title = "The same, by another source" if name == COLUMNS and columns else group[0]["series_title"]
            draw_dated(figure, group, title, Look(colors[name], symbol, 8, 3, is_hollow=name == COLUMNS))
    _add_goals(figure, [row for row in rows if row["series_id"] == GOAL], end)
    figure.update_layout(
        layout(HEIGHT, margin={"l": 44, "r": 16, "t": 30, "b": 34}, showlegend=True, legend=LEGEND),
    )
    set_axis_of_years(figure, f"{min(years) - 1}-01-01", end)
    figure.update_yaxes(range=[0, top], gridcolor=GRID, tickfont=TICK_FONT, fixedrange=True)
    note_cut(figure, frame, MOST_MARKS)
    return figure


def _columns(rows: Sequence[Row], color: str, top: float) -> go.Bar:
    """A column for each row, as wide as its fiscal year but for some air, on an axis up to `top`.

    Its number is at its foot, where marks of other series seldom come over it, or above it where the column is low.
    """
    spans = [span_between(row["period_start"], row["date"]) for row in rows]
    days = [(span.first, (span.last - span.first).days) for span in spans if span]
    return go.Bar(
        x=[str(first + timedelta(days=length / 2)) for first, length in days],
        y=[largest_of(row) for row in rows],
        width=[length * WIDTH * MILLISECONDS_OF_DAY for _, length in days],
        name=rows[0]["series_title"],
        marker={"color": color, "line": {"color": color, "width": 0}},
        customdata=[row["figure_id"] for row in rows],
        text=[value_in_words(row) for row in rows],
        textposition=["inside" if largest_of(row) >= TALL * top else "outside" for row in rows],
        insidetextanchor="start",
        textangle=0,
        constraintext="none",
        insidetextfont={"size": SMALL_SIZE, "color": color_on(color)},
        outsidetextfont={"size": SMALL_SIZE, "color": color_of_words(color)},
        hovertext=[hover_text(row) for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _add_goals(figure: go.Figure, rows: Sequence[Row], end: str) -> None:
    """A line for each goal; several rows that print the same one have one line."""
    for row in {(row["date"][:4], largest_of(row), value_in_words(row)): row for row in reversed(rows)}.values():
        ends: dict[str, Any] = {
            "x0": f"{row['date'][:4]}-01-01",
            "x1": end,
            "y0": largest_of(row),
            "y1": largest_of(row),
        }
        figure.add_shape(type="line", layer="below", line={"color": ORANGE, "width": 1.5, "dash": "dash"}, **ends)
        figure.add_annotation(
            x=f"{int(row['date'][:4]) - 1}-09-01",
            y=largest_of(row),
            text=f"Goal in the law,<br>all conflicts:<br>{value_in_words(row)} a year",
            align="right",
            showarrow=False,
            xanchor="right",
            yanchor="middle",
            font={"size": TEXT_SIZE, "color": color_of_words(ORANGE)},
        )


def sums_by_area(sums: pd.DataFrame, names: dict[str, str]) -> go.Figure:
    """Sums of operations as small columns, a row an area, each with its number and the ids it was added up from.

    `sums` has the columns place_id, year, total and parts; `names` holds the names of places by their id.
    """
    figure = go.Figure()
    totals = sums.groupby("place_id")["total"].sum().sort_values(ascending=False, kind="stable")
    first, last = int(sums["year"].min()), int(sums["year"].max())
    scale = TALLEST / ROW / float(sums["total"].max() or 1)
    notes: list[dict[str, Any]] = []
    for number, place in enumerate(totals.index):
        level = float(len(totals) - number)
        of_place = sums[sums["place_id"] == place]
        figure.add_trace(_small_columns(of_place, names[str(place)], level, scale))
        notes.append(_area_label(f"{names[str(place)]}: {totals[place]}", first - 0.4, level))
        notes += [_number(row, level + row["total"] * scale) for row in of_place.to_dict("records")]
    bases = [
        {
            "type": "line",
            "x0": first - 0.4,
            "x1": last + 0.4,
            "y0": level,
            "y1": level,
            "line": {"color": GRID, "width": 1},
        }
        for level in range(1, len(totals) + 1)
    ]
    size = layout(ROW * len(totals) + 60, margin={"l": 8, "r": 8, "t": 8, "b": 34}, annotations=notes, shapes=bases)
    figure.update_layout(size, showlegend=False)
    figure.update_xaxes(
        range=[first - 0.5, last + 0.5], dtick=1, tickformat="d", showgrid=False, tickfont=TICK_FONT, fixedrange=True
    )
    figure.update_yaxes(visible=False, range=[0.85, len(totals) + 0.95], fixedrange=True)
    return figure


def _small_columns(sums: pd.DataFrame, name: str, level: float, scale: float) -> go.Scatter:
    rows = sums.to_dict("records")
    heights = [height for row in rows for height in (level, level + row["total"] * scale, None)]
    counted = [sets_of_remains(row["total"]).split(" ", 1) for row in rows]
    texts = [
        f"<b>{number}</b> {noun} (computed)<br>{name}, {row['year']}"
        for row, (number, noun) in zip(rows, counted, strict=True)
    ]
    return go.Scatter(
        x=[year for row in rows for year in (int(row["year"]), int(row["year"]), None)],
        y=heights,
        mode="lines+markers",
        name=name,
        line={"color": NAVY, "width": THICK},
        marker={"symbol": "square", "size": THICK, "color": NAVY, "opacity": 0},
        unselected={"marker": {"opacity": 0}},
        customdata=[cell for row in rows for cell in (row["parts"], row["parts"], None)],
        text=[text for line in texts for text in (line, line, "")],
        hovertemplate="%{text}<extra></extra>",
    )


def _area_label(text: str, left: float, level: float) -> dict[str, Any]:
    look = {"size": SMALL_SIZE, "color": INK}
    return {"x": left, "y": level, "text": text, "xanchor": "left", "yshift": 52, "showarrow": False, "font": look}


def _number(row: Row, top: float) -> dict[str, Any]:
    look = {"size": SMALL_SIZE, "color": NAVY}
    text = f"<b>{row['total']}</b>"
    return {"x": int(row["year"]), "y": top, "text": text, "yanchor": "bottom", "showarrow": False, "font": look}
