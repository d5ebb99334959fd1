"""Where, on a slide? The flat map as native shapes that can be moved and recoloured, with its words set anew at a size that can be read.

Land, marks and ways come from the figure; the names are set by the code that sets them there, for a map as wide as the
slide's. What is told of whole countries stands beside the map, so that none of it is ever dropped.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, NamedTuple

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches

from components.exports.slides.chart import Told
from components.exports.slides.table import draw_table
from components.exports.slides.text import (
    POINTS_AN_INCH,
    SMALLEST,
    Box,
    Words,
    clean,
    describe,
    height_of,
    outline,
    paint,
    plain,
    width_of,
    write,
)
from components.map.flat import Label, labels_of
from components.panels.catalogue import ground_of
from components.panels.panel import Panel
from components.theme import BORDER, INK, MUTED, PAPER, tint

# Points of the slide for each pixel of the map: its smallest words are then as large as the smallest on a slide.
POINTS_A_PIXEL = SMALLEST / 12
SIDE, NARROW, GUTTER, ENTRY, KEY = 4.85, 3.2, 0.3, 0.25, 0.28
# Outlines no finer than this, and no islands smaller, in inches.
FINE, SPECK = 0.012, 0.03
SHAPES = {
    "circle": MSO_SHAPE.OVAL,
    "square": MSO_SHAPE.RECTANGLE,
    "diamond": MSO_SHAPE.DIAMOND,
    "triangle-up": MSO_SHAPE.ISOSCELES_TRIANGLE,
    "arrow": MSO_SHAPE.ISOSCELES_TRIANGLE,
}
ALIGN = {"left": PP_ALIGN.LEFT, "right": PP_ALIGN.RIGHT, "center": PP_ALIGN.CENTER}
Point = tuple[float, float]


class Window(NamedTuple):
    """The map on the slide: its box, and the ends of its two axes."""

    box: Box
    x: tuple[float, float]
    y: tuple[float, float]

    def at(self, x: float, y: float) -> Point:
        """Where a point of the axes stands on the slide, in inches."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return self.box.left + across * self.box.width, self.box.top + (1 - up) * self.box.height

    def holds(self, point: Point) -> bool:
        """Whether a point of the slide lies on the map."""
        x, y = point
        across = self.box.left <= x <= self.box.left + self.box.width
        return across and self.box.top <= y <= self.box.top + self.box.height

    @property
    def pixels(self) -> int:
        """How many pixels wide a map is whose words have the right size on the slide."""
        return round(self.box.width * POINTS_AN_INCH / POINTS_A_PIXEL)


def draw_map(slide: Any, panel: Panel, box: Box) -> Told:
    """The map on the left, beside it what is told of whole countries and what the marks mean."""
    if panel.drawn.flat is None:
        return draw_table(slide, panel, box)
    figure = panel.drawn.flat()
    window = _window_of(figure, box)
    group = slide.shapes.add_group_shape()
    group.name = "Map"
    describe(group, panel.alt)
    _draw_traces(group.shapes, figure, window)
    labels = _labels(panel, window)
    for label in labels:
        _draw_label(group.shapes, label, window)
    _frame(group.shapes, window)
    side = Box(window.box.left + window.box.width + GUTTER, box.top, 0, box.height)
    side = side._replace(width=box.left + box.width - side.left)
    top = _write_countries(slide.shapes, figure, side)
    missed = _draw_legend(slide, figure, side._replace(top=top, height=side.top + side.height - top))
    named = sum(label.kind in ("name", "site", "estimate") for label in labels)
    return Told(
        [*missed, f"{named} names have room here; a mark without one is in the table of places."], _notes(figure)
    )


def _window_of(figure: Any, box: Box) -> Window:
    """As large as the height allows, with room for words beside it."""
    x, y = tuple(figure.layout.xaxis.range), tuple(figure.layout.yaxis.range)
    ratio = (x[1] - x[0]) / (y[1] - y[0])
    told = any(note.name == "country" and "<br>" in note.text for note in figure.layout.annotations)
    wide = min(box.height * ratio, box.width - (SIDE if told else NARROW) - GUTTER)
    return Window(Box(box.left, box.top, wide, wide / ratio), x, y)


def _labels(panel: Panel, window: Window) -> list[Label]:
    """The words of the map, set for its width on the slide; of countries the names alone."""
    ground = ground_of(panel.library, panel.selection, panel.frame)
    ground = replace(ground, figures=ground.figures.iloc[:0])
    view, layers = str(panel.selection.get("view", panel.library)), tuple(panel.selection.get("layer", panel.library))
    return labels_of(ground, view, layers, window.pixels)


def _draw_traces(shapes: Any, figure: Any, window: Window) -> None:
    """Land, ways and marks; the last trace holds lines to words that are set elsewhere here."""
    for trace in figure.data[:-1]:
        if trace.mode == "lines":
            _draw_lines(shapes, trace, window)
        elif trace.mode == "markers":
            _draw_marks(shapes, trace, window)


def _draw_lines(shapes: Any, trace: Any, window: Window) -> None:
    """All outlines of a trace as one shape."""
    filled = trace.fill == "toself"
    lines = [[window.at(x, y) for x, y in line] for line in _parts(trace)]
    closed = filled or all(line[0] == line[-1] for line in lines)
    kept = [shape for line in lines if (shape := _seen(line, window.box, closed))]
    if not kept:
        return
    shape = _freeform(shapes, kept, closed)
    shape.name = clean(trace.name or "Land and borders")
    plain(shape)
    paint(shape.fill, trace.fillcolor if filled else None)
    outline(shape.line, trace.line.color, max(trace.line.width * 0.75, 0.5))


def _parts(trace: Any) -> Iterator[list[Point]]:
    """The lines of a trace, which a gap parts."""
    points = zip(trace.x, trace.y, strict=True)
    for is_gap, part in groupby(points, key=lambda point: point[0] is None):
        if not is_gap:
            yield list(part)


def _seen(line: list[Point], box: Box, closed: bool) -> list[Point]:
    """A line as far as it lies on the map, no finer than the slide shows; empty where too little is left."""
    if closed:
        line = _clipped(line, box)
    elif any(not _in(point, box) for point in line):
        return []
    line = _simplified(line)
    if len(line) < (3 if closed else 2):
        return []
    across, down = [x for x, _ in line], [y for _, y in line]
    return line if max(max(across) - min(across), max(down) - min(down)) >= SPECK else []


def _in(point: Point, box: Box) -> bool:
    return box.left <= point[0] <= box.left + box.width and box.top <= point[1] <= box.top + box.height


def _clipped(ring: list[Point], box: Box) -> list[Point]:
    """A ring cut to a box, one edge after the other."""
    edges = ((0, box.left, 1), (0, box.left + box.width, -1), (1, box.top, 1), (1, box.top + box.height, -1))
    for axis, edge, way in edges:
        cut: list[Point] = []
        for before, point in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
            was_in, is_in = way * (before[axis] - edge) >= 0, way * (point[axis] - edge) >= 0
            if was_in != is_in:
                cut.append(_crossing(before, point, axis, edge))
            if is_in:
                cut.append(point)
        ring = cut
    return ring


def _crossing(one: Point, other: Point, axis: int, edge: float) -> Point:
    part = (edge - one[axis]) / (other[axis] - one[axis])
    x, y = one[0] + part * (other[0] - one[0]), one[1] + part * (other[1] - one[1])
    return (edge, y) if axis == 0 else (x, edge)


def _simplified(line: list[Point]) -> list[Point]:
    """A line without the points that stand too near the one before; its last point stays."""
    kept = line[:1]
    for point in line[1:]:
        if math.dist(point, kept[-1]) >= FINE:
            kept.append(point)
    return kept if not line or kept[-1] == line[-1] else [*kept, line[-1]]


def _freeform(shapes: Any, lines: Sequence[Sequence[Point]], closed: bool) -> Any:
    """Lines as one shape that can be edited point by point."""
    points = [point for line in lines for point in line]
    left, top = min(x for x, _ in points), min(y for _, y in points)
    box = Box(left, top, max(x for x, _ in points) - left, max(y for _, y in points) - top)
    shape = shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu)
    wide, high = shape.width, shape.height
    drawn = "".join(_path(line, left, top, closed) for line in lines)
    made = parse_xml(
        f"<a:custGeom {nsdecls('a')}><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="{wide}" h="{high}">{drawn}</a:path></a:pathLst></a:custGeom>'
    )
    old = shape._element.spPr.find(qn("a:prstGeom"))
    old.getparent().replace(old, made)
    return shape


def _path(line: Sequence[Point], left: float, top: float, closed: bool) -> str:
    dots = [f'<a:pt x="{round(Inches(1) * (x - left))}" y="{round(Inches(1) * (y - top))}"/>' for x, y in line]
    rest = "".join(f"<a:lnTo>{dot}</a:lnTo>" for dot in dots[1:])
    return f"<a:moveTo>{dots[0]}</a:moveTo>{rest}{'<a:close/>' * closed}"


def _draw_marks(shapes: Any, trace: Any, window: Window) -> None:
    """The marks of a trace that lie on the map, each named for what it marks."""
    look = trace.marker
    for at, (x, y) in enumerate(zip(trace.x, trace.y, strict=True)):
        if x is None or not window.holds(window.at(x, y)):
            continue
        angle = look.angle[at] if look.angle is not None else 0
        shape = _mark(shapes, look, window.at(x, y), _size_of(look, at), angle)
        said = clean(re.sub(r"<[^>]+>", " ", trace.text[at])) if trace.text is not None else ""
        shape.name = said[:60] or clean(trace.name or "Mark")
        if said:
            describe(shape, said)


def _size_of(look: Any, at: int) -> float:
    """Diameter of a mark in inches."""
    size = look.size[at] if isinstance(look.size, list | tuple) or hasattr(look.size, "__len__") else look.size
    pixels = math.sqrt(2 * size / look.sizeref) if look.sizemode == "area" else size
    return float(pixels * POINTS_A_PIXEL / POINTS_AN_INCH)


def _mark(shapes: Any, look: Any, middle: Point, wide: float, angle: float = 0) -> Any:
    box = Box(middle[0] - wide / 2, middle[1] - wide / 2, wide, wide)
    shape = shapes.add_shape(SHAPES.get(str(look.symbol), MSO_SHAPE.OVAL), *box.emu)
    plain(shape)
    shape.rotation = angle
    paint(shape.fill, look.color)
    line = look.line.color if look.line.width else None
    outline(shape.line, line, (look.line.width or 0) * 0.9)
    return shape


def _draw_label(shapes: Any, label: Label, window: Window) -> None:
    """Words on a light ground, with a thin line to a mark that is further off."""
    left, right, top, bottom = (pixel * POINTS_A_PIXEL / POINTS_AN_INCH for pixel in label.box)
    box = Box(window.box.left + left, window.box.top + top, right - left, bottom - top)
    if label.leader:
        ends = [
            (
                window.box.left + x * POINTS_A_PIXEL / POINTS_AN_INCH,
                window.box.top + y * POINTS_A_PIXEL / POINTS_AN_INCH,
            )
            for x, y in label.leader
        ]
        line = _freeform(shapes, [ends], False)
        plain(line)
        line.name = "Line to a name"
        outline(line.line, MUTED, 0.75)
    bold = "<b>" in label.words.text
    words = [Words(line, SMALLEST, INK, bold) for line in re.sub(r"</?b>", "", label.words.text).split("<br>")]
    shape = write(
        shapes,
        _tight(box, words, label.side),
        words,
        f"Name: {clean(words[0].text)}"[:60],
        ALIGN[label.side],
        MSO_ANCHOR.MIDDLE,
    )
    shape.text_frame.word_wrap = False
    if label.kind != "sum":
        paint(shape.fill, tint(PAPER, 0.7))


def _tight(box: Box, words: Sequence[Words], side: str) -> Box:
    """A box no wider than its words in the typeface of slides, at the side by which they are held."""
    wide = min(max(width_of(one.text, one.size, one.bold) for one in words) + 0.06, box.width)
    left = {"left": box.left, "right": box.left + box.width - wide}.get(side, box.left + (box.width - wide) / 2)
    return box._replace(left=left, width=wide)


def _frame(shapes: Any, window: Window) -> None:
    shape = shapes.add_shape(MSO_SHAPE.RECTANGLE, *window.box.emu)
    shape.name = "Frame of the map"
    plain(shape)
    paint(shape.fill, None)
    outline(shape.line, BORDER, 1)


def _write_countries(shapes: Any, figure: Any, side: Box) -> float:
    """What is told of whole countries, country by country; where it ends, in inches from above."""
    notes = [note.text for note in figure.layout.annotations if note.name == "country"]
    words: list[Words] = []
    for note in notes:
        name, *told = re.sub(r"</?b>", "", note).split("<br>")
        if told:
            words.append(Words(name, SMALLEST, INK, True, before=3 * bool(words)))
            words += [Words(line) for line in told]
    if not words:
        return side.top
    box = side._replace(height=height_of(words, side.width))
    write(shapes, box, words, "Countries")
    return side.top + box.height + 0.12


def _draw_legend(slide: Any, figure: Any, side: Box) -> list[str]:
    """What the marks mean, short ones two in a row, as far as there is room; sentences for those that have none."""
    entries = sorted((trace for trace in figure.data if trace.showlegend), key=lambda one: one.legendrank or 0)
    half, top, missed, beside = side.width / 2, side.top, [], None
    for trace in entries:
        words = [Words(clean(trace.name))]
        is_short = width_of(words[0].text, SMALLEST) <= half - KEY
        if is_short and beside is not None:
            at, beside = (side.left + half, beside), None
        elif top + ENTRY > side.top + side.height:
            missed.append(f"Also marked: {words[0].text}.")
            continue
        else:
            at, beside = (side.left, top), top if is_short else None
            top += _high(words, side.width - KEY)
        _swatch(slide.shapes, trace, (at[0] + 0.1, at[1] + ENTRY / 2))
        wide = half - KEY if is_short else side.width - KEY
        box = Box(at[0] + KEY, at[1], wide, _high(words, wide))
        write(slide.shapes, box, words, f"Key: {words[0].text}"[:60])
    return missed


def _high(words: Sequence[Words], wide: float) -> float:
    return max(height_of(words, wide), ENTRY)


def _swatch(shapes: Any, trace: Any, middle: Point) -> None:
    if trace.mode == "lines":
        line = _freeform(shapes, [[(middle[0] - 0.1, middle[1]), (middle[0] + 0.1, middle[1])]], False)
        plain(line)
        line.name = "Key"
        outline(line.line, trace.line.color, 2)
        return
    shape = _mark(shapes, trace.marker, middle, 0.16)
    shape.name = "Key"


def _notes(figure: Any) -> list[str]:
    return [clean(note.text.replace("<br>", " ")) for note in figure.layout.annotations if note.name == "note"]
