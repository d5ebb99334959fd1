"""Where does a label stand beside a mark of a chart, so that it covers no other mark and no other label?"""

from collections.abc import Sequence
from typing import NamedTuple

from pptx.enum.chart import XL_LABEL_POSITION

from components.exports.slides.text import SMALLEST_SIZE, Box, Paragraph, line_height, text_width

# Room around a mark that labels keep clear, in inches.
CLEARANCE = 0.07
# Where a label may stand: the side; how far its upper left corner lies from the mark, in parts of its own width and
# height; the part of its height by which it is shifted from where PowerPoint puts it on that side.
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
    (XL_LABEL_POSITION.LEFT, -1.0, -1.6, -1.1),
    (XL_LABEL_POSITION.RIGHT, 0.0, 0.6, 1.1),
    (XL_LABEL_POSITION.BELOW, -0.5, 0.7, 0.7),
    (XL_LABEL_POSITION.ABOVE, -0.5, -1.7, -0.7),
)
# A label that would lie on a mark has no room: it is said under the chart.
MAX_COVERED_MARKS = 0


class Placement(NamedTuple):
    """Where a label stands: the side of its mark, its shift downwards in inches, and the box that it takes."""

    side: XL_LABEL_POSITION
    shift: float
    box: Box


def clearance_around(x: float, y: float) -> Box:
    """The room around a mark that labels keep clear."""
    return Box(x - CLEARANCE, y - CLEARANCE, 2 * CLEARANCE, 2 * CLEARANCE)


def place_label(
    plot: Box, mark: tuple[float, float], paragraphs: Sequence[Paragraph], marks: Sequence[Box], labels: Sequence[Box]
) -> Placement | None:
    """Where the label of a mark covers the fewest marks; None where it would leave the plot, overlap another label or cover
    too many marks."""
    width = max(text_width(paragraph.text, paragraph.size, paragraph.bold) for paragraph in paragraphs) + 0.1
    height = len(paragraphs) * line_height(SMALLEST_SIZE)
    x, y = mark
    candidates = []
    for number, (side, across, down, shift) in enumerate(SIDES):
        offset_x = (2 * across + 1) * CLEARANCE * (across != -0.5)
        offset_y = (down + 0.5) * CLEARANCE * (across == -0.5) * 2
        box = Box(x + across * width + offset_x, y + down * height + offset_y, width, height)
        if _is_inside(box, plot) and not any(_overlap(box, other) for other in labels):
            covered = sum(_overlap(box, other) for other in marks)
            candidates.append((covered, number, Placement(side, shift * height, box)))
    best = min(candidates, default=None, key=lambda candidate: candidate[:2])
    return best[2] if best and best[0] <= MAX_COVERED_MARKS else None


def _is_inside(box: Box, plot: Box) -> bool:
    is_across = plot.left <= box.left and box.left + box.width <= plot.left + plot.width + 0.3
    return is_across and plot.top - 0.05 <= box.top and box.top + box.height <= plot.top + plot.height


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.left < other.left + other.width
        and other.left < one.left + one.width
        and one.top < other.top + other.height
        and other.top < one.top + one.height
    )
