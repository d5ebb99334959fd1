"""How do outlines stand on a slide? Lines of points in inches in, one shape that can be edited point by point out."""

import math
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches

from components.exports.slides.text import Box

# Outlines no finer than this, and no islands smaller, in inches.
MIN_POINT_DISTANCE, MIN_EXTENT = 0.012, 0.03
Point = tuple[float, float]


def segments_of(trace: Any) -> Iterator[list[Point]]:
    """The lines of a trace, which gaps separate."""
    points = zip(trace.x, trace.y, strict=True)
    for is_gap, part in groupby(points, key=lambda point: point[0] is None):
        if not is_gap:
            yield list(part)


def visible_part(line: list[Point], box: Box, closed: bool) -> list[Point]:
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


def add_freeform(shapes: Any, lines: Sequence[Sequence[Point]], closed: bool) -> Any:
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
