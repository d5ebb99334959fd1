"""What is a static drawing put together from? Pieces of SVG that know how far they reach down the sheet: lines, words."""

import re
from collections.abc import Callable, Sequence
from html import escape, unescape
from itertools import pairwise
from typing import Any, NamedTuple

from components.theme import INK

# A part of a figure as Plotly writes it in JSON.
Spec = dict[str, Any]
Point = tuple[float, float]
# The address of a row by its id.
Link = Callable[[str], str]
# Mean width of a letter and height of a line, as parts of the size of the type.
LETTER, LEADING = 0.5, 1.3
MARKUP = re.compile(r"<[^>]*>")
# What in a line changes its look, as Plotly writes it: bold letters, and a color.
LOOK, COLOR = re.compile(r"(</?b>|<span style='color:[^']*'>|</span>)"), re.compile(r"color:([^';]+)")
TEXT_ANCHORS = {"left": "start", "center": "middle", "right": "end"}


class Piece(NamedTuple):
    """A part of a drawing, and from where to where it reaches down the sheet, in pixels."""

    top: float
    bottom: float
    svg: str
    is_band: bool = False


class Font(NamedTuple):
    """Size in pixels and color of words."""

    size: float
    color: str = INK


class Anchor(NamedTuple):
    """Which point of a block of text stands at the point given: its left, center or right, its top, middle or bottom.

    `background` is the color behind it, `angle` its turn in degrees, `align` the side to which its lines are set.
    """

    side: str = "left"
    height: str = "middle"
    background: str = ""
    angle: float = 0
    align: str = ""


def line_piece(start: Point, end: Point, color: str, width: float) -> Piece:
    """A straight line."""
    (x0, y0), (x1, y1) = start, end
    svg = f'<path d="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}" stroke="{color}" stroke-width="{width:g}"/>'
    return Piece(min(y0, y1), max(y0, y1), svg)


def text_width(text: str, size: float) -> float:
    """About how wide a line of text stands, in pixels."""
    return len(LOOK.sub("", text)) * size * LETTER


def path_data(points: Sequence[Point], is_closed: bool, grain: int = 1) -> str:
    """A line of many points as the data of an SVG path, each point by its distance from the one before; empty where nothing
    of it is left.

    Places are rounded to whole pixels, or to so many parts of one. Of an outline, points on one upright or level line with
    their neighbors are left out: there are many where it was cut at the edge of its window.
    """
    corners: list[tuple[int, int]] = []
    for at in ((round(grain * x), round(grain * y)) for x, y in points):
        if (
            is_closed
            and len(corners) > 1
            and any(corners[-2][axis] == corners[-1][axis] == at[axis] for axis in (0, 1))
        ):
            corners.pop()
        if not corners or corners[-1] != at:
            corners.append(at)
    if len(corners) < (3 if is_closed else 2):
        return ""
    steps = [f"{(x - u) / grain:g} {(y - v) / grain:g}" for (u, v), (x, y) in pairwise(corners)]
    start = f"M{corners[0][0] / grain:g} {corners[0][1] / grain:g}l"
    return start + " ".join(steps).replace(" -", "-") + "z" * is_closed


def split_lines(text: str) -> list[str]:
    """The lines of a text as Plotly writes them, with <br> between them."""
    return re.split(r"<br\s*/?>", text)


def words_of_pointer(text: str) -> str:
    """What the pointer reads at a mark of the chart, as the title of a mark that leads to its row: a line each."""
    lines = text.replace("<extra></extra>", "").replace("<br>", "\n")
    return escape(unescape(MARKUP.sub("", lines)))


def linked(link: Link, row_ids: str, text: str, svg: str) -> str:
    """A mark that leads to its row, or to the several that it is a sum of, with what the pointer reads there."""
    rows = f' data-rows="{escape(row_ids)}"' if ";" in row_ids else ""
    address = escape(link(row_ids))
    return f'<a href="{address}"{rows}><title>{words_of_pointer(text)}</title>{svg}</a>'


def text_block(lines: list[str], point: Point, font: Font, anchor: Anchor) -> Piece:
    """Lines of text at a point."""
    high, wide = len(lines) * font.size * LEADING, max(text_width(line, font.size) for line in lines)
    left, top = _corner(point, wide, high, anchor)
    align = anchor.align if anchor.align and len(lines) > 1 else anchor.side
    edge = {"left": left, "center": left + wide / 2, "right": left + wide}[align]
    middles = [top + (row + 0.5) * font.size * LEADING for row in range(len(lines))]
    svg = "".join(text_line(line, (edge, at), font, align) for line, at in zip(lines, middles, strict=True))
    if anchor.background:
        place = f'x="{left - 2:.1f}" y="{top:.1f}" width="{wide + 4:.1f}" height="{high:.1f}"'
        svg = f'<rect {place} fill="{anchor.background}"/>{svg}'
    if anchor.angle:
        svg = f'<g transform="rotate({anchor.angle:g} {left + wide / 2:.1f} {top + high / 2:.1f})">{svg}</g>'
    return Piece(top, top + high, svg)


def _corner(point: Point, wide: float, high: float, anchor: Anchor) -> Point:
    """The upper left corner of a block of text that is held at a point; of a turned one, before it is turned."""
    x, y = point
    if anchor.angle:
        return x - wide / 2, y - {"bottom": wide / 2, "middle": 0.0, "top": -wide / 2}[anchor.height] - high / 2
    left = x - {"left": 0.0, "center": wide / 2, "right": wide}[anchor.side]
    return left, y - {"top": 0.0, "middle": high / 2, "bottom": high}[anchor.height]


def text_line(text: str, point: Point, font: Font, side: str = "left") -> str:
    """One line of text as SVG, held at the middle of its height by a side; <b> in it is bold, <span> of its own color."""
    bold, color, spans = False, "", []
    for part in LOOK.split(text):
        if part in ("<b>", "</b>"):
            bold = part == "<b>"
        elif part.startswith(("<span", "</span")):
            color = COLOR.findall(part)[0] if COLOR.search(part) else ""
        elif part:
            weight = ' font-weight="bold"' if bold else ""
            fill = f' fill="{color}"' if color else ""
            spans.append(f"<tspan{weight}{fill}>{escape(unescape(part))}</tspan>")
    x, middle = point
    place = f'x="{x:.1f}" y="{middle + font.size * 0.35:.1f}"'
    look = f'font-size="{font.size:g}" fill="{font.color}" text-anchor="{TEXT_ANCHORS[side]}"'
    return f"<text {place} {look}>{''.join(spans)}</text>"
