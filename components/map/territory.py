"""Does a label lie on another country's land? Outlines of countries as cells of pixels."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from components.map.boxes import Box, Pixel
from components.map.ground import NAME_ON_GROUND
from components.map.land import outer_rings, visible_part
from components.map.window import Window
from data.record.shapes import land
from data.record.single_flight import computed_once

# Pixels of the window that one cell is wide and high.
CELL = 3
# For each row of cells, from the upper edge, a number whose bits are its cells from the left.
Cells = list[int]


@dataclass(frozen=True)
class Territory:
    """The cells of land: of each country, of any country, and those that a coarse grid gives to more than one."""

    of_country: dict[str, Cells]
    of_any: Cells
    of_several: Cells
    columns: int

    def is_abroad(self, box: Box, country: str) -> bool:
        """Whether any land under a box belongs to another country."""
        left, right = (min(max(int(edge // CELL), 0), self.columns) for edge in (box[0], box[1] + CELL))
        top, bottom = (min(max(int(edge // CELL), 0), len(self.of_any)) for edge in (box[2], box[3] + CELL))
        under = _bits(left, right)
        if not any(under & row for row in self.of_any[top:bottom]):
            return False
        own = self.of_country.get(NAME_ON_GROUND.get(country, country), [0] * len(self.of_any))
        return any(under & (self.of_any[row] & ~own[row] | self.of_several[row]) for row in range(top, bottom))


def territory_of(window: Window) -> Territory:
    """Whose land lies where in a window; found once for each, whatever it is drawn for."""
    return _territory_of(window._replace(room=None))


@computed_once(32)
def _territory_of(window: Window) -> Territory:
    rows, columns = _shape_of(window)
    of_country, of_any, of_several = dict[str, Cells](), [0] * rows, [0] * rows
    for feature in land()["countries"]["features"]:
        rings = [part for ring in outer_rings([feature]) if (part := visible_part(ring, window))]
        if rings:
            own = _cells_of([_pixels_of(ring, window) for ring in rings], window)
            of_country[feature["properties"]["name"]] = own
            of_several = [both | held & mine for both, held, mine in zip(of_several, of_any, own, strict=True)]
            of_any = [held | mine for held, mine in zip(of_any, own, strict=True)]
    return Territory(of_country, of_any, of_several, columns)


def _bits(first: int, last: int) -> int:
    """The cells of a row from the first up to the last, which is not among them."""
    return (1 << max(last, first)) - (1 << first)


def _shape_of(window: Window) -> tuple[int, int]:
    wide, high = window.size
    return int(high // CELL) + 1, int(wide // CELL) + 1


def _pixels_of(ring: Sequence[Pixel], window: Window) -> list[Pixel]:
    return [((x - window.west) * window.scale, (window.north - y) * window.scale) for x, y in ring]


def _cells_of(rings: list[list[Pixel]], window: Window) -> Cells:
    """The cells whose middle lies inside one of the rings."""
    rows, columns = _shape_of(window)
    cells = [0] * rows
    for ring in rings:
        crossings: list[list[float]] = [[] for _ in range(rows)]
        for (x, y), (next_x, next_y) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if y != next_y:
                for row in range(max(ceil(min(y, next_y) / CELL - 0.5), 0), rows):
                    level = (row + 0.5) * CELL
                    if level >= max(y, next_y):
                        break
                    crossings[row].append(x + (level - y) / (next_y - y) * (next_x - x))
        for row, at in enumerate(crossings):
            ends = [min(max(ceil(x / CELL - 0.5), 0), columns) for x in sorted(at)]
            for first, last in zip(ends[::2], ends[1::2], strict=False):
                cells[row] |= _bits(first, last)
    return cells
