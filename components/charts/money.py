"""How much money, for whom, in which year? Amounts in, one color an agency, requests hollow; a pure function."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from components.charts.axes import LEGEND, TICK_FONT, end_of_axis, set_axis_of_years
from components.charts.dated import Look, draw_dated
from components.charts.labels import largest_of
from components.charts.limits import MOST_MARKS, newest_dated, note_cut
from components.theme import GRID, INK, MILLIONS, NAVY, ORANGE, TEAL, layout
from data.record.wording import Row

HEIGHT = 400
# Agencies by the letters with which their amounts begin; other amounts stand under the title of their series.
AGENCIES = {"DPMO": NAVY, "DPAA": TEAL}
OTHER_COLORS = (ORANGE, INK)
# What an amount is that nobody had been given, in the words of its scope.
NOT_GIVEN = ("request", "planned")
DOLLARS_IN_MILLIONS = f"${MILLIONS}"


def amounts(frame: pd.DataFrame) -> go.Figure:
    """Amounts in dollars on an axis of time in millions; what was requested or planned is hollow, nothing is joined."""
    figure = go.Figure()
    rows = newest_dated(frame)
    if not rows:
        return figure
    groups: dict[tuple[str, bool], list[Row]] = {}
    for row in rows:
        groups.setdefault((agency_of(row), is_not_given(row)), []).append(row)
    colors = colors_of(rows)
    for (agency, is_hollow), group in sorted(groups.items()):
        title = f"{agency}, requested" if is_hollow and agency in AGENCIES else agency
        look = Look(colors[agency], "square" if agency in AGENCIES else "circle", is_hollow=is_hollow)
        draw_dated(figure, group, title, look)
    figure.update_layout(layout(HEIGHT, margin={"l": 60, "r": 16, "t": 30, "b": 34}, showlegend=True, legend=LEGEND))
    years = [int(row["date"][:4]) for row in rows]
    set_axis_of_years(figure, f"{years[0] - 1}-01-01", f"{years[-1] + 1}-12-31")
    top = end_of_axis(map(largest_of, rows), 1.08)
    figure.update_yaxes(
        range=[0, top], tickformat=DOLLARS_IN_MILLIONS, gridcolor=GRID, tickfont=TICK_FONT, fixedrange=True
    )
    note_cut(figure, frame, MOST_MARKS)
    return figure


def colors_of(rows: Sequence[Row]) -> dict[str, str]:
    """A color for each agency that has amounts among the rows, and for each other series."""
    names = list(dict.fromkeys(agency_of(row) for row in rows))
    others = [name for name in names if name not in AGENCIES]
    return AGENCIES | {name: OTHER_COLORS[number % len(OTHER_COLORS)] for number, name in enumerate(others)}


def agency_of(row: Row) -> str:
    """The agency that an amount is of, by the letters with which its scope begins; else the title of its series."""
    first = str(row["scope"]).split(",")[0]
    return first if first in AGENCIES else str(row["series_title"])


def is_not_given(row: Row) -> bool:
    """Whether an amount was requested or planned: nobody had been given it."""
    return any(word in str(row["scope"]) for word in NOT_GIVEN)
