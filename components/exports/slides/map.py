"""How does the map become a slide? As native shapes that can be moved and recolored, with labels placed anew at a size that can be read.

Land, marks and routes come from the flat figure; its own code places the labels for a map as wide as that of the slide.
What is said of whole countries stands beside the map, so that none of it is ever dropped.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import plotly.graph_objects as go
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

from components.charts.labels import largest_of
from components.exports.slides.chart import DrawingNotes
from components.exports.slides.outlines import Point, add_freeform, segments_of, visible_part
from components.exports.slides.table import draw_table
from components.exports.slides.text import (
    SMALLEST_SIZE,
    Box,
    Paragraph,
    add_text_box,
    clean_text,
    drop_template_style,
    set_alt_text,
    set_decorative,
    set_fill,
    set_line,
    text_height,
    text_width,
)
from components.map.circles import moves
from components.map.ground import Ground
from components.map.label_boxes import Label
from components.map.label_placing import place_labels, points_within
from components.map.labels import CLOSE, mercator, short_name
from components.map.land import draw_land
from components.map.window import ROOMS, Window, window_in
from components.panels.panel import Panel
from components.panels.places import ground_of, layers_of
from components.theme import BORDER, INK, MUTED, PAPER, tint
from data.record.shapes import land
from data.record.wording import Row, value_in_words

# A close view is as wide as the slide, its texts over the sea; a wide one leaves room beside it.
ROOM, NARROW_ROOM = "slide", "narrow slide"
# How the key of hollow marks begins, which comes before what else has no room in the legend.
HOLLOW = "Hollow"
# Circles without words whose numbers the key gives.
MOST_ALSO = 3
GUTTER, ENTRY_HEIGHT, SWATCH_WIDTH = 0.3, 0.28, 0.3
SHAPES = {
    "circle": MSO_SHAPE.OVAL,
    "square": MSO_SHAPE.RECTANGLE,
    "diamond": MSO_SHAPE.DIAMOND,
    "triangle-up": MSO_SHAPE.ISOSCELES_TRIANGLE,
    "arrow": MSO_SHAPE.ISOSCELES_TRIANGLE,
}
ALIGN = {"left": PP_ALIGN.LEFT, "right": PP_ALIGN.RIGHT, "center": PP_ALIGN.CENTER}


class MapWindow(NamedTuple):
    """The map on the slide: its box, the window on the ground, and inches for each of its pixels."""

    box: Box
    ground: Window
    inches: float

    def inches_at(self, x: float, y: float) -> Point:
        """Where a point of the axes stands on the slide, in inches."""
        across, down = x - self.ground.west, self.ground.north - y
        return self.at((across * self.ground.scale, down * self.ground.scale))

    def at(self, pixel: Point) -> Point:
        """Where a pixel of the window stands on the slide, in inches."""
        return self.box.left + pixel[0] * self.inches, self.box.top + pixel[1] * self.inches

    def shows(self, x: float, y: float) -> bool:
        """Whether a point of the slide lies on the map and under no text."""
        return self.box.holds(x, y) and x < self.box.left + self.box.width - self.texts

    @property
    def texts(self) -> float:
        """Inches of the texts that lie over its right part."""
        return sum(right - left for left, right, _, _ in self.ground.inset) * self.inches

    def side(self, box: Box) -> Box:
        """The place of the texts in the box of the drawing."""
        left = box.left + box.width - self.texts if self.texts else self.box.left + self.box.width + GUTTER
        return Box(left, box.top, box.left + box.width - left, self.box.height if self.texts else box.height)


def draw_map(slide: Any, panel: Panel, box: Box) -> DrawingNotes:
    """The map, on its right the texts of whole countries and the legend: over the sea, where the map is as wide as the slide."""
    if panel.drawn.flat is None:
        return draw_table(slide, panel, box)
    window = _window_for(panel, box)
    room = room_of(panel)
    figure, ground = panel.drawn.flat(room, is_bare=True), _ground_of(panel, window, room)
    whole = panel.drawn.flat()  # what is said of whole countries does not depend on the room of the map
    group = slide.shapes.add_group_shape()
    group.name = "Map"
    set_alt_text(group, panel.alt)
    _draw_land_and_moves(group.shapes, ground, window)
    _draw_traces(group.shapes, figure, window)
    labels = place_labels(ground, window.ground, ground.layers)
    for label in labels:
        _draw_label(group.shapes, label, window)
    _draw_frame(group.shapes, window)
    side = window.side(box)
    if window.texts:
        _draw_ground_of_texts(slide.shapes, side)
        side = Box(side.left + 0.12, side.top + 0.06, side.width - 0.2, side.height - 0.1)
    top = _write_countries(slide.shapes, whole, side)
    unlisted = _draw_legend(slide, figure, side._replace(top=top, height=side.top + side.height - top))
    name_count = sum(label.kind in ("name", "site", "estimate") for label in labels)
    name_count += sum(label.caption.text.count(": ") for label in labels if label.kind == "list")
    unlabeled = _unlabeled_estimates(ground, labels, window)
    return DrawingNotes(
        [
            *sorted([*_also_drawn(unlabeled), *unlisted], key=lambda sentence: not sentence.startswith(HOLLOW)),
            f"{name_count} names have room here; marks without one are in the notes or in the table of places.",
        ],
        [*(f"{name}: {row['label']}" for name, row in unlabeled), *_notes_of(whole)],
    )


def _also_drawn(estimates: Sequence[tuple[str, Row]]) -> list[str]:
    """The numbers of the largest circles without words, as one sentence; the notes have all of them."""
    largest_first = sorted(estimates, key=lambda named: -largest_of(named[1]))
    listed = ", ".join(f"{name} {value_in_words(row)}" for name, row in largest_first[:MOST_ALSO])
    more = "; others are in the notes" if len(estimates) > MOST_ALSO else ""
    return [f"Also: {listed}{more}."] if listed else []


def _unlabeled_estimates(ground: Ground, labels: Sequence[Label], window: MapWindow) -> list[tuple[str, Row]]:
    """The estimates whose circles are on the map without their words, each with the name of its place."""
    if "estimates" not in ground.layers:
        return []
    labeled = {label.caption.place_id for label in labels if label.kind == "estimate"}
    names = {row["place_id"]: short_name(row) for row in points_within(ground, window.ground)}
    listed = " ".join(label.caption.text for label in labels if label.kind == "list")
    rows = [row for row in ground.estimates.to_dict("records") if row["place_id"] in names]
    rows = [row for row in rows if names[row["place_id"]] not in listed]
    return [(names[row["place_id"]], row) for row in rows if row["place_id"] not in labeled]


def room_of(panel: Panel) -> str:
    """The room that the map of a slide is drawn for."""
    return ROOM if str(panel.selection.get("view", panel.library)) in CLOSE else NARROW_ROOM


def _window_for(panel: Panel, box: Box) -> MapWindow:
    """The window of the view in its room, which is as high as the box; its smallest words are the smallest of a slide."""
    name = room_of(panel)
    room, ground = ROOMS[name], window_in(str(panel.selection.get("view", panel.library)), name)
    inches = min(box.width / room.width, box.height / room.height)
    return MapWindow(Box(box.left, box.top, room.width * inches, room.height * inches), ground, inches)


def _ground_of(panel: Panel, window: MapWindow, room: str) -> Ground:
    """What is labeled: of countries the names alone, of places those that no text covers."""
    ground = ground_of(panel.library, panel.selection, panel.frame, room)
    ground = replace(ground, figures=ground.figures.iloc[:0], layers=layers_of(panel.selection, panel.library))
    if not window.ground.inset:
        return ground
    places, edge = ground.places, window.ground.west + window.ground.inset[0][0] / window.ground.scale
    column = "drawn_longitude" if "drawn_longitude" in places else "longitude"
    return replace(ground, places=places[~(places[column] > edge)])


def _draw_land_and_moves(shapes: Any, ground: Ground, window: MapWindow) -> None:
    """Land and borders, and thin lines from where a mark belongs to where it is drawn."""
    figure = go.Figure()
    outlines: dict[str, Any] = land()
    draw_land(figure, outlines, window.ground)
    for trace in figure.data:
        _draw_lines(shapes, trace, window)
    for ends in moves(ground, window.ground, ground.layers):
        line = [window.inches_at(x, mercator(y)) for x, y in ends]
        if all(window.box.holds(*point) for point in line):
            _draw_thin_line(shapes, line, "Line to the place")


def _draw_thin_line(shapes: Any, line: Sequence[Point], name: str) -> None:
    shape = add_freeform(shapes, [line], False)
    drop_template_style(shape)
    set_decorative(shape)
    shape.name = name
    set_line(shape.line, MUTED, 0.75)


def _draw_ground_of_texts(shapes: Any, side: Box) -> None:
    shape = shapes.add_shape(MSO_SHAPE.RECTANGLE, *side.emu)
    shape.name = "Ground of the texts"
    drop_template_style(shape)
    set_decorative(shape)
    set_fill(shape.fill, PAPER)
    set_line(shape.line, BORDER, 1)


def _draw_traces(shapes: Any, figure: Any, window: MapWindow) -> None:
    """Routes and marks; the first traces hold the land, the last one leader lines of labels, which are drawn anew here."""
    for trace in figure.data[:-1]:
        if trace.mode == "lines" and trace.name:
            _draw_lines(shapes, trace, window)
        elif trace.mode == "markers":
            _draw_marks(shapes, trace, window)


def _draw_lines(shapes: Any, trace: Any, window: MapWindow) -> None:
    """All outlines of a trace as one shape."""
    filled = trace.fill == "toself"
    lines = [[window.inches_at(x, y) for x, y in line] for line in segments_of(trace)]
    closed = filled or all(line[0] == line[-1] for line in lines)
    visible = [shape for line in lines if (shape := visible_part(line, window.box, closed))]
    if not visible:
        return
    shape = add_freeform(shapes, visible, closed)
    shape.name = clean_text(trace.name or "Land and borders")
    drop_template_style(shape)
    set_fill(shape.fill, trace.fillcolor if filled else None)
    set_line(shape.line, trace.line.color, max(trace.line.width * 0.75, 0.5))


def _draw_marks(shapes: Any, trace: Any, window: MapWindow) -> None:
    """The marks of a trace that lie on the map, each shape named for what it marks."""
    marker = trace.marker
    for index, (x, y) in enumerate(zip(trace.x, trace.y, strict=True)):
        if x is None or not window.shows(*window.inches_at(x, y)):
            continue
        angle = marker.angle[index] if marker.angle is not None else 0
        shape = _add_mark(shapes, marker, window.inches_at(x, y), _size_of(marker, index) * window.inches, angle)
        text = clean_text(re.sub(r"<[^>]+>", " ", trace.text[index])) if trace.text is not None else ""
        shape.name = text[:60] or clean_text(trace.name or "Mark")
        if text:
            set_alt_text(shape, text)


def _size_of(marker: Any, index: int) -> float:
    """Diameter of a mark in pixels."""
    size = marker.size[index] if hasattr(marker.size, "__len__") else marker.size
    pixels = math.sqrt(2 * size / marker.sizeref) if marker.sizemode == "area" else size
    return float(pixels)


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
    left, right, top, bottom = label.box
    corner = window.at((left, top))
    box = Box(*corner, (right - left) * window.inches, (bottom - top) * window.inches)
    if label.leader:
        _draw_thin_line(shapes, [window.at(pixel) for pixel in label.leader], "Line to a name")
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
    set_decorative(shape)
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
    return side.top + box.height + 0.06


def _draw_legend(slide: Any, figure: Any, side: Box) -> list[str]:
    """Draws the legend, short entries two in a row, as far as there is room; sentences for those that have none."""
    entries = sorted((trace for trace in figure.data if trace.showlegend), key=lambda trace: trace.legendrank or 0)
    half_width, top, unlisted, free_top = side.width / 2, side.top, [], None
    for trace in entries:
        name = Paragraph(clean_text(trace.name))
        is_short = text_width(name.text, SMALLEST_SIZE) <= half_width - SWATCH_WIDTH
        if is_short and free_top is not None:
            corner, free_top = (side.left + half_width, free_top), None
        elif top + _entry_height(name, side.width - SWATCH_WIDTH) > side.top + side.height:
            is_hollow = trace.mode == "markers" and trace.marker.color == PAPER
            unlisted.append(f"{HOLLOW if is_hollow else 'Also marked'}: {name.text}.")
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
        line = add_freeform(shapes, [[(middle[0] - 0.1, middle[1]), (middle[0] + 0.1, middle[1])]], False)
        drop_template_style(line)
        set_decorative(line)
        line.name = "Key"
        set_line(line.line, trace.line.color, 2)
        return
    shape = _add_mark(shapes, trace.marker, middle, 0.16)
    set_decorative(shape)
    shape.name = "Key"


def _notes_of(figure: Any) -> list[str]:
    return [clean_text(note.text.replace("<br>", " ")) for note in figure.layout.annotations if note.name == "note"]
