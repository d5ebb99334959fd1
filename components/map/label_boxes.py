"""How much room do words take on the map? What is to be written, and the box in which it stands, with the line that leads to it."""

import math
from functools import cache
from typing import NamedTuple

from components.map.boxes import Box, Pixel, box_around, distance_to, nearest_point
from components.theme import SMALL_SIZE

# Size of letters by kind of label, in pixels; "site" is the name of a place with a sum, "list" several of them.
SIZES = {"country": SMALL_SIZE, "sum": SMALL_SIZE, "estimate": 12, "list": 12, "site": 12, "name": 12}
# Widths of letters, in parts of their size, in a broad typeface: a narrower one leaves air and never touches.
WIDTHS = {"iljtfrI.,:;'()[]/ -": 0.31, "mwMW": 0.88, "ABCDEFGHJKLNOPQRSTUVXYZ0123456789": 0.65}
OTHER_WIDTH, BOLDER = 0.57, 1.13
LINE_HEIGHT = 1.3


class Caption(NamedTuple):
    """What is to be written, the pixel of its mark, the radius of the circle around the mark (none for the number that
    stands in it), how far from the mark or its circle words are still beside it, the country and the place that they
    belong to."""

    text: str
    mark: Pixel
    radius: float = 0
    beside: float = 17
    country: str = ""
    place_id: str = ""


class Label(NamedTuple):
    """Words on the map: kind, box in pixels (left, right, top, bottom), the side by which they are held."""

    kind: str
    caption: Caption
    box: Box
    side: str = "left"

    @property
    def gap(self) -> float:
        """Pixels between the words and their mark or its circle."""
        return max(distance_to(self.caption.mark, self.box) - self.caption.radius, 0)

    @property
    def leader(self) -> tuple[Pixel, Pixel] | None:
        """The line from the mark, or from the edge of its circle, to words that do not stand right beside it."""
        if self.kind == "country" or self.gap <= self.caption.beside:
            return None
        (x, y), end = self.caption.mark, nearest_point(self.caption.mark, self.box)
        part = self.caption.radius / math.dist((x, y), end)
        return (x + part * (end[0] - x), y + part * (end[1] - y)), end

    @property
    def beads(self) -> list[Box]:
        """Small boxes along that line, to keep other words and marks clear of it."""
        leader = self.leader
        if not leader:
            return []
        (x, y), (end_x, end_y) = leader
        length = math.dist(*leader)
        first = max(10 - round(self.caption.radius), 2)
        parts = [at / length for at in range(first, int(length) - 3, 5)]
        return [box_around((x + part * (end_x - x), y + part * (end_y - y)), 2) for part in parts]


@cache
def size_of(text: str, kind: str) -> Pixel:
    """Width and height in pixels of words in a broad typeface, with a little air."""
    lines = text.split("<br>")
    return max(map(_width_of, lines)) * SIZES[kind] + 8, len(lines) * SIZES[kind] * LINE_HEIGHT + 4


def _width_of(line: str) -> float:
    """Width of a line in parts of the size of its letters."""
    plain = line.replace("<b>", "").replace("</b>", "")
    widths = [next((width for letters, width in WIDTHS.items() if letter in letters), OTHER_WIDTH) for letter in plain]
    return sum(widths) * (BOLDER if plain != line else 1)
