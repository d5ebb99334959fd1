"""Which marks of a chart carry their number, and on which side? The newest of each series, where it covers fewest others."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

# Pixels of a letter and of a line of a number in bold, from a mark to its number, and from its middle to its edge.
LETTER, LINE, OFF, MARK = 8.0, 22.0, 8.0, 7.0
# How far a number may leave its chart at the right, and marks that it may cover.
MOST_OUTSIDE, MOST_COVERED = 12.0, 1
SIDES = ("bottom left", "top left", "top right", "bottom right")
Point = tuple[float, float]


class Box(NamedTuple):
    """A part of a chart in pixels, from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )


def side_of_name(
    text: str, at: Point, marks: Iterable[Point], names: Sequence[Box], whole: Box
) -> tuple[str, Box] | None:
    """The side of a mark on which its number covers the fewest other marks, and its box; None where it has no room."""
    others = [mark for mark in marks if mark != at]
    found = []
    for order, side in enumerate(SIDES):
        box = _box(text, at, side)
        if _is_inside(box, whole) and not any(box.meets(name) for name in names):
            covered = sum(box.meets(Box(x - MARK, y - MARK, x + MARK, y + MARK)) for x, y in others)
            found.append((covered, order, side, box))
    best = min(found, default=None)
    return (best[2], best[3]) if best and best[0] <= MOST_COVERED else None


def _box(text: str, at: Point, side: str) -> Box:
    wide = len(text) * LETTER
    height, _, across = side.partition(" ")
    left = at[0] + OFF if across == "right" else at[0] - OFF - wide
    bottom = at[1] + OFF if height == "top" else at[1] - OFF - LINE
    return Box(left, bottom, left + wide, bottom + LINE)


def _is_inside(box: Box, whole: Box) -> bool:
    return (
        box.left >= whole.left
        and box.right <= whole.right + MOST_OUTSIDE
        and box.bottom >= whole.bottom
        and box.top <= whole.top
    )
