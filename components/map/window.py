"""Which part of the ground does a map show at first? A window of degrees for each view, and its pixels.

Both maps share the windows, so that what is placed for one has its place on the other.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from components.map.boxes import Box, Pixel, box_around, box_at
from components.map.labels import CLOSE, latitude_of, mercator

# West, east, south and north of each view, in degrees; the whole view stays inside the land that is held.
WINDOWS = {
    "East Asia": (74.0, 165.5, 12.5, 56.0),
    "peninsula": (119.3, 136.5, 34.35, 42.45),
    "North Korea": (121.3, 134.2, 37.3, 43.1),
    "South Korea": (122.0, 133.7, 33.1, 38.7),
    "whole": (28.0, 296.0, -13.0, 73.5),
}
# Width in pixels of the map on a page of 1280 x 800, and what the inset takes of it: parts of width and height.
PAGE_WIDTH = 868
INSET_WIDTH, INSET_HEIGHT = 0.26, 0.36
# Radius in pixels of the circle of one set of remains, and size of marks, in each view.
SUM_RADIUS = {"East Asia": 2.8, "whole": 2.2} | dict.fromkeys(CLOSE, 3.6)
MARK_SIZE = {"East Asia": 10, "whole": 10} | dict.fromkeys(CLOSE, 14)
# Radius in pixels of the circle of one person believed buried; that of an estimate that counts others than Americans
# too, which is not drawn to their scale.
ESTIMATE_RADIUS = {"East Asia": 0.4, "whole": 0.35} | dict.fromkeys(CLOSE, 0.7)
UNSCALED_RADIUS = 9


class Window(NamedTuple):
    """A window on the ground: longitudes, Mercator degrees, pixels a degree, and the view that it belongs to."""

    west: float
    east: float
    south: float
    north: float
    scale: float
    view: str

    def pixel(self, longitude: float, latitude: float) -> Pixel:
        """Where a point of the ground stands, in pixels from the upper left corner."""
        return (longitude - self.west) * self.scale, (self.north - mercator(latitude)) * self.scale

    def axis_values(self, pixel: Pixel) -> Pixel:
        """The values of the two axes under a pixel: longitude and Mercator degrees."""
        return round(self.west + pixel[0] / self.scale, 3), round(self.north - pixel[1] / self.scale, 3)

    def ground_at(self, pixel: Pixel) -> Pixel:
        """Longitude and latitude under a pixel."""
        return self.west + pixel[0] / self.scale, latitude_of(self.north - pixel[1] / self.scale)

    def holds(self, box: Box) -> bool:
        """Whether a box of pixels lies wholly inside."""
        return box[0] >= 0 and box[2] >= 0 and box[1] <= self.size[0] and box[3] <= self.size[1]

    def shows(self, position: Sequence[float]) -> bool:
        """Whether a point of the ground, as longitude and latitude, lies in the window."""
        return self.holds(box_around(self.pixel(*position), 0))

    @property
    def zoom(self) -> float:
        """The zoom of a deck with as many pixels a degree."""
        return math.log2(self.scale * 360 / 512)

    @property
    def middle(self) -> tuple[float, float]:
        """Longitude and latitude in the middle."""
        return (self.west + self.east) / 2, latitude_of((self.south + self.north) / 2)

    @property
    def inset(self) -> list[Box]:
        """The box that the inset of the close view takes, which has to stay free."""
        wide, high = self.size
        part_wide, part_high = wide * INSET_WIDTH, high * INSET_HEIGHT
        box = box_at((wide - part_wide / 2, high - part_high / 2), part_wide, part_high)
        return [box] if self.view == "peninsula" else []

    @property
    def size(self) -> Pixel:
        """Width and height in pixels."""
        return (self.east - self.west) * self.scale, (self.north - self.south) * self.scale


def window_of(view: str, width: int) -> Window:
    """The window of a view at so many pixels across."""
    west, east, south, north = WINDOWS[view]
    return Window(west, east, mercator(south), mercator(north), width / (east - west), view)
