"""Where do the words of a static drawing stand, and do any of them lie on each other? Its SVG read, box by box."""

import math
import re
from collections.abc import Iterator
from itertools import combinations
from xml.etree import ElementTree

from components.static.letters import width_of_line

Point = tuple[float, float]
# Left, top, right and bottom on the sheet.
Box = tuple[float, float, float, float]
# From the coordinates of an element to those of the sheet: x' = a x + c y + e, y' = b x + d y + f.
Matrix = tuple[float, float, float, float, float, float]
SAME: Matrix = (1, 0, 0, 1, 0, 0)
STEP = re.compile(r"(translate|rotate|scale)\(([^)]*)\)")
NUMBERS = re.compile(r"-?[\d.]+")
# By how many pixels boxes of words may reach into each other: letters do not fill them.
TOUCHING = 2
# The part of a line to the left of the point that holds it.
SHARE_BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}


def overlapping_words(svg: str, touching: float = TOUCHING) -> list[tuple[str, str]]:
    """Pairs of texts of a drawing that lie on each other."""
    pairs = combinations(_words(svg), 2)
    return [(one, other) for (one, box), (other, next_box) in pairs if overlaps(box, next_box, touching)]


def _words(svg: str) -> list[tuple[str, Box]]:
    placed = walk(ElementTree.fromstring(svg), SAME)
    return [("".join(each.itertext()), box_of(each, matrix)) for each, matrix in placed if each.tag.endswith("text")]


def overlaps(one: Box, other: Box, touching: float = TOUCHING) -> bool:
    """Whether two boxes reach into each other by more than so many pixels, across and down."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    return across > touching and min(one[3], other[3]) - max(one[1], other[1]) > touching


def walk(element: ElementTree.Element, matrix: Matrix) -> Iterator[tuple[ElementTree.Element, Matrix]]:
    """An element and all in it, in the order in which they are painted, each with where it stands on the sheet."""
    for kind, numbers in STEP.findall(element.get("transform", "")):
        matrix = _times(matrix, _matrix_of(kind, [float(number) for number in NUMBERS.findall(numbers)]))
    if element.tag.endswith("svg") and element.get("viewBox"):
        left, top, _, _ = (float(number) for number in NUMBERS.findall(element.get("viewBox", "")))
        matrix = _times(matrix, (1, 0, 0, 1, float(element.get("x", 0)) - left, float(element.get("y", 0)) - top))
    yield element, matrix
    for child in element:
        yield from walk(child, matrix)


def box_of(element: ElementTree.Element, matrix: Matrix) -> Box:
    """The box of a line of text as a browser sets it, from the top of its capitals to the foot of its descenders."""
    text, size = "".join(element.itertext()), float(element.get("font-size", 14))
    is_bold = any(part.get("font-weight") for part in element.iter())
    wide = width_of_line(f"<b>{text}</b>" if is_bold else text, size)
    left = float(element.get("x", 0)) - SHARE_BEFORE[element.get("text-anchor", "start")] * wide
    base = float(element.get("y", 0))
    corners = [(x, y) for x in (left, left + wide) for y in (base - size * 0.75, base + size * 0.2)]
    across, down = zip(*(on_sheet(corner, matrix) for corner in corners), strict=True)
    return min(across), min(down), max(across), max(down)


def on_sheet(point: Point, matrix: Matrix) -> Point:
    """Where a point of an element stands on the sheet."""
    (x, y), (a, b, c, d, e, f) = point, matrix
    return a * x + c * y + e, b * x + d * y + f


def _matrix_of(kind: str, numbers: list[float]) -> Matrix:
    if kind == "translate":
        return (1, 0, 0, 1, numbers[0], numbers[1] if len(numbers) > 1 else 0)
    if kind == "scale":
        return (numbers[0], 0, 0, numbers[-1], 0, 0)
    turn, (x, y) = math.radians(numbers[0]), numbers[1:] or (0.0, 0.0)
    cos, sin = math.cos(turn), math.sin(turn)
    return (cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y)


def _times(one: Matrix, other: Matrix) -> Matrix:
    (a, b, c, d, e, f), (g, h, i, j, k, m) = one, other
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)
