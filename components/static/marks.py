"""How do the traces of a figure stand in a static drawing? Lines, marks and their names, each mark a link where it has a row."""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from components.static.bars import bar_pieces, rectangle
from components.static.pieces import (
    Anchor,
    Font,
    Link,
    Piece,
    Point,
    Spec,
    line_piece,
    linked,
    path_data,
    split_lines,
    text_block,
)
from components.static.plot import Plot
from components.theme import MUTED, PAPER, tint

Outline = Callable[[float], str]
# How finely outlines of many points are drawn.
PARTS_OF_PIXEL = 10
# Radius of what can be pressed around a mark that leads to its row.
REACH = 15
# Where words are in their mark.
INSIDE = "middle center"
OPPOSITE = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}


class Mark(NamedTuple):
    """One mark of a trace: its position in the trace, its pixel, its SVG and its radius."""

    position: int
    point: Point
    svg: str
    radius: float


def trace_pieces(plot: Plot, trace: Spec, link: Link | None) -> Iterator[Piece]:
    """The pieces of a trace; with a `link`, its marks lead to their rows. ValueError for a kind not known here."""
    if trace["type"] == "bar":
        yield from bar_pieces(plot, trace, link)
        return
    modes = set(str(trace.get("mode", "")).split("+"))
    if trace["type"] != "scatter" or not modes <= {"lines", "markers", "text"}:
        raise ValueError(f"no way to draw a trace of {trace['type']}, {trace.get('mode')}")
    points = _points(plot, trace)
    if "lines" in modes:
        yield from _lines(trace, points)
    is_inside = trace.get("textposition") == INSIDE
    if "text" in modes and not is_inside:
        yield from _names(trace, points)
    if "markers" in modes and _can_be_pressed(trace, link):
        yield from _marks(plot, trace, points, link)
    if "text" in modes and is_inside:
        yield from _words_inside(trace, points)


def _points(plot: Plot, trace: Spec) -> list[Point | None]:
    """The pixels of a trace; None where its line breaks off."""
    x_axis = plot.axis("xaxis" + str(trace.get("xaxis", "x"))[1:])
    y_axis = plot.axis("yaxis" + str(trace.get("yaxis", "y"))[1:])
    values = zip(trace["x"], trace["y"], strict=True)
    return [None if x is None or y is None else (x_axis.pixel(x), y_axis.pixel(y)) for x, y in values]


def _lines(trace: Spec, points: list[Point | None]) -> Iterator[Piece]:
    runs: list[list[Point]] = [[]]
    for point in points:
        runs.append([]) if point is None else runs[-1].append(point)
    runs = [run for run in runs if len(run) > 1]
    if not runs:
        return
    line, is_closed = trace.get("line", {}), trace.get("fill") == "toself"
    paths = [
        path_data(run, is_closed, PARTS_OF_PIXEL) if is_closed else "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in run)
        for run in runs
    ]
    heights = [y for run in runs for _, y in run]
    fill = trace.get("fillcolor") if is_closed else None
    stroke = f'stroke="{line.get("color", MUTED)}" stroke-width="{line.get("width", 2):g}"'
    look = f'fill="{fill or "none"}" {stroke} opacity="{trace.get("opacity", 1):g}"'
    yield Piece(min(heights) - 1, max(heights) + 1, f'<path d="{"".join(paths)}" {look}/>')


def _names(trace: Spec, points: list[Point | None]) -> Iterator[Piece]:
    """The words of a trace, each on its side of its mark, as far off as Plotly sets them."""
    off = float(trace["marker"]["size"]) / 2 / 0.8 + 1
    font = Font(float(trace["textfont"]["size"]), trace["textfont"]["color"])
    for point, text, position in zip(points, trace["text"], trace["textposition"], strict=True):
        height, _, side = position.partition(" ")
        if not point or (height not in ("top", "bottom") or side not in ("left", "right")):
            raise ValueError(f"no way to set words at {position}")
        x, y = point[0] + (off if side == "right" else -off), point[1] + (off if height == "bottom" else -off)
        yield text_block(split_lines(text), (x, y), font, Anchor(OPPOSITE[side], OPPOSITE[height], tint(PAPER, 0.85)))


def _words_inside(trace: Spec, points: list[Point | None]) -> Iterator[Piece]:
    """The words of a trace in the middle of its marks, in the color of each; they take no pointer from the mark."""
    font = Font(float(trace["textfont"]["size"]), trace["textfont"]["color"])
    for point, text in zip(points, trace["text"], strict=True):
        if point and text:
            piece = text_block([text], point, font, Anchor("center"))
            yield piece._replace(svg=f'<g pointer-events="none">{piece.svg}</g>')


def _marks(plot: Plot, trace: Spec, points: list[Point | None], link: Link | None) -> Iterator[Piece]:
    """The marks of a trace; with a `link`, neighbors of one row are one piece."""
    marks = [Mark(index, point, *_drawn(trace["marker"], index, point)) for index, point in enumerate(points) if point]
    if link and trace.get("cliponaxis") is not False:
        marks = [mark for mark in marks if _is_seen(plot, mark)]
    for row_id, group in groupby(marks, lambda mark: _row_of(trace, mark.position) if link else mark.position):
        same_row = list(group)
        svg = "".join(mark.svg for mark in same_row)
        top = min(mark.point[1] - mark.radius for mark in same_row)
        bottom = max(mark.point[1] + mark.radius for mark in same_row)
        yield Piece(top, bottom, _linked(link, trace, same_row[0], svg) if link and row_id else svg)


def _can_be_pressed(trace: Spec, link: Link | None) -> bool:
    """Whether the marks of a trace are seen or, unseen, lead to their rows."""
    return trace["marker"].get("opacity") != 0 or bool(link and trace.get("customdata"))


def _is_seen(plot: Plot, mark: Mark) -> bool:
    """Whether a mark reaches into the plot: a link that cannot be seen must not take the keyboard."""
    left, top, wide, high = plot.box
    x, y = mark.point
    return -mark.radius < x - left < wide + mark.radius and -mark.radius < y - top < high + mark.radius


def _row_of(trace: Spec, index: int) -> str:
    """The id of the row that a mark stands for; empty for a mark without one."""
    ids = trace.get("customdata")
    return str(ids[index]) if ids else ""


def _linked(link: Link, trace: Spec, mark: Mark, svg: str) -> str:
    """Marks that lead to their row, the words that the pointer reads on the chart as their title."""
    texts = trace.get("text") or trace.get("hovertemplate", "")
    text = texts[mark.position] if isinstance(texts, list) else texts
    x, y = mark.point
    target = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{REACH}" fill="transparent"/>'
    return linked(link, _row_of(trace, mark.position), text, f"{target}{svg}")


def _look_of(marker: Spec, index: int) -> Spec:
    """The look of one mark of a trace: its own entry of each list, and its radius in pixels."""
    look = {name: cell[index] if isinstance(cell, list) else cell for name, cell in marker.items()}
    size = float(look.get("size", 6))
    is_area = look.get("sizemode") == "area"
    return {**look, "radius": math.sqrt(size / 2 / look["sizeref"]) if is_area else size / 2}


def _drawn(marker: Spec, index: int, point: Point) -> tuple[str, float]:
    """A mark of a trace as SVG, and its radius; one that is not seen is empty."""
    svg, radius = _mark(_look_of(marker, index), point)
    return ("" if marker.get("opacity") == 0 else svg), radius


def _mark(look: Spec, point: Point) -> tuple[str, float]:
    """One mark as SVG, and its radius. ValueError for a symbol not known here."""
    symbol, is_open = re.subn(r"-open$", "", str(look.get("symbol", "circle")))
    radius, line = look["radius"], look.get("line", {})
    outline = OUTLINES.get(symbol)
    if outline is None:
        raise ValueError(f"no way to draw the mark {look.get('symbol')}")
    color = look["color"]
    stroke = color if is_open else line.get("color", color)
    width = line.get("width", 1 if is_open else 0)
    turn = f" rotate({look['angle']}) translate(0 {look.get('standoff', 0):g})" if "angle" in look else ""
    place = f'transform="translate({point[0]:.1f} {point[1]:.1f}){turn}"'
    fill = "none" if is_open else color
    svg = f'<path {place} d="{outline(radius)}" fill="{fill}" stroke="{stroke}" stroke-width="{width:g}"/>'
    return svg, radius


def _polygon(*corners: Point) -> Outline:
    return lambda r: "M" + "L".join(f"{x * r:.2f} {y * r:.2f}" for x, y in corners) + "Z"


def _circle(r: float) -> str:
    return f"M{-r:.2f} 0A{r:.2f} {r:.2f} 0 1 0 {r:.2f} 0A{r:.2f} {r:.2f} 0 1 0 {-r:.2f} 0Z"


def _cross_corners(arm: float = 0.4) -> Sequence[Point]:
    """Corners of a cross whose arms are so wide, to each side of their middle."""
    half = [(-arm, -1.2), (arm, -1.2), (arm, -arm), (1.2, -arm), (1.2, arm), (arm, arm)]
    return [*half, *((-x, -y) for x, y in half)]


# Outlines of the marks by their names in Plotly, at the proportions that they have there.
OUTLINES: dict[str, Outline] = {
    "circle": _circle,
    "square": _polygon((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": _polygon((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    "triangle-up": _polygon((-1.15, 0.5), (1.15, 0.5), (0, -1)),
    "cross": _polygon(*_cross_corners()),
    "x": _polygon(*(((x - y) * 0.71, (x + y) * 0.71) for x, y in _cross_corners())),
    "x-thin": lambda r: f"M{-r:.2f} {-r:.2f}L{r:.2f} {r:.2f}M{-r:.2f} {r:.2f}L{r:.2f} {-r:.2f}",
    "line-ns": lambda r: f"M0 {-1.4 * r:.2f}L0 {1.4 * r:.2f}",
    "arrow": _polygon((0, 0), (-1, 2), (1, 2)),
    "arrow-down": _polygon((0, 0), (-1, -2), (1, -2)),
}


def swatch(trace: Spec, x: float, y: float) -> str:
    """What stands for a trace in the legend."""
    if trace["type"] == "bar":
        return rectangle(x - 7, y - 7, 14, 14, trace["marker"])
    if "markers" not in str(trace.get("mode")):
        line = trace["line"]
        return line_piece((x - 9, y), (x + 9, y), line["color"], line.get("width", 2)).svg
    look = _look_of(trace["marker"], 0)
    return _mark({**look, "radius": min(look["radius"], 8)}, (x, y))[0]
