"""Where does the legend of a drawing stand that has no room below it? In a column of its own, as SVG."""

import json

import plotly.graph_objects as go

from components.static.letters import lines_within
from components.static.marks import swatch
from components.static.pieces import LEADING, Font, text_line
from components.static.plot import SWATCH
from components.static.sheet import Content
from components.theme import INK, SMALL_SIZE

AIR = 7


def legend_column(figure: go.Figure, width: float) -> Content:
    """The entries of the figure's legend one below the other, their words wrapped within the width."""
    traces = [trace for trace in json.loads(str(figure.to_json()))["data"] if trace.get("showlegend")]
    svg, top = [], 0.0
    for trace in sorted(traces, key=lambda trace: trace.get("legendrank", 99)):
        lines = lines_within(trace["name"], SMALL_SIZE, width - SWATCH - 4)
        svg.append(swatch(trace, SWATCH / 2, top + SMALL_SIZE * LEADING / 2))
        for number, line in enumerate(lines):
            middle = top + (number + 0.5) * SMALL_SIZE * LEADING
            svg.append(text_line(line, (SWATCH + 4, middle), Font(SMALL_SIZE, INK)))
        top += len(lines) * SMALL_SIZE * LEADING + AIR
    return Content("".join(svg), width, max(top - AIR, 0))
