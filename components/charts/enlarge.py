"""How is a figure made larger for a room? Every size in it times a factor, every place in it as it was."""

from collections.abc import Iterable
from typing import Any

import plotly.graph_objects as go

# Sizes in pixels, by where they stand; a path with a star goes through a list.
IN_LAYOUT = (
    "height",
    "width",
    "margin.l",
    "margin.r",
    "margin.t",
    "margin.b",
    "font.size",
    "legend.font.size",
    "legend.entrywidth",
    "hoverlabel.font.size",
    "annotations.*.font.size",
    "annotations.*.xshift",
    "annotations.*.yshift",
    "annotations.*.ax",
    "annotations.*.ay",
    "annotations.*.arrowwidth",
    "annotations.*.borderpad",
    "annotations.*.standoff",
    "shapes.*.line.width",
    "shapes.*.label.font.size",
    "shapes.*.label.padding",
)
IN_AXIS = ("tickfont.size", "ticklen", "title.font.size", "linewidth")
IN_TRACE = (
    "line.width",
    "marker.size",
    "marker.standoff",
    "marker.line.width",
    "textfont.size",
    "insidetextfont.size",
    "outsidetextfont.size",
)


def enlarged(figure: go.Figure, factor: float) -> go.Figure:
    """A new figure in which type, marks, lines, margins and shifts are `factor` times as large; data and axes are the same."""
    spec: dict[str, Any] = figure.to_plotly_json()
    layout = _copied(spec["layout"])
    for path in IN_LAYOUT:
        _multiply(layout, path.split("."), factor)
    for name in [name for name in layout if name.startswith(("xaxis", "yaxis"))]:
        for path in IN_AXIS:
            _multiply(layout[name], path.split("."), factor)
    return go.Figure([_enlarged_trace(_copied(trace), factor) for trace in spec["data"]], layout)


def _enlarged_trace(trace: dict[str, Any], factor: float) -> dict[str, Any]:
    marker = trace.get("marker", {})
    is_by_area = marker.get("sizeref") is not None  # there the size is a number of the data, and sizeref its scale
    for path in IN_TRACE:
        if not (is_by_area and path == "marker.size"):
            _multiply(trace, path.split("."), factor)
    if is_by_area:
        marker["sizeref"] /= factor**2 if marker.get("sizemode") == "area" else factor
    return trace


def _multiply(spec: Any, path: list[str], factor: float) -> None:
    name, rest = path[0], path[1:]
    if name == "*":
        for item in spec if isinstance(spec, Iterable) else ():
            _multiply(item, rest, factor)
        return
    if not isinstance(spec, dict) or spec.get(name) is None:
        return
    if rest:
        _multiply(spec[name], rest, factor)
    elif isinstance(spec[name], list | tuple):
        spec[name] = [item * factor for item in spec[name]]
    elif isinstance(spec[name], int | float):
        spec[name] = spec[name] * factor


def _copied(cell: Any) -> Any:
    if isinstance(cell, dict):
        return {name: _copied(inner) for name, inner in cell.items()}
    return [_copied(inner) for inner in cell] if isinstance(cell, list | tuple) else cell
