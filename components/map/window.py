"""Which part of the ground does a map show at first? A window of degrees for each view, and its pixels.

Both maps share the windows, so that what is placed for one has its place on the other. The map that moves is drawn for a
room: a page, a screen in a meeting, a phone. The style sheet fits the room to what there is of the screen (map.css).
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
# Radius in pixels of the circle of one set of remains, and size of marks, in each view.
SUM_RADIUS = {"East Asia": 2.8, "whole": 2.2} | dict.fromkeys(CLOSE, 3.6)
MARK_SIZE = {"East Asia": 10, "whole": 10} | dict.fromkeys(CLOSE, 14)
# Radius in pixels of the circle of one person believed buried; that of an estimate that counts others than Americans
# too, which is not drawn to their scale.
ESTIMATE_RADIUS = {"East Asia": 0.4, "whole": 0.35} | dict.fromkeys(CLOSE, 0.7)
UNSCALED_RADIUS = 9


class Room(NamedTuple):
    """What a map is drawn for: width and height in pixels, of which its smallest words take twelve; how many times larger
    the map that moves is drawn, so that it stays sharp where the style sheet makes it larger; the parts of width and height
    that the inset of the close view takes; windows that differ from WINDOWS; whether the buttons of the years are over it; whether it is a slide, on which texts
    stand where the inset would be, and no buttons."""

    width: int
    height: int
    enlargement: float
    inset: Pixel = (0, 0)
    windows: dict[str, tuple[float, float, float, float]] | None = None
    has_player: bool = False
    has_texts: bool = False


# On a page of 1280 x 800 the map has 868 x 516 pixels. On a stage of 1280 x 720, the smallest, words of 12 pixels of the
# room come to 14 of the screen; all of Korea is seen there. On a slide they come to 16 points, and its texts lie over the
# sea in the east. A phone shows Korea without the seas around it.
ROOMS = {
    "page": Room(868, 516, 1.5, (0.26, 0.36), has_player=True),
    "stage": Room(1020, 440, 2.2, (0.24, 0.42), {"peninsula": (121.0, 134.0, 33.95, 43.4)}),
    "slide": Room(
        666,
        246,
        1,
        (0.42, 1),
        {
            "peninsula": (119.5, 143.5, 34.2, 42.6),
            "North Korea": (121.3, 139.0, 37.3, 43.1),
            "South Korea": (122.0, 138.6, 33.1, 38.7),
        },
        has_texts=True,
    ),
    "narrow slide": Room(370, 246, 1, has_texts=True),
    "phone": Room(358, 500, 1, windows={"peninsula": (122.2, 131.2, 34.0, 43.0)}),
}
# Pixels of the buttons that zoom, in the upper right corner, and of those of the years, in the upper left one.
ZOOM_BUTTONS, PLAYER = (56, 96), (790, 50)


class Window(NamedTuple):
    """A window on the ground: longitudes, Mercator degrees, pixels a degree, the view that it belongs to, and its room."""

    west: float
    east: float
    south: float
    north: float
    scale: float
    view: str
    room: Room | None = None

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
        """The box that the inset of the close view takes; none where there is no inset."""
        if self.room is None or not self.room.inset[0] or (self.view != "peninsula" and not self.room.has_texts):
            return []
        wide, high = self.size
        part_wide, part_high = wide * self.room.inset[0], high * self.room.inset[1]
        return [box_at((wide - part_wide / 2, high - part_high / 2), part_wide, part_high)]

    def covered(self, has_player: bool) -> list[Box]:
        """The boxes over the map that have to stay free: the inset, buttons that zoom and, where asked for, those of the years."""
        if self.room is None or self.room.has_texts:
            return self.inset
        wide = self.size[0]
        buttons = [(wide - ZOOM_BUTTONS[0], wide, 0, ZOOM_BUTTONS[1])]
        player = [(0, PLAYER[0], 0, PLAYER[1])] if has_player and self.room.has_player else []
        return [*self.inset, *buttons, *player]

    @property
    def size(self) -> Pixel:
        """Width and height in pixels."""
        return (self.east - self.west) * self.scale, (self.north - self.south) * self.scale


def window_of(view: str, width: int) -> Window:
    """The window of a view at so many pixels across."""
    west, east, south, north = WINDOWS[view]
    return Window(west, east, mercator(south), mercator(north), width / (east - west), view)


def window_in(view: str, name: str) -> Window:
    """The window of a view in a room: as near as all of it fits, and as much around it as the room has left."""
    room = ROOMS[name]
    west, east, south, north = (room.windows or {}).get(view, WINDOWS[view])
    low, high = mercator(south), mercator(north)
    scale = min(room.width / (east - west), room.height / (high - low))
    wide, tall = room.width / scale / 2, room.height / scale / 2
    middle, level = (west + east) / 2, (low + high) / 2
    return Window(middle - wide, middle + wide, level - tall, level + tall, scale, view, room)


def size_of_circles(view: str, name: str) -> float:
    """How large circles are in a room, in parts of those of a page: they shrink with the ground and do not grow with it."""
    return min(window_in(view, name).scale / window_in(view, "page").scale, 1)
