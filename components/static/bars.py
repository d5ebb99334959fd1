"""How do bars stand in a static drawing? Rectangles, and their numbers."""

from collections.abc import Iterator

from components.static.axes import to_number
from components.static.pieces import Font, Link, Piece, Spec, linked, text_line, text_width
from components.static.plot import Plot
from components.theme import SMALL_SIZE

MILLISECONDS_OF_DAY = 86_400_000
# Pixels between a number and the end of its bar.
AIR = 3


def bar_pieces(plot: Plot, trace: Spec, link: Link | None) -> Iterator[Piece]:
    """Bars from zero, each with its number at its foot or above it where there is room; with a `link` each leads to its row."""
    boxes = zip(trace["text"], trace["textposition"], _boxes(plot, trace), strict=True)
    for place, (label, position, (left, right, bottom, top)) in enumerate(boxes):
        svg = rectangle(left, top, right - left, bottom - top, trace["marker"])
        is_inside = position == "inside"
        height = (bottom if is_inside else top) - AIR - SMALL_SIZE / 2
        if right - left > text_width(label, SMALL_SIZE):
            font = Font(SMALL_SIZE, trace["insidetextfont" if is_inside else "outsidetextfont"]["color"])
            svg += text_line(label, ((left + right) / 2, height), font, "center")
        if link:
            svg = linked(link, trace["customdata"][place], trace["hovertext"][place], svg)
        yield Piece(min(top, height - SMALL_SIZE / 2), bottom, svg)


def _boxes(plot: Plot, trace: Spec) -> Iterator[tuple[float, float, float, float]]:
    """Left, right, bottom and top of each bar in pixels; the width of a bar on an axis of days is in milliseconds."""
    x_axis, y_axis = plot.axis("xaxis"), plot.axis("yaxis")
    for x, y, width in zip(trace["x"], trace["y"], trace["width"], strict=True):
        middle, half = to_number(x), width / MILLISECONDS_OF_DAY / 2
        yield x_axis.pixel(middle - half), x_axis.pixel(middle + half), y_axis.pixel(0), y_axis.pixel(y)


def rectangle(left: float, top: float, wide: float, high: float, marker: Spec) -> str:
    """A rectangle in the color of its marker."""
    box = f'x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{high:.1f}"'
    return f'<rect {box} fill="{marker["color"]}"/>'
