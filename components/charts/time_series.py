"""How did several things change over time? Frames of figures in, Plotly figures with an axis of dates out; pure functions.

A figure is drawn where a number was printed, and nothing is joined by a line across two figures.
"""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from components.charts.axes import LEGEND, TICK_FONT, set_axis_of_years
from components.charts.dated import Look, draw_dated
from components.charts.labels import largest_of
from components.charts.limits import MOST_MARKS, newest_dated, note_cut
from components.theme import (
    GRID,
    TEXT_SIZE,
    color_of_words,
    layout,
    room_for_numbers,
)
from data.record.dates import span_of
from data.record.wording import OPEN_UP, Row, value_in_words

# Up to so large a number, and where series are side by side up to so many years, each has a label on its axis.
FEW = 10
# Steps of an axis of years, and the years below which it goes by them, so that its labels fit in a phone.
STEPS = ((6, "M12"), (12, "M24"))
GROUP_SYMBOLS = ("square", "circle", "diamond", "triangle-up", "cross")


def grouped_over_time(
    frame: pd.DataFrame, colors: dict[str, str], by: str = "stage", name_last: bool = True, height: int = 430
) -> go.Figure:
    """Figures on a time axis from zero, one color and symbol a group, nothing joined; the last of each group is named."""
    figure = go.Figure()
    rows = newest_dated(frame)
    if not rows:
        return figure
    groups = [name for name in colors if any(row[by] == name for row in rows)]
    for number, name in enumerate(groups):
        group = [row for row in rows if row[by] == name]
        title = name if by == "stage" else group[0]["series_title"]
        draw_dated(figure, group, title, Look(colors[name], GROUP_SYMBOLS[number % len(GROUP_SYMBOLS)]))
        if name_last:
            _name_last(figure, group, colors[name])
    largest = max(largest_of(row) for row in rows)
    margin = {"l": room_for_numbers(largest), "r": 16, "t": 30, "b": 34}
    figure.update_layout(layout(height, margin=margin, showlegend=len(groups) > 1, legend=LEGEND))
    note_cut(figure, frame, MOST_MARKS)
    _set_axes_of_groups(figure, rows, largest)
    return figure


def _set_axes_of_groups(figure: go.Figure, rows: Sequence[Row], largest: float) -> None:
    years = sorted(int(row["date"][:4]) for row in rows)
    span = years[-1] - years[0]
    step = next((step for below, step in STEPS if span < below), None)
    set_axis_of_years(figure, f"{years[0] - 1}-01-01", f"{years[-1] + 1}-12-31", step)
    figure.update_yaxes(
        rangemode="tozero",
        dtick=1 if largest <= FEW else None,
        gridcolor=GRID,
        tickformat=",d",
        tickfont=TICK_FONT,
        fixedrange=True,
    )


def _name_last(figure: go.Figure, rows: Sequence[Row], color: str) -> None:
    last = rows[-1]
    figure.add_annotation(
        x=span_of(last["date"]).last,
        y=largest_of(last),
        text=f"<b>{value_in_words(last)}</b>",
        showarrow=False,
        yshift=30 if last["qualifier"] in OPEN_UP else 14,
        xanchor="right",
        font={"size": TEXT_SIZE, "color": color_of_words(color)},
    )
