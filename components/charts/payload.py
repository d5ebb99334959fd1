"""How does a figure go to the browser? With all defaults written out and made ready once, so that it is drawn once.

The frontend hands each chart to Plotly twice, the second time with modes of its own and with everything read anew. Plotly
draws again where it finds a difference, and a template always counts as one. It is written as JSON once, too, and not for
every reader anew: orjson, which Plotly takes where it is installed, puts in as it is what was written before.
"""

from typing import Any

import plotly.graph_objects as go
from orjson import Fragment
from plotly.io.json import to_json_plotly

from components.theme import ANNOTATION_DEFAULTS, AXIS_DEFAULTS, FIGURE_DEFAULTS, TRACE_DEFAULTS

# A part of a figure as a dictionary.
Spec = dict[str, Any]
# The modes that the frontend sets where a figure says none, and a revision: data of the same revision count as the same.
DRAWN_ONCE: Spec = {"clickmode": "event+select", "hovermode": "closest", "dragmode": "pan", "datarevision": 1}


class ChartPayload(go.Figure):  # type: ignore[misc]  # Plotly has no types
    """A figure as the frontend takes it: its content is fixed, and handed out again as it was written."""

    def __init__(self, figure: go.Figure, has_legend: bool = True) -> None:
        """`has_legend`: whether its legend is part of it."""
        super().__init__()
        modes = DRAWN_ONCE if has_legend else {**DRAWN_ONCE, "showlegend": False}
        spec = with_defaults(figure, modes)
        self._content: Spec = {"data": [_written(trace) for trace in spec["data"]], "layout": _written(spec["layout"])}

    def to_dict(self) -> Spec:
        """Its traces and its layout; what these hold is written as JSON, but for numbers: Streamlit looks for a height."""
        return self._content


def _written(spec: Spec) -> Spec:
    return {
        name: cell if isinstance(cell, int | float) else Fragment(to_json_plotly(cell)) for name, cell in spec.items()
    }


def with_defaults(figure: go.Figure, modes: Spec) -> Spec:
    """The figure as a dictionary without a template: its axes, notes and traces hold the defaults of the theme."""
    spec: Spec = figure.to_dict()
    layout = {**FIGURE_DEFAULTS, **spec["layout"], **modes}
    del layout["template"]
    axes = {"xaxis", "yaxis"} | {name for name in layout if name.startswith(("xaxis", "yaxis"))}
    layout |= {name: AXIS_DEFAULTS | layout.get(name, {}) for name in axes}
    if "annotations" in layout:
        layout["annotations"] = [ANNOTATION_DEFAULTS | note for note in layout["annotations"]]
    return {**spec, "data": [_filled(trace, TRACE_DEFAULTS) for trace in spec["data"]], "layout": layout}


def _filled(spec: Spec, defaults: Spec) -> Spec:
    """A part of a figure with the defaults that it does not set itself, at any depth."""
    deeper = {name: _filled(spec.get(name, {}), cell) for name, cell in defaults.items() if isinstance(cell, dict)}
    return {**defaults, **spec, **deeper}
