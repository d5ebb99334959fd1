"""How do shapes and annotations of a figure stand in a static drawing? Lines, rectangles, their labels, arrows, words."""

import math
from collections.abc import Iterator

from components.static.pieces import Anchor, Font, Piece, Point, Spec, line_piece, split_lines, text_block
from components.static.plot import Plot, axis_reference
from components.theme import INK, MUTED, TEXT_SIZE

# How an annotation names what an anchor holds.
ANCHOR_KEYS = {
    "side": "xanchor",
    "height": "yanchor",
    "background": "bgcolor",
    "angle": "textangle",
    "align": "align",
}


def shape_piece(plot: Plot, shape: Spec) -> Piece:
    """A line or a rectangle. ValueError for another shape."""
    x_ref, y_ref = axis_reference(shape, "x"), axis_reference(shape, "y")
    x0, x1 = sorted(plot.pixel(x_ref, shape[name]) for name in ("x0", "x1"))
    y0, y1 = sorted(plot.pixel(y_ref, shape[name]) for name in ("y0", "y1"))
    line = shape.get("line", {})
    if shape["type"] == "line":
        return line_piece((x0, y0), (x1, y1), line.get("color", MUTED), line.get("width", 1))
    if shape["type"] != "rect":
        raise ValueError(f"no way to draw the shape {shape['type']}")
    stroke = f' stroke="{line["color"]}"' if line.get("width") and line.get("color") else ""
    fill = shape.get("fillcolor") or "none"
    rectangle = f'<rect x="{x0:.1f}" y="{y0:.1f}" width="{x1 - x0:.1f}" height="{y1 - y0:.1f}" fill="{fill}"{stroke}/>'
    return Piece(y0, y1, rectangle, is_band=True)


def shape_label(plot: Plot, shape: Spec, drawn: Piece) -> Piece:
    """Words at the foot of a shape, in its middle, at the angle that the figure says. ValueError for another place."""
    label, ref = shape["label"], axis_reference(shape, "x")
    if label["textposition"] != "bottom center":
        raise ValueError(f"no way to set words at the {label['textposition']} of a shape")
    middle = (plot.pixel(ref, shape["x0"]) + plot.pixel(ref, shape["x1"])) / 2
    anchor = Anchor("center", "bottom", angle=float(label.get("textangle", 0)), align="center")
    font = Font(float(label["font"]["size"]), label["font"]["color"])
    return text_block([label["text"]], (middle, drawn.bottom - float(label.get("padding", 0))), font, anchor)


def annotation_pieces(plot: Plot, note: Spec) -> Iterator[Piece]:
    """The arrow and the words of an annotation."""
    x = plot.pixel(axis_reference(note, "x"), note["x"]) + note.get("xshift", 0)
    y = plot.pixel(axis_reference(note, "y"), note["y"]) - note.get("yshift", 0)
    if note.get("showarrow") is not False:
        yield _arrow(note, (x, y))
    if note.get("text"):
        spec = note.get("font", {})
        font = Font(float(spec.get("size", TEXT_SIZE)), str(spec.get("color", INK)))
        given = {name: note[key] for name, key in ANCHOR_KEYS.items() if note.get(key)}
        anchor = Anchor(**{"side": "center", "align": "center"} | given)
        yield text_block(split_lines(note["text"]), (x, y), font, anchor)


def _arrow(note: Spec, head: Point) -> Piece:
    """An arrow whose head is at a point and whose tail stands as many pixels off as the figure says."""
    x, y = head
    tail_x, tail_y = x + float(note.get("ax", 0)), y + float(note.get("ay", 0))
    color, width = note.get("arrowcolor", INK), float(note.get("arrowwidth", 1.5))
    turn = math.degrees(math.atan2(y - tail_y, x - tail_x))
    size = 3.6 * width
    stroke = f'stroke="{color}" stroke-width="{width:g}"'
    shaft = f'<path d="M{tail_x:.1f} {tail_y:.1f}L{x:.1f} {y:.1f}" {stroke}/>'
    tip = f"M{-size:g} {-size / 2:g}L0 0L{-size:g} {size / 2:g}"
    svg = f'{shaft}<path transform="translate({x:.1f} {y:.1f}) rotate({turn:.0f})" d="{tip}" fill="none" {stroke}/>'
    return Piece(min(y, tail_y) - 3, max(y, tail_y) + 3, svg)
