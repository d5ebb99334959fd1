"""Does a label lie on another country's land? Outlines of countries as cells of pixels."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from components.map.boxes import Box, Pixel
from components.map.ground import NAME_ON_GROUND
from components.map.land import outer_rings, visible_part
from components.map.window import Window

# Pixels of the window that one cell is wide and high.
CELL = 3
Cells = NDArray[np.uint8]


@dataclass(frozen=True)
class Territory:
    """The cells of land of each country, by row and column from the upper left corner, and of all of them counted."""

    cells: dict[str, Cells]
    every: Cells

    def is_abroad(self, box: Box, country: str) -> bool:
        """Whether any land under a box belongs to another country."""
        rows, columns = self.every.shape
        left, right = (min(max(int(edge // CELL), 0), columns) for edge in (box[0], box[1] + CELL))
        top, bottom = (min(max(int(edge // CELL), 0), rows) for edge in (box[2], box[3] + CELL))
        under = slice(top, bottom), slice(left, right)
        own = self.cells.get(NAME_ON_GROUND.get(country, country))
        return bool((self.every[under] > (0 if own is None else own[under])).any())


def territory_of(land: dict[str, Any], window: Window) -> Territory:
    """Whose land lies where in a window."""
    cells: dict[str, Cells] = {}
    every = np.zeros(_shape_of(window), dtype=np.uint8)
    for feature in land["countries"]["features"]:
        rings = [part for ring in outer_rings([feature]) if (part := visible_part(ring, window))]
        if rings:
            own = _cells_of([_pixels_of(ring, window) for ring in rings], window)
            cells[feature["properties"]["name"]] = own
            every += own
    return Territory(cells, every)


def _shape_of(window: Window) -> tuple[int, int]:
    wide, high = window.size
    return int(high // CELL) + 1, int(wide // CELL) + 1


def _pixels_of(ring: Sequence[Pixel], window: Window) -> list[Pixel]:
    return [((x - window.west) * window.scale, (window.north - y) * window.scale) for x, y in ring]


def _cells_of(rings: list[list[Pixel]], window: Window) -> Cells:
    """One in each cell whose middle lies inside one of the rings."""
    rows, columns = _shape_of(window)
    cells = np.zeros((rows, columns), dtype=np.uint8)
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
                cells[row, first:last] = 1
    return cells
