"""How do axes and legends of all charts look?"""

from collections.abc import Iterable
from typing import Any

import plotly.graph_objects as go

from components.theme import MUTED, SMALL_SIZE

TICK_FONT: dict[str, Any] = {"size": SMALL_SIZE, "color": MUTED}
# Above the plot, which gives way to it: on a narrow screen it takes several lines.
LEGEND: dict[str, Any] = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "font": {"size": SMALL_SIZE}}
# Name of the note on where the axis of numbers begins.
START_NOTE = "start of the axis"


def set_axis_of_years(figure: go.Figure, start: str, end: str, step: str | None = None) -> None:
    """The one axis of days of a figure, from a day to another, with the years at its labels; `step` as Plotly writes one."""
    figure.update_xaxes(
        type="date",
        range=[start, end],
        tickformat="%Y",
        dtick=step,
        showgrid=False,
        linecolor=MUTED,
        tickfont=TICK_FONT,
        fixedrange=True,
    )


def end_of_axis(numbers: Iterable[float], part: float) -> float:
    """Where an axis from zero ends that holds these numbers: so many times the largest, and never at zero itself."""
    return (max(numbers) or 1) * part


def foot_of_axis(value: float) -> float:
    """A value as the foot of an axis: in whole steps of a hundred, ten or one, by its size."""
    step = next(step for step in (100, 10, 1) if value >= step * 10 or step == 1)
    return max(0.0, value // step * step)


def note_start_of_axis(figure: go.Figure) -> None:
    """Says under the chart where its axis of numbers begins, in the place of what was said before; nothing if at zero."""
    start = round(float(figure.layout.yaxis.range[0]))
    others = [note for note in figure.layout.annotations if note.name != START_NOTE]
    figure.layout.annotations = others
    if start > 0:
        figure.add_annotation(
            name=START_NOTE,
            text=f"The axis begins at {start:,}, not at zero",
            x=1,
            xref="paper",
            xanchor="right",
            y=0,
            yref="paper",
            yanchor="top",
            yshift=-26,
            showarrow=False,
            font=TICK_FONT,
        )
