"""How does the map become a slide? As native shapes that can be moved and recolored, with labels placed anew at a size that can be read.

Land, marks and routes come from the flat figure; its own code places the labels for a map as wide as that of the slide.
What is said of whole countries stands beside the map, so that none of it is ever dropped.
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

from components.exports.slides.chart import DrawingNotes
from components.exports.slides.table import draw_table
from components.exports.slides.text import (
    POINTS_PER_INCH,
    SMALLEST_SIZE,
    Box,
    Paragraph,
    add_text_box,
    clean_text,
    drop_template_style,
    set_alt_text,
    set_fill,
    set_line,
    text_height,
    text_width,
)
from components.map.label_boxes import Label
from components.map.label_placing import place_labels
from components.map.window import window_of
from components.panels.panel import Panel
from components.panels.places import ground_of, layers_of
from components.theme import BORDER, INK, MUTED, PAPER, tint
from data.record.shapes import land

# Points of the slide for each pixel of the map: its smallest words are then as large as the smallest on a slide.
POINTS_PER_PIXEL = SMALLEST_SIZE / 12
SIDE_WIDTH, NARROW_SIDE_WIDTH, GUTTER, ENTRY_HEIGHT, SWATCH_WIDTH = 4.85, 3.2, 0.3, 0.25, 0.28
# Outlines no finer than this, and no islands smaller, in inches.
MIN_POINT_DISTANCE, MIN_EXTENT = 0.012, 0.03
SHAPES = {
    "circle": MSO_SHAPE.OVAL,
    "square": MSO_SHAPE.RECTANGLE,
    "diamond": MSO_SHAPE.DIAMOND,
    "triangle-up": MSO_SHAPE.ISOSCELES_TRIANGLE,
    "arrow": MSO_SHAPE.ISOSCELES_TRIANGLE,
}
ALIGN = {"left": PP_ALIGN.LEFT, "right": PP_ALIGN.RIGHT, "center": PP_ALIGN.CENTER}
Point = tuple[float, float]


class MapWindow(NamedTuple):
    """The map on the slide: its box, and the ends of its two axes."""

    box: Box
    x: tuple[float, float]
    y: tuple[float, float]

    def inches_at(self, x: float, y: float) -> Point:
        """Where a point of the axes stands on the slide, in inches."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return self.box.left + across * self.box.width, self.box.top + (1 - up) * self.box.height

    @property
    def pixel_width(self) -> int:
        """Width in pixels of a map whose labels have the right size on the slide."""
        return round(self.box.width * POINTS_PER_INCH / POINTS_PER_PIXEL)


def draw_map(slide: Any, panel: Panel, box: Box) -> DrawingNotes:
    """The map on the left, beside it the texts of whole countries and the legend."""
    if panel.drawn.flat is None:
        return draw_table(slide, panel, box)
    figure = panel.drawn.flat()
    window = _window_for(figure, box)
    group = slide.shapes.add_group_shape()
    group.name = "Map"
    set_alt_text(group, panel.alt)
    _draw_traces(group.shapes, figure, window)
    labels = _labels_for(panel, window)
    for label in labels:
        _draw_label(group.shapes, label, window)
    _draw_frame(group.shapes, window)
    side = Box(window.box.left + window.box.width + GUTTER, box.top, 0, box.height)
    side = side._replace(width=box.left + box.width - side.left)
    top = _write_countries(slide.shapes, figure, side)
    unlisted = _draw_legend(slide, figure, side._replace(top=top, height=side.top + side.height - top))
    name_count = sum(label.kind in ("name", "site", "estimate") for label in labels)
    name_count += sum(label.caption.text.count(": ") for label in labels if label.kind == "list")
    return DrawingNotes(
        [*unlisted, f"{name_count} names have room here; a mark without one is in the table of places."],
        _notes_of(figure),
    )


def _window_for(figure: Any, box: Box) -> MapWindow:
    """The map as large as the height allows, with room for texts beside it."""
    x, y = tuple(figure.layout.xaxis.range), tuple(figure.layout.yaxis.range)
    ratio = (x[1] - x[0]) / (y[1] - y[0])
    tells_countries = any(note.name == "country" and "<br>" in note.text for note in figure.layout.annotations)
    width = min(box.height * ratio, box.width - (SIDE_WIDTH if tells_countries else NARROW_SIDE_WIDTH) - GUTTER)
    return MapWindow(Box(box.left, box.top, width, width / ratio), x, y)


def _labels_for(panel: Panel, window: MapWindow) -> list[Label]:
    """The labels of the map, placed for its width on the slide; of countries the names alone."""
    ground = ground_of(panel.library, panel.selection, panel.frame)
    ground = replace(ground, figures=ground.figures.iloc[:0])
    view, layers = str(panel.selection.get("view", panel.library)), layers_of(panel.selection, panel.library)
    return place_labels(ground, land(), window_of(view, window.pixel_width), layers)


def _draw_traces(shapes: Any, figure: Any, window: MapWindow) -> None:
    """Land, routes and marks; the last trace holds leader lines of labels, which have other places here."""
    for trace in figure.data[:-1]:
        if trace.mode == "lines":
            _draw_lines(shapes, trace, window)
        elif trace.mode == "markers":
            _draw_marks(shapes, trace, window)


def _draw_lines(shapes: Any, trace: Any, window: MapWindow) -> None:
    """All outlines of a trace as one shape."""
    filled = trace.fill == "toself"
    lines = [[window.inches_at(x, y) for x, y in line] for line in _segments_of(trace)]
    closed = filled or all(line[0] == line[-1] for line in lines)
    visible = [shape for line in lines if (shape := _visible_part(line, window.box, closed))]
    if not visible:
        return
    shape = _add_freeform(shapes, visible, closed)
    shape.name = clean_text(trace.name or "Land and borders")
    drop_template_style(shape)
    set_fill(shape.fill, trace.fillcolor if filled else None)
    set_line(shape.line, trace.line.color, max(trace.line.width * 0.75, 0.5))


def _segments_of(trace: Any) -> Iterator[list[Point]]:
    """The lines of a trace, which gaps separate."""
    points = zip(trace.x, trace.y, strict=True)
    for is_gap, part in groupby(points, key=lambda point: point[0] is None):
        if not is_gap:
            yield list(part)


def _visible_part(line: list[Point], box: Box, closed: bool) -> list[Point]:
    """The part of a line that lies on the map, simplified; empty where too little is left to be seen."""
    if closed:
        line = _clip(line, box)
    elif any(not box.holds(x, y) for x, y in line):
        return []
    line = _simplify(line)
    if len(line) < (3 if closed else 2):
        return []
    across, down = [x for x, _ in line], [y for _, y in line]
    return line if max(max(across) - min(across), max(down) - min(down)) >= MIN_EXTENT else []


def _clip(ring: list[Point], box: Box) -> list[Point]:
    """A ring clipped to a box, one edge after the other (Sutherland-Hodgman)."""
    edges = ((0, box.left, 1), (0, box.left + box.width, -1), (1, box.top, 1), (1, box.top + box.height, -1))
    for axis, edge, sign in edges:
        kept: list[Point] = []
        for before, point in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
            was_inside, is_inside = sign * (before[axis] - edge) >= 0, sign * (point[axis] - edge) >= 0
            if was_inside != is_inside:
                kept.append(_intersection(before, point, axis, edge))
            if is_inside:
                kept.append(point)
        ring = kept
    return ring


def _intersection(start: Point, end: Point, axis: int, edge: float) -> Point:
    """Where a line crosses an edge of the box; `axis` is 0 for left and right, 1 for top and bottom."""
    share = (edge - start[axis]) / (end[axis] - start[axis])
    x, y = start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])
    return (edge, y) if axis == 0 else (x, edge)


def _simplify(line: list[Point]) -> list[Point]:
    """A line without the points that are too near to the one before; its last point stays."""
    points = line[:1]
    for point in line[1:]:
        if math.dist(point, points[-1]) >= MIN_POINT_DISTANCE:
            points.append(point)
    return points if not line or points[-1] == line[-1] else [*points, line[-1]]


def _add_freeform(shapes: Any, lines: Sequence[Sequence[Point]], closed: bool) -> Any:
    """Lines as one shape that can be edited point by point."""
    points = [point for line in lines for point in line]
    left, top = min(x for x, _ in points), min(y for _, y in points)
    box = Box(left, top, max(x for x, _ in points) - left, max(y for _, y in points) - top)
    shape = shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu)
    width, height = shape.width, shape.height
    paths = "".join(_path(line, left, top, closed) for line in lines)
    geometry = parse_xml(
        f"<a:custGeom {nsdecls('a')}><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="{width}" h="{height}">{paths}</a:path></a:pathLst></a:custGeom>'
    )
    preset = shape._element.spPr.find(qn("a:prstGeom"))
    preset.getparent().replace(preset, geometry)
    return shape


def _path(line: Sequence[Point], left: float, top: float, closed: bool) -> str:
    points = [f'<a:pt x="{round(Inches(1) * (x - left))}" y="{round(Inches(1) * (y - top))}"/>' for x, y in line]
    segments = "".join(f"<a:lnTo>{point}</a:lnTo>" for point in points[1:])
    return f"<a:moveTo>{points[0]}</a:moveTo>{segments}{'<a:close/>' * closed}"


def _draw_marks(shapes: Any, trace: Any, window: MapWindow) -> None:
    """The marks of a trace that lie on the map, each shape named for what it marks."""
    marker = trace.marker
    for index, (x, y) in enumerate(zip(trace.x, trace.y, strict=True)):
        if x is None or not window.box.holds(*window.inches_at(x, y)):
            continue
        angle = marker.angle[index] if marker.angle is not None else 0
        shape = _add_mark(shapes, marker, window.inches_at(x, y), _size_of(marker, index), angle)
        text = clean_text(re.sub(r"<[^>]+>", " ", trace.text[index])) if trace.text is not None else ""
        shape.name = text[:60] or clean_text(trace.name or "Mark")
        if text:
            set_alt_text(shape, text)


def _size_of(marker: Any, index: int) -> float:
    """Diameter of a mark in inches."""
    size = marker.size[index] if hasattr(marker.size, "__len__") else marker.size
    pixels = math.sqrt(2 * size / marker.sizeref) if marker.sizemode == "area" else size
    return float(pixels * POINTS_PER_PIXEL / POINTS_PER_INCH)


def _add_mark(shapes: Any, marker: Any, middle: Point, width: float, angle: float = 0) -> Any:
    box = Box(middle[0] - width / 2, middle[1] - width / 2, width, width)
    shape = shapes.add_shape(SHAPES.get(str(marker.symbol), MSO_SHAPE.OVAL), *box.emu)
    drop_template_style(shape)
    shape.rotation = angle
    set_fill(shape.fill, marker.color)
    line_color = marker.line.color if marker.line.width else None
    set_line(shape.line, line_color, (marker.line.width or 0) * 0.9)
    return shape


def _draw_label(shapes: Any, label: Label, window: MapWindow) -> None:
    """A label on a light ground, with a thin line to a mark that is further off."""
    left, right, top, bottom = (pixel * POINTS_PER_PIXEL / POINTS_PER_INCH for pixel in label.box)
    box = Box(window.box.left + left, window.box.top + top, right - left, bottom - top)
    if label.leader:
        ends = [
            (
                window.box.left + x * POINTS_PER_PIXEL / POINTS_PER_INCH,
                window.box.top + y * POINTS_PER_PIXEL / POINTS_PER_INCH,
            )
            for x, y in label.leader
        ]
        line = _add_freeform(shapes, [ends], False)
        drop_template_style(line)
        line.name = "Line to a name"
        set_line(line.line, MUTED, 0.75)
    bold = "<b>" in label.caption.text
    paragraphs = [
        Paragraph(line, SMALLEST_SIZE, INK, bold) for line in re.sub(r"</?b>", "", label.caption.text).split("<br>")
    ]
    shape = add_text_box(
        shapes,
        _fitted_box(box, paragraphs, label.side),
        paragraphs,
        f"Name: {clean_text(paragraphs[0].text)}"[:60],
        ALIGN[label.side],
        MSO_ANCHOR.MIDDLE,
    )
    shape.text_frame.word_wrap = False
    if label.kind != "sum":
        set_fill(shape.fill, tint(PAPER, 0.7))


def _fitted_box(box: Box, paragraphs: Sequence[Paragraph], side: str) -> Box:
    """A box no wider than its text in the typeface of slides, aligned to one side of the box given."""
    width = min(
        max(text_width(paragraph.text, paragraph.size, paragraph.bold) for paragraph in paragraphs) + 0.06, box.width
    )
    left = {"left": box.left, "right": box.left + box.width - width}.get(side, box.left + (box.width - width) / 2)
    return box._replace(left=left, width=width)


def _draw_frame(shapes: Any, window: MapWindow) -> None:
    shape = shapes.add_shape(MSO_SHAPE.RECTANGLE, *window.box.emu)
    shape.name = "Frame of the map"
    drop_template_style(shape)
    set_fill(shape.fill, None)
    set_line(shape.line, BORDER, 1)


def _write_countries(shapes: Any, figure: Any, side: Box) -> float:
    """Writes what is said of whole countries; where the text ends, in inches from above."""
    notes = [note.text for note in figure.layout.annotations if note.name == "country"]
    paragraphs: list[Paragraph] = []
    for note in notes:
        name, *lines = re.sub(r"</?b>", "", note).split("<br>")
        if lines:
            paragraphs.append(Paragraph(name, SMALLEST_SIZE, INK, True, before=3 * bool(paragraphs)))
            paragraphs += [Paragraph(line) for line in lines]
    if not paragraphs:
        return side.top
    box = side._replace(height=text_height(paragraphs, side.width))
    add_text_box(shapes, box, paragraphs, "Countries")
    return side.top + box.height + 0.12


def _draw_legend(slide: Any, figure: Any, side: Box) -> list[str]:
    """Draws the legend, short entries two in a row, as far as there is room; sentences for those that have none."""
    entries = sorted((trace for trace in figure.data if trace.showlegend), key=lambda trace: trace.legendrank or 0)
    half_width, top, unlisted, free_top = side.width / 2, side.top, [], None
    for trace in entries:
        name = Paragraph(clean_text(trace.name))
        is_short = text_width(name.text, SMALLEST_SIZE) <= half_width - SWATCH_WIDTH
        if is_short and free_top is not None:
            corner, free_top = (side.left + half_width, free_top), None
        elif top + ENTRY_HEIGHT > side.top + side.height:
            unlisted.append(f"Also marked: {name.text}.")
            continue
        else:
            corner, free_top = (side.left, top), top if is_short else None
            top += _entry_height(name, side.width - SWATCH_WIDTH)
        _draw_swatch(slide.shapes, trace, (corner[0] + 0.1, corner[1] + ENTRY_HEIGHT / 2))
        width = half_width - SWATCH_WIDTH if is_short else side.width - SWATCH_WIDTH
        box = Box(corner[0] + SWATCH_WIDTH, corner[1], width, _entry_height(name, width))
        add_text_box(slide.shapes, box, [name], f"Key: {name.text}"[:60])
    return unlisted


def _entry_height(name: Paragraph, width: float) -> float:
    return max(text_height([name], width), ENTRY_HEIGHT)


def _draw_swatch(shapes: Any, trace: Any, middle: Point) -> None:
    if trace.mode == "lines":
        line = _add_freeform(shapes, [[(middle[0] - 0.1, middle[1]), (middle[0] + 0.1, middle[1])]], False)
        drop_template_style(line)
        line.name = "Key"
        set_line(line.line, trace.line.color, 2)
        return
    shape = _add_mark(shapes, trace.marker, middle, 0.16)
    shape.name = "Key"


def _notes_of(figure: Any) -> list[str]:
    return [clean_text(note.text.replace("<br>", " ")) for note in figure.layout.annotations if note.name == "note"]
