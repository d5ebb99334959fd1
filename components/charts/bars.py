"""How many, added up by year and place? Sums of operations in, a Plotly figure of stacked bars out; pure functions."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.charts.axes import LEGEND, TICK_FONT
from components.theme import GRID, PAPER, SMALL_SIZE, STACK_COLORS, STACK_PATTERNS, color_on, layout


def stacked_sums(sums: pd.DataFrame, names: dict[str, str]) -> go.Figure:
    """Sums of operations as bars by year, one color and pattern a place, each bar with the ids it was added up from.

    `sums` has the columns place_id, year, total and parts; `names` holds the names of places by their id, in order.
    """
    figure = go.Figure()
    places = [place for place in names if place in set(sums["place_id"])]
    for number, place in enumerate(places):
        figure.add_trace(_bars_of(sums[sums["place_id"] == place], names[place], number))
    margin = {"l": 8, "r": 8, "t": 40, "b": 34}
    figure.update_layout(layout(400, margin=margin, barmode="stack", showlegend=True, legend=LEGEND, bargap=0.35))
    figure.update_xaxes(dtick=1, tickformat="d", automargin=True, tickfont=TICK_FONT, fixedrange=True)
    figure.update_yaxes(gridcolor=GRID, automargin=True, tickfont=TICK_FONT, fixedrange=True)
    return figure


def _bars_of(sums: pd.DataFrame, name: str, number: int) -> go.Bar:
    return go.Bar(
        x=[int(year) for year in sums["year"]],
        y=[int(total) for total in sums["total"]],
        name=name,
        marker=_marker(number),
        customdata=list(sums["parts"]),
        text=[str(total) for total in sums["total"]],
        textposition="inside",
        insidetextanchor="middle",
        constraintext="none",
        textfont={"size": SMALL_SIZE, "color": color_on(STACK_COLORS[number % len(STACK_COLORS)])},
        textangle=0,
        hovertemplate="<b>%{y}</b> sets of remains (computed)<br>"
        + name
        + ", %{x}<br>added up from %{customdata}<extra></extra>",
    )


def _marker(number: int) -> dict[str, Any]:
    """Color and pattern of the bars of a place, by its number."""
    return {
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
    }
