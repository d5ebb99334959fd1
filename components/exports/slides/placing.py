"""Where do words stand beside a mark of a chart, so that they cover no other mark and no other words?"""

from collections.abc import Sequence

from pptx.enum.chart import XL_LABEL_POSITION

from components.exports.slides.text import SMALLEST, Box, Words, line_height, width_of

# Room around a mark that words keep clear, in inches.
CLEAR = 0.07
# Where words may stand: the side, by how much of their own width and height their upper left corner lies off the mark,
# and the part of their height by which they are shifted from where a program sets them on that side.
SIDES = (
    (XL_LABEL_POSITION.ABOVE, -0.5, -1.0, 0.0),
    (XL_LABEL_POSITION.RIGHT, 0.0, -0.5, 0.0),
    (XL_LABEL_POSITION.BELOW, -0.5, 0.0, 0.0),
    (XL_LABEL_POSITION.LEFT, -1.0, -0.5, 0.0),
    (XL_LABEL_POSITION.RIGHT, 0.0, -1.1, -0.6),
    (XL_LABEL_POSITION.LEFT, -1.0, 0.1, 0.6),
    (XL_LABEL_POSITION.RIGHT, 0.0, 0.1, 0.6),
    (XL_LABEL_POSITION.LEFT, -1.0, -1.1, -0.6),
    (XL_LABEL_POSITION.LEFT, -1.0, 0.6, 1.1),
    (XL_LABEL_POSITION.RIGHT, 0.0, -1.6, -1.1),
    (XL_LABEL_POSITION.BELOW, -0.5, 0.7, 0.7),
    (XL_LABEL_POSITION.ABOVE, -0.5, -1.7, -0.7),
)
# Words may cover so many marks; more of them could not be read.
MOST_COVERED = 2


def around(x: float, y: float) -> Box:
    """The room around a mark that words keep clear."""
    return Box(x - CLEAR, y - CLEAR, 2 * CLEAR, 2 * CLEAR)


def seat(
    plot: Box, at: tuple[float, float], said: Sequence[Words], taken: Sequence[Box], words: Sequence[Box]
) -> tuple[XL_LABEL_POSITION, float, Box] | None:
    """The side of a mark where words cover fewest marks, and their shift in inches; none where they would leave the
    plot, touch other words or cover too much."""
    wide = max(width_of(one.text, one.size, one.bold) for one in said) + 0.1
    high = len(said) * line_height(SMALLEST)
    x, y = at
    found = []
    for number, (side, across, down, shift) in enumerate(SIDES):
        away_x, away_y = (2 * across + 1) * CLEAR * (across != -0.5), (down + 0.5) * CLEAR * (across == -0.5) * 2
        spot = Box(x + across * wide + away_x, y + down * high + away_y, wide, high)
        if _inside(spot, plot) and not any(_touch(spot, other) for other in words):
            covered = sum(_touch(spot, mark) for mark in taken)
            found.append((covered, number, (side, shift * high, spot)))
    best = min(found, default=None, key=lambda one: one[:2])
    return best[2] if best and best[0] <= MOST_COVERED else None


def _inside(spot: Box, plot: Box) -> bool:
    beyond = spot.left + spot.width <= plot.left + plot.width + 0.3 and spot.top + spot.height <= plot.top + plot.height
    return beyond and spot.left >= plot.left and spot.top >= plot.top - 0.05


def _touch(one: Box, other: Box) -> bool:
    return (
        one.left < other.left + other.width
        and other.left < one.left + one.width
        and one.top < other.top + other.height
        and other.top < one.top + one.height
    )
