"""What is painted under the words of a static drawing? Its SVG read as a painter puts it down, one thing over the other."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from xml.etree import ElementTree

from components.static.letters import width_of_line
from components.static.pieces import text_width
from components.theme import INK, PAPER, contrast, rgb

Point = tuple[float, float]
# A way from the coordinates of an element to those of the sheet: x' = a x + c y + e, y' = b x + d y + f.
Matrix = tuple[float, float, float, float, float, float]
SAME: Matrix = (1, 0, 0, 1, 0, 0)
STEP = re.compile(r"(translate|rotate)\(([^)]*)\)")
NUMBERS = re.compile(r"-?[\d.]+")
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
    box: tuple[float, float, float, float]

    def overlaps(self, other: "Words", touching: float) -> bool:
        """Whether the boxes of two texts reach into each other by more than so many pixels, across and up."""
        (left, top, right, bottom), (others_left, others_top, others_right, others_bottom) = self.box, other.box
        across = min(right, others_right) - max(left, others_left)
        return across > touching and min(bottom, others_bottom) - max(top, others_top) > touching

    @property
    def contrast(self) -> float:
        return contrast(self.color, self.under)


def words_of(svg: str) -> list[Words]:
    """All lines of text of a drawing, each with what was painted under its middle before it."""
    areas: list[Area] = []
    found = []
    for element, matrix in _walk(ElementTree.fromstring(svg), SAME):
        if element.tag == "text":
            text = "".join(element.itertext())
            under = color_at(_middle_of(element, text, matrix), areas)
            found.append(Words(text, element.get("fill", INK), under, _box_of(element, text, matrix)))
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


def _walk(element: ElementTree.Element, matrix: Matrix) -> Iterator[tuple[ElementTree.Element, Matrix]]:
    for kind, numbers in STEP.findall(element.get("transform", "")):
        matrix = _times(matrix, _matrix_of(kind, [float(number) for number in NUMBERS.findall(numbers)]))
    yield element, matrix
    for child in element:
        yield from _walk(child, matrix)


def _matrix_of(kind: str, numbers: list[float]) -> Matrix:
    if kind == "translate":
        return (1, 0, 0, 1, numbers[0], numbers[1] if len(numbers) > 1 else 0)
    turn, (x, y) = math.radians(numbers[0]), numbers[1:] or (0.0, 0.0)
    cos, sin = math.cos(turn), math.sin(turn)
    return (cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y)


def _times(one: Matrix, other: Matrix) -> Matrix:
    (a, b, c, d, e, f), (g, h, i, j, k, m) = one, other
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)


def _on_sheet(point: Point, matrix: Matrix) -> Point:
    (x, y), (a, b, c, d, e, f) = point, matrix
    return a * x + c * y + e, b * x + d * y + f


def _middle_of(element: ElementTree.Element, text: str, matrix: Matrix) -> Point:
    size = float(element.get("font-size", 14))
    to_middle = {"start": 0.5, "middle": 0.0, "end": -0.5}[element.get("text-anchor", "start")] * text_width(text, size)
    return _on_sheet((float(element.get("x", 0)) + to_middle, float(element.get("y", 0)) - size * 0.35), matrix)


def _box_of(element: ElementTree.Element, text: str, matrix: Matrix) -> tuple[float, float, float, float]:
    """The box of a line of text as a browser sets it, from the top of its capitals to the foot of its descenders."""
    size, is_bold = float(element.get("font-size", 14)), any(part.get("font-weight") for part in element)
    wide = width_of_line(f"<b>{text}</b>" if is_bold else text, size)
    left = (
        float(element.get("x", 0))
        - {"start": 0.0, "middle": 0.5, "end": 1.0}[element.get("text-anchor", "start")] * wide
    )
    base = float(element.get("y", 0))
    corners = [(x, y) for x in (left, left + wide) for y in (base - size * 0.75, base + size * 0.2)]
    across, down = zip(*(_on_sheet(corner, matrix) for corner in corners), strict=True)
    return min(across), min(down), max(across), max(down)


def _area_of(element: ElementTree.Element, matrix: Matrix) -> Area | None:
    """What an element fills; None for one that fills nothing."""
    fill, stroke, rings = element.get("fill", "none"), element.get("stroke", "none"), _rings_of(element)
    if element.tag == "path" and fill == "none" and float(element.get("stroke-width", 1)) >= WIDTH_OF_BAR:
        fill, rings = stroke, [_thick(ring, float(element.get("stroke-width", 1))) for ring in rings if len(ring) == 2]
    if fill in ("none", "transparent") or not rings:
        return None
    color, opacity = _color_of(fill)
    placed = [[_on_sheet(point, matrix) for point in ring] for ring in rings]
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
