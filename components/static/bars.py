"""How do stacked bars stand in a static drawing? Rectangles with the strokes of their pattern, and their numbers."""

import math
from collections.abc import Callable, Iterator

from components.static.pieces import Font, Piece, Spec, text_line, text_width
from components.static.plot import Plot
from components.theme import SMALL_SIZE, color_on


def bar_pieces(plot: Plot, trace: Spec) -> Iterator[Piece]:
    """Bars that stand on those of the traces before, each with its number where there is room."""
    x_axis, y_axis = plot.axis("xaxis"), plot.axis("yaxis")
    half = (1 - float(plot.layout.get("bargap", 0.2))) / 2
    before = plot.figure["data"][: plot.figure["data"].index(trace)]
    for x, y, label in zip(trace["x"], trace["y"], trace["text"], strict=True):
        below = sum(other["y"][place] for other in before for place, other_x in enumerate(other["x"]) if other_x == x)
        left, right = x_axis.pixel(x - half), x_axis.pixel(x + half)
        top, bottom = y_axis.pixel(below + y), y_axis.pixel(below)
        svg = patterned_rectangle(left, top, right - left, bottom - top, trace["marker"])
        if bottom - top > SMALL_SIZE and right - left > text_width(label, SMALL_SIZE):
            font = Font(SMALL_SIZE, color_on(trace["marker"]["color"]))
            svg += text_line(label, ((left + right) / 2, (top + bottom) / 2), font, "center")
        yield Piece(top, bottom, svg)


def patterned_rectangle(left: float, top: float, wide: float, high: float, marker: Spec) -> str:
    """A rectangle in its color and, over it, its pattern as strokes that end at its edges."""
    box = f'x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{high:.1f}"'
    pattern, edge = marker["pattern"], marker["line"]
    strokes = STROKES[pattern["shape"]](left, top, wide, high) if pattern["shape"] else ""
    look = f'stroke="{pattern["fgcolor"]}" stroke-opacity="{pattern["fgopacity"]}" stroke-width="1.4"'
    over = f'<path d="{strokes}" {look}/>' if strokes else ""
    outline = f'<rect {box} fill="none" stroke="{edge["color"]}" stroke-width="{edge["width"]}"/>'
    return f'<rect {box} fill="{marker["color"]}"/>{over}{outline}'


def _slanted(left: float, top: float, wide: float, high: float, step: float = 9) -> str:
    """Lines that rise to the right, cut at the edges."""
    path = ""
    for number in range(1, int((wide + high) / step) + 1):
        far = number * step
        x0, y0 = left + max(0, far - high), top + min(far, high)
        x1, y1 = left + min(far, wide), top + max(0, far - wide)
        path += f"M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}"
    return path


def _level(left: float, top: float, wide: float, high: float, step: float = 7) -> str:
    rows = (top + number * step for number in range(1, math.ceil(high / step)))
    return "".join(f"M{left:.1f} {y:.1f}h{wide:.1f}" for y in rows)


def _upright(left: float, top: float, wide: float, high: float, step: float = 7) -> str:
    columns = (left + number * step for number in range(1, math.ceil(wide / step)))
    return "".join(f"M{x:.1f} {top:.1f}v{high:.1f}" for x in columns)


def _dotted(left: float, top: float, wide: float, high: float, step: float = 7) -> str:
    across, down = range(1, math.ceil(wide / step)), range(1, math.ceil(high / step))
    return "".join(f"M{left + i * step - 0.7:.1f} {top + j * step:.1f}h1.4" for j in down for i in across)


# Strokes of the patterns of Plotly that the drawings use; a grid stands for the crossed one.
STROKES: dict[str, Callable[..., str]] = {
    "/": _slanted,
    "-": _level,
    ".": _dotted,
    "x": lambda *box: _level(*box) + _upright(*box),
}
