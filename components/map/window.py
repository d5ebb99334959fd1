"""Which part of the ground does the flat map show? A window of degrees for each view, and its pixels."""

from collections.abc import Sequence
from typing import NamedTuple

from components.map.boxes import Box, Pixel, box_around
from components.map.labels import mercator

# West, east, south and north of each view, in degrees; the whole view stays inside the land that is held.
WINDOWS = {
    "East Asia": (74.0, 165.5, 12.5, 56.0),
    "peninsula": (117.0, 137.8, 33.5, 43.4),
    "whole": (11.5, 309.5, -12.0, 73.0),
}
# Radius in pixels of the circle of one set of remains, and size of marks, in each view.
SUM_RADIUS = {"East Asia": 2.8, "peninsula": 4.8, "whole": 2.2}
MARK_SIZE = {"East Asia": 10, "peninsula": 12, "whole": 10}


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

    def holds(self, box: Box) -> bool:
        """Whether a box of pixels lies wholly inside."""
        return box[0] >= 0 and box[2] >= 0 and box[1] <= self.size[0] and box[3] <= self.size[1]

    def shows(self, position: Sequence[float]) -> bool:
        """Whether a point of the ground, as longitude and latitude, lies in the window."""
        return self.holds(box_around(self.pixel(*position), 0))

    @property
    def size(self) -> Pixel:
        """Width and height in pixels."""
        return (self.east - self.west) * self.scale, (self.north - self.south) * self.scale


def window_of(view: str, width: int) -> Window:
    """The window of a view at so many pixels across."""
    west, east, south, north = WINDOWS[view]
    return Window(west, east, mercator(south), mercator(north), width / (east - west), view)
