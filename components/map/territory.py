"""Does a label lie on another country's land? Outlines of countries as cells of pixels, counted beforehand."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil
from typing import Any

from components.map.boxes import Box, Pixel
from components.map.ground import NAME_ON_GROUND
from components.map.land import outer_rings, visible_part
from components.map.window import Window

# Pixels of the window that one cell is wide and high.
CELL = 3
Cells = list[list[int]]


@dataclass(frozen=True)
class Territory:
    """For each country the cells of land that belong to others, summed up from the upper left corner."""

    sums: dict[str, Cells]
    whole: Cells

    def is_abroad(self, box: Box, country: str) -> bool:
        """Whether any land under a box belongs to another country."""
        sums = self.sums.get(NAME_ON_GROUND.get(country, country), self.whole)
        rows, columns = len(sums), len(sums[0])
        left, right = (min(max(int(edge // CELL), 0), columns - 1) for edge in (box[0], box[1] + CELL))
        top, bottom = (min(max(int(edge // CELL), 0), rows - 1) for edge in (box[2], box[3] + CELL))
        return bool(sums[bottom][right] - sums[top][right] - sums[bottom][left] + sums[top][left] > 0)


def territory_of(land: dict[str, Any], window: Window) -> Territory:
    """Whose land lies where in a window."""
    cells: dict[str, Cells] = {}
    for feature in land["countries"]["features"]:
        rings = [part for ring in outer_rings([feature]) if (part := visible_part(ring, window))]
        if rings:
            cells[feature["properties"]["name"]] = _cells_of([_pixels_of(ring, window) for ring in rings], window)
    rows, columns = _shape_of(window)
    every = [[sum(own[row][column] for own in cells.values()) for column in range(columns)] for row in range(rows)]
    return Territory({name: _summed(_without(every, own)) for name, own in cells.items()}, _summed(every))


def _without(every: Cells, own: Cells) -> Cells:
    return [[all_of - one for all_of, one in zip(row, mine, strict=True)] for row, mine in zip(every, own, strict=True)]


def _shape_of(window: Window) -> tuple[int, int]:
    wide, high = window.size
    return int(high // CELL) + 1, int(wide // CELL) + 1


def _pixels_of(ring: Sequence[Pixel], window: Window) -> list[Pixel]:
    return [((x - window.west) * window.scale, (window.north - y) * window.scale) for x, y in ring]


def _cells_of(rings: list[list[Pixel]], window: Window) -> Cells:
    """One in each cell whose middle lies inside one of the rings."""
    rows, columns = _shape_of(window)
    cells = [[0] * columns for _ in range(rows)]
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
                cells[row][first:last] = [1] * max(last - first, 0)
    return cells


def _summed(cells: Cells) -> Cells:
    """Sums of all cells above and to the left of each corner."""
    sums = [[0] * (len(cells[0]) + 1)]
    for row in cells:
        along = [0, *accumulate(row)]
        sums.append([above + so_far for above, so_far in zip(sums[-1], along, strict=True)])
    return sums
