"""What is painted under the words of a static drawing? Its SVG read as a painter puts it down, one thing over the other."""

import math
from dataclasses import dataclass
from itertools import pairwise
from xml.etree import ElementTree

from components.static.pieces import text_width
from components.static.word_boxes import NUMBERS, SAME, Box, Matrix, Point, box_of, on_sheet, overlaps, walk
from components.theme import INK, PAPER, contrast, rgb

# A line of this many pixels is a bar.
WIDTH_OF_BAR = 6


@dataclass(frozen=True)
class Area:
    """Something filled: rings of corners on the sheet, and its color with its opacity."""

    rings: list[list[Point]]
    color: str
    opacity: float


@dataclass(frozen=True)
class Words:
    """A line of text, its color, the color under its middle, and its box: left, top, right and bottom on the sheet."""

    text: str
    color: str
    under: str
    box: Box

    def overlaps(self, other: "Words", touching: float) -> bool:
        """Whether the boxes of two texts reach into each other by more than so many pixels, across and up."""
        return overlaps(self.box, other.box, touching)

    @property
    def contrast(self) -> float:
        return contrast(self.color, self.under)


def words_of(svg: str) -> list[Words]:
    """All lines of text of a drawing, each with what was painted under its middle before it."""
    areas: list[Area] = []
    found = []
    for element, matrix in walk(ElementTree.fromstring(svg), SAME):
        if element.tag == "text":
            text = "".join(element.itertext())
            under = color_at(_middle_of(element, text, matrix), areas)
            found.append(Words(text, element.get("fill", INK), under, box_of(element, matrix)))
        elif area := _area_of(element, matrix):
            areas.append(area)
    return found


def color_at(point: Point, areas: list[Area]) -> str:
    """The color of the sheet at a point, what is transparent mixed with what is under it."""
    color = PAPER
    for area in areas:
        if sum(_is_inside(point, ring) for ring in area.rings) % 2:
            color = _mixed(area.color, color, area.opacity)
    return color


def _middle_of(element: ElementTree.Element, text: str, matrix: Matrix) -> Point:
    size = float(element.get("font-size", 14))
    to_middle = {"start": 0.5, "middle": 0.0, "end": -0.5}[element.get("text-anchor", "start")] * text_width(text, size)
    return on_sheet((float(element.get("x", 0)) + to_middle, float(element.get("y", 0)) - size * 0.35), matrix)


def _area_of(element: ElementTree.Element, matrix: Matrix) -> Area | None:
    """What an element fills; None for one that fills nothing."""
    fill, stroke, rings = element.get("fill", "none"), element.get("stroke", "none"), _rings_of(element)
    if element.tag == "path" and fill == "none" and float(element.get("stroke-width", 1)) >= WIDTH_OF_BAR:
        fill, rings = stroke, [_thick(ring, float(element.get("stroke-width", 1))) for ring in rings if len(ring) == 2]
    if fill in ("none", "transparent") or not rings:
        return None
    color, opacity = _color_of(fill)
    placed = [[on_sheet(point, matrix) for point in ring] for ring in rings]
    return Area(placed, color, opacity * float(element.get("opacity", 1)))


def _rings_of(element: ElementTree.Element) -> list[list[Point]]:
    if element.tag == "rect":
        x, y, wide, high = (float(element.get(name, 0)) for name in ("x", "y", "width", "height"))
        return [[(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)]]
    if element.tag == "circle":
        return [_circle(float(element.get("cx", 0)), float(element.get("cy", 0)), float(element.get("r", 0)))]
    if element.tag != "path":
        return []
    path = element.get("d", "")
    if "A" in path:
        return [_circle(0, 0, abs(float(NUMBERS.findall(path)[0])))]
    parts = ([float(number) for number in NUMBERS.findall(part)] for part in path.split("M") if part)
    return [list(zip(numbers[::2], numbers[1::2], strict=False)) for numbers in parts]


def _circle(x: float, y: float, radius: float) -> list[Point]:
    turns = (math.tau * step / 24 for step in range(24))
    return [(x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in turns]


def _thick(line: list[Point], width: float) -> list[Point]:
    (x0, y0), (x1, y1) = line
    long = math.hypot(x1 - x0, y1 - y0) or 1
    x, y = (y0 - y1) / long * width / 2, (x1 - x0) / long * width / 2
    return [(x0 + x, y0 + y), (x1 + x, y1 + y), (x1 - x, y1 - y), (x0 - x, y0 - y)]


def _is_inside(point: Point, ring: list[Point]) -> bool:
    x, y = point
    crossings = [
        x0 + (y - y0) / (y1 - y0) * (x1 - x0)
        for (x0, y0), (x1, y1) in pairwise([*ring, ring[0]])
        if (y0 > y) != (y1 > y)
    ]
    return sum(crossing > x for crossing in crossings) % 2 == 1


def _color_of(text: str) -> tuple[str, float]:
    """A color of a drawing as a hex value, and its opacity. ValueError for one not known here."""
    if text.startswith("#"):
        return text, 1.0
    numbers = [float(number) for number in NUMBERS.findall(text)]
    if not text.startswith("rgb") or len(numbers) < 3:
        raise ValueError(f"no such color: {text}")
    return "#" + "".join(f"{round(number):02X}" for number in numbers[:3]), numbers[3] if len(numbers) > 3 else 1.0


def _mixed(over: str, under: str, opacity: float) -> str:
    parts = zip(rgb(over)[:3], rgb(under)[:3], strict=True)
    return "#" + "".join(f"{round(one * opacity + other * (1 - opacity)):02X}" for one, other in parts)
